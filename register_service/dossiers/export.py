"""All that the register keeps of one leraar, table by table, as it is now: for the leraar to take along.

It comes from the journal, which follows every table of the register and knows the dossier of each row: a table that is added
later is in it by itself. Row-level security on the journal says who may read it.
"""

from datetime import date

import orjson

from register_service.api.reading import Source
from register_service.core.schema import camel_case

# What only serves a search or a rule, and follows from the rest.
_WORKED_OUT = ("verloop", "zoektekst")


def finish_export(body: str, _day: date) -> str:
    """Give columns the names that they have in the API, and leave out what was only worked out."""
    found = orjson.loads(body)
    told = {
        camel_case(table): [
            {camel_case(name): value for name, value in row.items() if name not in _WORKED_OUT} for row in rows
        ]
        for table, rows in found.items()
    }
    return orjson.dumps(told).decode()


EXPORT = Source(
    """
    select l.registratienummer as leraar, (
        select coalesce(json_object_agg(t.table_name, t.rijen), '{}') from (
            select k.table_name, json_agg(k.state order by k.object_id) as rijen from (
                select distinct on (j.object_id) j.object_id, j.table_name, j.state from journal j
                where j.dossier = any(l.registratienummer || array(
                    select s.van from samenvoeging s where s.naar = l.registratienummer))
                order by j.object_id, j.id desc) k
            where k.state is not null group by k.table_name) t) as body
    from leraar l where l.registratienummer = %(registratienummer)s and l.samengevoegd_met is null""",
    tables=(),
    parts=("dossier",),
    finish=finish_export,
)
