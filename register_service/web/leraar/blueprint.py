"""Where the pages of a leraar are declared, and reading for them: the own dossier only, in as few round trips as it goes."""

from collections.abc import Callable, Mapping
from typing import Any

import orjson
from flask import Blueprint
from marshmallow import Schema

from register_service.access.models import ClientSoort
from register_service.api.call import Call
from register_service.api.reading import Source, fetch_all
from register_service.core.errors import NotFound
from register_service.web.page import Show, page

blueprint = Blueprint("leraar", __name__, template_folder="templates")


def own_page(
    rule: str, *, purpose: str, nav: str | None = None, query: type[Schema] | None = None, shows_errors: bool = False
) -> Callable[[Show], Show]:
    """Declare a page of the leraar who signed in."""
    return page(
        blueprint, rule, role=ClientSoort.LERAAR, purpose=purpose, nav=nav, query=query, shows_errors=shows_errors
    )


def own_number(call: Call) -> str:
    """Give the registratienummer of the leraar who signed in; a merge is followed already."""
    assert call.caller.leraar is not None
    return call.caller.leraar


def read_own(call: Call, sources: Mapping[str, Source], **values: Any) -> dict[str, Any]:
    """Read parts of the own dossier in one round trip: per name what its source gives, None where that is nothing."""
    number = own_number(call)
    given = {"registratienummer": number, "dossier": number, **values}
    answers = fetch_all(call, *((source, given) for source in sources.values()))
    return {
        name: orjson.loads(rows[0][0]) if rows and rows[0][0] else None
        for name, rows in zip(sources, answers, strict=True)
    }


def read_list(call: Call, source: Source, *, after: str, size: int, **values: Any) -> tuple[list[Any], str | None]:
    """Read a page of something of the own dossier, and the key of its last row when there is more.

    Raises NotFound when the source gives nothing at all.
    """
    number = own_number(call)
    given = {"registratienummer": number, "dossier": number, "after": after, "limit": size + 1, **values}
    (rows,) = fetch_all(call, (source, given), paged=True)
    if not rows:
        raise NotFound
    more = str(rows[size - 1][1]) if len(rows) > size else None
    return [orjson.loads(row[0]) for row in rows[:size] if row[0] is not None], more
