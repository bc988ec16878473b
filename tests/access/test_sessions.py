"""Sessions: who somebody is that signed in, how long that lasts, and what ends it."""

from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID

import psycopg
import pytest

from register_service.access import sessions
from register_service.access.caller import Caller
from register_service.access.persons import SCOPES
from register_service.access.purging import purge_expired
from register_service.core.context import Context
from register_service.core.errors import Unauthenticated
from register_service.settings import Settings
from tests.access.conftest import MovingClock
from tests.helpers.sessions import begin_session
from tests.support import Register

WHO = "select current_setting('register.role', true), current_setting('register.leraar', true)"


@pytest.fixture
def register(settings: Settings, moving_clock: MovingClock) -> Iterator[Register]:
    """A register on a clock that moves when told to."""
    register = Register(settings)
    yield register
    register.close()


@pytest.fixture
def number(register: Register) -> str:
    """A leraar."""
    return register.leraar()


@pytest.fixture
def token(register: Register, number: str) -> str:
    """The cookie of that leraar."""
    return signed_in(register, leraar=number)


def signed_in(register: Register, **who: str) -> str:
    with register.owner() as connection:
        return begin_session(connection, **who)


def context_of(token: str) -> Context:
    return Context(role="leraar", actor="test", event="test", today=date(2026, 11, 23), session=sessions.hash_of(token))


def found(register: Register, token: str) -> Caller:
    caller = sessions.find(register.database, token)
    assert caller
    return caller


def holds(register: Register, token: str) -> bool:
    """Tell whether both ways to ask say that the session holds."""
    known = sessions.find(register.database, token) is not None
    try:
        register.database.read(context_of(token), (WHO, None))
    except Unauthenticated as error:
        assert error.code == "sessie-verlopen"
        assert not known
        return False
    assert known
    return True


def test_a_leraar_is_the_leraar_of_the_account_and_may_what_a_token_may(
    register: Register, number: str, token: str
) -> None:
    caller = found(register, token)
    assert (caller.role, caller.leraar, caller.scopes) == ("leraar", number, SCOPES["leraar"])
    assert caller.actor == f"leraar:{number}"
    assert register.database.read(context_of(token), (WHO, None)) == [[("leraar", number)]]


def test_an_auditor_is_nobodys_leraar_and_acts_as_the_account(register: Register) -> None:
    token = signed_in(register, naam="A. Auditor")
    caller = found(register, token)
    assert (caller.role, caller.leraar) == ("auditor", None)
    assert caller.actor == f"auditor:{UUID(caller.client_id)}"
    assert register.database.read(context_of(token), (WHO, None)) == [[("auditor", "")]]


def test_a_write_is_done_as_whose_session_it_is(register: Register, number: str, token: str) -> None:
    with register.database.transaction(context_of(token)) as session:
        assert session.connection().exec_driver_sql(WHO).one() == ("leraar", number)


def test_the_role_is_that_of_the_session_whatever_the_context_says(register: Register) -> None:
    token = signed_in(register)
    assert register.database.read(context_of(token), (WHO, None)) == [[("auditor", "")]]


def test_a_session_ends_after_thirty_minutes_without_a_page(
    register: Register, token: str, moving_clock: MovingClock
) -> None:
    moving_clock.forward(minutes=29, seconds=59)
    assert register.database.read(context_of(token), (WHO, None))
    moving_clock.forward(seconds=1)
    assert not holds(register, token)


def test_a_page_keeps_a_session_alive(register: Register, token: str, moving_clock: MovingClock) -> None:
    for _ in range(3):
        moving_clock.forward(minutes=29)
        assert holds(register, token)


def test_a_session_ends_after_eight_hours_however_busy(
    register: Register, token: str, moving_clock: MovingClock
) -> None:
    for _ in range(23):
        moving_clock.forward(minutes=20)
        assert holds(register, token)
    moving_clock.forward(minutes=20)
    assert not holds(register, token)


def test_that_somebody_was_seen_is_written_once_a_minute_at_most(
    register: Register, token: str, moving_clock: MovingClock
) -> None:
    began = moving_clock.now()
    moving_clock.forward(seconds=59)
    found(register, token)
    assert register.rows("select seen_at from session") == [(began,)]
    moving_clock.forward(seconds=1)
    found(register, token)
    assert register.rows("select seen_at from session") == [(began + timedelta(minutes=1),)]


def test_signing_out_ends_it_at_once(register: Register, token: str) -> None:
    assert sessions.end(register.database, token)
    assert not holds(register, token)
    assert sessions.end(register.database, token) is None


def test_taking_the_account_back_ends_it_at_once(register: Register, token: str) -> None:
    register.as_owner("update account set ingetrokken_op = now()")
    assert not holds(register, token)


def test_a_session_follows_a_merge(register: Register, number: str, token: str) -> None:
    survivor = register.leraar()
    body = {"van": number, "naar": survivor, "reden": "dubbel"}
    assert register.post("/leraren/_samenvoegen", body, "k").status_code == 200
    assert found(register, token).leraar == survivor
    assert register.database.read(context_of(token), (WHO, None)) == [[("leraar", survivor)]]


def test_no_token_is_kept(register: Register, token: str) -> None:
    assert token not in str(register.rows("select to_jsonb(s)::text from session s"))
    assert register.rows("select hash from session") == [(sessions.hash_of(token),)]


def test_a_token_that_never_was_is_nobodys(register: Register, token: str) -> None:
    for other in ("", "x", token[:-1], sessions.new_token()):
        assert not holds(register, other)


def test_the_role_of_the_service_reads_no_session_and_no_secret(register: Register, token: str) -> None:
    for table in ("session", "sign_in", "newcomer", "koppelcode_secret"):
        with register.app_role(role="beheer") as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute(f"select * from {table}")
    with register.app_role(role="beheer") as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute("select subject from account")


def test_what_a_form_carries_is_of_one_session() -> None:
    one, other = sessions.new_token(), sessions.new_token()
    assert sessions.is_csrf_token(sessions.csrf_token(one), one)
    for wrong in ("", sessions.csrf_token(other), one, "é"):
        assert not sessions.is_csrf_token(wrong, one)


def test_sessions_that_ended_are_thrown_away(register: Register, token: str, moving_clock: MovingClock) -> None:
    def purged() -> int:
        with psycopg.connect(register.settings.database_url) as connection:
            return purge_expired(connection)

    signed_in(register)
    assert purged() == 0
    sessions.end(register.database, token)
    moving_clock.forward(minutes=6)
    assert purged() == 1
    moving_clock.forward(hours=8)
    assert purged() == 1
