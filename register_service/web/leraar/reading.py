"""Reading for the pages of a leraar: the own dossier and no other, in as few round trips as it goes."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import orjson

from register_service.api.call import Call
from register_service.api.cursors import read_cursor, write_cursor
from register_service.api.reading import Read, Source, fetch_all
from register_service.core.db import Rows
from register_service.core.errors import NotFound
from register_service.core.fields import Text
from register_service.core.schema import ApiSchema
from register_service.web.leraar import queries


class CursorQuery(ApiSchema):
    """Where a page of a list goes on."""

    cursor = Text(200)


class Listed(NamedTuple):
    """A part of a list, and the cursor of what follows, or None."""

    items: list[Any]
    following: str | None


def own_number(call: Call) -> str:
    """Give the registratienummer of the leraar who signed in; a merge is followed already."""
    assert call.caller.leraar is not None
    return call.caller.leraar


def own_values(call: Call, **values: Any) -> dict[str, Any]:
    """Give the parameters by which a source reads the own dossier."""
    number = own_number(call)
    return {"registratienummer": number, "dossier": number, **values}


def read_own(call: Call, sources: Mapping[str, Source], **values: Any) -> dict[str, Any]:
    """Read parts of the own dossier in one round trip: per name what its source gives, None where that is nothing."""
    given = own_values(call, **values)
    answers = fetch_all(call, *(Read(source, given) for source in sources.values()))
    return {name: first_of(rows) for name, rows in zip(sources, answers, strict=True)}


def first_of(rows: Rows) -> Any:
    """Give the one thing that a source gave, or None."""
    return orjson.loads(rows[0][0]) if rows and rows[0][0] is not None else None


def list_read(call: Call, source: Source, size: int, **values: Any) -> Read:
    """Make the read of a part of a list, from where the cursor in the query says. Raises Invalid for a cursor of elsewhere."""
    after = read_cursor(call.query.get("cursor"), _name(source))
    return Read(source, own_values(call, after=after, limit=size + 1, **values), paged=True)


def list_of(source: Source, rows: Rows, size: int) -> Listed:
    """Give what such a read found. Raises NotFound when its source gave nothing at all."""
    if not rows:
        raise NotFound
    following = write_cursor(str(rows[size - 1][1]), _name(source)) if len(rows) > size else None
    return Listed([orjson.loads(row[0]) for row in rows[:size] if row[0] is not None], following)


def read_list(call: Call, source: Source, size: int, **values: Any) -> Listed:
    """Read a part of a list in a round trip of its own."""
    (rows,) = fetch_all(call, list_read(call, source, size, **values))
    return list_of(source, rows, size)


def _name(source: Source) -> str:
    # Two pages may show one list.
    return "/".join(source.parts)


def read_known(call: Call, entries: list[Any]) -> dict[str, Any]:
    """Read the names of what entries of a history call by a code: systems that acted, besturen and vestigingen."""
    states = [entry.get("toestand") or {} for entry in entries]
    asked = {
        "actors": {entry["actor"] for entry in entries if entry["actor"].startswith("client:")},
        "besturen": {entry["namens"].partition(":")[2] for entry in entries if entry["namens"]}
        | _codes(states, "bestuur"),
        "vestigingen": _codes(states, "vestiging"),
    }
    if not any(asked.values()):
        return {"clients": {}, "besturen": {}, "vestigingen": {}}
    (rows,) = fetch_all(call, Read(queries.ACTORS, {name: sorted(codes) for name, codes in asked.items()}))
    known: dict[str, Any] = first_of(rows)
    return known


def _codes(states: list[Any], field: str) -> set[str]:
    return {state[field] for state in states if state.get(field)}
