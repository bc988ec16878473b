"""The demo region, loaded once per test run by whichever process needs it first, to be copied by all."""

import fcntl
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import psycopg

from register_service.core.context import set_context
from register_service.demo.load import EVENT, REASON, load_demo
from register_service.journal.keys import load_or_create_key
from register_service.journal.sealer import become_sealer, seal_once
from tests.helpers.databases import DatabaseServer

# The day on which the tests load it.
LOADED_ON = date(2026, 11, 23)
_LOADED, _SEALED = "template_demo", "template_demo_sealed"


@contextmanager
def demo_database(server: DatabaseServer) -> Iterator[tuple[str, list[str]]]:
    """Give the URL of a database with the demo region in it, and what the load told; nothing is sealed yet."""
    _once(server, _LOADED, _load)
    with server.database(_LOADED) as name:
        yield server.url(name), json.loads(_told(server).read_text(encoding="utf-8"))


@contextmanager
def sealed_demo_database(server: DatabaseServer) -> Iterator[str]:
    """Give the URL of a database with the demo region in it, sealed with the key in `demo_keys`."""
    _once(server, _LOADED, _load)
    _once(server, _SEALED, _seal)
    with server.database(_SEALED) as name:
        yield server.url(name)


def demo_keys(server: DatabaseServer) -> Path:
    """Give the folder with the key that sealed the demo region."""
    folder = server.data.parent / "demo-keys"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def _once(server: DatabaseServer, name: str, make: Callable[[DatabaseServer], None]) -> None:
    """Make something once for all processes of the run: others wait for the first one."""
    with (server.data.parent / f"{name}.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not server.has(name):
            make(server)


def _load(server: DatabaseServer) -> None:
    lines: list[str] = []
    with server.new_template(_LOADED) as url:
        with psycopg.connect(url) as connection:
            set_context(connection, actor="beheer:cli", event=EVENT, today=LOADED_ON, reason=REASON)
            assert load_demo(connection, lines.append) is True
        _told(server).write_text(json.dumps(lines), encoding="utf-8")


def _seal(server: DatabaseServer) -> None:
    with server.new_template(_SEALED, _LOADED) as url, psycopg.connect(url) as connection:
        assert become_sealer(connection)
        seal_once(connection, load_or_create_key(demo_keys(server)))


def _told(server: DatabaseServer) -> Path:
    return server.data.parent / "demo-told.json"
