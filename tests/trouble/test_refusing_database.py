"""A database that answers, but not with what was asked: 503, nothing written, and no connection lost to the pool."""

import contextlib
import os
import signal
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from itertools import count
from pathlib import Path
from typing import cast

import psycopg
import pytest
from flask import Flask
from flask.testing import FlaskClient
from psycopg.abc import RV, PQGen
from sqlalchemy import event
from sqlalchemy.exc import DBAPIError
from werkzeug.test import TestResponse

from register_service.app import create_app
from register_service.core.context import Context
from register_service.core.db import Database, _Impatient, run_in
from register_service.leraren import service
from tests.trouble.hurting import hurting
from tests.trouble.world import World, make_world, person

POOL_SIZE = 2
Request = Callable[[FlaskClient], TestResponse]
_numbers = count(1)


@pytest.fixture
def world(database_url: str, tmp_path: Path) -> World:
    world = make_world(database_url, tmp_path)
    return replace(world, settings=replace(world.settings, pool_size=POOL_SIZE))


@pytest.fixture
def app(world: World) -> Iterator[Flask]:
    app = create_app(world.settings)
    yield app
    app.extensions["register"].database.dispose()


@pytest.fixture
def connections(app: Flask) -> list[_Impatient]:
    """Every connection that the pools make, in order; those that were closed too."""
    made: list[_Impatient] = []
    database: Database = app.extensions["register"].database
    for engine in (database._reads, database._writes):
        event.listen(engine, "connect", lambda connection, _record: made.append(connection))
    return made


@pytest.fixture
def client(app: Flask, connections: list[_Impatient], world: World) -> FlaskClient:
    """The bestuur's HR system, with one leraar to look at. A read and a write have filled the pools with one connection each."""
    client = app.test_client()
    client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {world.token(world.settings.base_url)}"
    assert write(client).status_code == 201
    assert read(client).status_code == 200
    assert connections
    return client


def read(client: FlaskClient) -> TestResponse:
    return client.get("/v1/leraren")


def write(client: FlaskClient) -> TestResponse:
    return client.post("/v1/leraren", json=person(next(_numbers)), headers={"Idempotency-Key": f"k{next(_numbers)}"})


def revoke(client: FlaskClient, world: World) -> TestResponse:
    form = {"client_id": world.client.client_id, "client_secret": world.client.client_secret}
    form["token"] = world.token(world.settings.base_url)
    return client.post("/oauth/revoke", data=form, environ_overrides={"HTTP_AUTHORIZATION": None})


def written(world: World) -> tuple[int, ...]:
    tables = ("leraar", "koppeling", "journal", "idempotency_key", "access_log", "revoked_token")
    return tuple(world.scalar(f"select count(*) from {table}") for table in tables)


@contextlib.contextmanager
def silent(world: World) -> Iterator[None]:
    """Stop the server's processes behind every connection that is in the pools now."""
    sessions = "select pid from pg_stat_activity where usename = 'register_app' and datname = current_database()"
    with psycopg.connect(world.settings.database_url, autocommit=True) as owner:
        stopped = [pid for (pid,) in owner.execute(sessions)]
    assert stopped
    for pid in stopped:
        os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for pid in stopped:
            os.kill(pid, signal.SIGCONT)


@contextlib.contextmanager
def impatient(connections: list[_Impatient]) -> Iterator[None]:
    """Make the connections that are in the pools now wait for no answer; those made meanwhile wait as long as ever."""
    present = {connection: connection.patience for connection in connections if not connection.closed}
    assert present
    for connection in present:
        connection.patience = 0.3
    try:
        yield
    finally:
        for connection, patience in present.items():
            connection.patience = patience


@contextlib.contextmanager
def hasty(connections: list[_Impatient]) -> Iterator[None]:
    """Have PostgreSQL cut short what the connections in the pools ask it now; those made meanwhile have the usual limit."""
    present = [connection for connection in connections if not connection.closed]
    assert present
    for connection in present:
        connection.execute("set statement_timeout = 300")
    try:
        yield
    finally:
        for connection in present:
            if not connection.closed:
                connection.execute("reset statement_timeout")


def assert_not_now(answer: TestResponse) -> None:
    assert answer.status_code == 503, answer.get_data()
    assert answer.mimetype == "application/problem+json"
    assert int(answer.headers["Retry-After"]) > 0
    assert b"Xylofoonsma" not in answer.get_data()


def assert_all_is_well(client: FlaskClient, world: World) -> None:
    with ThreadPoolExecutor(POOL_SIZE) as pool:
        assert {answer.status_code for answer in pool.map(lambda _: read(client), range(6))} == {200}
        assert {answer.status_code for answer in pool.map(lambda _: write(client), range(6))} == {201}
    assert revoke(client, world).status_code == 200
    # A backend whose client left needs a moment to notice.
    used = "select count(*) from pg_stat_activity where usename = 'register_app' and datname = current_database()"
    deadline = time.monotonic() + 90
    while world.scalar(used) > 2 * POOL_SIZE:
        assert time.monotonic() < deadline, "connections were lost to the pools"
        time.sleep(0.05)


