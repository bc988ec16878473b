"""How a registratie stands, over the API: what the rules say of it, for who may see it, now and in the past."""

import json
from datetime import date
from typing import Any

import pytest

from register_service.registratie.rules.facts import read_feiten
from register_service.registratie.rules.norms import read_regelingen
from register_service.registratie.rules.voortgang import voortgang_on
from tests.support import BIRTHDAY, A, Refusal, Register, at_once, code, on_day, the, whole

_ACTIVITEIT = """
insert into activiteit (leraar, gemeld_door, bestuur, soort, titel, registeruren, vakinhoudelijk, vakdidactisch, pedagogisch,
                        overig, begindatum, einddatum, status, ingediend_op, beoordeeld_op)
values (%(leraar)s, %(door)s, %(bestuur)s, 'cursus', 'Geheime cursus', %(uren)s, %(uren)s, 0, 0, 0, %(dag)s, %(dag)s, %(status)s,
        %(dag)s, case when %(status)s = 'goedgekeurd' then %(dag)s::date end)
"""


def activiteit(register: Register, leraar: str, dag: str = "2024-03-01", uren: int = 160, **fields: object) -> None:
    """Give a leraar an activiteit that nobody but the leraar sees, approved unless said otherwise."""
    values = {"door": "leraar", "bestuur": None, "status": "goedgekeurd", **fields}
    with register.owner() as connection:
        connection.execute(_ACTIVITEIT, {"leraar": leraar, "dag": dag, "uren": uren, **values})


@pytest.fixture
def number(register: Register) -> str:
    """A leraar of bestuur A, bevoegd since 2015, registered and at work since the first of August 2022."""
    with on_day(2022, 8, 1):
        number = register.leraar()
        register.bevoegdheid(number)
        register.aanstelling(number, begindatum="2022-08-01")
    return number


def registratie(register: Register, number: str, who: str = "a", **query: str) -> dict[str, Any]:
    """Read the registratie."""
    words = "&".join(f"{name}={value}" for name, value in query.items())
    return the(register.get(f"/leraren/{number}/registratie?{words}", who))


def voortgang(register: Register, number: str, who: str = "a", **query: str) -> dict[str, Any]:
    """Read the progress."""
    words = "&".join(f"{name}={value}" for name, value in query.items())
    return the(register.get(f"/leraren/{number}/voortgang?{words}", who))


def eis(found: dict[str, Any], name: str) -> dict[str, Any]:
    """Give one requirement of a progress."""
    (one,) = [eis for eis in found["eisen"] if eis["eis"] == name]
    return dict(one)


def test_without_a_bevoegdheid_a_dossier_is_aspirant(register: Register) -> None:
    number = register.leraar()
    register.aanstelling(number, soort="zij-instroom")
    found = registratie(register, number)
    assert (found["status"], found["perioden"], found["geregistreerdTot"]) == ("aspirant", [], None)
    assert voortgang(register, number)["eisen"] == []


def test_registered_from_the_day_of_registration_for_four_years(register: Register, number: str) -> None:
    with on_day(2026, 7, 31):
        found = registratie(register, number)
    assert (found["status"], found["sinds"], found["geregistreerdTot"]) == ("geregistreerd", "2022-08-01", "2026-07-31")
    assert [(p["begindatum"], p["einddatum"], p["grond"], p["id"]) for p in found["perioden"]] == [
        ("2022-08-01", "2026-07-31", "eerste", None)
    ]


def test_the_day_after_its_end_it_is_renewed_or_there_are_conditions(register: Register, number: str) -> None:
    other = register.leraar()
    register.bevoegdheid(other)
    register.as_owner("update leraar set geregistreerd_op = '2022-08-01' where registratienummer = %s", other)
    activiteit(register, number)
    register.aanstelling(other, begindatum="2022-08-01")
    with on_day(2026, 8, 1):
        assert registratie(register, number)["status"] == "geregistreerd"
        assert registratie(register, number)["geregistreerdTot"] == "2030-07-31"
        found = registratie(register, other)
    assert (found["status"], found["herstelTot"], found["geregistreerdTot"]) == (
        "onder-voorwaarden",
        "2027-01-31",
        None,
    )
    with on_day(2027, 2, 1):
        assert registratie(register, other)["status"] == "verlopen"


def test_on_any_day_it_is_as_it_was_that_day(register: Register, number: str) -> None:
    with on_day(2027, 2, 1):
        states = [
            registratie(register, number, geldigOp=day)["status"]
            for day in ("2022-07-31", "2022-08-01", "2026-08-01", "2027-01-31", "2027-02-01")
        ]
    assert states == [None, "geregistreerd", "onder-voorwaarden", "onder-voorwaarden", "verlopen"]


