"""The timeline of a traject: one statement over the journal, which the timeline's own rules then put in words.

Row-level security on the journal decides who reads which row: what another bestuur wrote shows to the leraar and the keeper
alone, and scores to the leraar, unless shared. What a row held before it comes from the rows that the caller may read.
"""

from datetime import date
from typing import cast

import orjson

from register_service.api.history import sealed_at
from register_service.api.reading import Source
from register_service.core.model import Base
from register_service.core.representation import moment
from register_service.inductie.models import FACTS, Inductietraject
from register_service.inductie.timeline.entries import entry_of
from register_service.journal.moments import known

_MODELS = cast("tuple[type[Base], ...]", (Inductietraject, *FACTS))
_TABLES = ", ".join(f"'{model.__tablename__}'" for model in _MODELS)
# What nobody decided, but follows from something else: a row in which only this changed says nothing.
_FOLLOWS = "array['leraar', 'verloop', 'verwachte_einddatum', 'regeling', 'gesloten_met_traject']"
# A merge of dossiers gives other numbers to the same people.
_PEOPLE = "array['begeleider', 'observator', 'leidinggevende']"
_DECIDED = f"({{}} - {_FOLLOWS} - case event when 'leraar.samengevoegd' then {_PEOPLE} else '{{{{}}}}'::text[] end)"
_SHOWN = "{} - array['verloop', 'scores', 'toelichting']"

# Rows stand under the number that the dossier had when they were written: of the traject itself, and for a bestuur that the
# leraar left long ago, and that reads no more than its own facts, of its stays.
_DOSSIERS = """
    select dossier from journal where object_id = %(id)s::uuid
    union
    select j.dossier from inductieperiode p join journal j on j.object_id = p.id where p.traject = %(id)s::uuid"""

# `teruggenomen`: a later row removed it, or opened again what it ended.
_SAID = f"""
    select id, tx, at, table_name, object_id, action, event, actor, namens, reason, state, lag(state) over (object) as before,
           bool_or(action = 'delete') over later as removed,
           bool_or(state ->> 'afgerond_op' is null and state ->> 'gestopt_op' is null and state is not null) over later as opened
    from journal
    where dossier in (select dossier from dossiers) and table_name in ({_TABLES})
      and (%(beschikbaar_op)s::timestamptz is null or {known("tx")})
    window object as (partition by object_id order by id),
           later as (partition by object_id order by id rows between 1 following and unbounded following)"""

_OF_TRAJECT = f"""
    select *, coalesce(state, before) as fact,
           coalesce(removed, false) or (coalesce(opened, false) and table_name = 'inductietraject'
               and (state ->> 'afgerond_op' is distinct from before ->> 'afgerond_op'
                    or state ->> 'gestopt_op' is distinct from before ->> 'gestopt_op')
               and num_nonnulls(state ->> 'afgerond_op', state ->> 'gestopt_op') > 0) as undone
    from said
    where (object_id = %(id)s::uuid or coalesce(state, before) ->> 'traject' = %(id)s::uuid::text)
      and coalesce(state, before) is not null
      and {_DECIDED.format("state")} is distinct from {_DECIDED.format("before")}"""

# On which days the fact of a row held; a programme and scores are not about days.
_HELD = """(%(geldig_op)s::date is null or %(geldig_op)s::date::text between
    coalesce(fact ->> 'begindatum', fact ->> 'startdatum', fact ->> 'besluitdatum', fact ->> 'gegeven_op', fact ->> 'datum', '')
    and coalesce(fact ->> 'einddatum', fact ->> 'afgerond_op', fact ->> 'gestopt_op', 'altijd'))"""

# Of a score the day of its observatie, in the place of what was seen.
_DATUM = """jsonb_build_object('datum', (select o.state ->> 'datum' from said o
    where o.object_id = (fact ->> 'observatie')::uuid and o.state is not null order by o.id desc limit 1))"""
_ROW = f"""json_build_object('tabel', table_name, 'handeling', action, 'teruggenomen', undone,
    'voor', {_SHOWN.format("before")} || extra, 'na', {_SHOWN.format("state")} || extra)"""

# What callers of the service write in one transaction is one request, hence one entry; the owner's statements stand alone.
_REQUEST = "tx, case when actor like 'client:%%' or actor like 'leraar:%%' then 0 else id end"

_ENTRIES = f"""
    select min(id) as id, min(at) as at, min(event) as event, min(actor) as actor, min(namens) as namens, min(reason) as reason,
           json_agg({_ROW} order by id) as rijen
    from of_traject cross join lateral (select case when table_name = 'observatiescore' then {_DATUM} else '{{}}' end) x (extra)
    where {_HELD}
    group by {_REQUEST}
    having min(id) > coalesce(nullif(%(after)s, ''), '0')::bigint
    order by 1 limit %(limit)s"""

_BODY = f"""json_build_object('volgnummer', j.id, 'tijdstip', {moment("j.at")}, 'verzegeldOp', {sealed_at("j.id")},
    'gebeurtenis', j.event, 'actor', j.actor, 'namens', j.namens, 'reden', j.reason, 'rijen', j.rijen)"""


def finish_entry(body: str, _day: date) -> str:
    """Make an entry in words of the rows of a request."""
    return orjson.dumps(entry_of(orjson.loads(body))).decode()


TIJDLIJN = Source(
    f"""with dossiers as materialized ({_DOSSIERS}), said as materialized ({_SAID}), of_traject as materialized ({_OF_TRAJECT}),
    entries as materialized ({_ENTRIES}),
    whose as (select coalesce((select t.leraar from inductietraject t where t.id = %(id)s::uuid),
        (select g.dossier from journal g where g.object_id = %(id)s::uuid order by g.id desc limit 1)) as leraar)
    select w.leraar, lpad(j.id::text, 19, '0') as key, {_BODY} as body from entries j cross join whose w order by j.id""",
    tables=(),
    parts=("inductietrajecten/tijdlijn",),
    finish=finish_entry,
)
