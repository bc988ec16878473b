"""Figures per sector: read and checked, added by command from a day on, never changed for what was."""

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict
from datetime import date
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from register_service.cli.main import cli
from register_service.core.errors import Conflict
from register_service.inductie.rules.norms import read_norms
from register_service.regelingen import commands
from register_service.regelingen.figures import InductieFigures, check_figures, read_inductie_figures
from tests.support import Register, on_day

VALUES: dict[str, Any] = {
    "normduurMaanden": 36,
    "verlengingMaximaalMaanden": 12,
    "startVooruitMaanden": 4,
    "onderbrekingMinimaalDagen": 30,
    "vervroegdMinimaalMaanden": 12,
    "gesprekMaanden": 6,
    "lesreductie": [20, 10],
    "deeltijdNaarRato": False,
}
SECTORS = ("mbo", "ho", "po", "so", "vo")
ALL = "select id::text, sector, geldig_vanaf, geldig_tot, waarden from regeling order by sector, geldig_vanaf"
Run = Callable[..., Result]


@pytest.fixture
def run(register: Register, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run `register regeling add ...` for a sector, in November 2026, from New Year's Day of 2027 on."""
    monkeypatch.setenv("DATABASE_URL", register.settings.database_url)

    def invoke(sector: str, *figures: str, vanaf: str = "2027-01-01") -> Result:
        arguments = ["regeling", "add", *figures, "--sector", sector, "--vanaf", vanaf, "--reden", "cao 2027"]
        with on_day(2026, 11, 23):
            return CliRunner().invoke(cli, arguments)

    return invoke


@pytest.fixture
def added(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Any]]:
    """The list of what is told of an added regeling, empty."""
    hooks: list[Any] = []
    monkeypatch.setattr(commands, "ADDED", hooks)
    yield hooks


def figures_of(register: Register, sector: str, day: str) -> InductieFigures:
    """Give the figures that hold in a sector on a day."""
    ((values,),) = register.rows(
        "select waarden from regeling where sector = %s and %s::date between geldig_vanaf and coalesce(geldig_tot, 'infinity')",
        sector,
        day,
    )
    return read_inductie_figures(values)


@pytest.mark.parametrize("sector", SECTORS)
def test_every_sector_has_figures_from_the_start(register: Register, sector: str) -> None:
    assert figures_of(register, sector, "1900-01-01") == InductieFigures(36, 12, 4, 30, 12, 6, (20, 10), False)
    assert figures_of(register, sector, "2199-12-31").lesreductie == (20, 10)


@pytest.mark.parametrize(
    ("wrong", "text"),
    [
        ({"normduurMaanden": 0}, "normduurMaanden ligt niet tussen"),
        ({"normduurMaanden": "36"}, "normduurMaanden is geen geheel getal"),
        ({"normduurMaanden": 36.0}, "normduurMaanden is geen geheel getal"),
        ({"normduurMaanden": True}, "normduurMaanden is geen geheel getal"),
        ({"normduurMaanden": None}, "normduurMaanden is geen geheel getal"),
        ({"verlengingMaximaalMaanden": -1}, "verlengingMaximaalMaanden"),
        ({"startVooruitMaanden": 25}, "startVooruitMaanden"),
        ({"onderbrekingMinimaalDagen": 0}, "onderbrekingMinimaalDagen"),
        ({"vervroegdMinimaalMaanden": 37}, "vervroegdMinimaalMaanden is meer dan normduurMaanden"),
        ({"gesprekMaanden": 0}, "gesprekMaanden"),
        ({"lesreductie": 20}, "lesreductie is geen lijst"),
        ({"lesreductie": [1] * 11}, "lesreductie is geen lijst van hoogstens 10"),
        ({"lesreductie": [20, 101]}, "lesreductie heeft iets anders"),
        ({"lesreductie": [20, -1]}, "lesreductie heeft iets anders"),
        ({"lesreductie": [20, "10"]}, "lesreductie heeft iets anders"),
        ({"lesreductie": [20, True]}, "lesreductie heeft iets anders"),
        ({"deeltijdNaarRato": 0}, "deeltijdNaarRato is geen true of false"),
        ({"deeltijdNaarRato": "false"}, "deeltijdNaarRato is geen true of false"),
    ],
)
def test_a_figure_of_a_sector_that_cannot_be_is_named(wrong: dict[str, Any], text: str) -> None:
    with pytest.raises(ValueError, match=text):
        read_inductie_figures({**VALUES, **wrong})


