"""Reads of steekproeven. A draw is about nobody; a look at one that was drawn is logged for the leraar."""

from register_service.api.history import history
from register_service.api.reading import Source
from register_service.core.representation import json_object
from register_service.registratie.schemas_steekproef import SteekproefSchema, TrekkingSchema

_STEEKPROEF = json_object(SteekproefSchema, "s")
_TREKKING = json_object(TrekkingSchema, "t")
# A draw holds from the day of its checkpoint on.
_HELD_ON = "(%(geldig_op)s::date >= ({0}.peilmoment at time zone 'Europe/Amsterdam')::date)"
_HELD = f"(%(geldig_op)s::date is null or {_HELD_ON.format('s')})"
_OF = "s.id = %(id)s::uuid"
_DRAWN = "from trekking t join steekproef s on s.id = t.steekproef"

STEEKPROEF = Source(
    f"select null::text as leraar, {_STEEKPROEF} as body from steekproef s where {_OF} and {_HELD}",
    tables=("steekproef",),
    parts=(),
)
STEEKPROEVEN = Source(
    f"select null::text as leraar, s.id::text as key, {_STEEKPROEF} as body from steekproef s "
    f"where (%(after)s = '' or s.id > nullif(%(after)s, '')::uuid) and {_HELD} order by s.id limit %(limit)s",
    tables=("steekproef",),
    parts=(),
)
HISTORIE = history("steekproef", SteekproefSchema, "j.object_id = %(id)s::uuid", part="steekproef")

# Which ones were drawn, and what came of it, says nothing of a dossier: no look is logged.
TREKKINGEN = Source(
    f"select null::text as leraar, lpad(t.volgnummer::text, 5, '0') as key, {_TREKKING} as body {_DRAWN} "
    f"where {_OF} and {_HELD} and t.volgnummer > coalesce(nullif(%(after)s, ''), '0')::int order by t.volgnummer limit %(limit)s",
    tables=("steekproef", "trekking"),
    parts=(),
)
TREKKING = Source(
    f"select null::text as leraar, {_TREKKING} as body {_DRAWN} where {_OF} and {_HELD} and t.volgnummer = %(volgnummer)s::int",
    tables=("steekproef", "trekking"),
    parts=(),
)
TREKKING_HISTORIE = history(
    "trekking",
    TrekkingSchema,
    "j.object_id = (select t.id from trekking t where t.steekproef = %(id)s::uuid and t.volgnummer = %(volgnummer)s::int)",
    part="steekproef",
)
INZAGE = Source(
    f"select t.leraar, steekproef_inzage(t.id) as body {_DRAWN} where {_OF} and t.volgnummer = %(volgnummer)s::int "
    "and steekproef_inzage(t.id) is not null",
    tables=(),
    parts=("activiteiten", "aanstellingen"),
)
