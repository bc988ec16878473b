"""PostgreSQL goes away under a running service: 503 while it is gone, and back by itself."""

import os
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count

import pytest

from tests.helpers.live import LiveServer
from tests.trouble.servers import FAST, IMMEDIATE, KILL, OwnServer
from tests.trouble.world import Caller, Reply, World

_numbers = count(1)
ENDPOINTS: dict[str, Callable[[Caller], Reply]] = {
    "read": lambda caller: caller.ask("GET", "/v1/leraren"),
    "search": lambda caller: caller.ask("POST", "/v1/leraren/_zoek", {"achternaam": "Xylofoonsma"}),
    "write": lambda caller: caller.register(next(_numbers)),
    "token": lambda caller: caller.sign_in(),
    "report": lambda caller: caller.ask("GET", "/v1/rapportages/gegevenskwaliteit"),
    "ready": lambda caller: caller.ask("GET", "/health/ready"),
}


@pytest.fixture(autouse=True)
def _running(server: OwnServer) -> Iterator[None]:
    yield
    if not server.is_alive():
        server.start_again()


def all_at_once(caller: Caller, times: int = 4) -> dict[str, list[Reply]]:
    """Call every endpoint several times, four requests at a time, so that every pooled connection is met."""
    calls = [(name, call) for name, call in ENDPOINTS.items() for _ in range(times)]
    with ThreadPoolExecutor(4) as pool:
        replies = list(pool.map(lambda pair: pair[1](caller), calls))
    answers: dict[str, list[Reply]] = {name: [] for name in ENDPOINTS}
    for (name, _), reply in zip(calls, replies, strict=True):
        answers[name].append(reply)
    return answers


def statuses(answers: dict[str, list[Reply]]) -> dict[str, set[int]]:
    return {name: {reply.status for reply in replies} for name, replies in answers.items()}


WELL = {"read": {200}, "search": {200}, "write": {201}, "token": {200}, "report": {200}, "ready": {200}}
AWAY = {name: {503} for name in ENDPOINTS}


def assert_not_now(reply: Reply) -> None:
    assert reply.status == 503, reply.body
    assert reply.headers["Content-Type"] == "application/problem+json"
    assert 0 < int(reply.headers["Retry-After"]) <= 60
    assert reply.json["code"] == "tijdelijk-niet-beschikbaar"


@pytest.mark.parametrize("how", [FAST, IMMEDIATE, KILL])
def test_gone_and_back(how: signal.Signals, server: OwnServer, world: World, caller: Caller) -> None:
    assert statuses(all_at_once(caller)) == WELL
    server.hurt(how)
    away = all_at_once(caller)
    assert statuses(away) == AWAY
    for replies in away.values():
        for reply in replies:
            assert_not_now(reply)
    assert caller.ask("GET", "/health/live").status == 200
    server.start_again()
    assert statuses(all_at_once(caller)) == WELL


@pytest.mark.parametrize("first", ENDPOINTS)
def test_the_first_request_after_a_restart_succeeds(first: str, server: OwnServer, caller: Caller) -> None:
    """Also when nobody noticed that the server was away: every pooled connection is dead then."""
    assert statuses(all_at_once(caller)) == WELL
    server.hurt(FAST)
    server.start_again()
    assert ENDPOINTS[first](caller).status in (200, 201)


def test_a_server_that_does_not_answer(server: OwnServer, world: World) -> None:
    """It takes the connection and says nothing: nobody waits for it longer than for a connection."""
    with LiveServer(world.settings) as fresh:
        caller = Caller(world, fresh)
        os.kill(server.pid, signal.SIGSTOP)
        try:
            with ThreadPoolExecutor(4) as pool:
                waiting = {name: pool.submit(ENDPOINTS[name], caller) for name in ("read", "write", "token")}
                assert caller.ask("GET", "/health/live").status == 200
                for future in waiting.values():
                    assert_not_now(future.result())
        finally:
            os.kill(server.pid, signal.SIGCONT)
        assert statuses(all_at_once(caller, 1)) == WELL


def test_a_service_that_starts_before_its_database(server: OwnServer, world: World) -> None:
    server.hurt(FAST)
    with LiveServer(world.settings) as early:
        caller = Caller(world, early)
        assert statuses(all_at_once(caller, 1)) == AWAY
        server.start_again()
        assert statuses(all_at_once(caller, 1)) == WELL
