"""A PostgreSQL server of one's own, to be stopped, killed and started again."""

import shutil
import signal
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from register_service.runtime import migrate
from register_service.runtime.embedded import EmbeddedServer
from register_service.runtime.errors import RunError
from tests.helpers.databases import _memory

FAST, IMMEDIATE, KILL = signal.SIGINT, signal.SIGQUIT, signal.SIGKILL


class OwnServer(EmbeddedServer):
    """PostgreSQL that a test may hurt. With `volatile` off it is as durable as in production."""

    @property
    def pid(self) -> int:
        """Give the postmaster's process id."""
        assert self._process is not None
        return self._process.pid

    def hurt(self, number: signal.Signals) -> None:
        """Send the postmaster a signal and wait until it is gone."""
        assert self._process is not None
        self._process.send_signal(number)
        self._process.wait(90)

    def start_again(self) -> None:
        """Start after a kill, as a supervisor would: once the orphaned backends have noticed and are gone."""
        deadline = time.monotonic() + 90
        while True:
            try:
                self.start()
            except RunError:
                if time.monotonic() > deadline:
                    raise
                continue
            return


@contextmanager
def own_server(*, volatile: bool = True) -> Iterator[OwnServer]:
    """Start a server with a migrated database `register`, and delete it at the end."""
    folder = Path(tempfile.mkdtemp(prefix="register-trouble-", dir=_memory()))
    server = OwnServer(folder / "postgres", volatile=volatile)
    try:
        server.prepare()
        server.start()
        server.create_database()
        migrate.upgrade(server.url())
        yield server
    finally:
        server.stop()
        server.remove()
        shutil.rmtree(folder, ignore_errors=True)
