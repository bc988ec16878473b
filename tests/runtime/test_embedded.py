"""The embedded server starts whatever the last one left behind, and refuses what is not its own."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
import pytest

from register_service import location
from register_service.runtime import migrate
from register_service.runtime.embedded import EmbeddedServer, shared_buffers
from register_service.runtime.errors import RunError
from tests.helpers.databases import make_folder


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that PostgreSQL may use, deleted afterwards."""
    path = make_folder()
    yield path
    shutil.rmtree(path)


@pytest.fixture
def server(folder: Path) -> Iterator[EmbeddedServer]:
    """A prepared server, stopped afterwards."""
    one = EmbeddedServer(folder / "postgres", volatile=True)
    one.prepare()
    yield one
    one.stop()


def answers(server: EmbeddedServer) -> bool:
    with psycopg.connect(server.url("postgres")) as connection:
        return connection.execute("select 1").fetchone() == (1,)


def test_making_the_folder_starts_over_after_an_interruption(folder: Path) -> None:
    half = folder / "postgres.new"
    half.mkdir()
    (half / "PG_VERSION").write_text("18")
    server = EmbeddedServer(folder / "postgres", volatile=True)
    assert server.prepare()
    assert not half.exists()
    assert not server.prepare()


def test_a_folder_with_something_else_in_it_is_refused(folder: Path) -> None:
    (folder / "postgres").mkdir()
    (folder / "postgres" / "scriptie.txt").touch()
    with pytest.raises(RunError, match="is niet leeg en bevat geen PostgreSQL"):
        EmbeddedServer(folder / "postgres").prepare()


def test_a_pid_file_that_names_another_program_is_no_obstacle(server: EmbeddedServer) -> None:
    (server.data / "postmaster.pid").write_text(f"{os.getpid()}\n{server.data}\n1\n5432\n\n\n\nready\n")
    server.start()
    assert answers(server)


def test_a_server_that_was_left_running_is_replaced(server: EmbeddedServer) -> None:
    server.start()
    number = int((server.data / "postmaster.pid").read_text().split("\n")[0])
    successor = EmbeddedServer(server.data, volatile=True)
    try:
        successor.start()
        assert answers(successor)
        assert not server.is_alive()
        assert not psutil.pid_exists(number)
    finally:
        successor.stop()


def test_killed_with_9_it_starts_again(server: EmbeddedServer) -> None:
    server.start()
    server.create_database()
    psutil.Process(int((server.data / "postmaster.pid").read_text().split("\n")[0])).kill()
    server.start()
    assert not server.create_database()


def test_a_server_that_cannot_start_shows_why(server: EmbeddedServer) -> None:
    (server.data / "postgresql.conf").write_text("dit = onzin\n")
    with pytest.raises(RunError, match=r"PostgreSQL startte niet\.\n.*\n(?s:.*)dit"):
        server.start()


def test_a_long_path_gets_a_short_socket(folder: Path) -> None:
    server = EmbeddedServer(folder / ("m" * 80) / "postgres", volatile=True)
    assert location.socket_dir(server.data) != server.data
    server.prepare()
    try:
        server.start()
        assert answers(server)
    finally:
        server.stop()
        server.remove()
    assert not location.socket_dir(server.data).exists()


def test_nobody_else_can_reach_the_socket(server: EmbeddedServer) -> None:
    server.start()
    assert location.socket_dir(server.data).stat().st_mode & 0o077 == 0
    with psycopg.connect(server.url("postgres")) as connection:
        assert connection.execute("show listen_addresses").fetchone() == ("",)


def test_an_older_postgresql_is_refused(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migrate, "_OLDEST", 990_000)
    with pytest.raises(RunError, match="draait op PostgreSQL 18; het register heeft PostgreSQL"):
        migrate.upgrade(database_url)


def test_the_server_log_holds_no_names(server: EmbeddedServer) -> None:
    server.start()
    with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
        connection.execute("create table persoon (naam text primary key)")
        connection.execute("insert into persoon values (%s)", ("Klaassen",))
        with pytest.raises(psycopg.errors.UniqueViolation):
            connection.execute("insert into persoon values (%s)", ("Klaassen",))
        with pytest.raises(psycopg.errors.InvalidTextRepresentation):
            connection.execute("select 'Klaassen'::int")
    assert "ready to accept connections" in server.log.read_text()
    assert "Klaassen" not in server.log.read_text()


@pytest.mark.parametrize(
    ("memory_mb", "kept_mb"), [(256, 128), (2000, 500), (8192, 2048), (262144, 2048)], ids=lambda number: f"{number}MB"
)
def test_a_quarter_of_memory_is_for_pages(memory_mb: int, kept_mb: int) -> None:
    assert shared_buffers(memory_mb * 1024 * 1024) == f"{kept_mb}MB"


def test_a_server_that_keeps_what_it_is_given_has_that_quarter(folder: Path) -> None:
    server = EmbeddedServer(folder / "postgres")
    server.prepare()
    server.start()
    try:
        with psycopg.connect(server.url("postgres")) as connection:
            found = connection.execute(
                "select pg_size_bytes(current_setting('shared_buffers')) / 1024 / 1024"
            ).fetchone()
    finally:
        server.stop()
    assert found is not None
    assert f"{found[0]}MB" == shared_buffers(psutil.virtual_memory().total)
