"""From a moment to what was known at it."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest

from register_service.core import clock
from register_service.journal import moments
from tests.journal.conftest import add_partnerschappen

Connection = psycopg.Connection[Any]
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


def known(connection: Connection, moment: datetime) -> int:
    rows = f"select count(*) from journal where {moments.known('tx')}"
    ((count,),) = connection.execute(rows, {"beschikbaar_op": moment}).fetchall()
    return count


def horizon(connection: Connection, moment: datetime) -> tuple[datetime | None, bool]:
    """Give the last sealed moment, and whether this one is sealed."""
    ((until, sealed),) = connection.execute(moments.HORIZON, {"beschikbaar_op": moment}).fetchall()
    return until, sealed


def test_nothing_may_be_asked_before_the_first_seal(connection: Connection) -> None:
    assert horizon(connection, LONG_AGO) == (None, False)
    assert known(connection, clock.now()) == 0


def test_each_moment_shows_what_was_sealed_by_then(connection: Connection, seal: Callable[[], int]) -> None:
    start = clock.now()
    expected = []
    for number in range(4):
        with clock.fixed_at(start + timedelta(minutes=number)):
            add_partnerschappen(connection, 10, 100 * number)
            seal()
        expected.append(connection.execute("select count(*) from journal").fetchone()[0])
    assert known(connection, LONG_AGO) == 0
    assert known(connection, start - timedelta(microseconds=1)) == 0
    assert [known(connection, start + timedelta(minutes=number)) for number in range(4)] == expected
    assert known(connection, start + timedelta(seconds=150)) == expected[2]


def test_a_moment_is_sealed_up_to_the_horizon(connection: Connection, seal: Callable[[], int]) -> None:
    seal()
    until, _ = horizon(connection, LONG_AGO)
    assert until is not None
    assert horizon(connection, until) == (until, True)
    assert horizon(connection, until + timedelta(microseconds=1)) == (until, False)


@pytest.mark.parametrize(
    ("until", "choose"),
    [
        (None, "zodra het eerste is verzegeld"),
        (
            datetime(2026, 8, 1, 7, 30, 0, 250, tzinfo=UTC),
            "tot en met 1 augustus 2026 om 09.30 uur (2026-08-01T07:30:00.000250Z)",
        ),
    ],
)
def test_the_refusal_says_which_moment_to_choose(until: datetime | None, choose: str) -> None:
    assert moments.not_sealed(until).detail == f"Dit tijdstip is nog niet verzegeld. Kies een tijdstip {choose}."


def test_committed_before_a_sealed_quiet_moment_means_known_at_it(
    connection: Connection, seal: Callable[[], int]
) -> None:
    add_partnerschappen(connection, 10)
    committed = clock.now()
    seal()
    until, _ = horizon(connection, committed)
    assert until is not None
    assert until > committed
    assert known(connection, until) == connection.execute("select count(*) from journal").fetchone()[0]
