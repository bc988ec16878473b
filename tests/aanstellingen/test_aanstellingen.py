"""Aanstellingen over the API: adding, changing, ending, withdrawing; overlap is PostgreSQL's own to refuse."""

from functools import partial

import psycopg
import pytest

from tests.support import (
    AANSTELLING,
    VESTIGING_A,
    VESTIGING_A2,
    VESTIGING_B,
    VESTIGING_GESLOTEN,
    VESTIGING_ONBEKEND,
    VESTIGING_ZONDER,
    A,
    Refusal,
    Register,
    at_once,
    code,
    on_day,
    the,
)


def test_adds_an_aanstelling_of_the_bestuur(register: Register) -> None:
    number = register.leraar()
    body = {**AANSTELLING, "vestiging": VESTIGING_A, "personeelsnummer": "P1", "betrekkingsomvang": 0.8333}
    answer = register.post(f"/leraren/{number}/aanstellingen", body)
    assert answer.status_code == 201
    aanstelling = the(answer)
    assert aanstelling.pop("id") in answer.headers["Location"]
    assert aanstelling == {**body, "leraar": number, "bestuur": A, "einddatum": None, "redenEinde": None}


def test_betrekkingsomvang_keeps_four_decimals(register: Register) -> None:
    number = register.leraar()
    for turn, size in enumerate((0.0001, 1.2, 0.3333)):
        path = register.aanstelling(
            number, betrekkingsomvang=size, begindatum=f"201{turn}-01-01", einddatum=f"201{turn}-12-31"
        )
        assert the(register.get(path))["betrekkingsomvang"] == size


@pytest.mark.parametrize(
    ("given", "code", "location"),
    [
        ({"betrekkingsomvang": 1.2001}, "betrekkingsomvang-te-groot", "/betrekkingsomvang"),
        ({"betrekkingsomvang": 0}, "ongeldige-waarde", "/betrekkingsomvang"),
        ({"betrekkingsomvang": 0.12345}, "ongeldige-waarde", "/betrekkingsomvang"),
        ({"einddatum": "2020-07-31"}, "einde-voor-begin", "/einddatum"),
        ({"redenEinde": "pensioen"}, "reden-zonder-einddatum", "/redenEinde"),
        ({"redenEinde": "zomaar", "einddatum": "2021-01-01"}, "ongeldige-waarde", "/redenEinde"),
        ({"soort": "tijdelijk"}, "ongeldige-waarde", "/soort"),
        ({"vestiging": VESTIGING_ONBEKEND}, "vestiging-onbekend", "/vestiging"),
        ({"vestiging": VESTIGING_B}, "vestiging-van-ander-bestuur", "/vestiging"),
        ({"vestiging": VESTIGING_ZONDER}, "vestiging-van-ander-bestuur", "/vestiging"),
        ({"vestiging": VESTIGING_GESLOTEN}, "vestiging-gesloten", "/vestiging"),
        ({"vestiging": VESTIGING_GESLOTEN, "einddatum": "2026-01-01"}, "vestiging-gesloten", "/vestiging"),
        ({"bestuur": "41300"}, "onbekend-veld", "/bestuur"),
    ],
)
def test_refuses_by_rule(register: Register, given: dict[str, object], code: str, location: str) -> None:
    path = f"/leraren/{register.leraar()}/aanstellingen"
    answer = register.post(path, {**AANSTELLING, "vestiging": VESTIGING_A, **given})
    assert Refusal.of(answer) == Refusal(400, code, location)
    assert register.rows("select from aanstelling") == []


def test_a_change_keeps_to_the_same_rules(register: Register) -> None:
    path = register.aanstelling(register.leraar())
    for change, found in (
        ({"betrekkingsomvang": 1.3}, "betrekkingsomvang-te-groot"),
        ({"vestiging": VESTIGING_B}, "vestiging-van-ander-bestuur"),
        ({"vestiging": VESTIGING_GESLOTEN}, "vestiging-gesloten"),
        ({"einddatum": "2020-07-31"}, "einde-voor-begin"),
        ({"redenEinde": "overig"}, "reden-zonder-einddatum"),
        ({}, "niets-te-wijzigen"),
    ):
        assert code(register.change(path, change)) == found
    assert the(register.change(path, {"vestiging": VESTIGING_A2}))["vestiging"] == VESTIGING_A2


