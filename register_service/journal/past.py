"""Reading the register as it was known at a sealed moment (`beschikbaarOp`): the journal in the place of the tables.

The statement of a read stays as it is. In front of it come common table expressions with the names of its tables, filled
from the journal rows that the checkpoint of that moment made known; inside a statement such a name hides the table.
Row-level security on the journal decides who sees which row, by what the caller may see today.
"""

from collections.abc import Sequence

from register_service.journal.moments import known

# Of one dossier: every object that was ever in it, found by index, then where that object was at the moment.
_OF_DOSSIER = "object_id in (select object_id from journal where dossier = %(dossier)s)"
_OF_ALL = "table_name in ({tables})"


def tables_as_known(tables: Sequence[str], *, dossier: bool = False, known_by: str = "") -> str:
    """Give the `with` clause that puts the past of `tables` in their place, for parameters `beschikbaar_op` and `dossier`.

    With `dossier` only that one dossier is read, with `known_by` only the journal rows for which it holds: at a cost that
    does not depend on the size of the register.
    """
    names = ", ".join(f"'{table}'" for table in tables)
    which = _OF_DOSSIER if dossier else known_by or _OF_ALL.format(tables=names)
    last = f"""
        known as materialized (
            select distinct on (object_id) table_name, dossier, state from journal
            where {which} and {known("tx")}
            order by object_id, id desc)"""
    mine = " and dossier = %(dossier)s" if dossier else ""
    shadows = (
        f"""
        {table} as (
            select r.* from known cross join lateral jsonb_populate_record(null::public.{table}, state) r
            where table_name = '{table}' and state is not null{mine})"""
        for table in tables
    )
    return f"with {', '.join([last, *shadows])}"
