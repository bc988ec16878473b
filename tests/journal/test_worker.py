"""The worker as a process: killed at any point, waiting its turn, outliving PostgreSQL's restarts, under writers."""

import itertools
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from register_service.journal.keys import load_or_create_key
from register_service.journal.report import Report
from register_service.journal.verify import verify
from tests.helpers.databases import DatabaseServer
from tests.journal.conftest import add_partnerschappen

Connection = psycopg.Connection[Any]
StartWorker = Callable[[], "subprocess.Popen[bytes]"]


@pytest.fixture
def start_worker(database_url: str, key_dir: Path, tmp_path: Path) -> Iterator[StartWorker]:
    """Start `register worker` as a process; whatever still runs at the end is killed."""
    started: list[subprocess.Popen[bytes]] = []

    def start() -> "subprocess.Popen[bytes]":
        environ = os.environ | {"DATABASE_URL": database_url, "KEY_DIR": str(key_dir), "VAR_DIR": str(tmp_path)}
        with (tmp_path / "worker.log").open("ab") as log:
            started.append(
                subprocess.Popen([sys.executable, "-m", "register_service.cli.main", "worker"], env=environ, stderr=log)
            )
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.wait()


def check(database_url: str, key_dir: Path) -> Report:
    with psycopg.connect(database_url) as connection:
        return verify(connection, load_or_create_key(key_dir).verifier)


def wait_until(condition: Callable[[], bool], seconds: float = 150) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.02)


def count(connection: Connection, what: str) -> int:
    return connection.execute(f"select count(*) from {what}").fetchone()[0]


def everything_sealed(connection: Connection) -> bool:
    return count(connection, "seal") == count(connection, "journal")


class Writers:
    """Threads that insert, update and delete, in transactions of any length, until told to stop."""

    def __init__(self, url: str, number: int) -> None:
        self._stop = threading.Event()
        self.errors: list[BaseException] = []
        self._threads = [threading.Thread(target=self._write, args=(url, seed)) for seed in range(number)]

    def __enter__(self) -> "Writers":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def _write(self, url: str, seed: int) -> None:
        try:
            with psycopg.connect(url) as connection:
                chance = random.Random(seed)
                for number in itertools.count():
                    if self._stop.is_set():
                        return
                    self._transact(connection, chance, f"{seed}-{number}")
        except BaseException as error:
            self.errors.append(error)

    def _transact(self, connection: Connection, chance: random.Random, name: str) -> None:
        try:
            for part in range(chance.randint(1, 4)):
                self._change(connection, chance, f"{name}-{part}")
                time.sleep(chance.choice((0, 0, 0.001, 0.02)))
        except psycopg.errors.DeadlockDetected:
            connection.rollback()
        connection.rollback() if chance.random() < 0.1 else connection.commit()

    def _change(self, connection: Connection, chance: random.Random, name: str) -> None:
        connection.execute("insert into partnerschap (naam, opleidingen) values (%s, '{}')", (name,))
        # Rows that all writers change: the order of their changes is what matters.
        connection.execute(
            "update partnerschap set opleidingen = array[%s] where naam = %s", (name, f"P{chance.randint(0, 2)}")
        )
        if chance.random() < 0.2:
            connection.execute("delete from partnerschap where naam = %s", (name,))


def test_killed_at_any_point_nothing_is_lost_or_doubled(
    database_url: str, connection: Connection, key_dir: Path, start_worker: StartWorker
) -> None:
    add_partnerschappen(connection, 3)
    chance = random.Random(1)
    with Writers(database_url, 3) as writers:
        for round_number in range(5):
            worker = start_worker()
            sealed = count(connection, "seal")
            wait_until(lambda sealed=sealed: count(connection, "seal") > sealed)
            add_partnerschappen(connection, 4000, 10_000 * (round_number + 1))
            time.sleep(chance.random() * 0.25)
            worker.kill()
            worker.wait()
    assert writers.errors == []
    start_worker()
    wait_until(lambda: everything_sealed(connection))
    report = check(database_url, key_dir)
    assert (report.findings, report.waiting) == ([], 0)
    assert report.rows == count(connection, "journal")


