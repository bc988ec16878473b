"""Aanbieders, aanbod and who was there, in the world: addresses, valid requests, and what each needs beforehand."""

import itertools
from pathlib import Path
from typing import TYPE_CHECKING, Any

from register_service.api.operation import Operation

if TYPE_CHECKING:
    from tests.api.world import World

Json = dict[str, Any]

AANBIEDER = "01890000-0000-7000-8000-000000000501"
# Validated aanbod of AANBIEDER at which VOL was, says bestuur A; and aanbod of another, validated too.
AANBOD, VAN_ANDER = "01890000-0000-7000-8000-000000000511", "01890000-0000-7000-8000-000000000513"
AANWEZIG = "01890000-0000-7000-8000-000000000521"
_DAYS = {"begindatum": "2024-03-04", "einddatum": "2024-03-25"}
_numbers = itertools.count(1)

# The catalogue of the world; also puts it back as it was.
RESTORED = Path(__file__).with_name("world_aanbod.sql").read_text(encoding="utf-8")


def aanbod() -> Json:
    """Give aanbod to add."""
    split = {"vakinhoudelijk": 4, "vakdidactisch": 6.5, "pedagogisch": 2}
    return {
        "soort": "cursus",
        "titel": "Cursus klassenmanagement",
        "registeruren": 12.5,
        **split,
        "geldigVanaf": "2020-01-01",
    }


def identifiers(rule: str) -> dict[str, str]:
    """Give the identifiers of the world for an address of the catalogue; none for another."""
    if rule.startswith("/aanbieders/{id}"):
        return {"id": AANBIEDER}
    return {"id": AANBOD, "activiteit": AANWEZIG} if rule.startswith("/aanbod/{id}") else {}


def owner(operation: Operation) -> str | None:
    """Give who writes what an operation writes, where that is not a bestuur."""
    if operation.writes and operation.rule.startswith("/aanbieders"):
        return "k"
    return "p" if operation.writes and operation.rule in ("/aanbod", "/aanbod/{id}") else None


def example(method: str, rule: str, number: str, achternaam: str) -> tuple[str, Json | None, frozenset[str]] | None:
    """Give a valid request: who sends it, its body, and the tables it writes to. None for what is not of the catalogue."""
    n = next(_numbers)
    there = {**_DAYS, "aanwezigen": [{"registratienummer": number, "achternaam": achternaam}]}
    examples: dict[str, tuple[str, Json | None, str]] = {
        "POST /aanbieders": ("k", {"kvkNummer": f"{10_000_000 + n}", "naam": f"Aanbieder {n}"}, "aanbieder"),
        "PATCH /aanbieders/{id}": ("k", {"naam": f"Stichting Proefscholing {n}"}, "aanbieder"),
        "POST /aanbod": ("p", aanbod(), "aanbod"),
        "PATCH /aanbod/{id}": ("p", {"titel": f"Cursus {n}"}, "aanbod"),
        "POST /aanbod/{id}/_beoordeel": ("v", {"beoordeling": "afgewezen", "reden": "geëist door proef"}, "aanbod"),
        "POST /aanbod/{id}/aanwezigen/_bevestig": ("p", there, "activiteit"),
        "DELETE /aanbod/{id}/aanwezigen/{activiteit}": ("a", None, "activiteit"),
    }
    found = examples.get(f"{method} {rule}")
    return found and (found[0], found[1], frozenset({found[2]}))


def prepare(world: "World", operation: Operation, number: str, achternaam: str) -> dict[str, str]:
    """Make what an operation of the catalogue changes, and give the identifiers of its address."""
    if not operation.rule.startswith("/aanbod/{id}"):
        return {}
    added = world.send("POST", "/v1/aanbod", who="p", json=aanbod())
    assert added.status_code == 201, added.text
    path = added.headers["Location"]
    found = {"id": path.rpartition("/")[2]}
    if "/aanwezigen" in operation.rule:
        judged = world.send(
            "POST", f"{path}/_beoordeel", who="v", json={"beoordeling": "gevalideerd"}, headers={"If-Match": "*"}
        )
        assert judged.status_code == 200, judged.text
    if "{activiteit}" in operation.rule:
        there = {**_DAYS, "aanwezigen": [{"registratienummer": number, "achternaam": achternaam}]}
        assert world.send("POST", f"{path}/aanwezigen/_bevestig", json=there).status_code == 200
        items: Any = world.send("GET", f"{path}/aanwezigen").json
        found["activiteit"] = items["items"][0]["id"]
    return found
