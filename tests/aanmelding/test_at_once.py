"""Two who come in at the same moment: whoever is second finds what the first did, and never a dossier with two accounts."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TypeVar

import psycopg
import pytest

from tests.aanmelding.conftest import ECK_ID, Lobby
from tests.aanmelding.test_linking import WRONG
from tests.support import Register

_WHO = "select uitkomst from account_aanmelden('pop', %s, %s, array['leraar'], %s)"
_WAITING = """
select count(*) from pg_stat_activity
where datname = current_database() and usename = 'register_app' and wait_event_type = 'Lock'
"""
_DEADLINE = 30  # seconds
T = TypeVar("T")


@contextmanager
def _nobody_goes_on(register: Register, number: str, waiting: int) -> Iterator[None]:
    """Hold the dossier until so many wait, for it or for one another, so that they really come at once."""
    with psycopg.connect(register.settings.database_url) as connection, register.owner() as looking:
        connection.execute("select from leraar where registratienummer = %s for update", (number,))
        yield
        until = datetime.now(UTC).timestamp() + _DEADLINE
        while looking.execute(_WAITING).fetchone() != (waiting,):
            assert datetime.now(UTC).timestamp() < until, "they do not wait"
            looking.rollback()


def _both(register: Register, number: str, *actions: Callable[[], T]) -> list[T]:
    with ThreadPoolExecutor(len(actions)) as pool:
        with _nobody_goes_on(register, number, len(actions)):
            futures: list[Future[T]] = [pool.submit(action) for action in actions]
        return [future.result(timeout=_DEADLINE) for future in futures]


def _arrives(register: Register, subject: str) -> Callable[[], str]:
    def arrive() -> str:
        with register.database.autocommit() as connection:
            ((outcome,),) = connection.execute(_WHO, (subject, ECK_ID, datetime.now(UTC))).fetchall()
        return str(outcome)

    return arrive


@pytest.mark.parametrize(
    ("other", "outcomes"), [("s", {"gekoppeld", "aangemeld"}), ("t", {"gekoppeld", "ander-account"})]
)
def test_two_first_sign_ins_by_eck_id_make_one_account(lobby: Lobby, other: str, outcomes: set[str]) -> None:
    number = lobby.leraar(eckId=ECK_ID)
    register = lobby.register
    assert set(_both(register, number, _arrives(register, "s"), _arrives(register, other))) == outcomes
    assert [(leraar, works) for _, _, leraar, works in lobby.accounts()] == [(number, True)]


def test_a_koppelcode_is_for_one_of_two(lobby: Lobby) -> None:
    number = lobby.leraar()
    code = lobby.code_for(number)
    browsers = [lobby.other_browser() for _ in range(2)]
    for place, browser in enumerate(browsers):
        lobby.sign_in(browser=browser, sub=f"s{place}")
    answers = _both(
        lobby.register,
        number,
        *(lambda browser=browser: lobby.give_code(code, browser=browser) for browser in browsers),
    )
    assert sum(answer.status_code == 303 for answer in answers) == sum(WRONG in answer.text for answer in answers) == 1
    assert len(lobby.accounts()) == 1
    assert sum(lobby.is_signed_in(browser) for browser in browsers) == 1
