"""PostgreSQL killed with -9 under load and started again: nothing acknowledged is lost or doubled, the journal verifies."""

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
import pytest

from register_service.journal.keys import load_or_create_key
from register_service.journal.sealing import keep_sealing
from register_service.journal.verify import verify
from register_service.runtime import migrate
from register_service.runtime.embedded import EmbeddedServer
from tests.helpers.databases import make_folder
from tests.journal.test_worker import everything_sealed, wait_until


@pytest.fixture
def server() -> Iterator[EmbeddedServer]:
    """A server of its own, as durable as in production."""
    # In memory where there is room: kill -9 takes nothing from there, and a slow disk is not what these tests are about.
    folder = make_folder()
    server = EmbeddedServer(folder / "postgres")
    try:
        server.prepare()
        server.start()
        server.create_database()
        migrate.upgrade(server.url())
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


def kill(server: EmbeddedServer) -> None:
    postmaster = psutil.Process(int((server.data / "postmaster.pid").read_text().split("\n", 1)[0]))
    processes = [postmaster, *postmaster.children(recursive=True)]
    for process in processes:
        process.kill()
    psutil.wait_procs(processes, timeout=90)


class Writer(threading.Thread):
    """Writes one row after another until the connection breaks; keeps the names of those that were acknowledged."""

    def __init__(self, url: str, name: str) -> None:
        super().__init__()
        self._url, self._prefix = url, name
        self.acknowledged: list[str] = []

    def run(self) -> None:
        try:
            with psycopg.connect(self._url, autocommit=True) as connection:
                for number in range(1_000_000):
                    name = f"{self._prefix}-{number}"
                    connection.execute("insert into partnerschap (naam, opleidingen) values (%s, '{}')", (name,))
                    self.acknowledged.append(name)
        except psycopg.OperationalError:
            pass


def test_postgresql_killed_under_load(server: EmbeddedServer, key_dir: Path) -> None:
    key, stop = load_or_create_key(key_dir), threading.Event()
    sealer = threading.Thread(target=keep_sealing, args=(server.url(), key, stop))
    sealer.start()
    try:
        acknowledged: list[str] = []
        for round_number in range(2):
            writers = [Writer(server.url(), f"{round_number}-{number}") for number in range(3)]
            for writer in writers:
                writer.start()
            wait_until(lambda writers=writers: min(len(writer.acknowledged) for writer in writers) > 100)
            kill(server)
            for writer in writers:
                writer.join()
                acknowledged += writer.acknowledged
            server.stop()
            server.start()
        with psycopg.connect(server.url(), autocommit=True) as connection:
            wait_until(lambda: everything_sealed(connection))
            names = [name for (name,) in connection.execute("select naam from partnerschap")]
            journaled = [
                name
                for (name,) in connection.execute(
                    "select state ->> 'naam' from journal where table_name = 'partnerschap'"
                )
            ]
    finally:
        stop.set()
        sealer.join()
    assert set(acknowledged) <= set(names)
    assert sorted(journaled) == sorted(names)
    with psycopg.connect(server.url()) as connection:
        report = verify(connection, key.verifier)
    assert (report.findings, report.waiting) == ([], 0)
