"""The worker renews the registraties once a day, and sends the notices."""

import threading
from collections.abc import Iterator
from datetime import timedelta

import psycopg
import pytest

from register_service import worker
from register_service.core import clock
from register_service.journal.connection import connect
from register_service.settings import Settings
from tests.registratie.lives import furnish, live, notices, stored
from tests.registratie.mailserver import Mailserver, mailserver
from tests.registratie.rules.build import START
from tests.registratie.rules.build import stored as period
from tests.support import Register, on_day


@pytest.fixture
def register(settings: Settings) -> Iterator[Register]:
    """A register with a vestiging of every sector."""
    register = Register(settings)
    furnish(register)
    yield register
    register.close()


@pytest.fixture
def server() -> Iterator[Mailserver]:
    """A mail server that takes everything."""
    with mailserver() as running:
        yield running


def renew(register: Register) -> int:
    """Let the worker do its daily work, if it is time for it."""
    with connect(register.settings.database_url, "test") as connection:
        return worker.renew_registraties(connection)


def test_once_a_day(register: Register) -> None:
    with on_day(2024, 8, 1):
        live(register)
        assert renew(register) == 2
        live(register)
        assert renew(register) == 0
    with on_day(2024, 8, 2):
        assert renew(register) == 2
    assert {end for _, end, _ in stored(register)} == {"2024-07-31", "2028-07-31"}
    assert register.rows("select distinct actor from journal where table_name = 'registratieperiode'") == [
        ("dienst:registratie",)
    ]


def test_a_run_for_an_earlier_day_does_not_count_for_today(register: Register) -> None:
    from tests.registratie.lives import command

    live(register)
    with on_day(2024, 8, 1):
        assert command(register, "--dag", "2024-07-01").exit_code == 0
        assert renew(register) == 1


def test_another_host_that_is_at_it_is_left_alone(register: Register) -> None:
    live(register)
    with psycopg.connect(register.settings.database_url) as other, on_day(2024, 8, 1):
        other.execute(worker._TRY_LOCK, (worker._RENEWING,))
        assert renew(register) == 0
        other.rollback()
        other.close()
        assert renew(register) == 2


def test_it_makes_notices_and_sends_them(
    register: Register, server: Mailserver, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As the worker goes round, with what it reads from its environment."""
    end = clock.today() + timedelta(days=40)
    live(register, perioden=[period(START, str(end))], emailadres="noor@school.example")
    monkeypatch.setenv("DATABASE_URL", register.settings.database_url)
    monkeypatch.setenv("KEY_DIR", str(register.settings.key_dir))
    monkeypatch.setenv("VAR_DIR", str(register.settings.var_dir))
    monkeypatch.setenv("SMTP_URL", server.url)
    monkeypatch.setenv("MAIL_FROM", "register@ra-zon.example")
    stop = threading.Event()
    work = {name: worker.PERIODIC[name] for name in ("renew_registraties", "send_berichten")}
    monkeypatch.setattr(worker, "PERIODIC", {**work, "stop": lambda _: stop.set() or 0})
    worker._work_periodically(register.settings.database_url, stop)
    assert [message["To"] for message in server.taken] == ["noor@school.example"]
    assert (notices(register), notices(register, waiting=False)) == ([], [("twaalf-weken", str(end))])


def test_without_a_mail_server_nothing_is_sent_and_nothing_lost(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", register.settings.database_url)
    monkeypatch.setenv("KEY_DIR", str(register.settings.key_dir))
    monkeypatch.delenv("SMTP_URL", raising=False)
    live(register, perioden=[period(START, str(clock.today() + timedelta(days=40)))], emailadres="noor@school.example")
    renew(register)
    with connect(register.settings.database_url, "test") as connection:
        assert worker.send_berichten(connection) == 0
    assert len(notices(register)) == 1


def test_a_mistake_in_one_piece_of_work_does_not_end_the_others(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    stop = threading.Event()

    def fail(_: object) -> int:
        raise KeyError("registratieJaren")

    monkeypatch.setattr(worker, "PERIODIC", {"fails": fail, "stop": lambda _: stop.set() or 0})
    worker._work_periodically(register.settings.database_url, stop)
    assert stop.is_set()
