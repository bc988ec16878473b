"""Reads of bevoegdheden."""

from register_service.api.history import history
from register_service.api.reading import Source
from register_service.bevoegdheden.schemas import BevoegdheidSchema
from register_service.core.representation import json_object
from register_service.leraren.queries import IN_DOSSIER_BY_ID, OF_DOSSIER

BEVOEGDHEID_JSON = json_object(BevoegdheidSchema, "b")
HELD_ON = "%(geldig_op)s::date between {alias}.behaald_op and coalesce({alias}.geldig_tot, 'infinity')"
_HELD = f"(%(geldig_op)s::date is null or {HELD_ON.format(alias='b')})"

# All bevoegdheden of the leraar `l`, as a JSON array.
OF_LERAAR_JSON = f"""coalesce((
    select json_agg({BEVOEGDHEID_JSON} order by b.behaald_op, b.id) from bevoegdheid b
    where b.leraar = l.registratienummer and {_HELD}), '[]')"""

BEVOEGDHEID = Source(
    f"select l.registratienummer as leraar, {BEVOEGDHEID_JSON} as body "
    "from bevoegdheid b join leraar l on l.registratienummer = b.leraar "
    f"where b.id = %(id)s::uuid and b.leraar = %(registratienummer)s and {_HELD}",
    tables=("leraar", "bevoegdheid"),
    parts=("bevoegdheden",),
    of_dossier=True,
)

OF_LERAAR = Source(
    f"select l.registratienummer as leraar, json_build_object('items', {OF_LERAAR_JSON}, 'volgende', null) as body "
    "from leraar l where l.registratienummer = %(registratienummer)s and l.samengevoegd_met is null",
    tables=("leraar", "bevoegdheid"),
    parts=("bevoegdheden",),
    of_dossier=True,
)

HISTORIE = history(
    "bevoegdheid",
    BevoegdheidSchema,
    IN_DOSSIER_BY_ID,
    part="bevoegdheden",
    held_on=HELD_ON.format(alias="s"),
    of=OF_DOSSIER,
)
