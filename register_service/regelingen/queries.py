"""Reads of regelingen. Nobody's dossier, so nothing is logged per leraar."""

from datetime import date

from sqlalchemy.orm import Session

from register_service.api.history import history
from register_service.api.reading import Source
from register_service.core.db import run_in
from register_service.core.errors import Unavailable
from register_service.core.representation import json_object
from register_service.regelingen.figures import RegistratieFigures, read_registratie_figures
from register_service.regelingen.schemas import RegelingSchema

_HELD_ON = "%(geldig_op)s::date between {0}.geldig_vanaf and coalesce({0}.geldig_tot, 'infinity')"
_HELD = f"(%(geldig_op)s::date is null or {_HELD_ON.format('r')})"
_JSON = json_object(RegelingSchema, "r")
# One regeling per sector and first day: a constraint sees to it.
_KEY = "r.sector || ' ' || r.geldig_vanaf::text"

REGELING = Source(
    f"select null::text as leraar, {_JSON} as body from regeling r where r.id = %(id)s::uuid and {_HELD}",
    tables=("regeling",),
    parts=(),
)
REGELINGEN = Source(
    f"select null::text as leraar, {_KEY} as key, {_JSON} as body from regeling r where {_KEY} > %(after)s and {_HELD} "
    "and (%(sector)s::text is null or r.sector = %(sector)s) order by key limit %(limit)s",
    tables=("regeling",),
    parts=(),
)
HISTORIE = history(
    "regeling", RegelingSchema, "j.object_id = %(id)s::uuid", part="regelingen", held_on=_HELD_ON.format("s")
)

_OF_ALL_SECTORS = """
select waarden from regeling
where sector = 'alle' and %(day)s::date between geldig_vanaf and coalesce(geldig_tot, 'infinity')
"""


def registratie_figures(session: Session, day: date) -> RegistratieFigures:
    """Give the figures of professionalisering and registratie that hold on a day. Raises Unavailable when there are none."""
    (rows,) = run_in(session, (_OF_ALL_SECTORS, {"day": day}))
    if not rows:
        raise Unavailable(retry_after=60)
    return read_registratie_figures(rows[0][0])
