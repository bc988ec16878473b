"""Reads of inductietrajecten: SQL finds the row and its course, the rules say how it stands on a day."""

from datetime import date
from typing import Any

import orjson

from register_service.api.history import history
from register_service.api.reading import Source
from register_service.core.representation import json_object
from register_service.inductie.rules.course import Course
from register_service.inductie.rules.standing import standing_on
from register_service.inductie.schemas import InductietrajectToestandSchema

# A bestuur that the leraar left long ago reads what it wrote, and how the traject stood on the last day there: no further.
_UNTIL = """(select v.tot from eigen_verblijf v where v.traject = t.id
    and not exists (select from in_zicht z where z.leraar = t.leraar))"""
ROW_JSON = json_object(InductietrajectToestandSchema, "t")
TRAJECT_JSON = f"json_build_object('rij', {ROW_JSON}, 'verloop', t.verloop, 'tot', {_UNTIL})"
KNOWN_BY_ID = "object_id = %(id)s::uuid"


def finish_one(body: str, day: date) -> str:
    """Make the representation of a traject on a day of its row and course."""
    return orjson.dumps(represent(orjson.loads(body), day)).decode()


def finish_items(body: str, day: date) -> str:
    """The same for a page of them."""
    value = orjson.loads(body)
    value["items"] = [represent(item, day) for item in value["items"]]
    return orjson.dumps(value).decode()


def represent(found: dict[str, Any], day: date) -> dict[str, Any]:
    """Give a traject as JSON: its row, and how it stands on a day, or on the last day that the caller may know of."""
    course, until = Course.from_json(found["verloop"]), found["tot"]
    stays = found["verloop"]["verblijven"]
    if until is not None and until != "infinity" and date.fromisoformat(until) < day:
        day = date.fromisoformat(until)
        stays = [stay for stay in stays if stay["begindatum"] <= until]
    return {**found["rij"], **standing_on(course, day).as_json(), "verblijven": stays}


TRAJECT = Source(
    f"select t.leraar, {TRAJECT_JSON} as body from inductietraject t where t.id = %(id)s::uuid",
    tables=("inductietraject",),
    parts=("inductietrajecten",),
    known_by=KNOWN_BY_ID,
    finish=finish_one,
)

OF_LERAAR = Source(
    f"""select l.registratienummer as leraar, json_build_object('items', coalesce((
        select json_agg({TRAJECT_JSON} order by t.startdatum, t.id) from inductietraject t where t.leraar = l.registratienummer
    ), '[]'), 'volgende', null) as body
    from leraar l where l.registratienummer = %(registratienummer)s and l.samengevoegd_met is null""",
    tables=("leraar", "inductietraject"),
    parts=("inductietrajecten",),
    of_dossier=True,
    finish=finish_items,
)

HISTORIE = history("inductietraject", InductietrajectToestandSchema, KNOWN_BY_ID.replace("object_id", "j.object_id"),
                   part="inductietrajecten", of="j.dossier")  # fmt: skip
