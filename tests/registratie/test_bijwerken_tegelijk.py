"""Several at once, killed half-way, or while others write: processes and connections of their own, and one outcome."""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import psycopg
import pytest

from register_service.core.context import set_context
from register_service.core.days import add_months
from register_service.settings import Settings
from tests.helpers.databases import DatabaseServer
from tests.helpers.live import ROOT
from tests.registratie.lives import add, approve, bijwerken, everything, furnish, stored
from tests.registratie.rules.build import Json, holds, job, off, ru
from tests.support import Register

# No day of the clock: it may be another one by the time that a test begins.
TODAY = date(2026, 11, 23)
DAYS = [TODAY - timedelta(days=before) for before in range(10)]


@pytest.fixture
def register(settings: Settings) -> Iterator[Register]:
    """A register with sixty leraren for whom something happens in these ten days."""
    register = Register(settings)
    furnish(register)
    with register.owner() as connection:
        for facts in _sixty():
            add(connection, facts)
    yield register
    register.close()


def _sixty() -> Iterator[Json]:
    chance = random.Random(23)
    for place in range(60):
        end = TODAY - timedelta(days=chance.randrange(0, 12)) + timedelta(days=chance.choice([0, 0, 84, 184, -150]))
        begin = add_months(end + timedelta(days=1), -48)
        period = {"begindatum": begin, "einddatum": end, "grond": "eerste"}
        late = min(TODAY, end + timedelta(days=chance.randrange(0, 12)))
        yield {
            "geregistreerdOp": begin,
            "bevoegd": [holds()],
            "perioden": [period] if place % 3 else [],
            "uren": [
                ru(str(end - timedelta(days=20)), chance.choice([0, 160, 150])),
                ru(str(late), chance.choice([0, 10])),
            ],
            "werk": [job(str(begin))],
            "doorhalingen": [off(str(end), str(DAYS[chance.randrange(1, 10)]))]
            if place % 7 == 1 and end < DAYS[9]
            else [],
        }


@pytest.fixture
def alone(register: Register, pg_server: DatabaseServer) -> list[tuple[Any, ...]]:
    """What one process makes of the same register, in a copy of it, a day after a day."""
    register.database.dispose()
    with pg_server.database(template=psycopg.conninfo.conninfo_to_dict(_plain(register))["dbname"]) as name:
        url = pg_server.url(name)
        for day in reversed(DAYS):
            assert _start(url, "--dag", day.isoformat()).wait(60) == 0
        with psycopg.connect(url) as connection:
            return connection.execute(_ALL).fetchall()


_ALL = """
select p.leraar, p.begindatum, p.einddatum, p.grond, b.soort, b.einddatum, b.gemaakt_op, b.vervallen_op is null
from registratieperiode p left join bericht b on b.periode = p.id order by 1, 2, 5, 6
"""


def _plain(register: Register) -> str:
    from sqlalchemy.engine import make_url

    return make_url(register.settings.database_url).set(drivername="postgresql").render_as_string(hide_password=False)


def _start(url: str, *arguments: str, batch: int = 7) -> "subprocess.Popen[bytes]":
    """Start the command in a process of its own, with small batches."""
    program = (
        "from register_service.registratie.renewing import running\n"
        f"running.SIZE = {batch}\n"
        "from register_service.cli.main import main\nmain()"
    )
    environ = {**os.environ, "DATABASE_URL": url, "KEY_DIR": "."}
    command = [sys.executable, "-c", program, "registratie", "bijwerken", *arguments]
    return subprocess.Popen(command, cwd=ROOT, env=environ, stdout=subprocess.DEVNULL)


def test_ten_days_at_once_by_ten_processes(register: Register, alone: list[tuple[Any, ...]]) -> None:
    url = register.settings.database_url
    processes = [_start(url, "--dag", day.isoformat()) for day in DAYS]
    assert [process.wait(120) for process in processes] == [0] * 10
    assert everything(register) == alone
    assert len({row[3] for row in alone}) == 4
    assert {row[4] for row in alone} == {None, "zes-maanden", "twaalf-weken"}


def test_the_last_day_alone_gives_the_same(register: Register, alone: list[tuple[Any, ...]]) -> None:
    assert _start(register.settings.database_url, "--dag", TODAY.isoformat()).wait(60) == 0
    assert everything(register) == alone


