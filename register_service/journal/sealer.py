"""Sealing: giving every journal row its place, in one order that is final (docs/journaal.md).

A batch is everything that the sealer's own snapshot shows and that of the previous checkpoint did not. A snapshot never
holds half a transaction, nor a transaction without what that had seen, so neither does a checkpoint; and a transaction that
runs for hours delays nobody's seal but its own. Seals, tree, checkpoint and horizon are written in one transaction, so that a
sealer killed at any point leaves nothing half done.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import psycopg
import structlog
from psycopg.rows import class_row

from register_service.core import clock
from register_service.journal import checkpoints
from register_service.journal.checkpoints import Checkpoint
from register_service.journal.keys import JournalKey
from register_service.journal.leaves import LEAF_HASH
from register_service.journal.snapshots import NOTHING, parse_snapshot
from register_service.journal.tree import NODE_LEVEL, StoredTree

Connection = psycopg.Connection[Any]
log = structlog.get_logger(__name__)

# One sealer at a time for each database: PostgreSQL drops the lock when the sealer's session ends, however it ends.
LOCK = 7_245_183
# How often the horizon moves when there is nothing to seal.
HEARTBEAT = timedelta(milliseconds=500)
_TICK = timedelta(microseconds=1)
_CLOCK_BEHIND = timedelta(seconds=5)


class JournalRefused(Exception):
    """Sealing on would break the journal; the message is in Dutch and says what to do."""


@dataclass(frozen=True, slots=True)
class Head:
    """Where the journal stands when a batch begins, and the snapshot that the batch is read with."""

    current: str
    sealed_until: datetime | None
    size: int
    snapshot: str
    note: str | None


# `sealed_until` is -infinity until the first seal, which Python has no datetime for.
_HEAD = f"""
select pg_current_snapshot()::text as current, nullif(h.sealed_until, '-infinity') as sealed_until,
       coalesce(c.size, 0) as size, coalesce(c.snapshot::text, '{NOTHING}') as snapshot, c.note
from seal_horizon h left join (select * from checkpoint order by id desc limit 1) c on true
"""

# What the previous snapshot did not show, found by the index on `tx`. The last condition always holds for honest rows; a row
# with a made-up number from the future stays out, and `verify` names it.
_SEAL = f"""
insert into seal (position, journal_id, leaf_hash)
select %(size)s - 1 + row_number() over (order by j.id), j.id, {LEAF_HASH}
from journal j
where (j.tx >= %(xmax)s::text::xid8 or j.tx = any(%(running)s::text[]::xid8[]))
  and pg_visible_in_snapshot(j.tx, %(current)s::text::pg_snapshot)
order by j.id
"""


def become_sealer(connection: Connection) -> bool:
    """Try to become the one sealer, for as long as this session lives."""
    row = connection.execute("select pg_try_advisory_lock(%s)", (LOCK,)).fetchone()
    connection.commit()
    return bool(row and row[0])


def seal_once(connection: Connection, key: JournalKey) -> int:
    """Seal everything that is committed now and give the number of rows; the caller is the sealer (`become_sealer`).

    Commits. Raises JournalRefused when the database or the key is not the one that sealed before.
    """
    moment = clock.now()  # Before the snapshot: so whatever was committed by then is in the batch.
    connection.rollback()
    try:
        connection.execute("set transaction isolation level repeatable read")
        rows = _seal_batch(connection, key, moment)
        connection.commit()
    except (LookupError, psycopg.errors.UniqueViolation) as error:
        connection.rollback()
        raise JournalRefused(
            "De zegels in de databank zijn gewijzigd. Er wordt niets verzegeld. Draai `register journaal verify`."
        ) from error
    except BaseException:
        if not connection.closed:
            connection.rollback()
        raise
    return rows


def _seal_batch(connection: Connection, key: JournalKey, moment: datetime) -> int:
    head = _read_head(connection)
    _check(head, key)
    at = _next_moment(moment, head.sealed_until)
    rows = _insert_seals(connection, head)
    if rows:
        _add_checkpoint(connection, key, head, at, rows)
    elif head.sealed_until is None or at - head.sealed_until >= HEARTBEAT:
        connection.execute("update seal_horizon set sealed_until = %s", (at,))
    return rows


def _read_head(connection: Connection) -> Head:
    with connection.cursor(row_factory=class_row(Head)) as cursor:
        head = cursor.execute(_HEAD).fetchone()
    if head is None:
        raise JournalRefused(
            "De databank is niet ingericht: de tabel seal_horizon is leeg. Draai eerst `register migrate`."
        )
    return head


def _check(head: Head, key: JournalKey) -> None:
    if parse_snapshot(head.current).xmax < parse_snapshot(head.snapshot).xmax:
        raise JournalRefused(
            "De transactienummers van deze PostgreSQL lopen achter op het laatste controlepunt; de databank is waarschijnlijk"
            " uit een dump teruggezet. Er wordt niets verzegeld. Zie 'Terugzetten' in docs/journaal.md."
        )
    if head.note is None:
        return
    try:
        checkpoints.open_note(head.note, key.verifier)
    except checkpoints.NoteError as error:
        raise JournalRefused(
            "Het laatste controlepunt is niet met deze sleutel ondertekend. Zet de sleutel terug waarmee het journaal is"
            " begonnen (journal.pem). Er wordt niets verzegeld."
        ) from error


def _next_moment(moment: datetime, sealed_until: datetime | None) -> datetime:
    """Give a moment after every earlier one, also when the machine's clock was set back."""
    if sealed_until is None or moment > sealed_until:
        return moment
    if sealed_until - moment > _CLOCK_BEHIND:
        log.warning("clock_behind_journal", seconds=(sealed_until - moment).total_seconds())
    return sealed_until + _TICK


def _insert_seals(connection: Connection, head: Head) -> int:
    before = parse_snapshot(head.snapshot)
    return connection.execute(
        _SEAL,
        {
            "size": head.size,
            "xmax": str(before.xmax),
            "running": [str(tx) for tx in before.running],
            "current": head.current,
        },
    ).rowcount


def _add_checkpoint(connection: Connection, key: JournalKey, head: Head, at: datetime, rows: int) -> None:
    tree = StoredTree(connection)
    frontier = tree.frontier(head.size)
    # One node for every 256 leaves fits in memory; the leaves themselves need not.
    nodes = list(frontier.extend(tree.leaves(head.size, head.size + rows), from_level=NODE_LEVEL))
    tree.add(nodes)
    previous = checkpoints.hash_note(head.note)
    checkpoint = Checkpoint(frontier.size, frontier.root(), at, head.current, previous)
    connection.execute(
        """
        with added as (
            insert into checkpoint (size, root, at, snapshot, note) values (%s, %s, %s, %s::text::pg_snapshot, %s) returning id)
        update seal_horizon set sealed_until = %s, checkpoint_id = (select id from added)
        """,
        (
            *(checkpoint.size, checkpoint.root, checkpoint.at, checkpoint.snapshot),
            *(checkpoints.sign(checkpoint, key), at),
        ),
    )