NOT_NOW = {
    "40001": "serialisation failure",
    "40P01": "deadlock",
    "53000": "insufficient resources",
    "53100": "disk full",
    "53200": "out of memory",
    "53300": "too many connections",
    "55P03": "lock not available",
    "57014": "statement timeout",
    "57P01": "shutting down",
    "57P03": "starting up",
    "58030": "input or output error",
    "25006": "read only",
    "terminate": "the backend ends",
}


@pytest.mark.parametrize("code", NOT_NOW)
def test_refused_now_is_503_and_writes_nothing(code: str, client: FlaskClient, world: World) -> None:
    before = written(world)
    with hurting(world.settings.database_url, code):
        for answer in (read(client), write(client), revoke(client, world)):
            assert_not_now(answer)
        assert written(world) == before
    assert_all_is_well(client, world)


def test_every_connection_has_the_limits_of_the_settings(
    client: FlaskClient, connections: list[_Impatient], world: World
) -> None:
    assert write(client).status_code == 201
    for connection in connections:
        assert connection.execute("show statement_timeout").fetchone() == ("15s",)
        assert connection.execute("show idle_in_transaction_session_timeout").fetchone() == ("15s",)
        assert connection.patience == 20.0
    assert world.settings.statement_timeout_ms == 15_000


def test_a_statement_that_takes_too_long(client: FlaskClient, connections: list[_Impatient], world: World) -> None:
    before = written(world)
    with hurting(world.settings.database_url, "sleep"):
        for request in (read, write, lambda client: revoke(client, world)):
            with hasty(connections):
                assert_not_now(request(client))
        assert written(world) == before
    assert_all_is_well(client, world)


@pytest.mark.parametrize("code", ["53100", "40001", "57014"])
def test_refused_at_commit(code: str, client: FlaskClient, world: World) -> None:
    before = written(world)
    with hurting(world.settings.database_url, code, at_commit=True):
        for answer in (read(client), write(client), revoke(client, world)):
            assert_not_now(answer)
            assert answer.get_json()["code"] == "tijdelijk-niet-beschikbaar"
        assert written(world) == before
    assert_all_is_well(client, world)


