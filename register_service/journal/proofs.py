"""Proofs that a stranger can check with the public key alone (tools/check_proof.py; the form is in docs/journaal.md)."""

import uuid
from datetime import datetime
from typing import Any, NamedTuple

import psycopg

from register_service.journal.leaves import LEAF_TEXT, hash_of_text
from register_service.journal.merkle import consistency_path, inclusion_path
from register_service.journal.tree import StoredTree

Connection = psycopg.Connection[Any]
Proof = dict[str, Any]

_ROWS = f"""
select j.id, s.position, s.leaf_hash, j.salt is null, {LEAF_TEXT}
from journal j left join seal s on s.journal_id = j.id where j.{{column}} = %s order by j.id
"""
_CHECKPOINT = "select id, size, at, note from checkpoint where id = %s"
_LAST = "select id, size, at, note from checkpoint order by id desc limit 1"


class ProofError(Exception):
    """There is no such proof; the message is in Dutch and says why."""


class _Stored(NamedTuple):
    id: int
    size: int
    at: datetime
    note: str


class _Row(NamedTuple):
    journal_id: int
    position: int | None
    leaf_hash: bytes
    erased: bool
    text: str


def prove_entry(connection: Connection, journal_id: int) -> Proof:
    """Prove that one journal row stands in the newest checkpoint. Raises ProofError."""
    return _prove(connection, "id", journal_id, f"Er is geen journaalregel {journal_id}.")


def prove_object(connection: Connection, object_id: uuid.UUID) -> Proof:
    """Prove the same of every journal row of one object. Raises ProofError."""
    return _prove(connection, "object_id", object_id, f"Het journaal kent geen object {object_id}.")


def prove_consistency(connection: Connection, start: int, end: int | None = None) -> Proof:
    """Prove that nothing of checkpoint `start` was altered in checkpoint `end` (default: the newest). Raises ProofError."""
    _begin(connection)
    try:
        old = _checkpoint(connection, start)
        new = _last(connection) if end is None else _checkpoint(connection, end)
        if old.size > new.size:
            raise ProofError(f"Controlepunt {old.id} is later dan controlepunt {new.id}.")
        path = consistency_path(StoredTree(connection), old.size, new.size)
    finally:
        connection.rollback()
    return {"type": "consistency", "from": old.note, "to": new.note, "path": [hash_.hex() for hash_ in path]}


def note_of(connection: Connection, number: int | None = None) -> str:
    """Give the signed note of a checkpoint (default: the newest). Raises ProofError."""
    return (_last(connection) if number is None else _checkpoint(connection, number)).note


def _prove(connection: Connection, column: str, value: int | uuid.UUID, unknown: str) -> Proof:
    _begin(connection)
    try:
        rows = [_Row(*row) for row in connection.execute(_ROWS.format(column=column), (value,))]
        if not rows:
            raise ProofError(unknown)
        last = _last(connection)
        tree = StoredTree(connection)
        proven = [_prove_row(tree, row, last.size) for row in rows]
    finally:
        connection.rollback()
    return {"type": "inclusion", "checkpoint": last.note, "rows": proven}


def _prove_row(tree: StoredTree, row: _Row, size: int) -> Proof:
    if row.position is None:
        raise ProofError(f"Journaalregel {row.journal_id} is nog niet verzegeld; loopt `register worker`?")
    if not row.erased and hash_of_text(row.text) != row.leaf_hash:
        raise ProofError(
            f"Journaalregel {row.journal_id} is gewijzigd sinds zij is verzegeld; draai `register journaal verify`."
        )
    return {
        "journalId": row.journal_id,
        "position": row.position,
        "leaf": None if row.erased else row.text,
        "leafHash": row.leaf_hash.hex(),
        "path": [hash_.hex() for hash_ in inclusion_path(tree, row.position, size)],
    }


def _begin(connection: Connection) -> None:
    connection.rollback()
    connection.execute("set transaction isolation level repeatable read, read only")


def _checkpoint(connection: Connection, number: int) -> _Stored:
    row = connection.execute(_CHECKPOINT, (number,)).fetchone()
    if row is None:
        raise ProofError(f"Er is geen controlepunt {number}.")
    return _Stored(*row)


def _last(connection: Connection) -> _Stored:
    row = connection.execute(_LAST).fetchone()
    if row is None:
        raise ProofError("Er is nog niets verzegeld; loopt `register worker`?")
    return _Stored(*row)
