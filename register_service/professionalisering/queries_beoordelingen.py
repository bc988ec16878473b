"""Reads of a validator: what is offered, and what that one decided. The leraar is in the log of who looked, and in no answer."""

from register_service.aanbod.models import SPLIT
from register_service.api.reading import Source
from register_service.core.representation import json_object
from register_service.professionalisering.queries import MOGELIJK_DUBBEL, bewijsstukken_json
from register_service.professionalisering.schemas_beoordelingen import BeoordelingBewijsstukSchema, BeoordelingSchema

_COLUMNS = ("soort", "titel", "aanbieder", "begindatum", "einddatum", "registeruren", *SPLIT, "zelfstudie", "toets")
# A hash of all that is judged: who saw something else than there is now decides on something else.
KENMERK = f"""left(encode(sha256(convert_to(jsonb_build_array({", ".join(f"a.{name}" for name in _COLUMNS)}, (
        select jsonb_agg(b.sha256 order by b.sha256) from bewijsstuk b where b.activiteit = a.id))::text, 'UTF8')), 'hex'), 32)"""

BEOORDELING_JSON = json_object(
    BeoordelingSchema,
    "a",
    bewijsstukken=bewijsstukken_json(json_object(BeoordelingBewijsstukSchema, "b")),
    mogelijk_dubbel=MOGELIJK_DUBBEL,
    kenmerk=KENMERK,
)
# Others see some activiteiten too, but not to judge them.
_VALIDATOR = "current_setting('register.role', true) = 'validator'"

BEOORDELING = Source(
    f"select a.leraar, {BEOORDELING_JSON} as body from activiteit a where a.id = %(id)s::uuid and {_VALIDATOR}",
    tables=("activiteit", "bewijsstuk"),
    parts=("activiteiten",),
)

# Oldest first. A key is of one length, so that text has the order of days.
_KEY = "t.ingediend_op::text || ' ' || t.id::text"
AANGEBODEN = Source(
    f"""select a.leraar, found.key, {BEOORDELING_JSON} as body
    from (select {_KEY} as key, t.id from te_beoordelen t where {_KEY} > %(after)s
          order by t.ingediend_op, t.id limit %(limit)s) found
    join activiteit a on a.id = found.id order by found.key""",
    tables=("activiteit", "bewijsstuk"),
    parts=("activiteiten",),
)

# What there is to know of each that is offered, to check a decision with.
OFFERED = f"""
select a.id::text, jsonb_build_object(
    'kenmerk', {KENMERK}, 'soort', a.soort, 'registeruren', a.registeruren, 'zelfstudie', a.zelfstudie, 'toets', a.toets,
    'bewijsstukken', (select count(*) from bewijsstuk b where b.activiteit = a.id))
from te_beoordelen t join activiteit a on a.id = t.id where t.id = any(%(ids)s::uuid[])
"""