def test_refused_at_commit_with_every_answer_there_at_once(
    client: FlaskClient, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on a busy machine: psycopg then takes up the refusal of the implicit COMMIT before it expects one."""
    wait = _Impatient.wait
    monkeypatch.setattr(_Impatient, "wait", lambda self, gen, *args: wait(self, unhurried(gen), *args))
    before = written(world)
    with hurting(world.settings.database_url, "53100", at_commit=True):
        assert_not_now(read(client))
        assert written(world) == before
    assert_all_is_well(client, world)


def unhurried(gen: PQGen[RV]) -> PQGen[RV]:
    """Let a moment pass before each look at what the server has sent."""
    ready = None
    while True:
        try:
            wanted = next(gen) if ready is None else gen.send(ready)
        except StopIteration as done:
            return cast(RV, done.value)
        time.sleep(0.02)
        ready = yield wanted


def test_a_backend_that_ends_at_commit_leaves_everybody_uncertain(client: FlaskClient, world: World) -> None:
    before = written(world)
    with hurting(world.settings.database_url, "terminate", at_commit=True):
        answer = write(client)
        assert_not_now(answer)
        assert answer.get_json()["code"] == "onzeker-of-vastgelegd"
        assert written(world) == before
    assert_all_is_well(client, world)


@pytest.mark.parametrize("request_", [read, write])
def test_a_server_that_falls_silent_is_left(
    request_: Request, client: FlaskClient, connections: list[_Impatient], world: World
) -> None:
    """The connection stays whole and no answer ever comes: as when a host hangs, or a message is lost."""
    before = len(connections)
    with silent(world), impatient(connections):
        assert request_(client).status_code < 300
    assert len(connections) > before
    assert_all_is_well(client, world)


def test_a_mistake_of_ours_is_500_without_values(client: FlaskClient, world: World) -> None:
    before = written(world)
    with hurting(world.settings.database_url, "XX000"):
        for answer in (read(client), write(client), revoke(client, world)):
            assert answer.status_code == 500
            assert answer.mimetype == "application/problem+json"
            assert b"Xylofoonsma" not in answer.get_data()
        assert written(world) == before
    assert_all_is_well(client, world)


@pytest.mark.parametrize("code", ["53100", "terminate", "XX000", "23514"])
def test_fifty_errors_leave_the_pool_whole(code: str, client: FlaskClient, world: World) -> None:
    with hurting(world.settings.database_url, code), ThreadPoolExecutor(POOL_SIZE) as pool:
        requests: list[Request] = [read, write, lambda client: revoke(client, world)] * 17
        answers = list(pool.map(lambda request: request(client), requests))
        assert {answer.status_code for answer in answers} <= {500, 503}
    assert_all_is_well(client, world)


def test_fifty_exceptions_in_a_handler_leave_the_pool_whole(
    client: FlaskClient, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: object, **_kwargs: object) -> None:
        raise RuntimeError("Zwaanhilde Xylofoonsma")

    before = written(world)
    with monkeypatch.context() as patch:
        patch.setattr(service, "_link", fail)
        for _ in range(50):
            assert write(client).status_code == 500
    assert written(world) == before
    assert_all_is_well(client, world)


def test_fifty_refusals_leave_the_pool_whole(client: FlaskClient, world: World) -> None:
    for _ in range(50):
        assert client.get("/v1/leraren/1000000002").status_code in (400, 404)
        assert client.post("/v1/leraren", json={**person(1), "geboortedatum": "2025-01-01"}).status_code == 400
    assert_all_is_well(client, world)


def test_too_many_connections(app: Flask, client: FlaskClient, world: World) -> None:
    app.extensions["register"].database.dispose()
    with psycopg.connect(world.settings.database_url, autocommit=True) as owner:
        name = owner.info.dbname
        owner.execute(f"alter database {name} connection limit 0".encode())
        for answer in (read(client), write(client), revoke(client, world), client.get("/health/ready")):
            assert_not_now(answer)
        owner.execute(f"alter database {name} connection limit -1".encode())
    assert_all_is_well(client, world)


def test_read_only_database(app: Flask, client: FlaskClient, world: World) -> None:
    """As some hosts make a database that is nearly full, and as after a failover, while we still talk to a standby."""
    app.extensions["register"].database.dispose()
    with psycopg.connect(world.settings.database_url, autocommit=True) as owner:
        name = owner.info.dbname
        owner.execute(f"alter database {name} set default_transaction_read_only = on".encode())
        for answer in (read(client), write(client), revoke(client, world)):
            assert_not_now(answer)
        owner.execute("set default_transaction_read_only = off")
        owner.execute(f"alter database {name} reset default_transaction_read_only".encode())
    # A session keeps what held when it began; ours must begin anew by themselves.
    assert_all_is_well(client, world)


def test_a_lock_that_does_not_come(client: FlaskClient, connections: list[_Impatient], world: World) -> None:
    before = written(world)
    with psycopg.connect(world.settings.database_url) as owner:
        owner.execute("lock table leraar, access_log in access exclusive mode")
        for request in (read, write):
            with hasty(connections):
                assert_not_now(request(client))
    assert written(world) == before
    assert_all_is_well(client, world)


def test_two_with_one_key_and_the_first_takes_too_long(
    client: FlaskClient, connections: list[_Impatient], world: World
) -> None:
    """The second waits for the first, not for ever, and is told to come back."""
    with psycopg.connect(world.settings.database_url) as owner:
        owner.execute(
            "insert into idempotency_key (client_id, key, fingerprint, created_at) values (%s, 'k', '', now())",
            (world.client.client_id,),
        )
        with hasty(connections):
            assert_not_now(client.post("/v1/leraren", json=person(next(_numbers)), headers={"Idempotency-Key": "k"}))
        owner.rollback()
    assert_all_is_well(client, world)


def test_an_error_that_somebody_swallowed_is_not_committed_in_silence(
    app: Flask, client: FlaskClient, world: World
) -> None:
    """PostgreSQL answers COMMIT of a failed transaction with ROLLBACK, which no driver takes for an error."""
    database: Database = app.extensions["register"].database
    context = Context("bestuur", "client:x", "test", date(2026, 1, 1), client=world.client.client_id)
    with pytest.raises(RuntimeError), database.transaction(context) as session, contextlib.suppress(DBAPIError):
        run_in(session, ("select 1 / 0", {}))
    assert_all_is_well(client, world)


def test_pool_exhausted(app: Flask, client: FlaskClient, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    database = app.extensions["register"].database
    held = [engine.raw_connection() for engine in (database._reads, database._writes) for _ in range(POOL_SIZE)]
    with monkeypatch.context() as patch:
        for engine in (database._reads, database._writes):
            patch.setattr(engine.pool, "_timeout", 0.2)
        for answer in (read(client), write(client), revoke(client, world), client.get("/health/ready")):
            assert_not_now(answer)
    assert client.get("/health/live").status_code == 200
    for fairy in held:
        fairy.close()
    assert_all_is_well(client, world)
