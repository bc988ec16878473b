"""Each rule of disclosure control by itself, on tables made by hand; the attack looks for what they leave open."""

from dataclasses import replace

import pytest

from register_service.rapportages.rules.afscherming import afschermen
from register_service.rapportages.rules.tabel import TOTAAL, Afgeschermd, Kolom, Rij, Tabel, Waarde
from tests.rapportages.attack import attack
from tests.rapportages.tabellen import maak

KLEIN, DICHT, ONBEKEND = Afgeschermd.KLEIN, Afgeschermd.AFGESCHERMD, Afgeschermd.ONBEKEND
STAND = {"stand": ["a", "b", "c"]}


def _values(rij: Rij) -> list[Waarde]:
    return list(rij.waarden.values())


def _protected(tabel: Tabel) -> Tabel:
    shown = afschermen(tabel)
    assert attack(shown) == []
    return shown


def _with_figure(tabel: Tabel, van: tuple[str, ...]) -> Tabel:
    """Give the table with a figure `deel` of 50 in each row."""
    kolom = Kolom("deel", "deel", "deel", "percentage", van=van)

    def more(rij: Rij) -> Rij:
        return replace(rij, waarden={**rij.waarden, "deel": 50})

    rijen = tuple(more(rij) for rij in tabel.rijen)
    return replace(tabel, kolommen=(*tabel.kolommen, kolom), rijen=rijen, totaal=more(tabel.totaal))


def test_what_is_large_is_shown() -> None:
    tabel = maak(STAND, {"r": [60, 20, 20, 20], "s": [30, 10, 10, 10]})
    assert afschermen(tabel) == tabel


def test_a_small_count_hides_a_partner_in_its_row_and_is_made_good_elsewhere() -> None:
    shown = _protected(maak(STAND, {"r": [60, 2, 28, 30], "s": [60, 3, 28, 29], "t": [60, 3, 29, 28]}))
    for rij in shown.rijen:
        assert rij.waarden["a"] is KLEIN
        assert [rij.waarden[name] for name in "bc"].count(DICHT) == 1
    assert isinstance(shown.totaal.waarden["a"], int)


def test_a_row_with_a_large_cell_in_both_columns_covers_for_one_small_cell() -> None:
    shown = _protected(maak(STAND, {"r": [60, 2, 28, 30], "s": [70, 20, 25, 25], "t": [90, 30, 30, 30]}))
    assert [_values(rij).count(DICHT) for rij in shown.rijen] == [1, 2, 0]


def test_nobody_is_a_small_count_too() -> None:
    shown = _protected(maak(STAND, {"r": [60, 0, 30, 30], "s": [60, 20, 20, 20]}))
    assert shown.rijen[0].waarden["a"] is KLEIN


def test_a_row_of_few_is_small_throughout_and_another_is_withheld_with_it() -> None:
    shown = _protected(maak(STAND, {"r": [3, 1, 1, 1], "s": [90, 30, 30, 30], "t": [60, 20, 20, 20]}))
    assert _values(shown.rijen[0]) == [KLEIN] * 4
    # The one with the fewest people.
    assert _values(shown.rijen[2]) == [DICHT] * 4
    assert _values(shown.rijen[1]) == [90, 30, 30, 30]


def test_few_rows_of_few_hide_one_another() -> None:
    shown = _protected(maak(STAND, {**{f"r{n}": [3, 1, 1, 1] for n in range(4)}, "s": [90, 30, 30, 30]}))
    assert _values(shown.rijen[4]) == [90, 30, 30, 30]


def test_a_row_without_a_partner_hides_that_block_and_shows_the_others() -> None:
    blokken = {"stand": ["a", "b", "c"], "koers": ["op", "niet"]}
    rijen = {"r": [15, 1, 6, 8, 6, 9], "s": [60, 20, 20, 20, 30, 30], "t": [90, 30, 30, 30, 45, 45]}
    shown = _protected(maak(blokken, rijen))
    assert _values(shown.rijen[0]) == [15, DICHT, DICHT, DICHT, 6, 9]
    # It would be known from the others: the one with the fewest people hides that block with it.
    assert _values(shown.rijen[1]) == [60, DICHT, DICHT, DICHT, 30, 30]
    assert _values(shown.rijen[2]) == [90, 30, 30, 30, 45, 45]


def test_one_row_hides_what_the_total_hides() -> None:
    shown = _protected(maak(STAND, {"r": [60, 2, 28, 30]}))
    assert _values(shown.rijen[0]) == _values(shown.totaal) == [60, KLEIN, DICHT, 30]


def test_a_small_total_hides_another_with_it() -> None:
    shown = _protected(maak(STAND, {"r": [60, 1, 29, 30], "s": [60, 1, 29, 30]}))
    assert _values(shown.totaal) == [120, KLEIN, DICHT, 60]


def test_a_block_whose_totals_cannot_be_protected_is_hidden_whole() -> None:
    blokken = {"stand": ["a", "b", "c"], "koers": ["op", "niet"]}
    shown = _protected(maak(blokken, {"r": [6, 1, 2, 3, 6, 0], "s": [9, 3, 3, 3, 5, 4]}))
    for rij in (*shown.rijen, shown.totaal):
        assert [rij.waarden[name] for name in "abc"] == [DICHT] * 3
        assert isinstance(rij.waarden[TOTAAL], int)


def test_a_report_of_few_shows_nothing() -> None:
    shown = _protected(maak(STAND, {"r": [3, 1, 1, 1], "s": [1, 0, 0, 1]}))
    assert {value for rij in (*shown.rijen, shown.totaal) for value in _values(rij)} == {KLEIN}


