"""A register of its own for each test, and the demo region behind the application, read only."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import psycopg
import pytest
from flask import Flask
from werkzeug.test import TestResponse

from register_service.access.scopes import GRANTABLE
from register_service.app import create_app
from register_service.core.context import Context
from register_service.core.db import Database
from register_service.journal.keys import load_or_create_key
from register_service.journal.sealer import become_sealer, seal_once
from register_service.settings import Settings
from tests.conftest import make_settings
from tests.helpers.databases import DatabaseServer
from tests.helpers.demo import demo_keys, sealed_demo_database
from tests.support import Register


@pytest.fixture
def register(settings: Settings) -> Iterator[Register]:
    """A register with two besturen and their clients."""
    register = Register(settings)
    yield register
    register.close()


@dataclass
class Region:
    """The demo region behind the application; callers `auditor`, `beheer` and `bestuur` (one with many leraren)."""

    settings: Settings
    app: Flask
    bestuur: str
    tokens: dict[str, str]

    def get(self, path: str, who: str = "auditor", **headers: str) -> TestResponse:
        """Read something below /v1/rapportages; headers as keywords."""
        sent = {"Authorization": f"Bearer {self.tokens[who]}"} | {k.replace("_", "-"): v for k, v in headers.items()}
        return self.app.test_client().get(f"/v1/rapportages{path}", headers=sent)

    def rows(self, statement: str, *parameters: object) -> list[tuple[Any, ...]]:
        """Ask the database something, as its owner."""
        with psycopg.connect(self.settings.database_url) as connection:
            return connection.execute(statement, parameters or None).fetchall()  # type: ignore[arg-type]

    @property
    def database(self) -> Database:
        """The application's way to PostgreSQL."""
        database: Database = self.app.extensions["register"].database
        return database

    def seal(self) -> None:
        """Seal what is committed now."""
        with psycopg.connect(self.settings.database_url) as connection:
            assert become_sealer(connection)
            seal_once(connection, load_or_create_key(self.settings.key_dir))


_CLIENTS = """
insert into client (client_id, naam, soort, bestuur, scopes) values
    ('auditor', 'auditor', 'auditor', null, '{}'), ('beheer', 'beheer', 'beheer', null, '{}'),
    ('bestuur', 'HR', 'bestuur', (select bestuur from aanstelling group by 1 order by count(*) desc limit 1), '{}')
"""


@pytest.fixture(scope="module")
def region(pg_server: DatabaseServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Region]:
    """The demo region of one module of tests."""
    folder = tmp_path_factory.mktemp("region")
    with sealed_demo_database(pg_server) as url:
        shutil.copytree(demo_keys(pg_server), folder / "keys")
        settings = make_settings(url, folder)
        with psycopg.connect(url) as connection:
            connection.execute(_CLIENTS)
            row = connection.execute("select bestuur from client where client_id = 'bestuur'").fetchone()
        assert row is not None
        app = create_app(settings)
        issue = app.extensions["register"].authority.issue_token
        tokens = {
            role: issue(client_id=role, role=role, bestuur=row[0] if role == "bestuur" else None, scopes=GRANTABLE)
            for role in ("auditor", "beheer", "bestuur")
        }
        yield Region(settings, app, row[0], tokens)
        app.extensions["register"].database.dispose()


def auditor(today: date = date(2026, 11, 23)) -> Context:
    """Give the context of a client of the keeper, who may pull every report."""
    return Context(role="beheer", actor="client:k", event="", today=today, client="k", jti="test")
