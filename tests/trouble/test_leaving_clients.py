"""Clients that leave half-way, send half a body, or send it a byte at a time: nothing half-written, no thread held for ever."""

import json
import socket
import struct
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest

from tests.helpers.live import LiveServer
from tests.helpers.running import wait_until
from tests.trouble.world import Caller, World, person

TIMEOUT = 10  # of gunicorn; half of it is for reading a request
THREADS = 2


class HastyServer(LiveServer):
    """gunicorn that does not wait as long as it does in production."""

    def environ(self) -> dict[str, str]:
        return super().environ() | {"GUNICORN_CMD_ARGS": f"--timeout {TIMEOUT}"}


@pytest.fixture(scope="module")
def service(world: World) -> Iterator[LiveServer]:
    with HastyServer(world.settings, threads=THREADS) as running:
        yield running


def request_bytes(caller: Caller, nth: int, *, length: int | None = None, chunked: bool = False) -> bytes:
    """Write a registration by hand, with whatever length it claims to have."""
    body = json.dumps(person(nth)).encode()
    head = [
        "POST /v1/leraren HTTP/1.1",
        "Host: register",
        f"Authorization: Bearer {caller.token}",
        "Content-Type: application/json",
        "Transfer-Encoding: chunked" if chunked else f"Content-Length: {len(body) if length is None else length}",
    ]
    return "\r\n".join([*head, "", ""]).encode() + (f"{len(body):x}\r\n".encode() if chunked else b"") + body


def connect(caller: Caller) -> socket.socket:
    return socket.create_connection(("127.0.0.1", caller.service.port), timeout=60)


def reset(connection: socket.socket) -> None:
    """Leave without saying goodbye."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


def leraren(world: World) -> int:
    return int(world.scalar("select count(*) from leraar"))


def wait_until_idle(world: World) -> None:
    """Wait until no connection of the service is in a transaction or a statement."""
    busy = (
        "select count(*) from pg_stat_activity"
        " where usename = 'register_app' and datname = current_database() and state <> 'idle'"
    )
    wait_until(lambda: not world.scalar(busy))


def waiting_for_a_lock(world: World) -> int:
    """Count the requests that have come as far as the table that is locked."""
    return int(
        world.scalar(
            "select count(*) from pg_stat_activity"
            " where usename = 'register_app' and datname = current_database() and wait_event_type = 'Lock'"
        )
    )


def assert_all_is_well(caller: Caller, world: World, nth: int) -> None:
    wait_until_idle(world)
    with ThreadPoolExecutor(THREADS) as pool:
        assert {reply.status for reply in pool.map(lambda _: caller.ask("GET", "/v1/leraren"), range(8))} == {200}
    assert caller.register(nth).status == 201


@pytest.mark.parametrize("chunked", [False, True])
@pytest.mark.parametrize("rudely", [False, True])
def test_leaves_in_the_middle_of_the_body(rudely: bool, chunked: bool, caller: Caller, world: World) -> None:
    before = leraren(world)
    for _ in range(20):
        connection = connect(caller)
        connection.sendall(request_bytes(caller, 900, chunked=chunked)[:-40])
        reset(connection) if rudely else connection.close()
    assert_all_is_well(caller, world, 10 + 2 * rudely + chunked)
    assert leraren(world) == before + 1


def test_leaves_after_whole_json_that_is_shorter_than_announced(caller: Caller, world: World) -> None:
    """The JSON is whole, the request is not: it is not carried out."""
    before = leraren(world)
    with connect(caller) as connection:
        connection.sendall(request_bytes(caller, 901, length=5_000))
        connection.shutdown(socket.SHUT_WR)
        assert connection.recv(65536).startswith(b"HTTP/1.1 400 ")
    with connect(caller) as connection:
        connection.sendall(request_bytes(caller, 902, chunked=True))
        connection.shutdown(socket.SHUT_WR)
        assert connection.recv(65536).startswith(b"HTTP/1.1 400 ")
    assert leraren(world) == before


def test_leaves_while_the_request_is_carried_out(caller: Caller, world: World) -> None:
    """Who does not wait for the answer has sent the request all the same: it is carried out, whole, and once."""
    before = leraren(world)
    with psycopg.connect(world.settings.database_url) as owner:
        owner.execute("lock table leraar in share row exclusive mode")
        for nth in range(THREADS):
            connection = connect(caller)
            connection.sendall(request_bytes(caller, 920 + nth))
            wait_until(lambda nth=nth: waiting_for_a_lock(world) == nth + 1)
            reset(connection)
    assert_all_is_well(caller, world, 930)
    assert leraren(world) == before + THREADS + 1
    assert world.scalar("select count(*) from koppeling") == leraren(world)


def test_a_slow_body_is_not_waited_for_for_ever(caller: Caller, world: World) -> None:
    before = leraren(world)
    with ThreadPoolExecutor(THREADS) as pool:
        slow = [pool.submit(dawdle, caller, 940 + nth) for nth in range(THREADS)]
        # Every thread is held; who comes now has to wait, but is served.
        assert caller.ask("GET", "/v1/leraren").status == 200
        assert {future.result() for future in slow} == {400}
    assert leraren(world) == before
    assert_all_is_well(caller, world, 950)


def dawdle(caller: Caller, nth: int) -> int:
    """Send a request a byte at a time and give the status of the answer."""
    data = request_bytes(caller, nth)
    with connect(caller) as connection:
        connection.sendall(data[:-60])
        try:
            for byte in data[-60:]:
                time.sleep(0.5)
                connection.sendall(bytes([byte]))
        except OSError:  # hung up on
            pass
        return int(connection.recv(65536).split(b" ")[1])


def test_slow_headers_hold_no_thread_for_ever(caller: Caller, world: World) -> None:
    connections = [connect(caller) for _ in range(THREADS)]
    for connection in connections:
        connection.sendall(b"GET /v1/leraren HTTP/1.1\r\nHost: regis")
    assert caller.ask("GET", "/v1/leraren").status == 200
    for connection in connections:
        connection.close()
    assert_all_is_well(caller, world, 960)


def test_a_request_that_only_takes_long_is_not_cut_off(caller: Caller, world: World) -> None:
    """Longer than may be spent on reading a request, which this one was not."""
    with ThreadPoolExecutor(1) as pool, psycopg.connect(world.settings.database_url) as owner:
        owner.execute("lock table leraar in share row exclusive mode")
        waiting = pool.submit(caller.register, 970)
        wait_until(lambda: waiting_for_a_lock(world) == 1)
        time.sleep(TIMEOUT / 2 + 2)
        owner.rollback()
        assert waiting.result().status == 201
