"""Builders of facts for the tests of the rules: one ordinary traject, and how it differs."""

from datetime import date
from decimal import Decimal
from typing import Any

from register_service.inductie.rules.checks import violations
from register_service.inductie.rules.course import course_of
from register_service.inductie.rules.facts import (
    CRITERIA,
    Aanstelling,
    Afronding,
    Begeleiding,
    Bevoegdheid,
    Facts,
    Norms,
    Onderbreking,
    Programma,
    Verblijf,
    Verlenging,
)  # fmt: skip
from register_service.inductie.rules.standing import Standing, standing_on

START = date(2024, 8, 1)
TODAY = date(2026, 11, 23)
HERE, THERE = "00AA00", "00BB01"
NORMS = Norms(36, 12, 4, 30, 12, 6, (20, 10), False)
HOURS = dict.fromkeys(CRITERIA, Decimal(40))


def day(text: str) -> date:
    """Give the date of `2024-08-01`."""
    return date.fromisoformat(text)


def stay(first: str, last: str | None = None, at: str = HERE, id: str | None = None) -> Verblijf:
    """Give a stay; its id is its first day."""
    return Verblijf(id or f"verblijf {first}", "41285", at, day(first), None if last is None else day(last))


def pause(first: str, last: str | None) -> Onderbreking:
    """Give an onderbreking; its id is its first day."""
    return Onderbreking(f"onderbreking {first}", day(first), None if last is None else day(last))


def longer(months: int, decided: str) -> Verlenging:
    """Give a verlenging; its id is the day of the decision."""
    return Verlenging(f"verlenging {decided}", months, day(decided))


def guide(first: str, last: str | None = None, rol: str = "coach") -> Begeleiding:
    """Give a begeleiding; its id is its first day."""
    return Begeleiding(f"{rol} {first}", rol, day(first), None if last is None else day(last))


def job(first: str, last: str | None = None, at: str = HERE, fte: str = "1", soort: str = "regulier") -> Aanstelling:
    """Give an aanstelling."""
    return Aanstelling(at, day(first), None if last is None else day(last), Decimal(fte), soort)


def programme(year: int, **changed: Any) -> Programma:
    """Give the programme of a year that meets every norm."""
    values = {"gepland": HOURS, "gerealiseerd": HOURS, "lesreductie": Decimal(20)}
    return Programma(f"programma {year}", year, **{**values, **changed})


def judged(on: str, resultaat: str = "behaald", **changed: Any) -> Afronding:
    """Give an afronding with everything that any may need."""
    values = {"vervroegd": True, "motivering": True, "meegedeeld_op": day(on)}
    return Afronding(day(on), resultaat, **{**values, **changed})


def traject(**changed: Any) -> Facts:
    """Give an ordinary traject from 1 August 2024, open, with nothing wrong, and with `changed` in its place."""
    values: dict[str, Any] = {
        "startdatum": START,
        "norms": NORMS,
        "verblijven": (stay("2024-08-01"),),
        "begeleidingen": (guide("2024-08-01"),),
        "programmas": tuple(programme(year) for year in range(1, 5)),
        "aanstellingen": (job("2024-08-01"), job("2024-08-01", at=THERE)),
        "bevoegdheden": (Bevoegdheid(day("2024-07-01"), None),),
    }
    return Facts(**{**values, **changed})


def on(facts: Facts, text: str) -> Standing:
    """Give how a traject stands on a day."""
    return standing_on(course_of(facts), day(text))


def expected(facts: Facts) -> str | None:
    """Give the verwachteEinddatum as text."""
    found = course_of(facts).verwachte_einddatum
    return None if found is None else found.isoformat()


def codes(facts: Facts, today: date = TODAY) -> list[str]:
    """Give the codes of what is wrong with a traject."""
    return [violation.code for violation in violations(facts, today)]
