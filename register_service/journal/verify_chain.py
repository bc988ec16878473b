"""Checking the sealed order: each row's hash and place, each batch's transactions, each checkpoint's root and signature.

The tree is rebuilt from the hashes in `seal`, and those are compared with the rows one by one. So a changed row gives one
finding, with its number; a changed seal gives one for the row and one for the first root that no longer comes out.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

import psycopg
from psycopg.rows import class_row

from register_service.journal import checkpoints
from register_service.journal.checkpoints import Checkpoint
from register_service.journal.keys import Verifier
from register_service.journal.leaves import LEAF_TEXT, hash_of_text
from register_service.journal.merkle import Frontier
from register_service.journal.report import Progress, Report
from register_service.journal.snapshots import NOTHING, Snapshot, parse_snapshot
from register_service.journal.verify_nodes import NodeCheck

Connection = psycopg.Connection[Any]
CHUNK = 10_000


class SealedRow(NamedTuple):
    """A seal with the journal row it belongs to; `tx` is None when that row is gone, `text` when it was erased."""

    position: int
    journal_id: int
    leaf_hash: bytes
    tx: int | None
    erased: bool
    text: str


@dataclass(frozen=True, slots=True)
class StoredCheckpoint:
    """A row of `checkpoint`."""

    id: int
    size: int
    root: bytes
    at: datetime
    snapshot: str
    note: str

    def agrees_with(self, signed: Checkpoint) -> bool:
        """Tell whether the columns say what was signed."""
        mine = (self.size, self.root, self.at, self.snapshot)
        return mine == (signed.size, signed.root, signed.at, signed.snapshot)


_ROWS = f"""
select s.position, s.journal_id, s.leaf_hash, j.tx::text::bigint, j.salt is null, {LEAF_TEXT}
from seal s left join journal j on j.id = s.journal_id
where s.position >= %s and s.position < %s order by s.position
"""
_CHECKPOINTS = "select id, size, root, at, snapshot::text as snapshot, note from checkpoint order by id"


def check_chain(
    connection: Connection, verifier: Verifier, report: Report, progress: Progress, kept: str | None
) -> None:
    """Check seals and checkpoints from first to last, within the caller's transaction. Raises NoteError for a bad `kept`."""
    expected = None if kept is None else checkpoints.open_note(kept, verifier)
    check = ChainCheck(connection, verifier, report, progress, expected)
    with connection.cursor(name="checkpoints", row_factory=class_row(StoredCheckpoint)) as cursor:
        cursor.itersize = 1000
        cursor.execute(_CHECKPOINTS)
        for stored in cursor:
            check.batch(stored)
    check.finish()


