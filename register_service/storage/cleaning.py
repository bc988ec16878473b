"""What the worker throws away now and then: files of uploads that were killed half-way, and blobs that nothing refers to.

A blob loses its last bewijsstuk when that is removed, and never gets one when the transaction that kept it failed.
"""

import time
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

import psycopg

from register_service.core import clock
from register_service.storage.errors import StorageUnavailable
from register_service.storage.store import LEFTOVER, LOCK, Store

# Far longer than an upload can take.
LEFTOVER_AGE: Final = timedelta(hours=1)
# Somebody who took a bewijsstuk away by mistake can still be helped for a day, by whoever has the keys of the storage.
UNUSED_AGE: Final = timedelta(hours=24)
# Going through all blobs costs a bucket a request per few hundred.
EVERY: Final = timedelta(hours=1)


class Cleaner:
    """Periodic work over one store. `unused` is SQL: of the hashes in `%(names)s`, those that nothing refers to."""

    def __init__(self, store: Store, unused: str) -> None:
        self._store = store
        self._unused = unused
        self._next = 0.0

    def __call__(self, connection: psycopg.Connection[Any]) -> int:
        """Throw away what may go, and give how much that was. Raises StorageUnavailable."""
        removed = remove_leftovers(self._store.incoming)
        if time.monotonic() >= self._next:
            removed += remove_unused(connection, self._store, self._unused)
            self._next = time.monotonic() + EVERY.total_seconds()
        return removed


def remove_leftovers(incoming: Path) -> int:
    """Remove the files of uploads whose process was killed; give their number."""
    before = (clock.now() - LEFTOVER_AGE).timestamp()
    removed = 0
    try:
        for file in incoming.glob(f"*{LEFTOVER}"):
            if file.stat().st_mtime < before:
                file.unlink()
                removed += 1
    except FileNotFoundError:  # finished, or removed by another host, in this very moment
        return removed
    except OSError as error:
        raise StorageUnavailable from error
    return removed


def remove_unused(connection: psycopg.Connection[Any], store: Store, unused: str) -> int:
    """Throw away the blobs of a day and older that nothing refers to; give their number."""
    removed = 0
    for names in store.list(clock.now() - UNUSED_AGE):
        if _ask(connection, unused, names):
            removed += _remove(connection, store, unused, names)
    return removed


def _remove(connection: psycopg.Connection[Any], store: Store, unused: str, names: list[str]) -> int:
    # Whoever keeps the same content again at this moment holds the lock until his row can be seen, or waits and puts it back.
    connection.execute("select pg_advisory_lock(%s)", (LOCK,))
    try:
        found = _ask(connection, unused, names)
        for name in found:
            store.delete(name)
    finally:
        connection.execute("select pg_advisory_unlock(%s)", (LOCK,))
    return len(found)


def _ask(connection: psycopg.Connection[Any], unused: str, names: list[str]) -> list[str]:
    return [name for (name,) in connection.execute(unused, {"names": names}).fetchall()]
