"""Reads of aanstellingen. Of another bestuur's aanstellingen nothing shows: row-level security sees to it."""

from register_service.aanstellingen.schemas import AanstellingSchema
from register_service.api.history import history
from register_service.api.reading import Source
from register_service.core.representation import json_object

AANSTELLING_JSON = json_object(AanstellingSchema, "a")
HELD_ON = "%(geldig_op)s::date between {alias}.begindatum and coalesce({alias}.einddatum, 'infinity')"
_HELD = f"(%(geldig_op)s::date is null or {HELD_ON.format(alias='a')})"

# All aanstellingen of the leraar `l` that the caller may see, as a JSON array.
OF_LERAAR_JSON = f"""coalesce((
    select json_agg({AANSTELLING_JSON} order by a.begindatum, a.id) from aanstelling a
    where a.leraar = l.registratienummer and {_HELD}), '[]')"""

AANSTELLING = Source(
    f"select l.registratienummer as leraar, {AANSTELLING_JSON} as body "
    "from aanstelling a join leraar l on l.registratienummer = a.leraar "
    f"where a.id = %(id)s::uuid and a.leraar = %(registratienummer)s and {_HELD}",
    tables=("leraar", "aanstelling"),
    parts=("aanstellingen",),
    of_dossier=True,
)

OF_LERAAR = Source(
    f"select l.registratienummer as leraar, json_build_object('items', {OF_LERAAR_JSON}, 'volgende', null) as body "
    "from leraar l where l.registratienummer = %(registratienummer)s and l.samengevoegd_met is null",
    tables=("leraar", "aanstelling"),
    parts=("aanstellingen",),
    of_dossier=True,
)

# By id, whose first part is the time it was made: new ones come last, so that a page never shifts.
LIST = Source(
    f"select l.registratienummer as leraar, a.id::text as key, {AANSTELLING_JSON} as body "
    "from aanstelling a join leraar l on l.registratienummer = a.leraar "
    "where a.id > coalesce(nullif(%(after)s, ''), '00000000-0000-0000-0000-000000000000')::uuid "
    f"and (%(vestiging)s::text is null or a.vestiging = %(vestiging)s) and {_HELD} "
    "order by a.id limit %(limit)s",
    tables=("leraar", "aanstelling"),
    parts=("aanstellingen",),
)

HISTORIE = history(
    "aanstelling",
    AanstellingSchema,
    "j.object_id = %(id)s::uuid",
    part="aanstellingen",
    held_on=HELD_ON.format(alias="s"),
)
