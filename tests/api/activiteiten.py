"""Activiteiten, their bewijsstukken and judgements in the world: addresses, valid requests, and what each needs beforehand."""

import itertools
from pathlib import Path
from typing import TYPE_CHECKING, Any

from register_service.access.scopes import Scope
from register_service.api.operation import Operation
from tests.storage import files

if TYPE_CHECKING:
    from tests.api.world import File, World

Json = dict[str, Any]

VOL = "2657035144"
# Reported by bestuur A for VOL: a concept with two bewijsstukken, and one that was submitted, which the validator is offered.
ACTIVITEIT, INGEDIEND = "01890000-0000-7000-8000-000000000600", "01890000-0000-7000-8000-000000000601"
BEWIJSSTUK, TE_ZIEN = "01890000-0000-7000-8000-000000000610", "01890000-0000-7000-8000-000000000612"
OF_LERAAR, TO_JUDGE = "/leraren/{registratienummer}/activiteiten", "/beoordelingen"
REASON = "geëist door proef"
_numbers = itertools.count(1)
# Per leraar, what a validator was last offered of that one.
_offered: dict[str, Json] = {}

# The activiteiten of the world; also puts them back as they were.
RESTORED = Path(__file__).with_name("world_activiteiten.sql").read_text(encoding="utf-8")


def activiteit() -> Json:
    """Give an activiteit to report: every call another titel."""
    return {
        "soort": "cursus",
        "titel": f"Cursus nummer {next(_numbers)}",
        "begindatum": "2024-03-04",
        "einddatum": "2024-03-25",
        "registeruren": 12.5,
        "vakdidactisch": 12.5,
    }


def identifiers(rule: str) -> dict[str, str]:
    """Give the identifiers of the world for an address of an activiteit; none for another."""
    if rule.startswith(f"{TO_JUDGE}/{{id}}"):
        return {"id": INGEDIEND, "bewijsstuk": TE_ZIEN}
    return {"id": ACTIVITEIT, "bewijsstuk": BEWIJSSTUK} if rule.startswith(OF_LERAAR) else {}


def reader(operation: Operation) -> str | None:
    """Give who reads what a validator does; None where others read it."""
    return "v" if operation.scope == Scope.PROFESSIONALISERING_BEOORDELEN else None


def owner(operation: Operation) -> str | None:
    """Give who alone writes what an operation writes, where its scope does not say so."""
    return "l" if operation.rule == f"{OF_LERAAR}/{{id}}/_intrekken" else None


def behind(world: "World", operation: Operation, shown: Any) -> set[str]:
    """Give whose it is that was read, where the answer does not say so."""
    if operation.rule == TO_JUDGE:
        ids = [one["id"] for one in shown["items"]]
        return {number for (number,) in world.query("select leraar from activiteit where id = any(%s::uuid[])", ids)}
    nameless = "/bewijsstukken" in operation.rule or operation.rule.startswith(TO_JUDGE)
    return {VOL} if nameless else set()


def example(method: str, rule: str, number: str) -> "tuple[str, Json | File | None, frozenset[str]] | None":
    """Give a valid request: who sends it, its body, and the tables it writes to. None for what is not about activiteiten."""
    from tests.api.world import File

    one, kept = f"{OF_LERAAR}/{{id}}", f"{OF_LERAAR}/{{id}}/bewijsstukken"
    judged, decision = f"{TO_JUDGE}/{{id}}", {"id": INGEDIEND, "kenmerk": "0" * 32, "besluit": "goedgekeurd"}
    examples: dict[str, tuple[str, Json | File | None, str]] = {
        f"POST {OF_LERAAR}": ("a", activiteit(), "activiteit"),
        f"PATCH {one}": ("a", {"titel": f"Anders {next(_numbers)}"}, "activiteit"),
        f"DELETE {one}": ("a", None, "activiteit"),
        f"POST {one}/_indienen": ("a", None, "activiteit"),
        f"POST {one}/_intrekken": ("l", None, "activiteit"),
        f"POST {one}/_heropen": ("a", None, "activiteit"),
        f"POST {one}/_delen": ("l", None, "activiteit"),
        f"POST {one}/_afschermen": ("l", None, "activiteit"),
        f"POST {kept}": ("a", File(files.pdf(f"{next(_numbers)}".encode())), "bewijsstuk"),
        f"DELETE {kept}/{{bewijsstuk}}": ("a", None, "bewijsstuk"),
        f"POST {judged}/_goedkeuren": ("v", None, "activiteit"),
        f"POST {judged}/_afwijzen": ("v", {"reden": REASON}, "activiteit"),
        f"POST {judged}/_herzien": ("v", {"reden": REASON}, "activiteit"),
        f"POST {TO_JUDGE}/_beslis": ("v", {"beslissingen": [{**decision, **_offered.get(number, {})}]}, "activiteit"),
    }
    found = examples.get(f"{method} {rule}")
    return found and (found[0], found[1], frozenset({found[2]}))


def prepare(world: "World", operation: Operation, number: str) -> dict[str, str]:
    """Make what an operation about an activiteit changes, and give the identifiers of its address."""
    if not operation.writes or not operation.rule.startswith((f"{OF_LERAAR}/{{id}}", TO_JUDGE)):
        return {}
    added = world.send("POST", f"/v1/leraren/{number}/activiteiten", json=activiteit())
    assert added.status_code == 201, added.text
    path = added.headers["Location"]
    found = {"id": path.rpartition("/")[2]}
    if "{bewijsstuk}" in operation.rule:
        found["bewijsstuk"] = _file(world, path)
    step = operation.rule.rpartition("/")[2]
    if operation.rule.startswith(TO_JUDGE) or step == "_heropen":
        _step(world, path, "_indienen")
        _offered[number] = {"id": found["id"], "kenmerk": _kenmerk(world, found["id"])}
    if step in _BEFORE:
        _step(world, f"/v1{TO_JUDGE}/{found['id']}", *_BEFORE[step])
    if step == "_afschermen":
        _step(world, path, "_delen", world.leraar(number))
    return found


# What a validator did before it.
_BEFORE: dict[str, tuple[Any, ...]] = {
    "_heropen": ("_afwijzen", "v", {"reden": REASON}),
    "_herzien": ("_goedkeuren", "v"),
}


def _step(world: "World", path: str, step: str, who: str = "a", body: Json | None = None) -> None:
    answer = world.send("POST", f"{path}/{step}", who=who, json=body, headers={"If-Match": "*"})
    assert answer.status_code == 200, answer.text


def _kenmerk(world: "World", identifier: str) -> str:
    offered: Any = world.send("GET", f"/v1{TO_JUDGE}/{identifier}", who="v").json
    return str(offered["kenmerk"])


def _file(world: "World", path: str) -> str:
    sent = world.send("POST", f"{path}/bewijsstukken", data=files.pdf(), content_type="application/pdf")
    assert sent.status_code == 201, sent.text
    return sent.headers["Location"].rpartition("/")[2]