def test_order_of_seals_is_the_order_in_which_each_object_changed(
    database_url: str, connection: Connection, key_dir: Path, start_worker: StartWorker
) -> None:
    add_partnerschappen(connection, 3)
    start_worker()
    with Writers(database_url, 4), psycopg.connect(database_url) as slow:
        add_partnerschappen(slow, 1, 500)
        wait_until(lambda: count(connection, "checkpoint") > 10)
        slow.commit()
    wait_until(lambda: everything_sealed(connection))
    # The last sealed state of each object is the state it has.
    different = connection.execute(
        """with last as (select distinct on (j.object_id) j.object_id, j.state, j.action
                         from seal s join journal j on j.id = s.journal_id order by j.object_id, s.position desc)
           select count(*) from last full join partnerschap p on p.id = last.object_id
           where (select table_name from journal where object_id = last.object_id limit 1) = 'partnerschap'
             and case when p.id is null then last.action <> 'delete' else to_jsonb(p) is distinct from last.state end"""
    ).fetchone()
    assert different == (0,)
    assert check(database_url, key_dir).findings == []


def test_second_sealer_waits_and_takes_over(
    database_url: str, connection: Connection, key_dir: Path, start_worker: StartWorker, tmp_path: Path
) -> None:
    first, log = start_worker(), tmp_path / "worker.log"
    wait_until(lambda: b"sealer_started" in log.read_bytes())
    start_worker()
    wait_until(lambda: b"sealer_on_standby" in log.read_bytes())
    add_partnerschappen(connection, 10)
    wait_until(lambda: everything_sealed(connection))
    first.kill()
    first.wait()
    add_partnerschappen(connection, 10, 100)
    wait_until(lambda: everything_sealed(connection))
    assert check(database_url, key_dir).findings == []


def test_connection_cut_is_made_again(connection: Connection, start_worker: StartWorker) -> None:
    start_worker()
    wait_until(lambda: count(connection, "seal") > 0)
    connection.execute(
        "select pg_terminate_backend(pid) from pg_stat_activity"
        " where application_name = 'register verzegelaar' and datname = current_database()"
    )
    add_partnerschappen(connection, 10)
    wait_until(lambda: everything_sealed(connection))


def test_stops_when_asked(connection: Connection, start_worker: StartWorker) -> None:
    worker = start_worker()
    wait_until(lambda: count(connection, "seal") > 0)
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(timeout=90) == 0


def test_without_its_key_it_refuses(
    connection: Connection, key_dir: Path, start_worker: StartWorker, seal: Callable[[], int]
) -> None:
    add_partnerschappen(connection, 1)
    seal()
    connection.execute(
        "select pg_terminate_backend(l.pid) from pg_locks l join pg_database d on d.oid = l.database"
        " where l.locktype = 'advisory' and d.datname = current_database() and l.pid <> pg_backend_pid()"
    )
    (key_dir / "journal.pem").unlink()
    assert start_worker().wait(timeout=90) == 1
    assert count(connection, "checkpoint") == 1


def test_database_that_is_not_migrated_yet_is_waited_for(
    pg_server: DatabaseServer, key_dir: Path, tmp_path: Path
) -> None:
    from register_service.journal.sealing import keep_sealing

    stop = threading.Event()
    with pg_server.database("template0") as name:
        thread = threading.Thread(target=keep_sealing, args=(pg_server.url(name), load_or_create_key(key_dir), stop))
        thread.start()
        time.sleep(0.5)
        alive = thread.is_alive()
        stop.set()
        thread.join()
    assert alive


def test_expired_things_are_thrown_away(connection: Connection, start_worker: StartWorker) -> None:
    connection.execute(
        "insert into revoked_token values ('old', now() - interval '1 day'), ('new', now() + interval '1 day')"
    )
    connection.execute(
        "insert into idempotency_key (client_id, key, fingerprint, created_at)"
        " values ('c', 'old', '', now() - interval '2 days'), ('c', 'new', '', now())"
    )
    start_worker()
    for table, column in (("revoked_token", "jti"), ("idempotency_key", "key")):
        wait_until(lambda table=table: count(connection, table) == 1)
        assert connection.execute(f"select {column} from {table}").fetchone() == ("new",)