@pytest.mark.parametrize("name", [*VALUES, "vakinhoudelijkUren"])
def test_a_figure_of_a_sector_that_is_missing_is_named(name: str) -> None:
    values = {**VALUES, "vakinhoudelijkUren": 40}
    with pytest.raises(KeyError, match=f"{name} ontbreekt"):
        check_figures("vo", {key: value for key, value in values.items() if key != name})


def test_the_rules_of_the_inductie_read_every_figure_that_is_checked() -> None:
    assert asdict(read_norms(VALUES)) == asdict(read_inductie_figures(VALUES))


def test_no_reductie_at_all_is_a_figure_too() -> None:
    assert read_inductie_figures({**VALUES, "lesreductie": []}).lesreductie == ()


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3),
)


@settings(max_examples=200, deadline=None)
@given(name=st.sampled_from(sorted(VALUES)), value=_JSON)
def test_whatever_json_a_figure_is_it_is_read_or_refused_by_name(name: str, value: Any) -> None:
    try:
        read = read_inductie_figures({**VALUES, name: value})
    except ValueError as error:
        assert name in str(error) or name == "normduurMaanden"
    else:
        assert isinstance(read, InductieFigures)


def test_two_sectors_differ_from_a_day_on(register: Register, run: Run) -> None:
    result = run("vo", "normduurMaanden=24", "lesreductie=[25,15,5]", "deeltijdNaarRato=true")
    assert result.exit_code == 0, result.output
    assert "Vanaf 2027-01-01 geldt (sector vo)" in result.output
    assert figures_of(register, "vo", "2026-12-31") == figures_of(register, "po", "2026-12-31")
    changed = InductieFigures(24, 12, 4, 30, 12, 6, (25, 15, 5), True)
    assert figures_of(register, "vo", "2027-01-01") == changed != figures_of(register, "po", "2027-01-01")
    assert register.rows("select count(*) from regeling where sector not in ('vo', 'alle')") == [(4,)]
    assert register.rows(
        "select distinct actor, reason from journal where event = 'regeling.toegevoegd' and actor like 'b%%'"
    ) == [("beheer:cli", "cao 2027")]


@pytest.mark.parametrize("sector", ["alle", "vo"])
@pytest.mark.parametrize("vanaf", ["1900-01-01", "2026-11-22", "2026-11-23"])
def test_a_regeling_of_the_past_never_changes(register: Register, run: Run, sector: str, vanaf: str) -> None:
    figure = "koppelingMaanden=1" if sector == "alle" else "normduurMaanden=24"
    before = register.rows(ALL)
    result = run(sector, figure, vanaf=vanaf)
    assert result.exit_code != 0
    assert "op zijn vroegst morgen" in result.output
    assert register.rows(ALL) == before
    assert run(sector, figure, vanaf="2026-11-24").exit_code == 0
    past = [row for row in before if row[1] == sector]
    assert [(*row[:3], row[4]) for row in register.rows(ALL) if row[0] == past[0][0]] == [(*past[0][:3], past[0][4])]


def test_a_regeling_between_two_ends_before_the_later_one(register: Register, run: Run) -> None:
    assert run("po", "gesprekMaanden=3", vanaf="2028-01-01").exit_code == 0
    assert run("po", "gesprekMaanden=4", vanaf="2027-01-01").exit_code == 0
    for day, months in (("2026-12-31", 6), ("2027-12-31", 4), ("2028-01-01", 3)):
        assert figures_of(register, "po", day).gesprek_maanden == months


