"""The register as it was known at a sealed moment, for reports: every table of it at once, at the cost of what has changed since.

A report's query is about common table expressions with the names of register tables. Each holds the rows of now that did not
change since the moment, and of what did change its last state that was known then. The views of schema `rapportage` say
what a report may see (migrations/versions/0010_rapportages.py).
"""

from collections.abc import Sequence
from typing import Final

from register_service.inductie.models import CRITERIA

# Of each table what a query may ask of it. What `id` is, is the same object in the journal.
COLUMNS: Final = {
    "bestuur": ("nummer", "naam"),
    "partnerschap": ("naam",),
    "deelname": ("partnerschap_id", "bestuur", "begindatum", "einddatum"),
    "school": ("brin", "naam", "sector", "bestuur"),
    "vestiging": ("code", "brin", "sector", "naam", "plaats", "bestuur", "gesloten_op"),
    "regeling": ("sector", "geldig_vanaf", "geldig_tot", "waarden"),
    "leraar": ("registratienummer", "geregistreerd_op", "samengevoegd_met", "heeft_emailadres", "heeft_eck_id"),
    "bevoegdheid": ("leraar", "soort", "vak", "behaald_op", "geldig_tot", "verificatie"),
    "aanstelling": (
        "leraar", "bestuur", "vestiging", "soort", "begindatum", "einddatum", "betrekkingsomvang", "reden_einde",
    ),
    "inductietraject": (
        "leraar", "sector", "startdatum", "regeling", "vervolg_op", "afgerond_op", "resultaat", "gestopt_op", "stop_reden",
        "vrijstelling_grond", "verwachte_einddatum",
    ),
    "inductieperiode": ("traject", "leraar", "bestuur", "vestiging", "begindatum", "einddatum"),
    "inductieprogramma": (
        "traject", "leraar", "bestuur", "jaar", "lesreductie",
        *(f"{criterium}_{kind}" for criterium in CRITERIA for kind in ("gepland", "gerealiseerd")),
    ),
    "onderbreking": ("traject", "leraar", "begindatum", "einddatum"),
    "verlenging": ("traject", "leraar", "maanden", "besluitdatum"),
    "begeleiding": ("traject", "leraar", "rol", "begindatum", "einddatum"),
    "observatie": ("traject", "leraar", "datum"),
    "voortgangsgesprek": ("traject", "leraar", "datum"),
    "activiteit": (
        "leraar", "gemeld_door", "bestuur", "begindatum", "einddatum", "status", "ingediend_op", "beoordeeld_op", "soort",
        "registeruren", "vakinhoudelijk", "vakdidactisch", "pedagogisch", "overig",
    ),
    "registratieperiode": ("leraar", "begindatum", "einddatum", "grond"),
    "uitstel": ("leraar", "periode", "maanden", "besluitdatum"),
    "doorhaling": ("leraar", "vanaf", "tot"),
}  # fmt: skip
# No table of the register: what the `verloop` of a traject spells out, from a day to a day.
STAND: Final = "inductiestand"
_STAND_COLUMNS: Final = ("traject", "leraar", "soort", "waarde", "vanaf", "tot")

_SNAPSHOT: Final = "%(snapshot)s::pg_snapshot"
# Journal rows `g` that came after the moment.
_SINCE: Final = f"g.tx >= pg_snapshot_xmin({_SNAPSHOT}) and not pg_visible_in_snapshot(g.tx, {_SNAPSHOT})"
# Whether anything changed since the moment, and whether it is a bestuur that asks.
CHANGED_AND_OWN: Final = f"""
select exists (select from rapportage.journaal g where g.table_name = any(%(tabellen)s) and {_SINCE}),
       rapportage.eigen_bestuur() is not null
"""


def register_tables(tables: Sequence[str]) -> list[str]:
    """Give the tables whose journal tells of these: their own, and for `inductiestand` that of the trajecten."""
    return sorted({_journaled(table) for table in tables})


def no_tables(tables: Sequence[str]) -> str:
    """Give the same before the journal began, when there was nothing: no row is looked at."""
    return ",\n".join(f"{table} as not materialized (select * from rapportage.{table} where false)" for table in tables)


def tables_at(tables: Sequence[str], *, changed: bool, own: bool) -> str:
    """Give the common table expressions of these tables at the moment, after `with`.

    `changed`: whether anything did since. `own`: whether a bestuur asks, who sees its own people only.
    """
    expressions = [_last_known(name) for name in register_tables(tables)] if changed else []
    schema = "rapportage_eigen" if own else "rapportage"
    # Read where it is used: a table of millions of rows is not written down first. That of a bestuur is, once found.
    how = "materialized" if own else "not materialized"
    for table in tables:
        body = _stand(schema, changed) if table == STAND else _table(schema, table, changed)
        expressions.append(f"{table} as {how} ({body})")
    return ",\n".join(expressions)


def _journaled(table: str) -> str:
    return "inductietraject" if table == STAND else table


def _last_known(table: str) -> str:
    """Give the last journal row at the moment of what changed since: found in an index alone, in the order in which rows lie."""
    return f"""{table}_toen as materialized (
        select max(j.volgnummer) as volgnummer from rapportage.journaal j
        where j.table_name = '{table}' and pg_visible_in_snapshot(j.tx, {_SNAPSHOT})
          and exists ({_changed(table, "j.object_id")})
        group by j.object_id order by 1)"""


def _changed(table: str, key: str) -> str:
    return f"select from rapportage.journaal g where g.table_name = '{table}' and g.object_id = {key} and {_SINCE}"


def _table(schema: str, table: str, changed: bool) -> str:
    columns = ", ".join(("id", *COLUMNS[table]))
    now = f"select {columns} from {schema}.{table} r"
    if not changed:
        return now
    return f"""{now} where not exists ({_changed(table, "r.id")})
        union all select {columns} from {_known(schema, table)} where not verwijderd"""


def _known(schema: str, table: str) -> str:
    # Row by row: PostgreSQL expects few of them at best, and would otherwise read the whole journal for them.
    return f"""{table}_toen toen cross join lateral (
        select * from {schema}.{table}_journaal j where j.volgnummer = toen.volgnummer offset 0) known"""


def _stand(schema: str, changed: bool) -> str:
    now = f"select {', '.join(_STAND_COLUMNS)} from {schema}.inductiestand r"
    if not changed:
        return now
    return f"""{now} where not exists ({_changed(_journaled(STAND), "r.id")}) union all
        select known.id, known.leraar, s.soort, s.waarde, coalesce(s.vanaf, '-infinity'), coalesce(s.tot, 'infinity')
        from {_known(schema, _journaled(STAND))}
        cross join lateral jsonb_to_recordset(known.standen) s (soort text, waarde text, vanaf date, tot date)
        where not known.verwijderd"""
