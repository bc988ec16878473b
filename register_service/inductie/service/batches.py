"""The course of very many trajecten made anew, some hundreds at a time, by the owner of the database."""

from dataclasses import dataclass, field
from typing import Any, NamedTuple
from uuid import UUID

from psycopg import Connection
from psycopg.types.json import Jsonb

from register_service.inductie.rules.course import course_of
from register_service.inductie.service import saving

SIZE = 500

# Oldest first: a traject that takes over credit comes after the one that earned it.
_NEXT = """
select startdatum, id from inductietraject where (startdatum, id) > (%(startdatum)s::date, %(id)s::uuid)
order by startdatum, id limit %(size)s
"""
# Held before the facts are read, so that what is written meanwhile is either among them or waits.
_HOLD = "select from inductietraject where id = any(%(ids)s) order by id for update"
_FACTS = """
select t.id, t.vervolg_op, t.verloop, f.feiten || o.omgeving
from inductietraject t join inductiefeiten f on f.traject = t.id join inductieomgeving o on o.leraar = t.leraar
where t.id = any(%(ids)s) order by t.startdatum, t.id
"""
_STORE = "update inductietraject set verloop = %s where id = %s"


@dataclass(slots=True)
class Known:
    """How far it came, and the courses that differed: another traject can take over their credit."""

    startdatum: str = "-infinity"
    id: str = "00000000-0000-0000-0000-000000000000"
    differing: dict[UUID, dict[str, Any]] = field(default_factory=dict)


class Batch(NamedTuple):
    """How many trajecten were looked at, and how many have another course than their facts give."""

    size: int
    differing: int


def recompute_batch(connection: Connection[Any], known: Known, *, write: bool) -> Batch:
    """Make the course of the next trajecten anew, in the transaction that is open; store those that differ if `write`."""
    values = {"startdatum": known.startdatum, "id": known.id, "size": SIZE}
    found = connection.execute(_NEXT, values).fetchall()
    if not found:
        return Batch(0, 0)
    known.startdatum, known.id = str(found[-1][0]), str(found[-1][1])
    ids = {"ids": [identifier for _, identifier in found]}
    if write:
        connection.execute(_HOLD, ids)
    differing = [
        (identifier, verloop)
        for identifier, before, stored, raw in connection.execute(_FACTS, ids)
        if (verloop := _differing(known, before, stored, raw, identifier)) is not None
    ]
    if write:
        connection.cursor().executemany(_STORE, [(Jsonb(verloop), identifier) for identifier, verloop in differing])
    return Batch(len(found), len(differing))


def _differing(
    known: Known, before: UUID | None, stored: dict[str, Any], raw: dict[str, Any], identifier: UUID
) -> dict[str, Any] | None:
    if before in known.differing:
        raw = {**raw, "eerder": {**raw["eerder"], "verloop": known.differing[before]}}
    verloop = course_of(saving.as_facts(raw)).as_json()
    if verloop == stored:
        return None
    known.differing[identifier] = verloop
    return verloop