def test_one_that_has_not_begun_can_still_be_mended(register: Register, run: Run) -> None:
    assert run("po", "gesprekMaanden=3").exit_code == 0
    assert run("po", "normduurMaanden=24").exit_code == 0
    found = figures_of(register, "po", "2027-01-01")
    assert (found.gesprek_maanden, found.normduur_maanden) == (3, 24)
    assert register.rows("select count(*) from regeling where sector = 'po'") == [(2,)]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("normduur=24",), "is geen cijfer van de regeling voor sector vo. Kies uit: deeltijdNaarRato, gesprekMaanden"),
        (("koppelingMaanden=3",), "is geen cijfer van de regeling voor sector vo"),
        (("normduurMaanden",), "schrijf een getal"),
        (("normduurMaanden=veel",), "schrijf een getal"),
        (("normduurMaanden=24.0",), "normduurMaanden is geen geheel getal"),
        (("normduurMaanden=1e999",), "normduurMaanden is geen geheel getal"),
        (('normduurMaanden="24"',), "normduurMaanden is geen geheel getal"),
        (("lesreductie=20,10",), "schrijf een getal"),
        (("lesreductie=[20,110]",), "lesreductie heeft iets anders"),
        (("lesreductie=" + "[" * 10_000,), "schrijf een getal"),
        (("deeltijdNaarRato=ja",), "schrijf een getal"),
        (("deeltijdNaarRato=1",), "deeltijdNaarRato is geen true of false"),
        (("gesprekMaanden=3", "gesprekMaanden=4"), "staat er twee keer"),
        (("gesprekMaanden=3", "normduurMaanden=0"), "normduurMaanden ligt niet tussen"),
        (("normduurMaanden=6",), "vervroegdMinimaalMaanden is meer dan normduurMaanden"),
    ],
)
def test_a_wrong_figure_is_refused_before_it_is_taken(
    register: Register, run: Run, added: list[Any], arguments: tuple[str, ...], message: str
) -> None:
    added.append(lambda *_: pytest.fail("told of what was not taken"))
    before = register.rows(ALL), register.rows("select count(*) from journal")
    result = run("vo", *arguments)
    assert result.exit_code != 0
    assert message in result.output
    assert (register.rows(ALL), register.rows("select count(*) from journal")) == before


def test_figures_that_depend_on_each_other_change_together(register: Register, run: Run) -> None:
    for figures in (
        ("normduurMaanden=6", "vervroegdMinimaalMaanden=3"),
        ("vervroegdMinimaalMaanden=12", "normduurMaanden=12"),
    ):
        assert run("vo", *figures).exit_code == 0
    assert figures_of(register, "vo", "2027-01-01").normduur_maanden == 12


def test_an_unknown_sector_is_refused(register: Register, run: Run) -> None:
    assert "'vavo' is not one of" in run("vavo", "normduurMaanden=24").output


def test_whoever_stands_on_the_figures_is_told_within_the_transaction(
    register: Register, run: Run, added: list[Any]
) -> None:
    told: list[Any] = []

    def react(connection: Any, sector: str, first: date) -> None:
        query = "select waarden ->> 'gesprekMaanden' from regeling where sector = %s and geldig_vanaf = %s"
        told.append((sector, first, connection.execute(query, (sector, first)).fetchone()))

    added.append(react)
    assert run("vo", "gesprekMaanden=3").exit_code == 0
    assert told == [("vo", date(2027, 1, 1), ("3",))]
    assert register.rows(
        "select waarden ->> 'gesprekMaanden' from regeling where sector = 'vo' and geldig_tot is null"
    ) == [("3",)]


def test_what_cannot_go_on_with_the_new_figures_undoes_them(register: Register, run: Run, added: list[Any]) -> None:
    def refuse(*_: object) -> None:
        raise Conflict("Een traject kan hiermee niet verder.")

    added.append(refuse)
    before = register.rows(ALL)
    result = run("vo", "gesprekMaanden=3")
    assert result.exit_code == 1
    assert "Een traject kan hiermee niet verder. Er is niets gewijzigd." in result.output
    assert register.rows(ALL) == before


def test_the_list_shows_figures_as_they_are_written(register: Register, run: Run) -> None:
    assert run("vo", "lesreductie=[5]").exit_code == 0
    listed = CliRunner().invoke(cli, ["regeling", "list"]).output
    assert "vo: 1900-01-01 tot en met 2026-12-31" in listed
    assert "  lesreductie=[5]\n" in listed
    assert "  deeltijdNaarRato=false\n" in listed
    assert "  betrekkingsomvangMaximaal=1.2000\n" in listed
    assert json.dumps([20, 10]) in listed