def test_killed_half_way_another_finishes_it(register: Register, alone: list[tuple[Any, ...]]) -> None:
    """It is killed while it waits for a leraar in the fourth batch whom somebody else holds."""
    url = register.settings.database_url
    numbers = sorted({row[0] for row in alone})
    with register.owner() as connection:
        connection.execute("select from leraar where registratienummer = %s for update", (numbers[25],))
        process = _start(url, "--dag", TODAY.isoformat())
        _until(
            lambda: bool(
                register.rows(
                    "select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()"
                )
            )
        )
        process.send_signal(signal.SIGKILL)
        process.wait(30)
    _until(
        lambda: (
            not register.rows(
                "select from pg_stat_activity where application_name = 'register-cli' and datname = current_database()"
            )
        )
    )
    half = everything(register)
    assert half != alone
    assert {row[0] for row in half if row[0] < numbers[14]} == {n for n in numbers if n < numbers[14]}
    assert register.rows("select from renewal_run") == []
    assert _start(url, "--dag", TODAY.isoformat()).wait(60) == 0
    assert everything(register) == alone


def _until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def _meanwhile(register: Register, write: Callable[["psycopg.Connection[Any]"], object], number: str) -> None:
    """Let a run wait for somebody who has a leraar in hand, and commit then."""
    with psycopg.connect(register.settings.database_url) as connection:
        set_context(connection, actor="test", event="test", today=TODAY)
        connection.execute("select from leraar where registratienummer = %s for update", (number,))
        run = threading.Thread(target=bijwerken, args=(register, TODAY))
        run.start()
        _until(
            lambda: bool(
                register.rows(
                    "select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()"
                )
            )
        )
        write(connection)
    run.join(60)
    assert not run.is_alive()


@pytest.fixture
def due(settings: Settings) -> Iterator[tuple[Register, str]]:
    """A leraar whose period ended yesterday, with all that is needed for the next."""
    register = Register(settings)
    furnish(register)
    begin = add_months(TODAY, -48)
    facts = {
        "geregistreerdOp": begin,
        "bevoegd": [holds()],
        "perioden": [{"begindatum": begin, "einddatum": TODAY - timedelta(days=1), "grond": "eerste"}],
        "uren": [ru(str(TODAY - timedelta(days=100)), 160)],
        "werk": [job(str(begin))],
    }
    with register.owner() as connection:
        number = add(connection, facts)
    yield register, number
    register.close()


def test_uitstel_that_is_being_given_is_waited_for(due: tuple[Register, str]) -> None:
    register, number = due
    longer = "update registratieperiode set einddatum = einddatum + 300 where leraar = %s"
    _meanwhile(register, lambda connection: connection.execute(longer, (number,)), number)
    assert len(stored(register)) == 1
    # And the new end is far away.
    assert register.rows("select from bericht") == []


def test_a_merge_that_is_under_way_is_waited_for(due: tuple[Register, str]) -> None:
    register, number = due
    with register.owner() as connection:
        kept = add(connection, {"geregistreerdOp": TODAY, "bevoegd": [], "uren": [], "werk": []})
    gone = "update leraar set samengevoegd_met = %s where registratienummer = %s"
    _meanwhile(register, lambda connection: connection.execute(gone, (kept, number)), number)
    assert len(stored(register, number)) == 1


def test_a_period_that_somebody_else_stored_is_left_as_it_is(due: tuple[Register, str]) -> None:
    register, number = due
    store = "insert into registratieperiode (leraar, begindatum, einddatum, grond) values (%s, %s, %s, 'hersteld')"
    end = TODAY + timedelta(days=900)
    _meanwhile(register, lambda connection: connection.execute(store, (number, TODAY, end)), number)
    assert stored(register)[1:] == [(str(TODAY), str(end), "hersteld")]


def test_who_adds_to_a_dossier_does_not_wait_for_a_run_nor_a_run_for_him(due: tuple[Register, str]) -> None:
    """What is being approved counts for the run that sees it; the next one sees it."""
    register, number = due
    register.as_owner("update activiteit set status = 'ingetrokken', beoordeeld_op = null")
    with register.owner() as connection:
        connection.execute("select from leraar where registratienummer = %s for key share", (number,))
        approve(connection, number, ru(str(TODAY - timedelta(days=50)), 160))
        assert bijwerken(register, TODAY).verlengd == 0
    assert bijwerken(register, TODAY).verlengd == 1


def test_what_was_recorded_by_a_transaction_that_ran_alongside_is_seen_the_next_time(due: tuple[Register, str]) -> None:
    register, number = due
    register.as_owner("update activiteit set status = 'ingetrokken', beoordeeld_op = null")
    begin = TODAY - timedelta(days=1000)
    register.as_owner("update registratieperiode set begindatum = begindatum - 1000, einddatum = %s", begin)
    with register.owner() as connection:
        # In a transaction that began before the run, and ends after it: about a period that ended years ago.
        approve(connection, number, ru(str(begin - timedelta(days=50)), 160))
        connection.execute("update aanstelling set begindatum = begindatum - 1500")
        assert bijwerken(register, TODAY).rows == 0
    assert bijwerken(register, TODAY).verlengd == 1
