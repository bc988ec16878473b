"""Reads of who looked at a dossier, newest first: each look, and counted per who, what for and month.

Row-level security gives the looks to the leraar and the keeper. Those at a dossier that was merged into it come along.
"""

from register_service.api.reading import Source
from register_service.core.representation import json_object, moment
from register_service.dossiers.schemas_inzagen import DossierInzagenAantalSchema, DossierInzageSchema

# How many single looks a group shows by itself.
SHOWN_OF_GROUP = 10

_HERE = "at time zone 'Europe/Amsterdam'"
_NUMBERS = """unnest(l.registratienummer || array(
        select s.van from samenvoeging s where s.naar = l.registratienummer)) n (nummer)"""
_PERIOD = f"""(%(vanaf)s::date is null or g.at >= %(vanaf)s::date::timestamp {_HERE})
      and (%(tot)s::date is null or g.at < (%(tot)s::date + 1)::timestamp {_HERE})
      and (%(geldig_op)s::date is null or (g.at {_HERE})::date = %(geldig_op)s::date)
      and (%(beschikbaar_op)s::timestamptz is null or g.at <= %(beschikbaar_op)s)"""
# The keeper's commands act in the keeper's own name: what is nobody else is the keeper.
_WHO = """case when starts_with(g.actor, 'client:') then coalesce(c.soort, 'beheer')
            when split_part(g.actor, ':', 1) in ('validator', 'auditor', 'openbaar') then split_part(g.actor, ':', 1)
            else 'beheer' end as kijker,
        coalesce(a.naam, c.naam) as naam, b.nummer as bestuur, b.naam as bestuur_naam, g.purpose as doel"""
# Of the looks, or groups of them, `g`.
_KNOWN = """left join client c on starts_with(g.actor, 'client:') and c.client_id = substr(g.actor, 8)
    left join aanbieder a on a.id = c.aanbieder
    left join bestuur b on b.nummer = coalesce(nullif(split_part(g.namens, 'bestuur:', 2), ''), c.bestuur)"""
_LOOK = f"g.id, g.at, g.leraar as registratienummer, g.reason as reden, g.parts as onderdelen, {_WHO}"
_LOOK_JSON = json_object(DossierInzageSchema, "k", tijdstip=moment("k.at"))
_BELOW = """
    select l.registratienummer as leraar, found.key, found.body
    from leraar l left join lateral ({found}) found on true
    where l.registratienummer = %(registratienummer)s and l.samengevoegd_met is null"""

# The newest has the lowest key: its moment, in microseconds, and its number, each counted down from the largest number there is.
_MOST = "9223372036854775807"
_KEY = (
    f"lpad(({_MOST} - (extract(epoch from {{0}}.at) * 1000000)::bigint)::text, 19, '0') "
    f"|| lpad(({_MOST} - {{0}}.id)::text, 19, '0')"
)
_AFTER = f"""(nullif(%(after)s, '') is null or (g.at, g.id) < (
        timestamptz 'epoch' + ({_MOST} - left(%(after)s, 19)::bigint) * interval '1 microsecond',
        {_MOST} - right(%(after)s, 19)::bigint))"""
# Along the index, as far as the page goes; who it was is looked up of what is on it.
_PAGE = f"""
    select {_KEY.format("k")} as key, {_LOOK_JSON} as body from (
        select {_LOOK} from (
            select one.* from {_NUMBERS} cross join lateral (
                select g.* from access_log g where g.leraar = n.nummer and {_PERIOD} and {_AFTER}
                order by g.at desc, g.id desc limit %(limit)s) one
            order by one.at desc, one.id desc limit %(limit)s) g
        {_KNOWN}) k"""
INZAGEN = Source(_BELOW.format(found=_PAGE), tables=(), parts=("inzagen",))

# Counted by what the log says, and only then by who that is: two validators are both a validator.
_COUNTED = f"""
    select g.actor, g.namens, g.purpose, to_char(date_trunc('month', g.at {_HERE}), 'YYYY-MM') as maand, count(*) as aantal,
           min(g.at) as eerste, max(g.at) as laatste, (array_agg(g.id order by g.at desc, g.id desc))[:{SHOWN_OF_GROUP}] as ids,
           array_agg(distinct array_to_string(g.parts, ',')) as parts
    from {_NUMBERS} join access_log g on g.leraar = n.nummer where {_PERIOD}
    group by g.actor, g.namens, g.purpose, date_trunc('month', g.at {_HERE})"""
_SAME = "k.kijker, k.naam, k.bestuur, k.bestuur_naam, k.doel, k.maand"
_GROUPS = f"""
    select {_SAME}, sum(k.aantal)::bigint as aantal, min(k.eerste) as eerste, max(k.laatste) as laatste,
           string_agg(array_to_string(k.parts, ','), ',') as parts, string_agg(array_to_string(k.ids, ','), ',') as ids,
           to_char(999999 - replace(k.maand, '-', '')::int, 'FM000000') || md5(row({_SAME})::text) as key
    from (select g.*, {_WHO} from ({_COUNTED}) g {_KNOWN}) k
    group by {_SAME}"""
_PARTS = "array(select distinct part from unnest(string_to_array(k.parts, ',')) part order by part)"
_COUNT_JSON = json_object(
    DossierInzagenAantalSchema, "k", eerste=moment("k.eerste"), laatste=moment("k.laatste"), onderdelen=_PARTS
)
_LAST_LOOKS = f"""coalesce((select json_agg({_LOOK_JSON} order by k.at desc, k.id desc) from (
        select {_LOOK} from access_log g {_KNOWN} where g.id = any(string_to_array(k.ids, ',')::bigint[])
        order by g.at desc, g.id desc limit {SHOWN_OF_GROUP}) k), '[]')"""


def _groups(shown: str) -> Source:
    found = f"""
    select k.key, {shown} as body from (
        select * from ({_GROUPS}) k where k.key > %(after)s order by k.key limit %(limit)s) k"""
    return Source(_BELOW.format(found=found), tables=(), parts=("inzagen",))


AANTALLEN = _groups(_COUNT_JSON)
# The same with the last looks of each group.
GROEPEN = _groups(f"json_build_object('groep', {_COUNT_JSON}, 'inzagen', {_LAST_LOOKS})")
