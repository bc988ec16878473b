"""Whom a bestuur sees on which days: from 3 months before begindatum to 12 months after einddatum, both included."""

from datetime import UTC, date, datetime, timedelta

import pytest

from register_service.core import clock
from tests.support import VESTIGING_B, Register, on_day, the


def hire(register: Register, begin: str, end: str | None) -> str:
    """Make a leraar with one aanstelling and no koppeling, by hand, so that only the aanstelling gives sight."""
    register.as_owner(
        "insert into leraar (registratienummer, voornamen, achternaam, geboortedatum, geregistreerd_op) "
        "values ('2657035144', 'Test', 'Proef', '1984-05-06', '2020-01-01')"
    )
    register.as_owner(
        "insert into aanstelling (leraar, bestuur, vestiging, functie, soort, begindatum, einddatum, betrekkingsomvang) "
        "values ('2657035144', '41285', '00AA00', 'docent', 'regulier', %s, %s, 1)",
        begin,
        end,
    )
    return "2657035144"


def seen(register: Register, number: str, day: date, who: str = "a") -> bool:
    """Tell whether a bestuur sees the leraar on a day; every way of looking agrees."""
    with on_day(day.year, day.month, day.day):
        answers = [
            register.get(f"/leraren/{number}{rest}", who).status_code == 200 for rest in ("", "/dossier", "/historie")
        ]
        listed = the(register.get("/leraren", who))["items"]
        found = the(register.post("/leraren/_zoek", {"achternaam": "Proef"}, who))["items"]
        held = the(register.get("/aanstellingen", who))["items"]
    answers += [bool(listed), bool(found), bool(held)]
    assert len(set(answers)) == 1, answers
    return answers[0]


@pytest.mark.parametrize(
    ("begin", "first"),
    [
        ("2027-08-01", date(2027, 5, 1)),
        ("2027-05-31", date(2027, 2, 28)),  # February has no 31st
        ("2028-05-31", date(2028, 2, 29)),
        ("2027-12-31", date(2027, 9, 30)),
        ("2027-01-15", date(2026, 10, 15)),
    ],
)
def test_from_three_months_before_begindatum(register: Register, begin: str, first: date) -> None:
    number = hire(register, begin, None)
    assert not seen(register, number, first - timedelta(days=1))
    assert seen(register, number, first)
    assert seen(register, number, date(2099, 1, 1))


@pytest.mark.parametrize(
    ("end", "last"),
    [
        ("2026-07-31", date(2027, 7, 31)),
        ("2028-02-29", date(2029, 2, 28)),  # there is no 29th a year later
        ("2027-02-28", date(2028, 2, 28)),
        ("2026-12-31", date(2027, 12, 31)),
    ],
)
def test_to_twelve_months_after_einddatum(register: Register, end: str, last: date) -> None:
    number = hire(register, "2020-08-01", end)
    assert seen(register, number, last)
    assert not seen(register, number, last + timedelta(days=1))


def test_the_day_is_that_in_amsterdam(register: Register) -> None:
    number = hire(register, "2020-08-01", "2026-07-31")
    with clock.fixed_at(datetime(2027, 7, 31, 21, 59, tzinfo=UTC)):
        assert register.get(f"/leraren/{number}").status_code == 200
    with clock.fixed_at(datetime(2027, 7, 31, 22, 0, tzinfo=UTC)):
        assert register.get(f"/leraren/{number}").status_code == 404


def test_another_bestuur_never_sees_the_leraar(register: Register) -> None:
    number = hire(register, "2020-08-01", None)
    assert not seen(register, number, date(2026, 11, 23), "b")


def test_with_two_besturen_each_sees_its_own_aanstellingen_and_all_bevoegdheden(register: Register) -> None:
    number = hire(register, "2020-08-01", None)
    register.post("/leraren/_koppel", {"registratienummer": number, "geboortedatum": "1984-05-06"}, "b")
    mine, theirs = f"/leraren/{number}/aanstellingen", register.aanstelling(number, "b")
    register.bevoegdheid(number, "b")
    for who, vestiging in (("a", "00AA00"), ("b", VESTIGING_B)):
        dossier = the(register.get(f"/leraren/{number}/dossier", who))
        assert [one["vestiging"] for one in dossier["aanstellingen"]] == [vestiging]
        assert len(dossier["bevoegdheden"]) == 1
        assert [one["vestiging"] for one in the(register.get(mine, who))["items"]] == [vestiging]
    assert register.get(theirs, "a").status_code == register.get(f"{theirs}/historie", "a").status_code == 404
    assert register.send("PATCH", theirs, {"functie": "x"}, match='"x"').status_code == 404
    assert register.send("DELETE", theirs, match='"x"').status_code == 404


def test_the_keeper_sees_all(register: Register) -> None:
    number = hire(register, "2020-08-01", "2020-08-01")
    assert seen(register, number, date(2026, 11, 23), "k")
