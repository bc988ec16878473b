"""What every route leaves behind: a write in the journal, a look at a dossier in the log, both whatever the route does."""

from typing import Any

import pytest
from werkzeug.test import TestResponse

from register_service.api.operation import Operation
from register_service.demo.inzage_records import ALL as LOOKS_OF_DEMO
from register_service.demo.inzage_records import Doel
from tests.api import activiteiten, catalogus, koppelcodes, registraties, trajecten
from tests.api.routes import OPERATIONS, READS, WRITES, example, name, path_of, readers
from tests.api.world import ACHTERNAMEN, BESTUUR_A, LEEG, SAMENGEVOEGD, VALIDATOR, VOL, World, aanstelling, bevoegdheid

_NEW_ROWS = """
select table_name, object_id::text, xmin::text, actor, namens, event, reason, request_id from journal where id > %s order by id
"""
_LOOKED = "select leraar, actor, namens, purpose, request_id from access_log where id > %s order by leraar"
OWNERS = {
    "a": ("client:a", f"bestuur:{BESTUUR_A}"),
    "b": ("client:b", "bestuur:41300"),
    "k": ("client:k", None),
    "p": ("client:p", None),
    "v": (f"validator:{VALIDATOR}", None),
    registraties.ANYBODY: ("openbaar", None),
}


def _last(world: World, table: str) -> int:
    return int(world.query(f"select coalesce(max(id), 0) from {table}")[0][0])


def _people_in(value: Any) -> set[str]:
    if isinstance(value, list):
        return set().union(*map(_people_in, value))
    if not isinstance(value, dict):
        return set()
    # Whoever was merged goes on as another, under whose number the look is logged.
    own = {value[key] for key in ("registratienummer", "leraar") if value.get(key)} - {SAMENGEVOEGD}
    return own.union(*map(_people_in, value.values()))


def _prepared(world: World, operation: Operation) -> tuple[str, dict[str, str]]:
    # A leraar of one's own for each write, with what the route changes.
    number = world.new_leraar()
    below = f"/v1/leraren/{number}"
    identifiers = {"registratienummer": number}
    if "inductietrajecten" in operation.rule:
        return number, identifiers | trajecten.prepare(world, operation, number)
    identifiers |= catalogus.prepare(world, operation, number, ACHTERNAMEN[number])
    identifiers |= activiteiten.prepare(world, operation, number)
    identifiers |= registraties.prepare(world, operation, number)
    identifiers |= koppelcodes.prepare(world, operation, number)
    for part, body in (("aanstellingen", aanstelling(vestiging="00AA00")), ("bevoegdheden", bevoegdheid(vak="frans"))):
        if f"{part}/{{id}}" in operation.rule:
            added = world.send("POST", f"{below}/{part}", json=body)
            assert added.status_code == 201, added.text
            identifiers["id"] = added.json["id"]  # type: ignore[index]
    return number, identifiers


def _write(
    world: World, operation: Operation, headers: dict[str, str]
) -> tuple[str, TestResponse, list[tuple[Any, ...]], list[tuple[Any, ...]]]:
    # Gives who wrote, the answer, and the new rows of the journal and of the log.
    number, identifiers = _prepared(world, operation)
    sent = example(operation, number)
    who = world.leraar(number) if sent.who == "l" else sent.who
    path = path_of(operation, **identifiers)
    if operation.needs_match:
        headers = {**headers, "If-Match": world.etag(path.partition("/_")[0], who)}
    journal, log = _last(world, "journal"), _last(world, "access_log")
    answer = world.send(operation.method, path, who=who, json=sent.body, headers=headers)
    return who, answer, world.query(_NEW_ROWS, journal), world.query(_LOOKED, log)


@pytest.mark.parametrize("operation", WRITES, ids=name)
def test_every_write_is_journaled_with_who_what_and_why(world: World, operation: Operation) -> None:
    who, answer, rows, _ = _write(world, operation, {"Reden": "ge%C3%ABist door proef", "X-Request-ID": "proef-1"})
    assert answer.status_code == operation.status, answer.text
    assert {row[0] for row in rows} == example(operation).tables
    reason = "dubbel ingeschreven" if operation.rule.endswith("_samenvoegen") else "geëist door proef"
    owner = OWNERS.get(who) or (f"leraar:{who.removeprefix('l-')}", None)
    for row in rows:
        assert row[3:] == (*owner, operation.event, reason, "proef-1")
    for table, object_id, written_by, *_ in rows:
        # Gone, or changed again within this write; otherwise by the very (sub)transaction that wrote the journal row.
        found = world.query(f"select xmin::text from {table} where id = %s", object_id)
        assert not found or found[0][0] in {row[2] for row in rows} >= {written_by}


@pytest.mark.parametrize("operation", WRITES, ids=name)
def test_what_a_write_shows_of_a_dossier_is_logged(world: World, operation: Operation) -> None:
    who, answer, _, looked = _write(world, operation, {"X-Request-ID": "proef-2"})
    shown = _people_in(answer.json) if answer.data and not operation.rule.endswith("_samenvoegen") else set()
    # A leraar who looks at the own dossier is not somebody who looked.
    assert {row[0] for row in looked} >= (set() if who.startswith("l-") else shown)
    for row in looked:
        assert row[1:] == (*OWNERS[who], operation.purpose, "proef-2")


