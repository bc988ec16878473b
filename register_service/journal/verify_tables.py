"""Checking the register's tables against the journal: the last state of every object is the row that is there now.

Finds what was changed while the triggers were off, and triggers that are still off.
"""

from typing import Any

import psycopg
from psycopg import sql

from register_service.journal.report import Progress, Report

Connection = psycopg.Connection[Any]

_FOLLOWED = """
select c.relname from (
    select distinct tgrelid from pg_trigger where tgfoid = 'journal_append'::regproc
    union select distinct to_regclass('public.' || quote_ident(table_name))::oid from journal) t
join pg_class c on c.oid = t.tgrelid order by 1
"""
_TRIGGERS = """
select name, table_name from unnest(%s::text[]) table_name
cross join unnest(array['journal_insert', 'journal_update', 'journal_delete', 'journal_truncate']) name
where not exists (select from pg_trigger t where t.tgrelid = to_regclass('public.' || quote_ident(table_name))
                  and t.tgname = name and t.tgenabled in ('O', 'A'))
order by 2, 1
"""
_KEEPERS = """
select name, table_name from (values ('journal_keep', 'journal'), ('journal_erasure', 'journal'), ('seal_keep', 'seal'),
    ('checkpoint_keep', 'checkpoint')) k (name, table_name)
where not exists (select from pg_trigger t where t.tgrelid = to_regclass('public.' || table_name)
                  and t.tgname = name and t.tgenabled in ('O', 'A'))
"""
# The second comparison is for states written before a column was added, or in a session with another time zone.
_DIFFERENT = """
with last as (
    select distinct on (object_id) object_id, id, action, state from journal where table_name = {name}
    order by object_id, id desc)
select coalesce(l.object_id, r.id)::text, l.id,
       case when l.id is null then 'niet-vastgelegd' when r.id is null then 'verdwenen'
            when l.action = 'delete' then 'teruggekomen' else 'anders' end as kind
from last l full join public.{table} r on r.id = l.object_id
where case when l.id is null then true
           when r.id is null then l.action <> 'delete'
           when l.action = 'delete' then true
           else to_jsonb(r) is distinct from l.state
                and to_jsonb(r) is distinct from to_jsonb(jsonb_populate_record(null::public.{table}, l.state)) end
order by 2 nulls last, 1 limit 1000
"""
_MESSAGES = {
    "niet-vastgelegd": "{table} {object} staat in het register, maar niet in het journaal.",
    "verdwenen": "{table} {object} is uit het register verdwenen; volgens journaalregel {id} hoort het er te zijn.",
    "teruggekomen": "{table} {object} staat in het register, maar is volgens journaalregel {id} verwijderd.",
    "anders": "{table} {object} is in het register anders dan in journaalregel {id}.",
}


def check_tables(connection: Connection, report: Report, progress: Progress) -> None:
    """Compare every register table with the journal, within the caller's transaction."""
    tables = [name for (name,) in connection.execute(_FOLLOWED)]
    for name, table in [*connection.execute(_TRIGGERS, (tables,)), *connection.execute(_KEEPERS)]:
        report.add("trigger", f"De trigger {name} op {table} ontbreekt of staat uit.")
    for number, table in enumerate(tables):
        progress("tabellen", number, len(tables))
        _check_table(connection, report, table)


def _check_table(connection: Connection, report: Report, table: str) -> None:
    query = sql.SQL(_DIFFERENT).format(table=sql.Identifier(table), name=sql.Literal(table))
    for object_id, journal_id, kind in connection.execute(query).fetchall():
        message = _MESSAGES[kind].format(table=table, object=object_id, id=journal_id)
        report.add(kind, message, journal_id=journal_id)
