"""Applications called without HTTP, in this process: time, CPU and statements of one request, free of the network's noise."""

import io
import os
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import psycopg

from register_service.app import create_app
from register_service.settings import Settings

Wsgi = Callable[[dict[str, Any], Any], Iterable[bytes]]


@dataclass(frozen=True, slots=True)
class Cost:
    """What one request cost: milliseconds of CPU in this process, milliseconds in all (median), statements at PostgreSQL."""

    cpu: float
    wall: float
    statements: float


def register_app(settings: Settings) -> Wsgi:
    """Make the service."""
    return create_app(settings)


def bare_app(settings: Settings) -> Wsgi:
    """Make the bare application; it reads its one setting when it is imported."""
    os.environ["APP_DATABASE_URL"] = settings.app_database_url
    from bench.bare import app  # noqa: PLC0415

    return app


def call(app: Wsgi, request: str, token: str) -> bytes:
    """Answer one request (`METHOD path body`) and give the body. Raises RuntimeError for an answer of 400 and up."""
    statuses: list[str] = []
    body = b"".join(app(_environ(request, token), lambda status, _headers, _error=None: statuses.append(status)))
    if statuses[0] >= "4":
        raise RuntimeError(f"{request}: {statuses[0]} {body.decode()}")
    return body


def time_of(app: Wsgi, requests: Sequence[str], token: str) -> float:
    """Give the median milliseconds of a request."""
    seconds = []
    for request in requests:
        started = time.perf_counter()
        call(app, request, token)
        seconds.append(time.perf_counter() - started)
    return statistics.median(seconds) * 1000


def cost(app: Wsgi, requests: Sequence[str], token: str, owner_url: str) -> Cost:
    """Measure one thread that does nothing else."""
    with psycopg.connect(owner_url, autocommit=True) as connection:
        before, cpu = _statements(connection), time.process_time()
        wall = time_of(app, requests, token)
        cpu = (time.process_time() - cpu) / len(requests) * 1000
        return Cost(cpu, wall, (_statements(connection) - before) / len(requests))


def _statements(connection: psycopg.Connection[Any]) -> int:
    row = connection.execute("""
        select coalesce(sum(calls), 0)::bigint from pg_stat_statements s join pg_roles r on r.oid = s.userid
        where toplevel and rolname = 'register_app' and dbid = (select oid from pg_database where datname = current_database())
    """).fetchone()
    assert row is not None
    return int(row[0])


def _environ(request: str, token: str) -> dict[str, Any]:
    method, target, *rest = request.split(" ", 2)
    path, _, query = target.partition("?")
    body = rest[0].encode() if rest else b""
    return {
        "REQUEST_METHOD": method,
        "SCRIPT_NAME": "",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "8000",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "127.0.0.1:8000",
        "HTTP_AUTHORIZATION": f"Bearer {token}",
        **({"CONTENT_TYPE": "application/json", "CONTENT_LENGTH": str(len(body))} if body else {}),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
