"""Notices over a real SMTP server: each once, whatever happens to the sender."""

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from click.testing import CliRunner

from register_service.cli.main import cli
from register_service.core import clock
from register_service.core.command import owner_connection
from register_service.registratie.berichten import MOST_TRIES, Tally, send_waiting
from register_service.registratie.mail import MailServer
from tests.helpers.live import ROOT, free_port
from tests.registratie.mailserver import Mailserver, mailserver
from tests.support import A, Register

_BERICHT = """
with periode as (
    insert into registratieperiode (leraar, begindatum, einddatum, grond)
    values (%(leraar)s, '2023-01-01', '2026-12-31', 'eerste') returning id)
insert into bericht (leraar, periode, soort, einddatum, gemaakt_op)
select %(leraar)s, id, 'zes-maanden', '2026-12-31', '2026-06-30' from periode
"""
FROM = "register@ra-zon.example"


@pytest.fixture
def server() -> Iterator[Mailserver]:
    """A mail server that takes everything."""
    with mailserver() as running:
        yield running


def waiting(register: Register, number: int = 1, **fields: object) -> list[str]:
    """Register leraren with an address, each with a notice that waits."""
    numbers = []
    for place in range(number):
        leraar = register.leraar(**{"emailadres": f"leraar{place}@school.example", **fields})
        with register.owner() as connection:
            connection.execute(_BERICHT, {"leraar": leraar})
        numbers.append(leraar)
    return numbers


def send(register: Register, url: str, **how: int) -> Tally:
    """Send what waits, in this process."""
    return send_waiting(partial(owner_connection, register.settings), MailServer(url, FROM), **how)


@contextmanager
def later(**how: int) -> Iterator[None]:
    """Let time pass."""
    with clock.fixed_at(datetime.now(UTC) + timedelta(**how)):
        yield


def sender(register: Register, url: str, output: int = subprocess.DEVNULL) -> "subprocess.Popen[bytes]":
    """Start a sender in a process of its own."""
    environ = {
        **os.environ,
        "DATABASE_URL": register.settings.database_url,
        "KEY_DIR": str(register.settings.key_dir),
        "SMTP_URL": url,
        "MAIL_FROM": FROM,
    }
    command = [sys.executable, "-m", "register_service", "bericht", "verzend"]
    return subprocess.Popen(command, cwd=ROOT, env=environ, stdout=output, stderr=output)


def test_what_is_logged_is_not_what_is_told(register: Register) -> None:
    waiting(register)
    with sender(register, f"smtp://127.0.0.1:{free_port()}", subprocess.PIPE) as process:
        told, logged = process.communicate(timeout=60)
    assert told.decode().splitlines() == ["0 verzonden, 0 niet aangenomen, 0 onzeker."]
    assert json.loads(logged)["event"] == "mail_server"


def test_says_what_ends_when_and_what_to_do(register: Register, server: Mailserver) -> None:
    waiting(register, roepnaam="Noor")
    assert send(register, server.url).sent == 1
    (message,) = server.taken
    assert (message["To"], message["From"]) == ("leraar0@school.example", FROM)
    assert message["Subject"] == "Uw registratie loopt over een half jaar af"
    text = message.get_payload(decode=True).decode()  # type: ignore[union-attr]
    assert "Beste Noor," in text
    assert "loopt tot en met 31 december 2026" in text
    assert "uitstel" in text
    assert register.rows("select verzonden_op is not null, bezig_sinds, storing from bericht") == [(True, None, None)]


def test_nothing_is_sent_twice_and_nothing_that_was_dropped(register: Register, server: Mailserver) -> None:
    waiting(register, 3)
    register.as_owner("update bericht set vervallen_op = now() where id = (select min(id::text)::uuid from bericht)")
    assert [send(register, server.url).sent for _ in range(3)] == [2, 0, 0]


