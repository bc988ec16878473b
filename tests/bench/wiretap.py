"""What goes over the wire to PostgreSQL, as libpq itself writes it down."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import psycopg
from psycopg.pq import Trace
from sqlalchemy import event
from sqlalchemy.pool import Pool


@dataclass(frozen=True, slots=True)
class Traffic:
    """What one request sent: statements executed, and times that it waited for an answer."""

    statements: int
    round_trips: int


class Wiretap:
    """Listens to every pooled connection that is made while it is open."""

    def __init__(self) -> None:
        self._files: list[Any] = []
        self._traces: list[IO[str]] = []

    def attach(self, connection: psycopg.Connection[Any], _record: object) -> None:
        """Have libpq write down what this connection sends; SQLAlchemy calls this for each one that it makes."""
        # Written and read apart, each from where it was; the file outlives the connection that writes into it.
        writing = tempfile.NamedTemporaryFile("w")  # noqa: SIM115
        self._files.append(writing)
        self._traces.append(Path(writing.name).open())  # noqa: SIM115
        connection.pgconn.trace(writing.fileno())
        connection.pgconn.set_trace_flags(Trace.SUPPRESS_TIMESTAMPS)

    def traffic(self) -> Traffic:
        """Give what was sent since the last time."""
        sent = [line.split("\t")[2].strip() for line in self._lines() if line.startswith("F\t")]
        queries = sent.count("Query")
        return Traffic(sent.count("Execute") + queries, sent.count("Sync") + queries)

    def _lines(self) -> Iterator[str]:
        for trace in self._traces:
            yield from trace.read().splitlines()


@contextmanager
def wiretap() -> Iterator[Wiretap]:
    """Listen until the end of the block."""
    tap = Wiretap()
    event.listen(Pool, "connect", tap.attach)
    try:
        yield tap
    finally:
        event.remove(Pool, "connect", tap.attach)
