"""One throw-away PostgreSQL server, and databases copied from one that was migrated once."""

import itertools
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql
from sqlalchemy.engine import make_url

from register_service.location import socket_url
from register_service.runtime import migrate
from register_service.runtime.embedded import EmbeddedServer
from register_service.settings import APP_ROLE


class DatabaseServer:
    """A test server. `started` makes one; `of` uses one that another process started."""

    template = "template_register"

    def __init__(self, data: Path, prefix: str, server: EmbeddedServer | None) -> None:
        self.data = data
        self._prefix = prefix
        self._server = server
        self._numbers = itertools.count()

    @classmethod
    def started(cls) -> "DatabaseServer":
        """Start a server in a folder for temporary files, with the migrated template in it."""
        folder = make_folder()
        server = EmbeddedServer(folder / "postgres", volatile=True)
        this = cls(server.data, "main", server)
        try:
            server.prepare()
            server.start()
            server.create_database(cls.template)
            migrate.upgrade(server.url(cls.template))
        except BaseException:
            this.close()
            raise
        return this

    @classmethod
    def of(cls, data: Path, prefix: str) -> "DatabaseServer":
        """Use the server of another process; `prefix` keeps the names of our databases apart from those of others."""
        return cls(data, prefix, None)

    def close(self) -> None:
        """Stop and delete the server, if this process started it."""
        if self._server is not None:
            self._server.stop()
            self._server.remove()
            shutil.rmtree(self.data.parent, ignore_errors=True)

    def url(self, name: str, user: str = "postgres") -> str:
        """Give the URL of a database, for its owner unless told otherwise."""
        return socket_url(self.data, name, user)

    @contextmanager
    def database(self, template: str | None = None) -> Iterator[str]:
        """Copy the template (a name; `template0` for an empty one), give the copy's name and drop it at the end."""
        name = f"test_{self._prefix}_{next(self._numbers)}"
        self._create(name, template or self.template)
        try:
            yield name
        finally:
            self._drop(name)

    @contextmanager
    def new_template(self, name: str, template: str | None = None) -> Iterator[str]:
        """Copy the template to a database that stays, for the block to fill; a block that fails leaves none. Gives its URL."""
        self._create(name, template or self.template)
        try:
            yield self.url(name)
        except BaseException:
            self._drop(name)
            raise

    def has(self, name: str) -> bool:
        """Tell whether there is a database of this name."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            return connection.execute("select 1 from pg_database where datname = %s", (name,)).fetchone() is not None

    def _create(self, name: str, template: str) -> None:
        # Without fsync, copying files costs a fifth of sending them through the write-ahead log.
        create = sql.SQL("create database {} template {} strategy file_copy")
        self._run(create.format(sql.Identifier(name), sql.Identifier(template)))

    def _drop(self, name: str) -> None:
        self._run(sql.SQL("drop database {} with (force)").format(sql.Identifier(name)))

    def _run(self, statement: sql.Composed) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(statement)


def make_folder() -> Path:
    """Make a folder for a server. Not pytest's own: that one is closed to the user that runs PostgreSQL for root."""
    return Path(tempfile.mkdtemp(prefix="register-test-", dir=_memory()))


def _memory() -> Path | None:
    """Give a folder in memory with room enough, where copying a database takes 15 ms; None for the ordinary one."""
    memory = Path("/dev/shm")
    if "TMPDIR" in os.environ or not os.access(memory, os.W_OK) or shutil.disk_usage(memory).free < 2 * 1024**3:
        return None
    return memory


def as_app(database_url: str) -> str:
    """Give the URL of the same database for the role that the web service has."""
    return make_url(database_url).set(username=APP_ROLE).render_as_string(hide_password=False)