class ChainCheck:
    """One pass over the journal. `batch` is called for each checkpoint in turn, `finish` at the end."""

    def __init__(
        self, connection: Connection, verifier: Verifier, report: Report, progress: Progress, kept: Checkpoint | None
    ) -> None:
        self._connection, self._verifier, self._report, self._progress = connection, verifier, report, progress
        self._kept = kept
        self._total = _count(connection, "select coalesce(max(position) + 1, 0) from seal")
        self._rows = _sealed_rows(connection, self._total)
        self._next = next(self._rows, None)
        self._frontier = Frontier()
        self._nodes = NodeCheck(connection, report)
        self._position = 0
        self._size = 0
        self._at: datetime | None = None
        self._snapshot = NOTHING
        self._last_note: str | None = None
        self._roots_hold = True
        self._previous_sound = True

    def batch(self, stored: StoredCheckpoint) -> None:
        """Check one checkpoint and the rows that it added."""
        signed = self._opened(stored)
        before, now = parse_snapshot(self._snapshot), parse_snapshot(signed.snapshot)
        self._check_order(stored, signed)
        first, last = self._take_rows(signed.size, before, now)
        self._check_root(stored, signed, first, last)
        self._size, self._at, self._snapshot, self._last_note = signed.size, signed.at, signed.snapshot, stored.note
        self._report.checkpoints += 1
        self._report.last_checkpoint = signed.at

    def finish(self) -> None:
        """Check what stands after the last checkpoint and outside the seals."""
        if self._next is not None:
            self._report.add(
                "zegel-zonder-controlepunt",
                f"Vanaf positie {self._next.position} (journaalregel {self._next.journal_id}) zijn regels verzegeld waar geen"
                " controlepunt van is.",
                journal_id=self._next.journal_id,
                position=self._next.position,
            )
        self._nodes.finish()
        if self._kept is not None and self._kept.size > self._frontier.size:
            self._report.add("ingekort", f"Het journaal is korter dan uw controlepunt ({self._kept.size} regels).")
        self._check_horizon()
        self._check_unsealed()

    def _opened(self, stored: StoredCheckpoint) -> Checkpoint:
        # A checkpoint is believed as it was signed; the columns are believed only when there is nothing better.
        claimed = Checkpoint(
            stored.size, stored.root, stored.at, stored.snapshot, checkpoints.hash_note(self._last_note)
        )
        sound = True
        try:
            signed = checkpoints.open_note(stored.note, self._verifier)
        except checkpoints.NoteError as error:
            self._report.add("controlepunt", f"Controlepunt {stored.id} is gewijzigd: {error}.")
            signed, sound = claimed, False
        if sound and not stored.agrees_with(signed):
            self._report.add(
                "controlepunt", f"Controlepunt {stored.id} is gewijzigd: de rij zegt iets anders dan ondertekend is."
            )
        if sound and self._previous_sound and signed.previous != checkpoints.hash_note(self._last_note):
            self._report.add("controlepunt", f"Voor controlepunt {stored.id} ontbreekt een controlepunt.")
        self._previous_sound = sound
        return signed

    def _check_order(self, stored: StoredCheckpoint, signed: Checkpoint) -> None:
        if signed.size <= self._size or (self._at is not None and signed.at <= self._at):
            self._report.add("controlepunt", f"Controlepunt {stored.id} staat niet in de goede volgorde.")

    def _take_rows(self, size: int, before: Snapshot, now: Snapshot) -> tuple[int | None, int | None]:
        first = last = None
        while self._next is not None and self._next.position < size:
            row, self._next = self._next, next(self._rows, None)
            self._check_place(row, last)
            self._check_row(row, before, now)
            self._grow(row)
            first, last = first or row.journal_id, row.journal_id
        if self._position < size:
            self._missing(self._position, size - 1)
            self._position = size
        return first, last

    def _grow(self, row: SealedRow) -> None:
        completed = self._frontier.append(row.leaf_hash)
        if self._roots_hold:
            self._nodes.expect(completed)
        self._report.rows += 1
        if self._report.rows % CHUNK == 0:
            self._progress("journaalregels", self._report.rows, self._total)
        kept = self._kept
        if kept is not None and kept.size == self._frontier.size and kept.root != self._frontier.root():
            self._report.add("ander-journaal", f"De eerste {kept.size} regels zijn niet die van uw controlepunt.")

    def _check_place(self, row: SealedRow, last: int | None) -> None:
        if row.position != self._position:
            self._missing(self._position, row.position - 1)
        self._position = row.position + 1
        if last is not None and row.journal_id < last:
            self._found("verwisseld", row, "is verwisseld: zij staat na een regel die later kwam")

    def _missing(self, start: int, end: int) -> None:
        where = f"op positie {start}" if start == end else f"op positie {start} tot en met {end}"
        self._report.add("ontbreekt", f"De zegels {where} ontbreken.", position=start)
        self._roots_hold = False

    def _check_row(self, row: SealedRow, before: Snapshot, now: Snapshot) -> None:
        if row.tx is None:
            self._found("ontbreekt", row, "ontbreekt")
        elif hash_of_text(row.text) != row.leaf_hash:
            if row.erased:
                self._found("gewist", row, "is gewist zonder dat een wissing is vastgelegd")
            else:
                self._found("gewijzigd", row, "is gewijzigd")
        elif not now.shows(row.tx) or before.shows(row.tx):
            self._found("verkeerd-controlepunt", row, "hoort niet bij het controlepunt waarin zij staat")

    def _check_root(self, stored: StoredCheckpoint, signed: Checkpoint, first: int | None, last: int | None) -> None:
        if not self._roots_hold or self._frontier.root() == signed.root:
            return
        self._roots_hold = False
        where = self._nodes.narrow(self._size, signed.size)
        self._report.add(
            "wortel",
            f"De boom klopt niet meer vanaf controlepunt {stored.id}: een zegel op positie {where[0]} tot en met {where[1]} is"
            f" gewijzigd (het controlepunt voegde journaalregels {first} tot en met {last} toe).",
            position=where[0],
        )

    def _check_horizon(self) -> None:
        row = self._connection.execute(
            "select h.sealed_until < c.at from seal_horizon h, (select at from checkpoint order by id desc limit 1) c"
        ).fetchone()
        if row is not None and row[0]:
            self._report.add("horizon", "Het tijdstip tot waar verzegeld is, ligt voor het laatste controlepunt.")

    def _check_unsealed(self) -> None:
        self._progress("onverzegelde regels", 0, 1)
        rows = self._connection.execute(
            """select j.id, pg_visible_in_snapshot(j.tx, %s::text::pg_snapshot) from journal j
               where not exists (select from seal s where s.journal_id = j.id)
                 and (pg_visible_in_snapshot(j.tx, %s::text::pg_snapshot) or j.tx >= pg_snapshot_xmax(pg_current_snapshot()))
               order by j.id limit 1000""",
            (self._snapshot, self._snapshot),
        ).fetchall()
        for journal_id, _ in rows:
            message = f"Journaalregel {journal_id} is ingevoegd: zij had verzegeld moeten zijn en is dat niet."
            self._report.add("ingevoegd", message, journal_id=journal_id)
        unsealed = "select count(*) from journal j where not exists (select from seal s where s.journal_id = j.id)"
        self._report.waiting = _count(self._connection, unsealed) - len(rows)

    def _found(self, kind: str, row: SealedRow, what: str) -> None:
        message = f"Journaalregel {row.journal_id} (positie {row.position}) {what}."
        self._report.add(kind, message, journal_id=row.journal_id, position=row.position)


def _sealed_rows(connection: Connection, total: int) -> Iterator[SealedRow]:
    for start in range(0, total, CHUNK):
        for row in connection.execute(_ROWS, (start, start + CHUNK)).fetchall():
            yield SealedRow(*row)


def _count(connection: Connection, query: str) -> int:
    row = connection.execute(query).fetchone()
    return int(row[0]) if row else 0
