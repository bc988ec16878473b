"""A client that goes away while a report is made: PostgreSQL is told to stop, so that nobody works for nobody."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from flask import has_request_context, request

from register_service.core.errors import Unavailable

_EVERY = 0.25  # seconds


class TakesTooLong(Unavailable):
    """503: a report took longer than PostgreSQL may work on one."""

    code = "rapport-duurt-te-lang"
    text = "Dit duurt te lang. Vraag een kortere periode of een deel, zoals één sector, of probeer het op een rustiger moment."

    def __init__(self) -> None:
        super().__init__(retry_after=60)


@contextmanager
def cancelled_when_left(connection: psycopg.Connection[Any]) -> Iterator[None]:
    """Cancel what runs on a connection as soon as the client of this request closes its own; outside gunicorn, never.

    Raises TakesTooLong when PostgreSQL gave up.
    """
    try:
        with _watched(connection):
            yield
    except psycopg.errors.QueryCanceled as error:
        raise TakesTooLong from error


@contextmanager
def _watched(connection: psycopg.Connection[Any]) -> Iterator[None]:
    client = request.environ.get("gunicorn.socket") if has_request_context() else None
    if not isinstance(client, socket.socket):
        yield
        return
    done = threading.Event()
    watcher = threading.Thread(target=_watch, args=(client, connection, done), name="rapport", daemon=True)
    watcher.start()
    try:
        yield
    finally:
        done.set()
        watcher.join()


def _watch(client: socket.socket, connection: psycopg.Connection[Any], done: threading.Event) -> None:
    while not done.wait(_EVERY):
        if _has_left(client):
            connection.cancel_safe(timeout=5)
            return


def _has_left(client: socket.socket) -> bool:
    try:
        # Nothing is taken: the next request of a client that stays may be waiting there.
        return client.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT) == b""
    except BlockingIOError:
        return False
    except OSError:
        return True
