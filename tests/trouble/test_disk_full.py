"""The disk is full: a real file system without a byte left, with the database, the logs and all else on it.

Mounting needs root. Without it this is skipped; then test_refusing_database.py, where a trigger raises 53100, is all there is.
"""

import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import psycopg
import pytest

from register_service.runtime import migrate
from register_service.runtime.errors import RunError
from tests.trouble.journal import assert_sealed_and_intact, sealing
from tests.trouble.servers import OwnServer
from tests.trouble.world import Caller, Reply, World, make_world

_numbers = count(1)
# Room for a cluster, its WAL and a few megabytes of rows.
DISK = "256m"
MOST = 400


@pytest.fixture(scope="module")
def disk() -> Iterator[Path]:
    """A small file system of our own."""
    with tempfile.TemporaryDirectory(prefix="register-disk-") as folder:
        mount = ["mount", "-t", "tmpfs", "-o", f"size={DISK},mode=0755", "register-test", folder]
        try:
            subprocess.run(mount, check=True, capture_output=True)
        except (OSError, subprocess.CalledProcessError) as error:
            pytest.skip(f"mounting a small file system is not permitted here ({error})")
        try:
            yield Path(folder)
        finally:
            subprocess.run(["umount", "--lazy", folder], check=True)


@pytest.fixture(scope="module")
def server(disk: Path) -> Iterator[OwnServer]:
    server = OwnServer(disk / "postgres")
    server.prepare()
    try:
        server.start()
        server.create_database()
        migrate.upgrade(server.url())
        yield server
    finally:
        server.stop()


@pytest.fixture(scope="module")
def world(server: OwnServer, disk: Path) -> World:
    folder = disk / "var"
    folder.mkdir()
    return make_world(server.url(), folder)


@contextmanager
def full(disk: Path) -> Iterator[None]:
    """Fill the disk to the last byte, and make room again."""
    ballast = disk / "ballast"
    try:
        with ballast.open("wb", buffering=0) as file:
            for size in (1 << 20, 1 << 12, 1):
                try:
                    while True:
                        file.write(b"\0" * size)
                except OSError:
                    continue
        yield
    finally:
        ballast.unlink()


def write_until_refused(caller: Caller) -> tuple[list[Reply], Reply]:
    """Register leraren until one is refused; pages that have room take a few more."""
    accepted = []
    for _ in range(MOST):
        nth = next(_numbers)
        reply = caller.register(nth, key=f"key-{nth}")
        if reply.status != 201:
            return accepted, reply
        accepted.append(reply)
    raise AssertionError("the disk was not full")


def assert_nothing_half_written(world: World) -> None:
    leraren = world.scalar("select count(*) from leraar")
    assert leraren == world.scalar("select count(*) from koppeling")
    assert leraren == world.scalar("select count(*) from idempotency_key where status = 201")
    assert leraren == world.scalar("select count(*) from idempotency_key")
    assert leraren == world.scalar("select count(*) from journal where table_name = 'leraar'")
    assert leraren == world.scalar("select count(*) from journal where table_name = 'koppeling'")


def test_refused_while_full_and_back_by_itself(disk: Path, caller: Caller, world: World) -> None:
    with sealing(caller.service) as sealer:
        assert caller.register(next(_numbers), key="before").status == 201
        with full(disk):
            accepted, refused = write_until_refused(caller)
            refusals = [refused, *(caller.register(next(_numbers), key=f"full-{n}") for n in range(20))]
            assert {reply.status for reply in refusals} == {503}
            assert {reply.headers["Content-Type"] for reply in refusals} == {"application/problem+json"}
            assert all(int(reply.headers["Retry-After"]) > 0 for reply in refusals)
            assert caller.ask("GET", "/health/live").status == 200
            assert caller.ask("GET", "/metrics").status == 200
            assert caller.ask("GET", "/v1/leraren").status in (200, 503)
            assert_nothing_half_written(world)
        assert caller.register(next(_numbers), key="full-0").status == 201
        assert caller.ask("GET", "/v1/leraren").status == 200
        assert sealer.is_alive()
        assert_sealed_and_intact(caller.service, world)
    assert_nothing_half_written(world)
    assert world.scalar("select count(*) from leraar") == len(accepted) + 2
    assert '"sqlstate": "53100"' in caller.service.log.read_text()


def test_no_room_for_the_write_ahead_log(disk: Path, server: OwnServer, caller: Caller, world: World) -> None:
    """PostgreSQL stops when it cannot write its log. What was acknowledged before is there when it has room again."""
    with sealing(caller.service):
        before = world.scalar("select count(*) from leraar")
        accepted = 0
        with full(disk):
            with psycopg.connect(world.settings.database_url, autocommit=True) as owner:
                for _ in range(20):
                    accepted += caller.register(next(_numbers), key=f"wal-{_}").status == 201
                    try:
                        owner.execute("select pg_switch_wal()")
                    except psycopg.Error:
                        break
            refused = caller.register(next(_numbers), key="wal-last")
            assert refused.status == 503
            assert caller.ask("GET", "/health/live").status == 200
        if not server.is_alive():
            server.start()
        wait_for(server)
        assert caller.register(next(_numbers), key="wal-last").status == 201
        assert world.scalar("select count(*) from leraar") == before + accepted + 1
        assert_nothing_half_written(world)
        assert_sealed_and_intact(caller.service, world)


def wait_for(server: OwnServer) -> None:
    """Wait for a server that restarts by itself."""
    try:
        server._wait_until_ready(90)
    except RunError:  # its own restart began before there was room again
        server.start()
