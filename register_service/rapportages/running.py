"""Making a report: the moment, the rows, the table, what may be shown of it.

All within one snapshot of PostgreSQL: that the register has not changed since the moment, or what has, is true of the very rows
that are counted.
"""

from datetime import UTC, datetime
from typing import Any

import psycopg
from psycopg.rows import dict_row

from register_service.core.context import Context
from register_service.core.db import Database
from register_service.core.errors import FieldError, Invalid
from register_service.journal.checkpoints import format_moment
from register_service.journal.snapshots import NOTHING
from register_service.rapportages import parameters
from register_service.rapportages.dataset import Dataset, Vraag
from register_service.rapportages.leaving import cancelled_when_left
from register_service.rapportages.rapport import Controlepunt, Rapport
from register_service.rapportages.rules.afscherming import afschermen
from register_service.rapportages.tables import CHANGED_SINCE, register_tables, tables_at

Connection = psycopg.Connection[Any]

# The last moment that is sealed; before the journal began, the beginning of time.
_HORIZON = "select nullif(sealed_until, '-infinity') from seal_horizon"
# `root` is that of the Merkle tree over the first `size` rows.
_CHECKPOINT = """
select size, encode(root, 'base64'), note, snapshot::text from checkpoint where at <= %(moment)s order by at desc limit 1
"""
_BEGINNING = datetime(1, 1, 1, tzinfo=UTC)


def draw_up(database: Database, context: Context, dataset: Dataset, vraag: Vraag, moment: datetime | None) -> Rapport:
    """Make a report as of a sealed moment, the newest when None is given.

    Raises Invalid for a moment that is not sealed yet, Unavailable when PostgreSQL cannot serve now.
    """
    with database.snapshot(context) as connection, cancelled_when_left(connection):
        moment = _sealed(connection, moment)
        checkpoint, snapshot = _checkpoint(connection, moment)
        rows = _rows(connection, dataset, vraag, snapshot)
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


def _sealed(connection: Connection, asked: datetime | None) -> datetime:
    row = connection.execute(_HORIZON).fetchone()
    newest: datetime | None = row[0] if row else None
    if asked is None:
        return newest or _BEGINNING
    if newest is None or asked > newest:
        until = f" tot en met {format_moment(newest)}" if newest else " zodra het eerste is verzegeld"
        detail = f"Dit tijdstip is nog niet verzegeld. Kies een tijdstip{until}."
        raise Invalid([FieldError("query", "/beschikbaarOp", "nog-niet-verzegeld", detail)])
    return asked


def _checkpoint(connection: Connection, moment: datetime) -> tuple[Controlepunt | None, str]:
    row = connection.execute(_CHECKPOINT, {"moment": moment}).fetchone()
    if row is None:
        return None, NOTHING
    size, root, note, snapshot = row
    return Controlepunt(size, root, note), snapshot


def _rows(connection: Connection, dataset: Dataset, vraag: Vraag, snapshot: str) -> list[dict[str, Any]]:
    moment = {"snapshot": snapshot, "tabellen": register_tables(dataset.reads)}
    values = {**vraag.values(), **dataset.meer(vraag), **moment}
    (changed,) = connection.execute(CHANGED_SINCE, values).fetchone() or (True,)
    query = f"with {tables_at(dataset.reads, changed=changed)},\n{dataset.select(vraag)}"
    with connection.cursor(row_factory=dict_row) as cursor:
        # Never prepared: what the plan is best depends on the moment.
        return cursor.execute(query, values, prepare=False).fetchall()
