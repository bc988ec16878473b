"""What a merge does to the registratie."""

from datetime import date

import pytest
from werkzeug.test import TestResponse

from tests.support import Refusal, Register, on_day, the

_PERIODE = "insert into registratieperiode (leraar, begindatum, einddatum, grond) values (%s, %s, %s, %s)"


def merge(register: Register, van: str, naar: str) -> TestResponse:
    """Merge, as the keeper."""
    return register.post("/leraren/_samenvoegen", {"van": van, "naar": naar, "reden": "dubbel"}, "k")


@pytest.fixture
def two(register: Register) -> tuple[str, str]:
    """Two dossiers of one person, both bevoegd, registered in 2022 and in 2024."""
    numbers = []
    for day in (date(2022, 8, 1), date(2024, 1, 1)):
        with on_day(day.year, day.month, day.day):
            number = register.leraar()
            if day.year == 2024:
                register.aanstelling(number)
            register.bevoegdheid(number, behaaldOp=f"{day.year - 10}-07-01")
        register.as_owner(
            _PERIODE, number, day, day.replace(year=day.year + 4, month=7 if day.month == 8 else 12, day=31), "eerste"
        )
        numbers.append(number)
    return numbers[0], numbers[1]


@pytest.mark.parametrize("order", [0, 1])
def test_the_registratie_that_began_first_goes_on(register: Register, two: tuple[str, str], order: int) -> None:
    earlier, later = two
    van, naar = (earlier, later) if order == 0 else (later, earlier)
    assert merge(register, van, naar).status_code == 200
    with on_day(2025, 1, 1):
        found = the(register.get(f"/leraren/{naar}/registratie", "k"))
    assert (found["status"], found["sinds"], found["geregistreerdTot"]) == ("geregistreerd", "2022-08-01", "2026-07-31")
    assert [p["begindatum"] for p in found["perioden"]] == ["2022-08-01"]


def test_what_belongs_to_a_period_goes_with_it(register: Register, two: tuple[str, str]) -> None:
    earlier, later = two
    with on_day(2026, 6, 1):
        body = {"maanden": 6, "motivering": "ziekte", "besluitdatum": "2026-06-01"}
        for number in two:
            assert register.post(f"/leraren/{number}/registratie/uitstellen", body, "k").status_code == 201
        for number in two:
            register.send("POST", f"/leraren/{number}/verificatie/_toestaan", who=register.as_leraar(number))
            register.post(f"/leraren/{number}/registratie/_doorhalen", {"vanaf": "2026-07-01"}, "k")
    register.as_owner(
        "insert into bericht (leraar, periode, soort, einddatum, gemaakt_op)"
        " select leraar, id, 'zes-maanden', einddatum, '2026-07-31' from registratieperiode"
    )
    assert merge(register, earlier, later).status_code == 200
    for table in ("registratieperiode", "uitstel", "bericht", "doorhaling", "verificatietoestemming"):
        assert register.rows(f"select leraar from {table}") == [(later,)], table
    (kept,) = the(register.get(f"/leraren/{later}/registratie/uitstellen", "k"))["items"]
    assert kept["periode"] == str(register.rows("select id from registratieperiode")[0][0])


def test_the_history_keeps_the_other_periods(register: Register, two: tuple[str, str]) -> None:
    earlier, later = two
    merge(register, later, earlier)
    history = the(register.get(f"/leraren/{earlier}/registratie/historie", "k"))["items"]
    assert [one["handeling"] for one in history] == ["aangemaakt", "aangemaakt", "verwijderd"]


def test_refused_while_both_have_periods_and_one_was_drawn(register: Register, two: tuple[str, str]) -> None:
    register.as_owner(
        "with s as (insert into steekproef (vanaf, tot, peilmoment, size, root, zaad, methode, omvang, aantal)"
        " values ('2024-01-01', '2024-12-31', now(), 1, 'x', 'x', 'x', 1, 1) returning id)"
        " insert into trekking (steekproef, volgnummer, leraar, periode)"
        " select s.id, 1, p.leraar, p.id from s, registratieperiode p where p.leraar = %s",
        two[0],
    )
    before = register.rows("select leraar, begindatum from registratieperiode order by 2")
    assert Refusal.of(merge(register, *two)) == Refusal(409, "samenvoegen-in-steekproef")
    assert register.rows("select leraar, begindatum from registratieperiode order by 2") == before


def test_nobody_but_the_keeper_merges_registraties(register: Register, two: tuple[str, str]) -> None:
    with register.app_role("41285") as connection, pytest.raises(Exception, match="only the keeper merges"):
        connection.execute("select registratie_samenvoegen(%s, %s)", two)


def test_what_a_validator_judged_goes_on_under_the_new_number(register: Register, two: tuple[str, str]) -> None:
    other = register.leraar()
    register.as_owner(_PERIODE, other, "2024-01-01", "2027-12-31", "verlengd")
    register.as_owner(
        "with s as (insert into steekproef (vanaf, tot, peilmoment, size, root, zaad, methode, omvang, aantal)"
        " values ('2024-01-01', '2024-12-31', now(), 1, 'x', 'x', 'x', 1, 1) returning id)"
        " insert into trekking (steekproef, volgnummer, leraar, periode, uitslag, beoordeeld_door, beoordeeld_op)"
        " select s.id, 1, p.leraar, p.id, 'akkoord', %s, '2025-01-01' from s, registratieperiode p where p.leraar = %s",
        two[0],
        other,
    )
    register.as_aanbieder("12345678")
    register.as_owner(
        "insert into aanbod (aanbieder, soort, titel, registeruren, vakinhoudelijk, vakdidactisch, pedagogisch, overig,"
        " geldig_vanaf, beoordeling, beoordeeld_door, beoordeeld_op)"
        " select id, 'cursus', 'T', 3, 3, 0, 0, 0, '2024-01-01', 'gevalideerd', %s, '2024-01-01' from aanbieder",
        two[0],
    )
    assert merge(register, *two).status_code == 200
    for table in ("trekking", "aanbod"):
        assert register.rows(f"select beoordeeld_door from {table}") == [(two[1],)], table
