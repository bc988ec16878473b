"""Reads of who looked at a dossier, newest first: each look, and counted per who, what for and month.

Row-level security gives the looks to the leraar and the keeper. Those at a dossier that was merged into it come along.
"""

from register_service.api.reading import Source
from register_service.core.representation import json_object, moment
from register_service.dossiers.schemas_inzagen import DossierInzagenAantalSchema, DossierInzageSchema

# How many single looks a group shows by itself.
SHOWN_OF_GROUP = 10

_DAY = "(g.at at time zone 'Europe/Amsterdam')::date"
# The keeper's commands act in the keeper's own name: what is nobody else is the keeper.
_KIJKER = """case when starts_with(g.actor, 'client:') then coalesce(c.soort, 'beheer')
    when split_part(g.actor, ':', 1) in ('validator', 'auditor', 'openbaar') then split_part(g.actor, ':', 1)
    else 'beheer' end"""
_LOOKS = f"""
    select g.id, g.at, g.leraar as registratienummer, g.purpose as doel, g.reason as reden, g.parts as onderdelen,
           {_KIJKER} as kijker, coalesce(a.naam, c.naam) as naam, b.nummer as bestuur, b.naam as bestuur_naam
    from access_log g
    left join client c on starts_with(g.actor, 'client:') and c.client_id = substr(g.actor, 8)
    left join aanbieder a on a.id = c.aanbieder
    left join bestuur b on b.nummer = coalesce(nullif(split_part(g.namens, 'bestuur:', 2), ''), c.bestuur)
    where g.leraar = any(l.registratienummer || array(
            select s.van from samenvoeging s where s.naar = l.registratienummer))
      and (%(vanaf)s::date is null or g.at >= %(vanaf)s::date::timestamp at time zone 'Europe/Amsterdam')
      and (%(tot)s::date is null or g.at < (%(tot)s::date + 1)::timestamp at time zone 'Europe/Amsterdam')
      and (%(geldig_op)s::date is null or {_DAY} = %(geldig_op)s::date)
      and (%(beschikbaar_op)s::timestamptz is null or g.at <= %(beschikbaar_op)s)"""
_BELOW = """
    select l.registratienummer as leraar, found.key, found.body
    from leraar l left join lateral ({found}) found on true
    where l.registratienummer = %(registratienummer)s and l.samengevoegd_met is null"""

# The newest has the lowest key.
_KEY = "lpad((9223372036854775807 - k.id)::text, 19, '0')"
INZAGE_JSON = json_object(DossierInzageSchema, "k", tijdstip=moment("k.at"))
_PAGE = f"""
    select {_KEY} as key, {INZAGE_JSON} as body from ({_LOOKS}) k
    where {_KEY} > %(after)s order by key limit %(limit)s"""
INZAGEN = Source(
    _BELOW.format(found=_PAGE),
    tables=(),
    parts=("inzagen",),
)

_SAME = "k.kijker, k.naam, k.bestuur, k.bestuur_naam, k.doel, k.maand"
_GROUPS = f"""
    select {_SAME}, count(*) as aantal, min(k.at) as eerste, max(k.at) as laatste,
           array(select distinct unnest(string_to_array(string_agg(array_to_string(k.onderdelen, ','), ','), ',')) order by 1)
               as onderdelen,
           to_char(999999 - replace(k.maand, '-', '')::int, 'FM000000') || md5(row({_SAME})::text) as key{{more}}
    from (select *, to_char(at at time zone 'Europe/Amsterdam', 'YYYY-MM') as maand from ({_LOOKS}) every) k
    group by {_SAME}"""
_AANTAL_JSON = json_object(DossierInzagenAantalSchema, "k")


def _groups(shown: str, more: str = "") -> Source:
    found = f"""
    select k.key, {shown} as body from ({_GROUPS.format(more=more)}) k
    where k.key > %(after)s order by k.key limit %(limit)s"""
    return Source(_BELOW.format(found=found), tables=(), parts=("inzagen",))


AANTALLEN = _groups(_AANTAL_JSON)
# The same with the last looks of each group.
GROEPEN = _groups(
    f"(select {_AANTAL_JSON}::jsonb || jsonb_build_object('inzagen', k.inzagen))",
    f", to_jsonb((array_agg({INZAGE_JSON} order by k.id desc))[:{SHOWN_OF_GROUP}]) as inzagen",
)