def test_ending_names_the_last_day_and_the_reason(register: Register) -> None:
    path = register.aanstelling(register.leraar())
    end = partial(register.change, path, method="POST", step="/_beeindig")
    assert code(end({"einddatum": "2026-07-31"})) == "verplicht"
    assert code(end({"einddatum": "2020-07-31", "redenEinde": "overig"})) == "einde-voor-begin"
    found = the(end({"einddatum": "2026-07-31", "redenEinde": "buiten-onderwijs"}))
    assert (found["einddatum"], found["redenEinde"]) == ("2026-07-31", "buiten-onderwijs")


def test_an_end_long_ago_is_kept_although_the_leraar_is_out_of_sight_then(register: Register) -> None:
    with on_day(2021, 1, 1):
        path = register.aanstelling(register.leraar())
    with on_day(2026, 11, 23):
        answer = register.change(
            path, {"einddatum": "2021-07-31", "redenEinde": "overig"}, method="POST", step="/_beeindig"
        )
        assert (answer.status_code, the(answer)["einddatum"]) == (200, "2021-07-31")
        assert the(answer)["betrekkingsomvang"] == 0.8
        assert register.get(path).status_code == 404
    assert register.rows("select einddatum::text from aanstelling") == [("2021-07-31",)]


def test_a_bestuur_can_still_end_an_aanstelling_at_a_vestiging_that_went_to_another(register: Register) -> None:
    path = register.aanstelling(register.leraar())
    register.as_owner(f"update vestiging set bestuur = '41300' where code = '{VESTIGING_A}'")
    answer = register.change(
        path, {"einddatum": "2026-07-31", "redenEinde": "overig"}, method="POST", step="/_beeindig"
    )
    assert (answer.status_code, the(answer)["bestuur"]) == (200, A)
    assert the(register.change(path, {"functie": "mentor"}, "k"))["bestuur"] == A


def test_the_keeper_writes_for_the_bestuur_of_the_vestiging(register: Register) -> None:
    number = register.leraar()
    answer = register.post(f"/leraren/{number}/aanstellingen", {**AANSTELLING, "vestiging": VESTIGING_B}, "k")
    assert (answer.status_code, the(answer)["bestuur"]) == (201, "41300")


# -- overlap -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("begin", "end", "refused"),
    [
        ("2021-08-01", "2022-07-31", True),  # the same
        ("2022-07-31", None, True),  # begins on the day the other ends
        ("2022-08-01", None, False),
        ("2020-01-01", "2021-08-01", True),  # ends on the day the other begins
        ("2020-01-01", "2021-07-31", False),
        ("2022-01-01", "2022-01-01", True),  # one day
        ("2020-01-01", None, True),  # around it
    ],
)
def test_two_at_one_vestiging_never_overlap_dates_inclusive(
    register: Register, begin: str, end: str | None, refused: bool
) -> None:
    number = register.leraar()
    register.aanstelling(number, begindatum="2021-08-01", einddatum="2022-07-31")
    body = {**AANSTELLING, "vestiging": VESTIGING_A, "begindatum": begin, "einddatum": end}
    answer = register.post(f"/leraren/{number}/aanstellingen", body)
    assert answer.status_code == (409 if refused else 201)
    if refused:
        assert code(answer) == "aanstelling-overlapt"


def test_at_another_vestiging_or_of_another_leraar_is_no_overlap(register: Register) -> None:
    one, two = register.leraar(), register.leraar()
    register.aanstelling(one)
    register.aanstelling(one, vestiging=VESTIGING_A2)
    register.aanstelling(two)


def test_a_change_into_an_overlap_is_refused(register: Register) -> None:
    number = register.leraar()
    register.aanstelling(number, begindatum="2021-08-01")
    path = register.aanstelling(number, begindatum="2020-08-01", einddatum="2021-07-31")
    assert Refusal.of(register.change(path, {"einddatum": "2021-08-01"})) == Refusal(409, "aanstelling-overlapt")
    assert Refusal.of(register.change(path, {"einddatum": None})) == Refusal(409, "aanstelling-overlapt")


def test_a_day_freed_by_an_earlier_end_can_be_used(register: Register) -> None:
    number = register.leraar()
    path = register.aanstelling(number)
    register.change(path, {"einddatum": "2026-07-31", "redenEinde": "overig"}, method="POST", step="/_beeindig")
    register.aanstelling(number, begindatum="2026-08-01")


