"""The inductietrajecten of the world: one with a fact of every kind, and for each operation a valid request and what it needs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg
from psycopg.types.json import Jsonb

from register_service.api.operation import Operation
from register_service.core.context import set_context
from register_service.inductie.rules.course import course_of
from register_service.inductie.rules.facts import read_facts

if TYPE_CHECKING:
    from tests.api.world import World

Json = dict[str, Any]
# Of the leraar VOL; of bestuur B.
TRAJECT, VAN_B = "01890000-0000-7000-8000-000000000100", "01890000-0000-7000-8000-000000000400"
FEITEN = {
    "periodes": "01890000-0000-7000-8000-000000000101",
    "onderbrekingen": "01890000-0000-7000-8000-000000000102",
    "verlengingen": "01890000-0000-7000-8000-000000000103",
    "programmas": "01890000-0000-7000-8000-000000000104",
    "begeleiders": "01890000-0000-7000-8000-000000000105",
    "observaties": "01890000-0000-7000-8000-000000000106",
    "voortgangsgesprekken": "01890000-0000-7000-8000-000000000108",
}
TABLES = (
    "observatiescore", "overname_instemming", "voortgangsgesprek", "observatie", "begeleiding", "inductieprogramma", "verlenging",
    "onderbreking", "inductieperiode", "inductietraject",
)  # fmt: skip
# What a traject is from when a test starts one: long enough ago to be finished.
START = "2021-09-01"
_DATA = Path(__file__).with_name("world_inductie.sql")

# Per kind: its table, a fact, a change of it.
_KINDS: dict[str, tuple[str, Json, Json]] = {
    "periodes": ("inductieperiode", {}, {"leidinggevendeNaam": "Tess Testman"}),
    "onderbrekingen": ("onderbreking", {"soort": "ziekte", "begindatum": "2022-01-10", "einddatum": "2022-02-20"},
                       {"soort": "overig"}),
    "verlengingen": ("verlenging", {"maanden": 3, "motivering": "Meer tijd", "besluitdatum": "2024-05-01"}, {"maanden": 2}),
    "programmas": ("inductieprogramma", {"jaar": 2, "lesreductie": 10}, {"lesreductie": 2.5}),
    "begeleiders": ("begeleiding", {"rol": "coach", "begeleiderNaam": "Sam School", "begindatum": "2024-08-01"},
                    {"einddatum": "2025-01-31"}),
    "observaties": ("observatie", {"datum": "2024-04-02", "instrument": "DOT", "observatorNaam": "Kim Coach"},
                    {"instrument": "eigen"}),
    "voortgangsgesprekken": ("voortgangsgesprek", {"datum": "2024-01-31"}, {"gevoerdDoor": "Tess Testman"}),
}  # fmt: skip
# Steps and the like: who sends it, the body, the tables it writes to. `l` is the leraar whom it is about.
_WHOLE = frozenset({"inductietraject", "inductieperiode"})
_REST: dict[str, tuple[str, Json | None, frozenset[str]]] = {
    "POST /leraren/{registratienummer}/inductietrajecten": ("a", {"vestiging": "00AA00", "startdatum": START}, _WHOLE),
    "POST /leraren/{registratienummer}/inductietrajecten/_vrijstel": (
        "a", {"vestiging": "00AA00", "startdatum": START, "vrijstellingGrond": "overig"}, frozenset({"inductietraject"}),
    ),
    "PATCH /inductietrajecten/{id}": ("a", {"startdatum": "2021-10-01", "reden": "geëist door proef"}, _WHOLE),
    "DELETE /inductietrajecten/{id}": ("a", None, _WHOLE),
    "POST /inductietrajecten/{id}/_verplaats": ("a", {"vestiging": "00DI01", "vanaf": "2024-08-01"}, _WHOLE),
    "POST /inductietrajecten/{id}/_overnemen": ("b", {"vestiging": "00CC00", "vanaf": "2024-08-01"}, _WHOLE),
    "POST /inductietrajecten/{id}/_instemmen": ("l", {"bestuur": "41300"}, frozenset({"overname_instemming"})),
    "POST /inductietrajecten/{id}/_herroepen": ("l", {"bestuur": "41300"}, frozenset({"overname_instemming"})),
    "POST /inductietrajecten/{id}/_afronden": ("a", {"afgerondOp": "2025-09-30", "resultaat": "behaald"}, _WHOLE),
    "POST /inductietrajecten/{id}/_stop": ("a", {"gestoptOp": "2025-09-30", "stopReden": "overig"}, _WHOLE),
    "POST /inductietrajecten/{id}/_heropen": ("a", {"reden": "geëist door proef"}, _WHOLE),
    "POST /inductietrajecten/{id}/observaties/{feit}/scores": (
        "l", {"scores": {"heldere uitleg": 3.5}}, frozenset({"observatiescore"}),
    ),
    "PATCH /inductietrajecten/{id}/observaties/{feit}/scores": ("l", {"toelichting": "x"}, frozenset({"observatiescore"})),
    "DELETE /inductietrajecten/{id}/observaties/{feit}/scores": ("l", None, frozenset({"observatiescore"})),
    "POST /inductietrajecten/{id}/observaties/{feit}/scores/_deel": ("l", None, frozenset({"observatiescore"})),
    "POST /inductietrajecten/{id}/observaties/{feit}/scores/_afschermen": ("l", None, frozenset({"observatiescore"})),
}  # fmt: skip


def kind_of(rule: str) -> str | None:
    """Give the kind of facts that an address below a traject is about."""
    return next((part for part in rule.split("/") if part in FEITEN), None)


def identifiers(rule: str) -> dict[str, str]:
    """Give the identifiers of the world for an address below a traject."""
    kind = kind_of(rule)
    return {"id": TRAJECT} | ({"feit": FEITEN[kind]} if kind else {})


def example(method: str, rule: str) -> tuple[str, Json | None, frozenset[str]] | None:
    """Give a valid request: who sends it, its body, and the tables it writes to. None for what is no write of a traject."""
    name, kind = f"{method} {rule}", kind_of(rule)
    if name in _REST or method == "GET" or kind is None:
        return _REST.get(name)
    table, fact, change = _KINDS[kind]
    tables = frozenset({table, "inductietraject"} if _moves_the_course(kind, method) else {table})
    return "a", {"POST": fact, "PATCH": change}.get(method), tables


def _moves_the_course(kind: str, method: str) -> bool:
    # That a lesson was observed counts for nothing; of the others a change here is one of days or hours, or it is none.
    return kind != "observaties" and (method != "PATCH" or kind in ("verlengingen", "programmas", "begeleiders"))


def fill(world: World) -> None:
    """Put the trajecten of the world in, or back as they were, each with the course that the rules make of its facts."""
    with psycopg.connect(world.settings.database_url) as connection:
        set_context(connection, actor="beheer:test", event="test", today=_today())
        for table in TABLES:
            connection.execute(f"delete from {table} where leraar in ('2657035144', '8501319231', '5789843618')")  # type: ignore[arg-type]
        connection.execute(_DATA.read_text(encoding="utf-8"))  # type: ignore[arg-type]
        facts = "select traject, feiten || omgeving from inductiefeiten join inductieomgeving using (leraar)"
        for _ in range(2):  # the traject that goes on after another takes over what that one earned
            for traject, found in connection.execute(facts).fetchall():
                if found["eerder"] and not found["eerder"]["verloop"]:
                    continue
                course = course_of(read_facts(found)).as_json()
                connection.execute("update inductietraject set verloop = %s where id = %s", (Jsonb(course), traject))


def prepare(world: World, operation: Operation, number: str) -> dict[str, str]:
    """Give a leraar of the world what an operation about a traject needs; give the identifiers of its address."""
    base = f"/v1/leraren/{number}"
    for vestiging in ("00AA00", "00DI01"):
        _made(world, f"{base}/aanstellingen", _aanstelling(vestiging))
    _made(world, f"{base}/bevoegdheden", {"soort": "pabo", "behaaldOp": "2015-07-01"})
    if operation.rule.startswith("/leraren"):
        return {}
    traject = _made(world, f"{base}/inductietrajecten", {"vestiging": "00AA00", "startdatum": START})
    found = {"id": traject.rpartition("/")[2]}
    step = operation.rule.rpartition("/")[2]
    if step in _BEFORE:
        _BEFORE[step](world, traject, number)
    kind = kind_of(operation.rule)
    if "{feit}" in operation.rule and kind is not None:
        found["feit"] = _fact(world, traject, kind)
        if "/scores" in operation.rule and not (operation.method == "POST" and operation.rule.endswith("/scores")):
            _made(
                world,
                f"{traject}/observaties/{found['feit']}/scores",
                {"scores": {}, "gedeeld": not operation.rule.endswith("_deel")},
                world.leraar(number),
            )
    return found


def _fact(world: World, traject: str, kind: str) -> str:
    if kind != "periodes":
        return _made(world, f"{traject}/{kind}", _KINDS[kind][1]).rpartition("/")[2]
    moved = world.send(
        "POST", f"{traject}/_verplaats", json={"vestiging": "00DI01", "vanaf": "2024-08-01"}, headers={"If-Match": "*"}
    )
    assert moved.status_code == 200, moved.text
    return str(moved.json["verblijven"][-1]["id"])  # type: ignore[index]


def _agreed(world: World, traject: str, number: str) -> None:
    answer = world.send("POST", f"{traject}/_instemmen", who=world.leraar(number), json={"bestuur": "41300"})
    assert answer.status_code == 200, answer.text


def _known_at_b(world: World, traject: str, number: str) -> None:
    _agreed(world, traject, number)
    proof = {"registratienummer": number, "geboortedatum": "1984-05-06"}
    assert world.send("POST", "/v1/leraren/_koppel", who="b", json=proof).status_code == 200
    _made(world, f"/v1/leraren/{number}/aanstellingen", _aanstelling("00CC00"), "b")


def _stopped(world: World, traject: str, _number: str) -> None:
    body = {"gestoptOp": "2025-09-30", "stopReden": "overig"}
    assert world.send("POST", f"{traject}/_stop", json=body, headers={"If-Match": "*"}).status_code == 200


_BEFORE: dict[str, Callable[[World, str, str], None]] = {
    "_overnemen": _known_at_b, "_herroepen": _agreed, "_heropen": _stopped,
}  # fmt: skip


def _aanstelling(vestiging: str) -> Json:
    return {
        "vestiging": vestiging,
        "functie": "docent",
        "soort": "regulier",
        "begindatum": "2020-08-01",
        "betrekkingsomvang": 0.4,
    }


def _made(world: World, path: str, body: Json, who: str = "a") -> str:
    answer = world.send("POST", path, who=who, json=body)
    assert answer.status_code == 201, answer.text
    return answer.headers["Location"]


def _today() -> Any:
    from register_service.core import clock

    return clock.today()
