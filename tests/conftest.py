"""Fixtures for everyone: one PostgreSQL per run, a database of one's own per test, the application over it.

The server is started once, by the process that was started by hand; pytest-xdist's workers are told where it is.
"""

import os
import re
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import pytest

from register_service.core.clock import AMSTERDAM
from register_service.settings import Settings
from tests.helpers.databases import DatabaseServer
from tests.helpers.live import LiveServer

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient

# The same examples at every run, so that what one change broke is not found in another. To look further than these:
# HYPOTHESIS_PROFILE=explore make test
hypothesis.settings.register_profile("same", derandomize=True)
hypothesis.settings.register_profile("explore", derandomize=False, print_blob=True)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))

_SERVER = pytest.StashKey[DatabaseServer]()
# The service's line when no answer came, or PostgreSQL ended a transaction because no statement came.
_GIVEN_UP = re.compile(r'"sqlstate": (null|"25P03"), "event": "unavailable"')


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: object) -> None:
    """Start the server in the controller of pytest-xdist, and tell each worker its folder."""
    config = node.config  # type: ignore[attr-defined]
    node.workerinput["database_server"] = str(_server(config).data)  # type: ignore[attr-defined]


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup() -> None:
    """Begin no test in the last minute of a day in the Netherlands: what it asks twice has to be of one day."""
    now = datetime.now(AMSTERDAM)
    left = datetime.combine(now.date() + timedelta(days=1), datetime.min.time(), AMSTERDAM) - now
    if left < timedelta(minutes=1):
        time.sleep(left.total_seconds())


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> None:
    """Say of a test that failed whether psycopg lost a wait in it: only such a one is tried once more (waits-end.md)."""
    logged = "".join(text for _, _, text in item._report_sections)
    if call.excinfo is not None and _GIVEN_UP.search(logged):
        call.excinfo.value.__context__ = TimeoutError("gave up a wait for PostgreSQL")


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop and delete the server, in the process that started it."""
    server = config.stash.get(_SERVER, None)
    if server is not None:
        server.close()


@pytest.fixture(scope="session")
def pg_server(request: pytest.FixtureRequest) -> DatabaseServer:
    """The PostgreSQL 18 of this test run: without durability, otherwise configured as in production."""
    return _server(request.config)


@pytest.fixture(scope="session")
def template_db(pg_server: DatabaseServer) -> str:
    """The name of a migrated, otherwise empty database, to be copied."""
    return pg_server.template


@pytest.fixture
def database_url(pg_server: DatabaseServer) -> Iterator[str]:
    """The owner's URL of a fresh, migrated database, dropped afterwards with whoever is still connected."""
    with pg_server.database() as name:
        yield pg_server.url(name)


@pytest.fixture(scope="module")
def module_database_url(pg_server: DatabaseServer) -> Iterator[str]:
    """As `database_url`, but shared by the tests of one module; for read tests over one set of data."""
    with pg_server.database() as name:
        yield pg_server.url(name)


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    """Settings for a fresh database, with a key folder of its own."""
    return make_settings(database_url, tmp_path)


@pytest.fixture
def app(settings: Settings) -> "Iterator[Flask]":
    """The application as the web service runs it, over a fresh database."""
    from register_service.app import create_app

    yield create_app(settings)


@pytest.fixture
def client(app: "Flask") -> "FlaskClient":
    """Flask's test client of `app`."""
    return app.test_client()


@pytest.fixture
def live_server(settings: Settings) -> Iterator[LiveServer]:
    """A real gunicorn on a free port of the loopback address, over a fresh database."""
    with LiveServer(settings) as server:
        yield server


def make_settings(database_url: str, folder: Path) -> Settings:
    """Make settings for a database, with keys and other files below `folder`."""
    from tests.helpers.databases import as_app

    key_dir = folder / "keys"
    key_dir.mkdir(mode=0o700, exist_ok=True)
    return Settings(
        database_url=database_url,
        app_database_url=as_app(database_url),
        key_dir=key_dir,
        var_dir=folder,
    )


def _server(config: pytest.Config) -> DatabaseServer:
    server = config.stash.get(_SERVER, None)
    if server is None:
        workerinput = getattr(config, "workerinput", None)
        if workerinput is not None:
            server = DatabaseServer.of(Path(workerinput["database_server"]), os.environ["PYTEST_XDIST_WORKER"])
        else:
            server = DatabaseServer.started()
        config.stash[_SERVER] = server
    return server
