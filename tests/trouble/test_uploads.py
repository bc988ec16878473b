"""Files over real HTTP to a real gunicorn: flat memory, workers killed, clients that leave, scanners and buckets away."""

import contextlib
import dataclasses
import hashlib
import http.client
import json
import signal
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest

from register_service.storage.receiving import MOST
from tests.helpers.live import LiveServer, free_port
from tests.helpers.s3 import S3Server
from tests.helpers.upload_app import PATH
from tests.storage import files
from tests.trouble.world import Caller, Reply, World

APP = "tests.helpers.upload_app:app"
MEBIBYTE = 1024 * 1024
PDF = {"Content-Type": "application/pdf"}


@pytest.fixture(scope="module")
def service(world: World) -> Iterator[LiveServer]:
    """gunicorn with one worker, so that every upload goes through the same memory."""
    with LiveServer(world.settings, app=APP) as running:
        yield running


def worker_of(service: LiveServer) -> psutil.Process:
    assert service.process
    (worker,) = psutil.Process(service.process.pid).children()
    return worker


def upload(caller: Caller, content: bytes, **headers: str) -> Reply:
    return caller.ask(
        "POST", PATH, content, {**PDF, **{name.replace("_", "-"): value for name, value in headers.items()}}
    )


def stored(world: World) -> set[str]:
    return {path.name for path in (world.settings.var_dir / "bewijsstukken").glob("??/*")}


def incoming(world: World) -> list[Path]:
    return list((world.settings.var_dir / "bewijsstukken" / "incoming").glob("*"))


def rows_of(world: World, content: bytes) -> int:
    return int(world.scalar("select count(*) from leraar where voornamen = %s", hashlib.sha256(content).hexdigest()))