# A HEAD is a look too; a search is a POST and has none.
_LOOKS = [(operation, operation.method) for operation in READS]
_LOOKS += [(operation, "HEAD") for operation in READS if operation.method == "GET"]


@pytest.mark.parametrize(
    ("operation", "method"), _LOOKS, ids=[f"{method} {name(operation)}" for operation, method in _LOOKS]
)
def test_every_read_of_a_dossier_is_logged_per_leraar(world: World, operation: Operation, method: str) -> None:
    for who in readers(operation):
        mark = _last(world, "access_log")
        # Whole lists; of pages see below.
        path = path_of(operation) + ("?limiet=500" if operation.page and operation.method == "GET" else "")
        seen = world.send(operation.method, path, who=who, json=example(operation).body)
        assert seen.status_code == 200, seen.text
        looked = world.query(_LOOKED, mark)
        mark = _last(world, "access_log")
        world.send(
            method,
            path,
            who=who,
            json=example(operation).body,
            headers={"X-Request-ID": "proef-3"},
        )
        again = world.query(_LOOKED, mark)
        # A timeline names nobody; it is VOL's all the same, as is what a validator looks at.
        nameless = {VOL} if operation.rule.endswith("/tijdlijn") else activiteiten.behind(world, operation, seen.json)
        nameless |= registraties.behind(operation)
        # A leraar who looks at the own dossier is not somebody who looked.
        people = set() if who == "l" else _people_in(seen.json) or nameless
        assert [row[0] for row in again] == [row[0] for row in looked] == sorted(people)
        assert {row[1:] for row in again} <= {(*OWNERS.get(who, ("", None)), operation.purpose, "proef-3")}
        if who != "l" and ("registratienummer" in operation.rule or "leraren" in operation.rule):
            assert again


@pytest.mark.parametrize("operation", [operation for operation in READS if operation.page], ids=name)
def test_a_page_logs_who_is_on_it_and_nobody_else(world: World, operation: Operation) -> None:
    """PostgreSQL reads one row more, to know whether there is a next page; who that is was not shown."""
    for who in readers(operation):
        path, cursor, people = path_of(operation), None, set()
        while cursor is not None or not people:
            asked = {"limiet": 1} | ({"cursor": cursor} if cursor else {})
            by_body = operation.method == "POST"
            body = {**(example(operation).body or {}), **asked} if by_body else None
            mark = _last(world, "access_log")
            seen = world.send(operation.method, path, who=who, json=body, query_string=None if by_body else asked)
            assert seen.status_code == 200, seen.text
            shown = _people_in(seen.json)
            looked = {row[0] for row in world.query(_LOOKED, mark)}
            # A leraar who looks at the own dossier is not somebody who looked.
            counted = set() if who == "l" else shown
            assert looked == counted or (not shown and len(looked) <= 1), (path, cursor)
            people |= shown | looked | {""}
            cursor = seen.json["volgende"]  # type: ignore[index]


def test_an_answer_that_nothing_changed_is_a_look_too(world: World) -> None:
    tag = world.etag(f"/v1/leraren/{VOL}/dossier")
    mark = _last(world, "access_log")
    answer = world.send("GET", f"/v1/leraren/{VOL}/dossier", headers={"If-None-Match": tag})
    assert answer.status_code == 304
    assert [row[0] for row in world.query(_LOOKED, mark)] == [VOL]


def test_parts_name_what_was_shown(world: World) -> None:
    mark = _last(world, "access_log")
    world.send("GET", f"/v1/leraren/{VOL}/dossier")
    world.send("GET", f"/v1/leraren/{LEEG}/historie")
    rows = world.query("select parts from access_log where id > %s order by id", mark)
    assert rows == [(["leraar", "bevoegdheden", "aanstellingen"],), (["leraar/historie"],)]


@pytest.mark.parametrize("doel", LOOKS_OF_DEMO, ids=lambda doel: doel.purpose)
def test_the_demo_has_looks_as_they_are_logged(world: World, doel: Doel) -> None:
    (operation,) = (one for one in OPERATIONS if one.purpose == doel.purpose)
    mark = _last(world, "access_log")
    if operation.writes:
        _write(world, operation, {})
    else:
        world.send(operation.method, path_of(operation), who=readers(operation)[0], json=example(operation).body)
    logged = world.query("select purpose, parts from access_log where id > %s and purpose = %s", mark, doel.purpose)
    assert logged and all(row == (doel.purpose, list(doel.parts)) for row in logged)


def test_a_write_that_fails_leaves_nothing(world: World) -> None:
    number = world.new_leraar()
    body = aanstelling()
    assert world.send("POST", f"/v1/leraren/{number}/aanstellingen", json=body).status_code == 201
    marks = _last(world, "journal"), _last(world, "access_log")
    answer = world.send("POST", f"/v1/leraren/{number}/aanstellingen", json=body, headers={"Idempotency-Key": "faalt"})
    assert (answer.status_code, answer.json["code"]) == (409, "aanstelling-overlapt")  # type: ignore[index]
    assert world.query(_NEW_ROWS, marks[0]) == world.query(_LOOKED, marks[1]) == []
    assert world.query("select 1 from idempotency_key where key = 'faalt'") == []
