"""Fixtures of the journal's tests: an owner's connection, a key, a sealer, and rows to journal."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from register_service.journal.keys import JournalKey, load_or_create_key
from register_service.journal.sealer import become_sealer, seal_once

Connection = psycopg.Connection[Any]

# Rows that are in the journal of a fresh database: the regelingen that the migrations make, and then extend.
MIGRATED = 12


@pytest.fixture
def key_dir(tmp_path: Path) -> Path:
    """A folder for the journal's key; `settings` of tests/conftest.py uses the same."""
    return tmp_path / "keys"


@pytest.fixture
def key(key_dir: Path) -> JournalKey:
    """A fresh key."""
    return load_or_create_key(key_dir)


@pytest.fixture
def connection(database_url: str) -> Iterator[Connection]:
    """The owner's connection, in autocommit."""
    with psycopg.connect(database_url, autocommit=True) as connection:
        yield connection


@pytest.fixture
def seal(database_url: str, key: JournalKey) -> Iterator[Callable[[], int]]:
    """Seal what is committed now and give the number of rows."""
    with psycopg.connect(database_url) as connection:
        assert become_sealer(connection)
        yield lambda: seal_once(connection, key)


def add_partnerschappen(connection: Connection, count: int, start: int = 0) -> None:
    """Insert rows in one statement, so one transaction in autocommit."""
    connection.execute(
        "insert into partnerschap (naam, opleidingen) select 'P' || n, '{pabo}' from generate_series(%s::int, %s) n",
        (start, start + count - 1),
    )


def by_hand(connection: Connection, *statements: str) -> None:
    """Run statements as somebody who owns the database and wants no trigger to see it."""
    with connection.transaction():
        connection.execute("set local session_replication_role = replica")
        for statement in statements:
            connection.execute(statement)  # type: ignore[call-overload]
