"""Reads of who was at aanbod: nothing else of anybody's dossier. Row-level security says which of them a caller sees."""

from register_service.api.reading import Source
from register_service.core.representation import json_object
from register_service.professionalisering.schemas_aanwezigen import AanwezigeSchema

_JSON = json_object(AanwezigeSchema, "a", registratienummer="a.leraar")
_HELD = "(%(geldig_op)s::date is null or %(geldig_op)s::date between a.begindatum and a.einddatum)"
# Attendance is never deleted: what is there now is all that ever was.
_EVER = "object_id = %(id)s::uuid or object_id in (select w.id from public.activiteit w where w.aanbod = %(id)s::uuid)"

AANWEZIGE = Source(
    f"select a.leraar, {_JSON} as body from activiteit a "
    f"where a.id = %(activiteit)s::uuid and a.aanbod = %(id)s::uuid and {_HELD}",
    tables=("activiteit",),
    parts=("aanwezigheid",),
    known_by="object_id = %(activiteit)s::uuid",
)
# By day. The aanbod itself has a row without a body when nobody (more) was there: that is no aanbod that does not exist.
_KEY = "to_char(a.begindatum, 'YYYY-MM-DD ') || a.id"
AANWEZIGEN = Source(
    f"select a.leraar, coalesce({_KEY}, '') as key, case when a.id is not null then {_JSON} end as body "
    f"from aanbod o left join activiteit a on a.aanbod = o.id and {_KEY} > %(after)s and {_HELD} "
    "where o.id = %(id)s::uuid order by key limit %(limit)s",
    tables=("aanbod", "activiteit"),
    parts=("aanwezigheid",),
    known_by=_EVER,
)
