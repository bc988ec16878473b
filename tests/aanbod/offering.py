"""Somebody who offers, somebody who judges, and what is offered."""

from dataclasses import dataclass

from werkzeug.test import TestResponse

from tests.support import Register, the

# Numbers of the test environment of the KVK: nobody's.
KVK, OTHER_KVK = "69599068", "68750110"
AANBOD: dict[str, object] = {
    "soort": "cursus",
    "titel": "Formatief handelen in de wiskundeles",
    "omschrijving": "Vier bijeenkomsten over toetsen om van te leren.",
    "registeruren": 12.5,
    "vakinhoudelijk": 4,
    "vakdidactisch": 6.5,
    "pedagogisch": 2,
    "geldigVanaf": "2024-08-01",
    "geldigTot": "2030-07-31",
}


@dataclass
class Offering:
    """An aanbieder (`who`), another one (`other`) and a validator, as callers of a register."""

    register: Register
    who: str
    other: str
    validator: str

    def add(self, who: str | None = None, **fields: object) -> TestResponse:
        """Send an aanbod to add."""
        return self.register.post("/aanbod", {**AANBOD, **fields}, who or self.who)

    def added(self, who: str | None = None, **fields: object) -> str:
        """Add an aanbod and give its path below /v1."""
        answer = self.add(who, **fields)
        assert answer.status_code == 201, answer.text
        return answer.headers["Location"].removeprefix("/v1")

    def judge(self, path: str, beoordeling: str = "gevalideerd", **fields: object) -> TestResponse:
        """Judge an aanbod as it is now."""
        body = {"beoordeling": beoordeling, **fields}
        return self.register.change(path, body, self.validator, method="POST", step="/_beoordeel")

    def validated(self, who: str | None = None, **fields: object) -> str:
        """Add an aanbod, have it validated and give its path below /v1."""
        path = self.added(who, **fields)
        answer = self.judge(path)
        assert answer.status_code == 200, answer.text
        return path

    def found(self, query: str, who: str = "a") -> list[str]:
        """Give the titles on a page of the catalogue."""
        answer = self.register.send("GET", f"/aanbod?{query}", who=who)
        assert answer.status_code == 200, answer.text
        return [item["titel"] for item in the(answer)["items"]]


def offering(register: Register) -> Offering:
    """Let two aanbieders and a validator call a register."""
    validator = register.as_validator(register.leraar())
    return Offering(register, register.as_aanbieder(KVK), register.as_aanbieder(OTHER_KVK), validator)