def test_as_it_was_known(register: Register, number: str) -> None:
    with on_day(2026, 6, 1):
        before = register.seal()
        activiteit(register, number, uren=40)
        register.seal()
        assert eis(voortgang(register, number), "registeruren")["behaald"] == 40
        assert eis(voortgang(register, number, beschikbaarOp=before), "registeruren")["behaald"] == 0
        assert registratie(register, number, beschikbaarOp=before) == registratie(register, number)


def test_before_it_was_known_there_is_nothing(register: Register) -> None:
    moment = register.seal()
    number = register.leraar()
    register.aanstelling(number)
    register.seal()
    assert register.get(f"/leraren/{number}/registratie?beschikbaarOp={moment}").status_code == 404


def test_what_the_employer_does_not_see_counts_and_shows_as_a_total_only(register: Register, number: str) -> None:
    activiteit(register, number, uren=40)
    activiteit(register, number, uren=7, status="ingediend")
    with on_day(2026, 6, 1):
        answer = register.get(f"/leraren/{number}/voortgang")
        own = register.get(f"/leraren/{number}/voortgang", register.as_leraar(number))
        hidden = the(register.get(f"/leraren/{number}/activiteiten"))["items"]
    assert hidden == []
    assert "Geheime cursus" not in answer.text
    assert answer.data == own.data
    assert (eis(the(answer), "registeruren")["behaald"], the(answer)["ingediend"]) == (40, 7)


def test_work_at_every_bestuur_counts_for_whoever_asks(register: Register, number: str) -> None:
    with on_day(2026, 7, 31):
        alone = eis(voortgang(register, number), "werkuren")["behaald"]
        register.post("/leraren/_koppel", {"registratienummer": number, "geboortedatum": BIRTHDAY}, "b")
        register.aanstelling(number, "b", begindatum="2024-08-01", betrekkingsomvang=0.2)
        both = voortgang(register, number)
        assert eis(both, "werkuren")["behaald"] > alone
        assert voortgang(register, number, "b") == both


def test_progress_with_what_is_missing(register: Register, number: str) -> None:
    activiteit(register, number, uren=100)
    with on_day(2024, 7, 31):
        found = voortgang(register, number)
    assert (found["vanaf"], found["tot"], found["sector"], found["voldaan"]) == (
        "2022-08-01",
        "2026-07-31",
        "vo",
        False,
    )
    assert found["verstreken"] == 50
    assert eis(found, "registeruren") == {
        "eis": "registeruren",
        "behaald": 100,
        "nodig": 160,
        "ontbreekt": 60,
        "percentage": 62,
        "voldaan": False,
    }
    assert eis(found, "vakinhoudelijk")["voldaan"]
    # 731 days of 0.8 fte.
    assert eis(found, "werkuren")["behaald"] == 2657
    assert found["percentage"] == (62 + 100 + 100 + 100) // 4


def test_progress_of_many_is_that_of_each(register: Register, number: str) -> None:
    others = [register.leraar() for _ in range(3)]
    for other in others:
        register.aanstelling(other)
    activiteit(register, number)
    hidden, absent = register.leraar("b"), "7776531435"
    asked = [number, *others, hidden, absent, number]
    with on_day(2026, 6, 1):
        found = the(register.post("/leraren/_voortgang", {"registratienummers": asked}))
        assert found["items"] == [voortgang(register, one) for one in sorted([number, *others])]
    assert {one["registratienummer"] for one in found["items"]} == {number, *others}
    assert found["nietGevonden"] == [hidden, absent]


@pytest.mark.parametrize(("asked", "expected"), [([], "ongeldige-waarde"), (["2657035144"] * 501, "ongeldige-waarde")])
def test_of_nobody_or_too_many_it_is_refused(register: Register, asked: list[str], expected: str) -> None:
    refused = register.post("/leraren/_voortgang", {"registratienummers": asked})
    assert (refused.status_code, code(refused)) == (400, expected)


def test_every_look_at_progress_is_logged(register: Register, number: str) -> None:
    register.post("/leraren/_voortgang", {"registratienummers": [number]})
    assert register.rows("select leraar, purpose, parts from access_log where purpose like 'voortgang van%%'") == [
        (number, "voortgang van leraren raadplegen", ["voortgang"])
    ]


@pytest.mark.parametrize("path", ["registratie", "voortgang", "registratie/uitstellen", "berichten"])
def test_another_besturens_leraar_is_nobody(register: Register, number: str, path: str) -> None:
    who = "b" if path in ("registratie", "voortgang") else register.as_leraar(register.leraar())
    absent = register.get(f"/leraren/7776531435/{path}", who)
    assert absent.status_code == 404
    assert whole(register.get(f"/leraren/{number}/{path}", who)) == whole(absent)


