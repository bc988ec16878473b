"""Reads of aanbieders and aanbod. Nobody's dossier, so nothing is logged per leraar."""

from register_service.aanbod.schemas import AanbiederSchema, AanbodSchema, AanbodStandSchema
from register_service.api.call import Call
from register_service.api.history import history
from register_service.api.reading import Source
from register_service.core.representation import json_object

_ANY_TIME = "(%(geldig_op)s::date is null or true)"
_AANBIEDER_JSON = json_object(AanbiederSchema, "o")

AANBIEDER = Source(
    f"select null::text as leraar, {_AANBIEDER_JSON} as body from aanbieder o where o.id = %(id)s::uuid and {_ANY_TIME}",
    tables=("aanbieder",),
    parts=(),
)
AANBIEDERS = Source(
    f"select null::text as leraar, o.id::text as key, {_AANBIEDER_JSON} as body from aanbieder o "
    f"where o.id::text > %(after)s and {_ANY_TIME} and (%(kvk_nummer)s::text is null or o.kvk_nummer = %(kvk_nummer)s) "
    "order by o.id limit %(limit)s",
    tables=("aanbieder",),
    parts=(),
)
AANBIEDER_HISTORIE = history("aanbieder", AanbiederSchema, "j.object_id = %(id)s::uuid", part="aanbieders")

OFFERED_ON = "%(geldig_op)s::date between {alias}.geldig_vanaf and coalesce({alias}.geldig_tot, 'infinity')"
_OFFERED = f"(%(geldig_op)s::date is null or {OFFERED_ON.format(alias='o')})"
# Row-level security says it of the present. Of the past it asks who sees the aanbod now, and then it may have been otherwise.
_CONCERNED = "current_setting('register.role', true) in ('aanbieder', 'beheer', 'validator')"
_SHOWN = f"(o.beoordeling = 'gevalideerd' or {_CONCERNED}) and {_OFFERED}"
_AANBOD_JSON = json_object(AanbodSchema, "o", aanbieder_naam="a.naam")
_AANBOD = "aanbod o join aanbieder a on a.id = o.aanbieder"
_TABLES = ("aanbod", "aanbieder")

AANBOD = Source(
    f"select null::text as leraar, {_AANBOD_JSON} as body from {_AANBOD} where o.id = %(id)s::uuid and {_SHOWN}",
    tables=_TABLES,
    parts=(),
)

_FILTERS = f"""{_SHOWN}
    and (%(soort)s::text is null or o.soort = %(soort)s)
    and (%(beoordeling)s::text is null or o.beoordeling = %(beoordeling)s)
    and (%(aanbieder)s::uuid is null or o.aanbieder = %(aanbieder)s::uuid)"""
FILTERS = ("zoek", "soort", "aanbieder", "beoordeling")

# A key ends in the id of the aanbod, in any list of it. Before that stands how well it fits, the best first, in so many digits
# that text sorts as the numbers do. It hangs on the aanbod and the question alone: a page goes on where the one before ended.
_AFTER = "(select coalesce(nullif(right(%(after)s, 36), ''), '00000000-0000-0000-0000-000000000000')::uuid)"
_ALL = f"""
    select null::text as leraar, '0000000' || o.id as key, {_AANBOD_JSON} as body from {_AANBOD}
    where o.id > {_AFTER} and {_FILTERS} order by o.id limit %(limit)s"""
_FOUND = """
    select null::text as leraar, found.key, {body} as body
    from (
        select o.id, lpad((1000000 - round(1000000 * f.rang))::integer::text, 7, '0') || o.id as key
        from {found} f join aanbod o on o.id = f.id where {filters}) found
    join {aanbod} on o.id = found.id
    where found.key > %(after)s order by found.key limit %(limit)s"""
_NOW = "aanbod_gevonden(%(zoek)s)"
# The same over what was known then: the words of the past are in no index.
_THEN = """(
    select w.id, ts_rank(w.zoektekst, q, 32) as rang from aanbod w, websearch_to_tsquery('dutch', zoekvorm(%(zoek)s)) q
    where w.zoektekst @@ q)"""


def _found(found: str) -> Source:
    return Source(_FOUND.format(body=_AANBOD_JSON, found=found, filters=_FILTERS, aanbod=_AANBOD), _TABLES, parts=())


_LIST, _SEARCH, _SEARCH_THEN = Source(_ALL, _TABLES, parts=()), _found(_NOW), _found(_THEN)


def list_source(call: Call) -> Source:
    """Give the source of a page of aanbod: in the order in which it was added, or the best fitting first."""
    if call.query.get("zoek") is None:
        return _LIST
    return _SEARCH_THEN if call.query.get("beschikbaar_op") else _SEARCH


AANBOD_HISTORIE = history(
    "aanbod",
    AanbodStandSchema,
    f"j.object_id = %(id)s::uuid and (j.state ->> 'beoordeling' = 'gevalideerd' or {_CONCERNED})",
    part="aanbod",
    held_on=OFFERED_ON.format(alias="s"),
)
