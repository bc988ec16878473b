"""Checking the whole journal: every hash, place, root and signature, and the register's tables against it.

Reads everything in one snapshot, in chunks, so that it can run beside a working register and in little memory.
"""

from typing import Any

import psycopg

from register_service.journal.keys import Verifier
from register_service.journal.report import Progress, Report
from register_service.journal.verify_chain import check_chain
from register_service.journal.verify_tables import check_tables

Connection = psycopg.Connection[Any]


def verify(
    connection: Connection, verifier: Verifier, *, kept: str | None = None, progress: Progress = lambda *_: None
) -> Report:
    """Check everything with the public key; `kept` is the note of a checkpoint that the caller kept elsewhere.

    Leaves no transaction open. Raises psycopg errors when PostgreSQL cannot be read, NoteError when `kept` is no checkpoint.
    """
    report = Report()
    connection.rollback()
    try:
        connection.execute("set transaction isolation level repeatable read, read only")
        connection.execute("set local timezone = 'UTC'")
        check_chain(connection, verifier, report, progress, kept)
        check_tables(connection, report, progress)
    finally:
        connection.rollback()
    return report