def uitstel(register: Register, number: str, who: str = "k", **fields: object) -> Any:
    """Give uitstel."""
    body = {"maanden": 6, "motivering": "ziekte", "besluitdatum": "2026-06-01", **fields}
    return register.post(f"/leraren/{number}/registratie/uitstellen", body, who)


def test_uitstel_moves_the_end_and_stores_the_period(register: Register, number: str) -> None:
    with on_day(2026, 6, 1):
        made = uitstel(register, number)
        assert made.status_code == 201, made.text
        found = registratie(register, number)
    assert (found["geregistreerdTot"], found["perioden"][0]["uitstelMaanden"]) == ("2027-01-31", 6)
    assert found["perioden"][0]["id"] == the(made)["periode"]
    assert register.rows("select begindatum::text, einddatum::text, grond from registratieperiode") == [
        ("2022-08-01", "2027-01-31", "eerste")
    ]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"maanden": 25}, Refusal(400, "uitstel-te-lang", "/maanden")),
        ({"besluitdatum": "2026-06-02"}, Refusal(400, "besluit-in-toekomst", "/besluitdatum")),
        ({"besluitdatum": "2022-07-31"}, Refusal(400, "uitstel-voor-periode", "/besluitdatum")),
    ],
)
def test_uitstel_that_cannot_be(register: Register, number: str, fields: dict[str, object], expected: Refusal) -> None:
    with on_day(2026, 6, 1):
        assert Refusal.of(uitstel(register, number, **fields)) == expected
    assert register.rows("select from uitstel") == register.rows("select from registratieperiode") == []


def test_24_months_in_all(register: Register, number: str) -> None:
    with on_day(2026, 6, 1):
        assert uitstel(register, number, maanden=24).status_code == 201
        assert code(uitstel(register, number, maanden=1)) == "uitstel-te-lang"


def test_two_of_18_months_at_once_and_one_gets_through(register: Register, number: str) -> None:
    with on_day(2026, 6, 1):
        answers = at_once(*[lambda: uitstel(register, number, maanden=18)] * 2)
    assert sorted(answer.status_code for answer in answers) == [201, 400]
    assert register.rows("select einddatum::text from registratieperiode") == [("2028-01-31",)]


def test_after_the_end_it_is_too_late(register: Register, number: str) -> None:
    with on_day(2026, 8, 1):
        assert code(uitstel(register, number, besluitdatum="2026-08-01")) == "uitstel-te-laat"


def test_only_the_keeper_gives_uitstel_and_a_bestuur_does_not_see_why(register: Register, number: str) -> None:
    with on_day(2026, 6, 1):
        path = f"{uitstel(register, number).headers['Location'].removeprefix('/v1')}"
        for who in ("a", register.as_leraar(number)):
            assert uitstel(register, number, who).status_code == 403
        assert the(register.get(path, register.as_leraar(number)))["motivering"] == "ziekte"
        for below in (
            path,
            f"{path}/historie",
            f"/leraren/{number}/registratie/uitstellen",
            f"/leraren/{number}/berichten",
        ):
            assert register.get(below, "a").status_code == 403


def test_uitstel_by_mistake_is_taken_back(register: Register, number: str) -> None:
    with on_day(2026, 6, 1):
        path = uitstel(register, number).headers["Location"].removeprefix("/v1")
    with on_day(2026, 7, 31):
        assert register.delete(path, "k").status_code == 204
        assert registratie(register, number)["geregistreerdTot"] == "2026-07-31"
    events = [one["gebeurtenis"] for one in the(register.get(f"{path}/historie", "k"))["items"]]
    assert events == ["uitstel.gegeven", "uitstel.ingetrokken"]


def test_uitstel_that_was_used_stays(register: Register, number: str) -> None:
    with on_day(2026, 6, 1):
        path = uitstel(register, number).headers["Location"].removeprefix("/v1")
    with on_day(2026, 8, 1):
        assert code(register.delete(path, "k")) == "uitstel-al-gebruikt"


