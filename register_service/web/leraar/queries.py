"""What pages show together that the API gives apart: names beside codes, counts, newest first."""

from register_service.api.reading import Source
from register_service.core.representation import json_object
from register_service.inductie.schemas_scores import ObservatieScoreSchema
from register_service.professionalisering.queries import ACTIVITEIT_JSON

# Names of the places and besturen where the leraar is or was, by code.
_WHERE = """(
    select a.vestiging, a.bestuur from aanstelling a where a.leraar = %(registratienummer)s
    union select p.vestiging, p.bestuur from inductieperiode p where p.leraar = %(registratienummer)s) w"""
NAMES = Source(
    f"""select null::text as leraar, json_build_object(
        'vestigingen', coalesce((select json_object_agg(v.code, concat_ws(', ', v.naam, v.plaats))
            from vestiging v where v.code in (select w.vestiging from {_WHERE})), '{{}}'),
        'besturen', coalesce((select json_object_agg(b.nummer, b.naam)
            from bestuur b where b.nummer in (select w.bestuur from {_WHERE}
                union select c.bestuur from activiteit c where c.leraar = %(registratienummer)s
                union select k.bestuur from koppeling k where k.leraar = %(registratienummer)s)), '{{}}')) as body""",
    tables=(),
    parts=(),
)

# How many activiteiten there are in each state.
STATES = Source(
    """select null::text as leraar, coalesce(json_object_agg(s.status, s.aantal), '{}') as body
    from (select status, count(*) as aantal from activiteit where leraar = %(registratienummer)s group by status) s""",
    tables=(),
    parts=(),
)

# How often others looked since a day.
LOOKS_SINCE = Source(
    """select null::text as leraar, to_json(count(*)) as body from access_log g
    where g.leraar = any(%(registratienummer)s::text || array(
            select s.van from samenvoeging s where s.naar = %(registratienummer)s))
      and g.at >= %(since)s::date::timestamp at time zone 'Europe/Amsterdam'""",
    tables=(),
    parts=(),
)

# The newest first; a key of one length, so that text has the order of days.
_NEWEST = "lpad((99999999 - to_char(a.einddatum, 'YYYYMMDD')::int)::text, 8, '0') || ' ' || a.id::text"
ACTIVITEITEN = Source(
    f"""select l.registratienummer as leraar, found.key, found.body
    from leraar l left join lateral (
        select {_NEWEST} as key, {ACTIVITEIT_JSON} as body from activiteit a
        where a.leraar = l.registratienummer and {_NEWEST} > %(after)s
          and (%(status)s::text is null or a.status = %(status)s)
        order by key limit %(limit)s) found on true
    where l.registratienummer = %(registratienummer)s and l.samengevoegd_met is null""",
    tables=(),
    parts=("activiteiten",),
)

# What the leraar kept of lessons that were observed, by observatie.
SCORES = Source(
    f"""select null::text as leraar, coalesce(
        json_object_agg(s.observatie, {json_object(ObservatieScoreSchema, "s")}), '{{}}') as body
    from observatiescore s where s.traject = %(id)s::uuid and s.leraar = %(registratienummer)s""",
    tables=(),
    parts=("scores",),
)

# With which besturen the leraar agreed that they take a traject over.
AGREEMENTS = Source(
    """select null::text as leraar, coalesce(json_agg(json_build_object('traject', i.traject, 'gegevenOp', i.gegeven_op,
        'bestuur', coalesce(b.naam, i.bestuur)) order by i.gegeven_op), '[]') as body
    from overname_instemming i left join bestuur b on b.nummer = i.bestuur where i.leraar = %(registratienummer)s""",
    tables=(),
    parts=(),
)

# What a history calls by a code: its actors (systems, with the bestuur that they work for), besturen and vestigingen.
ACTORS = Source(
    """select null::text as leraar, json_build_object(
        'clients', coalesce((select json_object_agg('client:' || c.client_id,
            json_build_object('soort', c.soort, 'naam', c.naam, 'bestuur', b.naam))
            from client c left join bestuur b on b.nummer = c.bestuur
            where c.client_id = any(array(select substr(a, 8) from unnest(%(actors)s::text[]) a))), '{}'),
        'besturen', coalesce((select json_object_agg(b.nummer, b.naam)
            from bestuur b where b.nummer = any(%(besturen)s::text[])), '{}'),
        'vestigingen', coalesce((select json_object_agg(v.code, concat_ws(', ', v.naam, v.plaats))
            from vestiging v where v.code = any(%(vestigingen)s::text[])), '{}')) as body""",
    tables=(),
    parts=(),
)