def wait_until(condition: object, seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while not condition():  # type: ignore[operator]
        assert time.monotonic() < deadline, "it never happened"
        time.sleep(0.02)


def added_memory(caller: Caller, worker: psutil.Process, seed: int) -> float:
    """Give what a worker's memory grows by at most, in MB, while ten megabytes go in and come out."""
    content, before, peak = files.pdf_of(MOST, seed), worker.memory_info().rss, 0
    with ThreadPoolExecutor(1) as pool:
        going = pool.submit(in_and_out, caller, content)
        while not going.done():
            peak = max(peak, worker.memory_info().rss)
        assert going.result() == content
    return (peak - before) / MEBIBYTE


def in_and_out(caller: Caller, content: bytes) -> bytes:
    added = upload(caller, content)
    assert added.status == 201, added.body
    link = caller.ask("POST", f"{PATH}/_download", added.json).json["url"]
    path = "/bewijsstukken/" + link.rpartition("/")[2]
    return caller.ask("GET", path).body


def test_ten_megabytes_add_under_20_to_a_worker(caller: Caller, service: LiveServer) -> None:
    """The bar of issue 4, from the first request of this kind on; then again and again without growing."""
    assert caller.ask("GET", "/v1/besturen").status == 200
    worker = worker_of(service)
    start = worker.memory_info().rss
    added = [added_memory(caller, worker, seed) for seed in range(4)]
    assert max(added) < 20
    assert (worker.memory_info().rss - start) / MEBIBYTE < 20


def test_with_a_bucket_too(world: World, tmp_path: Path) -> None:
    with S3Server(tmp_path / "moto.log") as s3, LiveServer(s3.settings(world.settings), app=APP) as service:
        caller = Caller(world, service)
        assert caller.ask("GET", "/v1/besturen").status == 200
        worker = worker_of(service)
        start = worker.memory_info().rss
        assert max(added_memory(caller, worker, 10 + seed) for seed in range(3)) < 20
        assert (worker.memory_info().rss - start) / MEBIBYTE < 20
        s3.stop()
        content = files.pdf(b"niemand thuis")
        refused = upload(caller, content, Idempotency_Key="bucket")
        assert (refused.status, refused.json["code"]) == (503, "opslag-niet-beschikbaar")
        assert int(refused.headers["Retry-After"]) > 0
        assert rows_of(world, content) == 0
        s3.start()
        assert upload(caller, content, Idempotency_Key="bucket").status == 201
        assert rows_of(world, content) == 1


def head_of(caller: Caller, *lines: str) -> bytes:
    head = [f"POST {PATH} HTTP/1.1", "Host: register", f"Authorization: Bearer {caller.token}", *lines]
    return "\r\n".join([*head, "Content-Type: application/pdf", "", ""]).encode()


def connect(caller: Caller) -> socket.socket:
    return socket.create_connection(("127.0.0.1", caller.service.port), timeout=30)


@pytest.mark.parametrize("chunked", [False, True])
def test_who_leaves_half_way_leaves_nothing(caller: Caller, world: World, chunked: bool) -> None:
    content = files.pdf_of(5_000_000, seed=20)
    before = stored(world)
    length = "Transfer-Encoding: chunked" if chunked else f"Content-Length: {len(content)}"
    first = f"{len(content):x}\r\n".encode() if chunked else b""
    for rudely in (False, True):
        connection = connect(caller)
        connection.sendall(head_of(caller, length) + first + content[:3_000_000])
        wait_until(lambda: incoming(world))
        if rudely:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        connection.close()
        wait_until(lambda: not incoming(world))
    assert stored(world) == before
    assert rows_of(world, content) == 0


def test_who_stops_after_a_whole_file_that_is_shorter_than_announced(caller: Caller, world: World) -> None:
    """What came is a whole PDF; the request is not whole, and is not carried out."""
    content = files.pdf(b"korter dan beloofd")
    with connect(caller) as connection:
        connection.sendall(head_of(caller, f"Content-Length: {len(content) + 1000}") + content)
        connection.shutdown(socket.SHUT_WR)
        assert connection.recv(65536).startswith(b"HTTP/1.1 400 ")
    assert rows_of(world, content) == 0
    assert hashlib.sha256(content).hexdigest() not in stored(world)


def test_a_file_in_chunks_is_measured_like_any_other(caller: Caller, world: World) -> None:
    def send(size: int) -> int:
        connection = http.client.HTTPConnection("127.0.0.1", caller.service.port, timeout=60)
        content = files.pdf_of(size, seed=30)
        parts = iter([content[at : at + 50_000] for at in range(0, size, 50_000)])
        headers = {"Authorization": f"Bearer {caller.token}", **PDF}
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            connection.request("POST", PATH, parts, headers, encode_chunked=True)
        return connection.getresponse().status

    assert send(2_000_000) == 201
    assert send(MOST) == 201
    assert send(MOST + 1) == 413


def test_a_file_that_says_it_is_too_large_is_refused_unread(caller: Caller, world: World) -> None:
    with connect(caller) as connection:
        connection.sendall(head_of(caller, "Content-Length: 10000000000"))
        answer = connection.recv(65536)
    assert answer.startswith(b"HTTP/1.1 413 ")
    assert b"application/problem+json" in answer


def test_kill_9_of_a_worker_half_way_leaves_nothing_but_a_file_to_clean_up(caller: Caller, world: World) -> None:
    content = files.pdf_of(5_000_000, seed=40)
    before = stored(world)
    connection = connect(caller)
    connection.sendall(head_of(caller, f"Content-Length: {len(content)}") + content[:3_000_000])
    wait_until(lambda: incoming(world))
    worker_of(caller.service).send_signal(signal.SIGKILL)
    with contextlib.suppress(ConnectionResetError):
        assert connection.recv(100) == b""
    connection.close()
    assert stored(world) == before
    assert rows_of(world, content) == 0
    (leftover,) = incoming(world)
    leftover.unlink()
    wait_until(lambda: answers(caller))
    assert upload(caller, content).status == 201


def answers(caller: Caller) -> bool:
    try:
        return caller.ask("GET", "/health/live").status == 200
    except (OSError, http.client.HTTPException):
        return False


def test_without_its_scanner_nothing_is_let_through(world: World) -> None:
    settings = dataclasses.replace(world.settings, clamav=f"tcp://127.0.0.1:{free_port()}")
    before = stored(world)
    with LiveServer(settings, app=APP) as service:
        refused = upload(Caller(world, service), files.pdf(b"ongezien"))
        log = service.log.read_text()
    assert (refused.status, refused.json["code"]) == (503, "virusscan-niet-beschikbaar")
    assert int(refused.headers["Retry-After"]) > 0
    assert refused.headers["Content-Type"] == "application/problem+json"
    assert stored(world) == before
    warned = [json.loads(line) for line in log.splitlines() if '"virusscan-niet-beschikbaar"' in line]
    assert [line["kind"] for line in warned] == ["ConnectionRefusedError"]
