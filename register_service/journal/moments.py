"""From a moment (`beschikbaarOp`) to the snapshot of the register as it was known then.

A moment is sealed when no later checkpoint can carry it or an earlier one: then what was known at it is final.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import psycopg

from register_service.core import clock
from register_service.core.errors import FieldError
from register_service.journal.checkpoints import format_moment
from register_service.journal.snapshots import NOTHING

Connection = psycopg.Connection[Any]

# For use inside one statement, with the parameter `beschikbaar_op`: the snapshot of the newest checkpoint at or before it.
SNAPSHOT_AT = f"""coalesce(
    (select snapshot from checkpoint where at <= %(beschikbaar_op)s order by at desc limit 1), '{NOTHING}'::pg_snapshot)"""

# A common table expression of one row: may this moment be asked for, until when is the journal sealed, which snapshot.
MOMENT_CTE = f"""moment as materialized (
    select h.sealed_until >= %(beschikbaar_op)s as sealed, nullif(h.sealed_until, '-infinity') as sealed_until,
           {SNAPSHOT_AT} as snapshot
    from seal_horizon h)"""


@dataclass
class NotSealed(Exception):
    """The moment is not sealed yet; `sealed_until` is the last one that is, or None when nothing was ever sealed."""

    sealed_until: datetime | None


def not_sealed(until: datetime | None) -> FieldError:
    """Refuse a `beschikbaarOp` that is not sealed yet; `until` is the last moment that is, or None when nothing ever was."""
    last = f"tot en met {clock.dutch_moment(until)} ({format_moment(until)})" if until else None
    detail = f"Dit tijdstip is nog niet verzegeld. Kies een tijdstip {last or 'zodra het eerste is verzegeld'}."
    return FieldError("query", "/beschikbaarOp", "nog-niet-verzegeld", detail)


def snapshot_for(connection: Connection, moment: datetime) -> str:
    """Give the text of the `pg_snapshot` that shows what was known at an aware moment. Raises NotSealed."""
    row = connection.execute(
        f"with {MOMENT_CTE} select sealed, sealed_until, snapshot::text from moment", {"beschikbaar_op": moment}
    ).fetchone()
    if row is None or not row[0]:
        raise NotSealed(row[1] if row else None)
    return str(row[2])


def sealed_until(connection: Connection) -> datetime | None:
    """Give the last sealed moment, or None when nothing was ever sealed."""
    row = connection.execute("select nullif(sealed_until, '-infinity') from seal_horizon").fetchone()
    return row[0] if row else None


def sealing_lag(connection: Connection) -> float | None:
    """Give the seconds since the sealer last moved the horizon (its heartbeat, at most 0.5 s apart), or None before the first."""
    until = sealed_until(connection)
    return None if until is None else (clock.now() - until).total_seconds()