@pytest.mark.parametrize("turn", range(3))
def test_overlapping_at_once_lets_one_through(register: Register, turn: int) -> None:
    path = f"/leraren/{register.leraar()}/aanstellingen"
    adds = [
        partial(register.post, path, {**AANSTELLING, "vestiging": VESTIGING_A, "begindatum": f"202{n}-01-01"})
        for n in range(4)
    ]
    assert sorted(answer.status_code for answer in at_once(*adds)) == [201, 409, 409, 409]


def test_postgresql_itself_refuses_overlap_and_bad_values_by_hand(register: Register) -> None:
    number = register.leraar()
    register.aanstelling(number, personeelsnummer="P1")
    insert = (
        "insert into aanstelling (leraar, bestuur, vestiging, functie, soort, begindatum, einddatum, betrekkingsomvang, "
        f"personeelsnummer, reden_einde) values ('{number}', '{A}', %s, 'x', 'regulier', %s, %s, %s, %s, %s)"
    )
    for values, constraint in (
        ((VESTIGING_A, "2025-01-01", None, 1, None, None), "aanstelling_geen_overlap"),
        ((VESTIGING_A2, "2025-01-01", "2024-12-31", 1, None, None), "aanstelling_periode_check"),
        ((VESTIGING_A2, "2025-01-01", None, 0, None, None), "aanstelling_betrekkingsomvang_check"),
        ((VESTIGING_A2, "2025-01-01", None, 1, None, "overig"), "aanstelling_reden_zonder_einde_check"),
        ((VESTIGING_A2, "2025-01-01", "2025-01-01", 1, None, "zomaar"), "aanstelling_reden_einde_check"),
        ((VESTIGING_A2, "2020-08-01", None, 1, "P1", None), "aanstelling_hr_sleutel_key"),
        ((VESTIGING_ONBEKEND, "2025-01-01", None, 1, None, None), "aanstelling_vestiging_fkey"),
    ):
        with pytest.raises(psycopg.errors.IntegrityError) as error:
            register.as_owner(insert, *values)
        assert error.value.diag.constraint_name == constraint


# -- reading -------------------------------------------------------------------------------------


def test_geldig_op_shows_what_held_on_the_day(register: Register) -> None:
    number = register.leraar()
    path = register.aanstelling(number, begindatum="2021-08-01", einddatum="2026-07-31")
    for day, held in (("2021-07-31", False), ("2021-08-01", True), ("2026-07-31", True), ("2026-08-01", False)):
        assert register.get(f"{path}?geldigOp={day}").status_code == (200 if held else 404)
        for listing in (f"/leraren/{number}/aanstellingen", f"/leraren/{number}/dossier", "/aanstellingen", "/leraren"):
            body = the(register.get(f"{listing}?geldigOp={day}"))
            assert bool(body.get("items", body.get("aanstellingen"))) == held
        found = register.post(f"/leraren/_zoek?geldigOp={day}", {"geboortedatum": "1984-05-06"})
        assert bool(the(found)["items"]) == held


def test_a_withdrawn_aanstelling_is_gone_and_its_history_stays(register: Register) -> None:
    number = register.leraar()
    path = register.aanstelling(number)
    assert register.delete(path).status_code == 204
    assert register.get(path).status_code == 404
    history = the(register.get(f"{path}/historie"))["items"]
    assert [entry["handeling"] for entry in history] == ["aangemaakt", "verwijderd"]
    assert history[1]["toestand"] is None


def test_a_history_stands_under_its_own_leraar_only(register: Register) -> None:
    path = register.aanstelling(register.leraar())
    other = register.leraar()
    identifier = path.rsplit("/", 1)[1]
    assert register.get(f"{path}/historie").status_code == 200
    assert register.get(f"/leraren/{other}/aanstellingen/{identifier}/historie").status_code == 404
    assert register.get(f"/leraren/2657035144/aanstellingen/{identifier}/historie").status_code == 404


def test_a_key_is_used_once(register: Register) -> None:
    number = register.leraar()
    register.aanstelling(number, personeelsnummer="P1")
    body = {**AANSTELLING, "vestiging": VESTIGING_A2, "personeelsnummer": "P1"}
    assert Refusal.of(register.post(f"/leraren/{number}/aanstellingen", body)) == Refusal(
        409, "personeelsnummer-bestaat"
    )
