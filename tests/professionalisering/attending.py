"""Aanbod that was validated, and calls that say who was there."""

from dataclasses import dataclass
from typing import Any

from werkzeug.test import TestResponse

from tests.aanbod.offering import AANBOD, Offering, offering
from tests.professionalisering.support import Teacher
from tests.support import Register, the

DAYS = {"begindatum": "2026-03-02", "einddatum": "2026-03-23"}
# What an activiteit has exactly of its aanbod.
EXACTLY = {
    "soort": "cursus",
    "titel": AANBOD["titel"],
    "registeruren": 12.5,
    "vakinhoudelijk": 4,
    "vakdidactisch": 6.5,
    "pedagogisch": 2,
    "overig": 0,
    "zelfstudie": 0,
    "toets": False,
}


@dataclass
class Attending:
    """Validated aanbod at `path`, of the aanbieder `offers.who`."""

    offers: Offering
    path: str

    @property
    def register(self) -> Register:
        """The register all of this is in."""
        return self.offers.register

    @property
    def who(self) -> str:
        """The aanbieder as a caller."""
        return self.offers.who

    def confirm(self, *people: object, who: str | None = None, **fields: object) -> TestResponse:
        """Confirm who was there: each a number and a name."""
        body = {**DAYS, "aanwezigen": [{"registratienummer": n, "achternaam": name} for n, name in people], **fields}  # type: ignore[misc]
        return self.register.post(f"{self.path}/aanwezigen/_bevestig", body, who or self.who)

    def confirmed(self, *people: object, who: str | None = None, **fields: object) -> tuple[int, int]:
        """Do the same, and give how many were added and how many were there already."""
        answer = self.confirm(*people, who=who, **fields)
        assert answer.status_code == 200, answer.text
        return the(answer)["toegevoegd"], the(answer)["bestond"]

    def refused(self, *people: object, who: str | None = None, **fields: object) -> list[tuple[str, str]]:
        """Do the same, and give where what is wrong."""
        answer = self.confirm(*people, who=who, **fields)
        assert answer.status_code == 400, answer.text
        return [(error["location"], error["code"]) for error in the(answer)["errors"]]

    def present(self, who: str | None = None, query: str = "") -> list[dict[str, Any]]:
        """Give who was there, as a caller sees it."""
        answer = self.register.get(f"{self.path}/aanwezigen{query}", who or self.who)
        assert answer.status_code == 200, answer.text
        items: list[dict[str, Any]] = the(answer)["items"]
        return items

    def withdraw(self, identifier: str, who: str | None = None) -> TestResponse:
        """Take back that somebody was there."""
        return self.register.delete(f"{self.path}/aanwezigen/{identifier}", who or self.who)

    def activiteiten(self, number: str, who: str | None = None) -> list[dict[str, Any]]:
        """Give the activiteiten of a leraar, as the leraar sees them."""
        answer = self.register.get(f"/leraren/{number}/activiteiten", who or self.register.as_leraar(number))
        assert answer.status_code == 200, answer.text
        items: list[dict[str, Any]] = the(answer)["items"]
        return items


def attending(register: Register, **fields: object) -> Attending:
    """Let an aanbieder have validated aanbod."""
    offers = offering(register)
    return Attending(offers, offers.validated(**fields))


def named(register: Register, achternaam: str, who: str = "a", **fields: object) -> str:
    """Register a leraar by that name at a bestuur, without an aanstelling."""
    return register.leraar(who, achternaam=achternaam, **fields)


def teacher(register: Register, achternaam: str) -> Teacher:
    """Register a leraar by that name who works at bestuur A."""
    number = named(register, achternaam)
    register.aanstelling(number, begindatum="2024-08-01")
    return Teacher(register, number)
