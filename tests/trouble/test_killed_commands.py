"""Commands that load much, killed with -9 half-way: nothing of them is left, and the next time all of it is there."""

import gzip
import os
import subprocess
import sys
import time
from importlib.resources import files
from pathlib import Path

import psycopg
import pytest

from register_service.settings import Settings
from tests.helpers.live import ROOT

TABLES = ("bestuur", "partnerschap", "school", "vestiging", "leraar", "bevoegdheid", "aanstelling", "journal")
# The sessions of `Command`; other tests have theirs, in other databases of the same server.
SESSIONS = "pg_stat_activity where application_name = 'register-cli' and datname = current_database()"
_DATA = files("register_service.demo") / "data"


@pytest.fixture
def duo_files(tmp_path: Path) -> list[str]:
    """The three files of DUO, unpacked."""
    unpacked = []
    for packed in sorted(_DATA.iterdir(), key=lambda item: item.name):
        if packed.name.endswith(".csv.gz"):
            file = tmp_path / packed.name.removesuffix(".gz")
            file.write_bytes(gzip.decompress(packed.read_bytes()))
            unpacked.append(str(file))
    return unpacked


class Command:
    """A `register` command as a process."""

    def __init__(self, settings: Settings, *words: str) -> None:
        environ = os.environ | {
            "DATABASE_URL": settings.database_url,
            "KEY_DIR": str(settings.key_dir),
            "VAR_DIR": str(settings.var_dir),
        }
        self.process = subprocess.Popen(
            [sys.executable, "-m", "register_service.cli.main", *words],
            env=environ, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        )  # fmt: skip

    def kill_when(self, connection: psycopg.Connection, condition: str) -> None:
        """Kill it as soon as a condition holds, which it must do before the command ends."""
        deadline = time.monotonic() + 150
        while not scalar(connection, f"select {condition}"):
            assert self.process.poll() is None, "the command had ended already"
            assert time.monotonic() < deadline
            time.sleep(0.005)
        self.process.kill()
        self.process.communicate()

    def finish(self) -> None:
        _, errors = self.process.communicate(timeout=120)
        assert self.process.returncode == 0, errors.decode()


def scalar(connection: psycopg.Connection, statement: str) -> int:
    row = connection.execute(statement.encode()).fetchone()
    assert row is not None
    return int(row[0])


def counts(connection: psycopg.Connection) -> list[int]:
    """Count what is left, once the server has noticed that nobody is there."""
    deadline = time.monotonic() + 90
    while scalar(connection, f"select count(*) from {SESSIONS}"):
        assert time.monotonic() < deadline, "the session outlives its client"
        time.sleep(0.02)
    return [scalar(connection, f"select count(*) from {table}") for table in TABLES]


# The first row written, and well into it: sizes of tables show what is not committed yet.
BEGUN = f"exists (select from {SESSIONS} and backend_xid is not null)"
HALF_WAY = "pg_relation_size('journal') > 1000000"
FAR = "pg_relation_size('aanstelling') > 100000"


@pytest.mark.parametrize("moment", [BEGUN, HALF_WAY], ids=["begun", "half-way"])
def test_import(moment: str, settings: Settings, duo_files: list[str]) -> None:
    with psycopg.connect(settings.database_url, autocommit=True) as connection:
        before = counts(connection)
        Command(settings, "organisaties", "import", *duo_files).kill_when(connection, moment)
        assert counts(connection) == before
        Command(settings, "organisaties", "import", *duo_files).finish()
        assert scalar(connection, "select count(*) from vestiging") > 8_000


@pytest.mark.parametrize("moment", [BEGUN, HALF_WAY, FAR], ids=["begun", "organisations", "aanstellingen"])
def test_demo(moment: str, settings: Settings) -> None:
    with psycopg.connect(settings.database_url, autocommit=True) as connection:
        before = counts(connection)
        Command(settings, "demo", "load").kill_when(connection, moment)
        assert counts(connection) == before