def test_an_empty_report_shows_nothing() -> None:
    assert set(_values(afschermen(maak(STAND, {})).totaal)) == {KLEIN}


def test_two_rows_of_few_that_are_many_together_do_not_tell_of_each_other() -> None:
    shown = _protected(maak(STAND, {"r": [4, 1, 1, 2], "s": [4, 2, 1, 1]}))
    assert {_values(rij)[0] for rij in shown.rijen} == {KLEIN, DICHT}


def test_few_people_in_withheld_rows_together_are_not_told_by_the_total() -> None:
    """Without any block, too: 3 people in two rows would be at most 3 in each."""
    shown = _protected(maak({}, {"r": [1], "s": [2], "t": [50], "u": [60]}))
    assert [_values(rij)[0] for rij in shown.rijen] == [KLEIN, KLEIN, DICHT, 60]


def test_the_rest_of_an_open_block_is_no_secret_told_by_its_only_column() -> None:
    """That 2 of 24 are not in it is small as well."""
    tabel = maak({"keuze": ["a"]}, {"r": [24, 22], "s": [24, 12], "t": [30, 15]}, frozenset({"keuze"}))
    assert _protected(tabel).rijen[0].waarden["a"] is DICHT


def test_a_figure_goes_with_a_count_that_it_rests_on() -> None:
    tabel = maak(STAND, {"r": [60, 2, 28, 30], "s": [70, 20, 25, 25]})
    shown = afschermen(_with_figure(tabel, ("a",)))
    assert shown.rijen[0].waarden["deel"] is DICHT
    assert shown.totaal.waarden["deel"] == 50


def test_a_figure_that_rests_on_what_is_shown_stays() -> None:
    tabel = maak(STAND, {"r": [60, 2, 28, 30], "s": [70, 20, 25, 25]})
    assert [rij.waarden["deel"] for rij in afschermen(_with_figure(tabel, (TOTAAL,))).rijen] == [50, 50]


def test_a_figure_of_nobody_does_not_say_so() -> None:
    tabel = _with_figure(maak(STAND, {"r": [60, 0, 30, 30], "s": [70, 20, 25, 25]}), ("a",))
    nobody = replace(tabel.rijen[0], waarden={**tabel.rijen[0].waarden, "deel": ONBEKEND})
    assert afschermen(replace(tabel, rijen=(nobody, tabel.rijen[1]))).rijen[0].waarden["deel"] is DICHT


def _unknown(rij: Rij) -> Rij:
    return replace(rij, waarden={**rij.waarden, "op": ONBEKEND, "niet": ONBEKEND})


def test_what_is_not_known_yet_says_so_in_a_row_of_few_too() -> None:
    blokken = {"stand": ["a", "b", "c"], "koers": ["op", "niet"]}
    tabel = maak(blokken, {"r": [3, 1, 1, 1, 3, 0], "s": [60, 20, 20, 20, 30, 30], "t": [60, 20, 20, 20, 30, 30]})
    tabel = replace(tabel, rijen=tuple(map(_unknown, tabel.rijen)), totaal=_unknown(tabel.totaal))
    shown = _protected(tabel)
    assert {rij.waarden["op"] for rij in (*shown.rijen, shown.totaal)} == {ONBEKEND}
    assert shown.rijen[0].waarden["a"] is KLEIN


def test_what_is_known_of_some_rows_only_is_refused() -> None:
    tabel = maak({"koers": ["op", "niet"]}, {"r": [60, 30, 30]})
    with pytest.raises(ValueError, match="not of all rows"):
        afschermen(replace(tabel, totaal=_unknown(tabel.totaal)))


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ([60, 20, 20, 10], "do not add up to 60"),
        ([60, 30, 30, 30], "do not add up to 60"),
        ([60, -5, 35, 30], "do not add up"),
        ([60, 20.0, 20, 20], "no count"),
    ],
)
def test_counts_that_do_not_add_up_are_refused(row: list[int], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        afschermen(maak(STAND, {"r": row, "s": [60, 20, 20, 20]}))


def test_rows_that_do_not_add_up_to_the_total_are_refused() -> None:
    tabel = maak(STAND, {"r": [60, 20, 20, 20], "s": [60, 20, 20, 20]})
    with pytest.raises(ValueError, match="rows do not add up"):
        afschermen(replace(tabel, rijen=tabel.rijen[:1]))


def test_the_same_table_is_hidden_in_the_same_way() -> None:
    tabel = maak(STAND, {f"r{n}": [n * 3, n, n, n] for n in range(30)})
    assert afschermen(tabel) == afschermen(tabel)


@pytest.mark.parametrize(
    "rijen",
    [
        pytest.param({"r": [5, 1, 4], "s": [28, 8, 20], "t": [13, 1, 12]}, id="too-few-outside-in-a-small-column"),
        pytest.param({"r": [31, 20, 10, 1], "s": [21, 1, 20, 0]}, id="a-partner-led-to-the-anchor"),
        pytest.param({"r": [15, 12, 0, 3], "s": [37, 30, 4, 3]}, id="a-weak-total-stays-5"),
    ],
)
def test_what_an_attack_found_where_a_step_was_left_out(rijen: dict[str, list[int]]) -> None:
    """The smallest tables that tell too much when one step of `suppression_block` is skipped."""
    size = len(next(iter(rijen.values()))) - 1
    _protected(maak({"stand": ["a", "b", "c"][:size]}, rijen))