def test_senders_at_once_share_the_work(register: Register, server: Mailserver) -> None:
    waiting(register, 12)
    threads = [threading.Thread(target=send, args=(register, server.url)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(server.taken) == len({message["Message-ID"] for message in server.taken}) == 12


@pytest.mark.parametrize("step", ["RCPT", "DATA"])
def test_a_sender_that_is_killed_half_way_leaves_each_notice_sent_once(
    register: Register, server: Mailserver, step: str
) -> None:
    """Killed before the message ends, and killed when the server has it and has not answered yet."""
    waiting(register, 5)
    seen = 0

    def kill() -> str | None:
        nonlocal seen
        seen += 1
        if seen == 3:
            process.send_signal(signal.SIGKILL)
            process.wait(30)
        return None

    server.at[step] = kill
    process = sender(register, server.url)
    process.wait(60)
    assert process.returncode == -signal.SIGKILL
    server.at.clear()
    send(register, server.url)
    with later(hours=1):
        send(register, server.url)
    assert sorted(message["To"] for message in server.taken) == [f"leraar{n}@school.example" for n in range(5)]


def test_a_claim_of_a_sender_that_lives_is_left_alone(register: Register, server: Mailserver) -> None:
    waiting(register)
    register.as_owner("update bericht set bezig_sinds = now(), pogingen = 1")
    assert send(register, server.url).sent == 0
    with later(minutes=11):
        assert send(register, server.url).sent == 1


def test_what_a_server_never_answered_to_is_uncertain_and_not_sent_again(
    register: Register, server: Mailserver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("register_service.registratie.mail._SECONDS", 0.5)
    waiting(register, 2)
    released = threading.Event()
    server.at["DATA"] = lambda: released.wait(30) and None
    tally = send(register, server.url)
    released.set()
    assert (tally.sent, tally.uncertain) == (0, 1)
    server.at.clear()
    with later(hours=1):
        assert send(register, server.url).sent == 1
    assert len({message["To"] for message in server.taken}) == len(server.taken) == 2


def test_what_a_server_refuses_stays_waiting_and_the_others_go_on(register: Register, server: Mailserver) -> None:
    waiting(register, 3)
    answers = iter(["550 no such user", None, None])
    server.at["RCPT"] = lambda: next(answers)
    tally = send(register, server.url)
    assert (tally.sent, tally.refused) == (2, 1)
    ((storing,),) = register.rows("select storing from bericht where verzonden_op is null")
    assert storing == "de mailserver weigerde bij RCPT met code 550"
    server.at.clear()
    with later(hours=1):
        assert send(register, server.url).sent == 1


def test_a_refusal_at_the_end_is_no_uncertainty(register: Register, server: Mailserver) -> None:
    waiting(register)
    server.at["refuse"] = lambda: "451 later"
    assert send(register, server.url).refused == 1
    server.at.clear()
    with later(hours=1):
        assert send(register, server.url).sent == 1


def test_without_a_server_nothing_is_lost(register: Register) -> None:
    waiting(register, 2)
    tally = send(register, f"smtp://127.0.0.1:{free_port()}")
    assert tally == Tally()
    assert register.rows("select pogingen from bericht") == [(0,), (0,)]


def test_without_an_address_it_waits_and_the_keeper_sees_why(
    register: Register, server: Mailserver, monkeypatch: pytest.MonkeyPatch
) -> None:
    (number,) = waiting(register, emailadres=None)
    assert send(register, server.url).sent == 0
    monkeypatch.setenv("DATABASE_URL", register.settings.database_url)
    (shown,) = json.loads(CliRunner().invoke(cli, ["bericht", "list"]).output)
    assert shown["toestand"] == "geen-adres"
    register.as_owner("update leraar set emailadres = 'later@school.example' where registratienummer = %s", number)
    assert send(register, server.url).sent == 1


def test_it_is_tried_so_often_and_then_only_when_the_keeper_says_so(
    register: Register, server: Mailserver, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting(register)
    register.as_owner("update bericht set pogingen = %s", MOST_TRIES)
    assert send(register, server.url).sent == 0
    monkeypatch.setenv("DATABASE_URL", register.settings.database_url)
    (shown,) = json.loads(CliRunner().invoke(cli, ["bericht", "list"]).output)
    assert shown["toestand"] == "opgegeven"
    assert CliRunner().invoke(cli, ["bericht", "opnieuw", shown["id"], "--reden", "hersteld"]).exit_code == 0
    assert send(register, server.url).sent == 1
    assert CliRunner().invoke(cli, ["bericht", "opnieuw", shown["id"], "--reden", "nog eens"]).exit_code == 1


def test_a_line_that_is_a_full_stop_does_not_end_the_message(
    register: Register, server: Mailserver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("register_service.registratie.berichten._TEXT", "Beste {naam},\n.\nTot {dag}.\n")
    waiting(register, roepnaam="Noor")
    send(register, server.url)
    text = server.taken[0].get_payload(decode=True).decode()  # type: ignore[union-attr]
    assert text.splitlines() == ["Beste Noor,", ".", "Tot 31 december 2026."]


def test_the_journal_says_what_happened_and_holds_no_address(register: Register, server: Mailserver) -> None:
    waiting(register)
    send(register, server.url)
    rows = register.rows("select event, state::text from journal where table_name = 'bericht' order by id")
    assert [event for event, _ in rows] == ["test", "bericht.begonnen", "bericht.afgegeven", "bericht.verzonden"]
    assert not [state for _, state in rows if "@" in state]


def test_a_bestuur_does_not_see_what_was_written_to_whom(register: Register) -> None:
    (number,) = waiting(register)
    register.aanstelling(number)
    with register.app_role(A) as connection:
        assert connection.execute("select from bericht").fetchall() == []
