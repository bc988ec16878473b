"""The history of any object: its journal rows, each with who, when, why and the state after it."""

from marshmallow import Schema

from register_service.api.reading import Source
from register_service.core.representation import json_object, moment
from register_service.journal.moments import known

# Who judges is a person: the keeper, and the leraar whom it is about, read who it was, others that it was a validator.
JUDGE_HIDDEN = """case when starts_with(j.actor, 'validator:') and not (current_setting('register.role', true) = 'beheer'
        or current_setting('register.role', true) = 'leraar' and j.dossier is not null) then 'validator' else j.actor end"""


def history(
    table: str,
    schema: type[Schema],
    condition: str,
    *,
    part: str,
    held_on: str = "true",
    of: str = "null::text",
    actor: str = JUDGE_HIDDEN,
    **expressions: str,
) -> Source:
    """Make the source of a resource's history, oldest first.

    `condition` picks the journal rows `j`; `held_on` is the SQL, over the state `s`, of "held on %(geldig_op)s"; `of` is that
    of the leraar whose history it is, `actor` that of what is shown of who did it; `expressions` are those of `json_object`.
    """
    # Ordered by the key and not by the number that it is made of: along the index of that PostgreSQL may read the whole journal.
    body = f"""json_build_object(
        'volgnummer', j.id, 'tijdstip', {moment("j.at")}, 'verzegeldOp', {sealed_at("j.id")},
        'handeling', case j.action when 'insert' then 'aangemaakt' when 'update' then 'gewijzigd' else 'verwijderd' end,
        'gebeurtenis', j.event, 'actor', {actor}, 'namens', j.namens, 'reden', j.reason,
        'toestand', case when j.state is not null then {json_object(schema, "s", **expressions)} end)"""
    select = f"""
        select {of} as leraar, lpad(j.id::text, 19, '0') as key, {body} as body
        from journal j left join lateral jsonb_populate_record(null::public.{table}, j.state) s on true
        where j.table_name = '{table}' and {condition} and j.id > coalesce(nullif(%(after)s, ''), '0')::bigint
          and (%(geldig_op)s::date is null or j.state is not null and ({held_on}))
          and (%(beschikbaar_op)s::timestamptz is null or {known("j.tx")})
        order by key limit %(limit)s"""
    return Source(select, tables=(), parts=(f"{part}/historie",))


def sealed_at(number: str) -> str:
    """Give the SQL of since when a row of the journal is sealed, or null; `number` is the SQL of its id."""
    # The first checkpoint that holds the row: by index, not by opening snapshots.
    return f"""(select {moment("c.at")} from seal p join lateral (
        select at from checkpoint where size > p.position order by size limit 1) c on true where p.journal_id = {number})"""
