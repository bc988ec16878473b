"""Progress that was worked out before, kept in this process while nothing is recorded (docs/decisions/progress-remembered.md)."""

from collections import OrderedDict
from datetime import date
from threading import Lock
from typing import Final, NamedTuple
from weakref import WeakKeyDictionary

from register_service.core.db import Database

# About a kilobyte each.
MOST: Final = 10_000


class Known(NamedTuple):
    """What progress follows from: whose, how much was ever recorded about it (`queries.VERSIES`), and the day."""

    leraar: str
    versie: str
    dag: date


class Remembered:
    """The progress of the leraren who were asked for last, as JSON. Safe for threads."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._found: OrderedDict[Known, bytes] = OrderedDict()
        self._lock = Lock()

    def get(self, known: Known) -> bytes | None:
        """Give the progress that follows from this; None when it was not worked out, or too long ago."""
        with self._lock:
            found = self._found.get(known)
            if found is not None:
                self._found.move_to_end(known)
            return found

    def put(self, known: Known, progress: bytes) -> None:
        """Remember progress; what was not asked for longest is forgotten."""
        with self._lock:
            self._found[known] = progress
            while len(self._found) > self._most:
                self._found.popitem(last=False)


_OF_DATABASE: Final[WeakKeyDictionary[Database, Remembered]] = WeakKeyDictionary()


def remembered(database: Database) -> Remembered:
    """Give what is remembered of a database."""
    return _OF_DATABASE.setdefault(database, Remembered())
