"""Making a report: the moment, the rows, the table, what may be shown of it.

All within one snapshot of PostgreSQL: that the register has not changed since the moment, or what has, is true of the very rows
that are counted.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import psycopg
from psycopg.rows import dict_row

from register_service.core.clock import day_of
from register_service.core.context import Context
from register_service.core.db import Database
from register_service.core.errors import FieldError, Invalid
from register_service.journal.checkpoints import format_moment
from register_service.journal.moments import not_sealed
from register_service.journal.snapshots import NOTHING
from register_service.rapportages import parameters
from register_service.rapportages.dataset import Dataset, Vraag
from register_service.rapportages.leaving import cancelled_when_left
from register_service.rapportages.rapport import Controlepunt, Rapport
from register_service.rapportages.rules.afscherming import afschermen
from register_service.rapportages.tables import CHANGED_AND_OWN, no_tables, register_tables, tables_at

Connection = psycopg.Connection[Any]

# The last moment that is sealed, and the last at which anything changed: between the two the register is the same.
_HORIZON = """
select nullif(sealed_until, '-infinity'), (select at from checkpoint order by at desc limit 1) from seal_horizon
"""
# `root` is that of the Merkle tree over the first `size` rows.
_CHECKPOINT = """
select size, encode(root, 'base64'), note, snapshot::text from checkpoint where at <= %(moment)s order by at desc limit 1
"""
_BEGINNING = datetime(1, 1, 1, tzinfo=UTC)


# What a filter names has to be there now; at a moment when it was not there yet it is a group of nobody.
_GROUPS = {
    "bestuur": "select from rapportage.bestuur where nummer = %s",
    "vestiging": "select from rapportage.vestiging where code = %s",
    "partnerschap": "select from rapportage.partnerschap where id = %s::uuid",
}


def draw_up(
    database: Database,
    context: Context,
    dataset: Dataset,
    vraag: Vraag,
    moment: datetime | None,
    errors: Sequence[FieldError] = (),
) -> Rapport:
    """Make a report as of a sealed moment; when None is given, of the last at which the register changed.

    Raises Invalid with `errors` and all else that is wrong with the question, Unavailable when PostgreSQL cannot serve now.
    """
    with database.snapshot(context) as connection, cancelled_when_left(connection):
        moment = checked_moment(connection, vraag, moment, errors)
        checkpoint, snapshot = checkpoint_at(connection, moment)
        rows = _rows(connection, dataset, vraag, moment, snapshot)
    return Rapport(
        naam=dataset.naam,
        titel=dataset.titel,
        definitie=dataset.definitie,
        toelichting=dataset.toelichting,
        parameters=parameters.in_words(vraag),
        vraag={**parameters.as_query(vraag), "beschikbaarOp": format_moment(moment)},
        beschikbaar_op=moment,
        controlepunt=checkpoint,
        tabel=afschermen(dataset.maak(vraag, rows)),
        grafieken=dataset.grafieken,
    )


def checked_moment(
    connection: Connection, vraag: Vraag, asked: datetime | None, errors: Sequence[FieldError]
) -> datetime:
    """Give the moment that a question is about. Raises Invalid with `errors` and what the database says is wrong."""
    found = list(errors)
    horizon, latest = connection.execute(_HORIZON).fetchone() or (None, None)
    if asked is not None and (horizon is None or asked > horizon):
        found.append(not_sealed(horizon))
    for name, sql in _GROUPS.items():
        if name in vraag.filters and connection.execute(sql, (vraag.filters[name],)).fetchone() is None:
            detail = f"Dit {name} staat niet in het register. Kijk het na in de lijst van organisaties."
            found.append(FieldError("query", f"/{name}", "onbekende-groep", detail))
    if found:
        raise Invalid(found)
    return asked or latest or _BEGINNING


def checkpoint_at(connection: Connection, moment: datetime) -> tuple[Controlepunt | None, str]:
    """Give the newest checkpoint at a moment, and the snapshot of what was known then."""
    row = connection.execute(_CHECKPOINT, {"moment": moment}).fetchone()
    if row is None:
        return None, NOTHING
    size, root, note, snapshot = row
    return Controlepunt(size, root, note), snapshot


def _rows(
    connection: Connection, dataset: Dataset, vraag: Vraag, moment: datetime, snapshot: str
) -> list[dict[str, Any]]:
    known = {"peildatum": day_of(moment), "snapshot": snapshot, "tabellen": register_tables(dataset.reads)}
    values = {**vraag.values(), **dataset.meer(vraag), **known}
    query = f"with {tables_of(connection, dataset.reads, values)},\n{dataset.select(vraag)}"
    with connection.cursor(row_factory=dict_row) as cursor:
        # Never prepared: what the plan is best depends on the moment.
        return cursor.execute(query, values, prepare=False).fetchall()


def tables_of(connection: Connection, tables: Sequence[str], values: Mapping[str, Any]) -> str:
    """Give register tables at a moment, for `values` with its `snapshot` and `tabellen`: as cheaply as that moment allows."""
    if values["snapshot"] == NOTHING:
        return no_tables(tables)
    changed, own = connection.execute(CHANGED_AND_OWN, values).fetchone() or (True, False)
    return tables_at(tables, changed=changed, own=own)
