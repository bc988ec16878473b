"""Where a benchmark runs: an embedded PostgreSQL of its own, with full durability, in a folder that is thrown away."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql

from bench import data
from register_service.access.keys import KeyStore
from register_service.access.scopes import GRANTABLE
from register_service.access.tokens import TokenAuthority
from register_service.runtime import migrate
from register_service.runtime.embedded import EmbeddedServer
from register_service.settings import APP_ROLE, Settings

BASE_URL = "http://127.0.0.1:8000"


class Stage:
    """One server and its databases."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.server = EmbeddedServer(folder / "postgres")
        self.key_dir = folder / "keys"
        self.authority = TokenAuthority(BASE_URL, KeyStore(self.key_dir / "tokens"))

    @contextmanager
    def hurried(self) -> Iterator[None]:
        """Until the end of the block the server gives up durability, to be filled; it starts anew before and after."""
        durable = self.server
        durable.stop()
        self.server = EmbeddedServer(self.folder / "postgres", volatile=True)
        self.server.start()
        try:
            yield
        finally:
            self.server.stop()
            self.server = durable
            durable.start()

    def create(self, name: str) -> Settings:
        """Make an empty, migrated database and give the settings for it."""
        self.server.create_database(name)
        migrate.upgrade(self.server.url(name))
        with psycopg.connect(self.server.url(name), autocommit=True) as connection:
            connection.execute("create extension if not exists pg_stat_statements")
        return self.settings(name)

    def copy(self, name: str, of: str) -> Settings:
        """Copy a database, which everybody has to leave for a moment, and give the settings for the copy."""
        leave = "select pg_terminate_backend(pid) from pg_stat_activity where datname = %s"
        with psycopg.connect(self.server.url("postgres"), autocommit=True) as connection:
            connection.execute(leave, (of,))
            connection.execute(
                sql.SQL("create database {} template {}").format(sql.Identifier(name), sql.Identifier(of))
            )
        return self.settings(name)

    def settings(self, name: str) -> Settings:
        """Give the settings of the service over a database."""
        return Settings(
            database_url=self.server.url(name),
            app_database_url=self.server.url(name, APP_ROLE),
            key_dir=self.key_dir,
            var_dir=self.folder,
            base_url=BASE_URL,
        )

    def drop(self, name: str) -> None:
        """Throw a database away."""
        with psycopg.connect(self.server.url("postgres"), autocommit=True) as connection:
            connection.execute(sql.SQL("drop database {} with (force)").format(sql.Identifier(name)))

    def token(self, client: data.Client) -> str:
        """Give an access token of a client of the generated data."""
        return self.authority.issue_token(
            client_id=client.client_id, role=client.role, bestuur=client.bestuur, scopes=GRANTABLE
        )


@contextmanager
def stage() -> Iterator[Stage]:
    """Start a server, and stop and delete it at the end."""
    folder = Path(tempfile.mkdtemp(prefix="register-bench-"))
    try:
        with kept(folder) as this:
            yield this
    finally:
        this.server.remove()
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def kept(folder: Path) -> Iterator[Stage]:
    """Start a server over a folder that stays when it stops, with what it holds."""
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o755)
    this = Stage(folder)
    try:
        this.server.prepare()
        this.server.start()
        yield this
    finally:
        this.server.stop()


def cores() -> int:
    """Give the number of processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