def test_the_leraar_is_struck_off_on_request_and_comes_back(register: Register, number: str) -> None:
    who, path = register.as_leraar(number), f"/leraren/{number}/registratie"
    with on_day(2024, 3, 1):
        found = the(register.post(f"{path}/_doorhalen", {"vanaf": "2024-04-01", "motivering": "ander werk"}, who))
        assert found["status"] == "geregistreerd"
        assert code(register.post(f"{path}/_doorhalen", {"vanaf": "2024-05-01"}, who)) == "al-doorgehaald"
    with on_day(2024, 4, 1):
        assert registratie(register, number)["status"] == "doorgehaald"
        assert "ander werk" not in register.get(path).text
    with on_day(2025, 1, 1):
        found = the(register.send("POST", f"{path}/_hervatten", who=who))
        assert (found["status"], found["geregistreerdTot"]) == ("geregistreerd", "2026-07-31")
        assert code(register.send("POST", f"{path}/_hervatten", who=who)) == "niet-doorgehaald"
        assert registratie(register, number, geldigOp="2024-12-31")["status"] == "doorgehaald"


def test_a_request_for_later_is_taken_back_before_it_holds(register: Register, number: str) -> None:
    who, path = register.as_leraar(number), f"/leraren/{number}/registratie"
    with on_day(2024, 3, 1):
        register.post(f"{path}/_doorhalen", {"vanaf": "2024-04-01"}, who)
        assert the(register.send("POST", f"{path}/_hervatten", who=who))["status"] == "geregistreerd"
    with on_day(2024, 5, 1):
        assert registratie(register, number)["status"] == "geregistreerd"


def test_who_is_verlopen_comes_back_with_the_requirements_of_four_years(register: Register, number: str) -> None:
    who, path = register.as_leraar(number), f"/leraren/{number}/registratie"
    with on_day(2028, 1, 1):
        assert registratie(register, number)["status"] == "verlopen"
        assert code(register.send("POST", f"{path}/_hervatten", who=who)) == "eisen-niet-gehaald"
        activiteit(register, number, dag="2027-06-01")
        found = the(register.send("POST", f"{path}/_hervatten", who=who))
    assert (found["status"], found["geregistreerdTot"]) == ("geregistreerd", "2031-12-31")
    assert [p["grond"] for p in found["perioden"]] == ["eerste", "hervat"]


def test_a_bestuur_strikes_nobody_off(register: Register, number: str) -> None:
    assert register.rows("select from doorhaling") == []
    with register.app_role(A) as connection:
        assert connection.execute("select from doorhaling").fetchall() == []


def test_notices_are_listed_for_the_leraar(register: Register, number: str) -> None:
    with on_day(2026, 6, 1):
        uitstel(register, number)
    register.as_owner(
        "insert into bericht (leraar, periode, soort, einddatum, gemaakt_op, verzonden_op) "
        "select leraar, id, 'zes-maanden', einddatum, '2026-07-31', '2026-07-31 06:00+00' from registratieperiode"
    )
    (found,) = the(register.get(f"/leraren/{number}/berichten", register.as_leraar(number)))["items"]
    assert (found["soort"], found["einddatum"], found["verzondenOp"]) == (
        "zes-maanden",
        "2027-01-31",
        "2026-07-31T06:00:00.000000Z",
    )
    history = the(register.get(f"/leraren/{number}/berichten/historie", "k"))["items"]
    assert [one["toestand"]["soort"] for one in history] == ["zes-maanden"]


def test_history_of_the_periods(register: Register, number: str) -> None:
    with on_day(2026, 6, 1):
        uitstel(register, number)
    history = the(register.get(f"/leraren/{number}/registratie/historie"))["items"]
    assert [(one["handeling"], one["toestand"]["einddatum"]) for one in history] == [
        ("aangemaakt", "2026-07-31"),
        ("gewijzigd", "2027-01-31"),
    ]


def test_the_facts_of_the_past_are_those_of_the_tables_then(register: Register, number: str) -> None:
    """The function that reads the journal gives what the one that reads the tables gave at that moment."""
    activiteit(register, number)
    with on_day(2026, 6, 1):
        uitstel(register, number)
        register.post(f"/leraren/{number}/registratie/_doorhalen", {"vanaf": "2026-07-01"}, "k")
    moment = register.seal()
    ask = "select feiten::text from registratiefeiten_van(array[%s], %s::timestamptz)"
    ((now,),) = register.rows(ask, number, None)
    register.as_owner("delete from aanstelling")
    register.as_owner("update activiteit set status = 'ingetrokken', beoordeeld_op = null")
    ((then,),) = register.rows(ask, number, moment)
    rows = register.rows("select sector, geldig_vanaf::text, waarden from regeling")
    figures = read_regelingen([dict(zip(("sector", "geldigVanaf", "waarden"), row, strict=True)) for row in rows])

    day = date(2026, 6, 30)
    assert voortgang_on(read_feiten(json.loads(then), figures), figures, day) == voortgang_on(
        read_feiten(json.loads(now), figures), figures, day
    )
    assert json.loads(then)["werk"] == json.loads(now)["werk"] != []
