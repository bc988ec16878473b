"""`register run` from the outside: first start, later starts, every way to be killed, and a database of one's own."""

import json
import re
import shutil
import signal
import socket
import subprocess
import sys
import urllib.request
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import psycopg
import pytest

from register_service.location import data_dir, socket_url
from tests.helpers.databases import DatabaseServer, make_folder
from tests.helpers.live import ROOT
from tests.helpers.running import Running, wait_until

RESET = [sys.executable, "-m", "register_service", "reset", "--yes"]


def token(running: Running, client: tuple[str, str] | None = None) -> str:
    """Sign in with a client that was shown: the first, unless told otherwise."""
    secret = b64encode(":".join(client or running.credentials()).encode()).decode()
    request = urllib.request.Request(f"{running.url}/oauth/token", data=b"grant_type=client_credentials")
    request.add_header("Authorization", f"Basic {secret}")
    with urllib.request.urlopen(request) as answer:
        return str(json.load(answer)["access_token"])


def answer(running: Running, path: str, access_token: str) -> dict[str, Any]:
    """Read something with a token."""
    request = urllib.request.Request(running.url + path)
    request.add_header("Authorization", f"Bearer {access_token}")
    with urllib.request.urlopen(request) as response:
        return dict(json.load(response))


def leraren(running: Running) -> list[object]:
    """Read the first leraren as the client of the HR system."""
    return list(answer(running, "/v1/leraren?limiet=3", token(running))["items"])


def is_ready(running: Running) -> bool:
    try:
        with urllib.request.urlopen(f"{running.url}/health/ready", timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def kill_and_await_successor(running: Running, name: str) -> None:
    victim = running.children()[name]
    victim.kill()
    wait_until(lambda: running.children().get(name, victim).pid != victim.pid)


def count(var_dir: Path) -> int:
    """Count the leraren in the embedded database of a folder."""
    with psycopg.connect(socket_url(data_dir(var_dir))) as connection:
        (number,) = connection.execute("select count(*) from leraar").fetchone() or (0,)
        return int(number)


@pytest.fixture(scope="module")
def var_dir() -> Iterator[Path]:
    """A data folder that the tests of this module fill, kill and start again, in their order."""
    folder = make_folder()
    yield folder / "var"
    shutil.rmtree(folder)


class TestOneFolder:
    """One folder, from its first start until it is reset."""

    def test_first_start_serves_the_demo_region_to_the_client_it_shows(self, var_dir: Path) -> None:
        with Running(var_dir) as running:
            running.until_ready()
            assert "[6/6] Webservice starten" in running.said()
            assert len(leraren(running)) == 3
            assert count(var_dir) == 5000
            everybody_signs_in_as_shown(running)
            with Running(var_dir) as second:
                assert second.process.wait(60) == 1
                assert f"draait al vanuit deze map: proces {running.process.pid}" in second.said()
            assert is_ready(running)
            assert running.stop(signal.SIGINT) == 0
            assert "Gestopt; de gegevens zijn bewaard." in running.said()
        assert not (data_dir(var_dir) / "postmaster.pid").exists()
        assert (var_dir / "demo-client.json").stat().st_mode & 0o077 == 0
        assert (var_dir / "demo-aanbieder.json").stat().st_mode & 0o077 == 0

    def test_killed_with_9_leaves_nothing_running_and_loses_nothing(self, var_dir: Path) -> None:
        with Running(var_dir) as running:
            children = running.until_ready().children()
            shown = running.credentials()
            assert children.keys() == {"postgres", "worker", "web", "demo-aanmelding"}
            running.process.kill()
        if sys.platform.startswith("linux"):
            psutil.wait_procs(children.values(), timeout=60)
            assert not [process for process in children.values() if process.is_running()]
        with Running(var_dir) as again:
            again.until_ready()
            assert again.credentials() == shown
            assert count(var_dir) == 5000
            whatever_is_killed_comes_back(again)
            reset(var_dir)
            assert again.process.wait(60) == 0
        assert not var_dir.exists()


def everybody_signs_in_as_shown(running: Running) -> None:
    """An aanbieder with the second client that is shown; a leraar and a validator with tokens that the shown commands make."""
    shown = re.findall(r"client-id +(\S+)\n +client-secret +(\S+)\n", running.said())
    assert len(shown) == 2
    offered = answer(running, "/v1/aanbod?limiet=3", token(running, shown[1]))
    assert len(offered["items"]) == 3
    commands = re.findall(r"^ +(.* token create .*)$", running.said(), re.MULTILINE)
    made = [subprocess.run(["sh", "-c", one], cwd=ROOT, capture_output=True, check=True).stdout for one in commands]
    leraar, validator = (json.loads(text) for text in made)
    own = f"/v1/leraren/{leraar['registratienummer']}/activiteiten?limiet=3"
    assert len(answer(running, own, leraar["access_token"])["items"]) == 3
    assert len(answer(running, "/v1/beoordelingen?limiet=3", validator["access_token"])["items"]) == 3


def whatever_is_killed_comes_back(running: Running) -> None:
    for name in ("worker", "web", "postgres"):
        kill_and_await_successor(running, name)
        wait_until(lambda: is_ready(running))
    assert leraren(running)


def reset(var_dir: Path) -> None:
    subprocess.run(RESET, cwd=ROOT, env={"VAR_DIR": str(var_dir)}, check=True)


def test_reset_leaves_another_database_alone() -> None:
    environ = {"DATABASE_URL": "postgresql://x@y/z"}
    refused = subprocess.run(RESET, cwd=ROOT, env=environ, capture_output=True, text=True, check=False)
    assert refused.returncode == 1
    assert "DATABASE_URL is gezet" in refused.stderr


def test_a_taken_port_is_told_before_anything_is_started(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with Running(tmp_path / "var", port=port) as running:
            assert running.process.wait(60) == 1
    assert re.search(rf"Poort {port} is al in gebruik.*PORT=", running.said(), re.DOTALL)
    assert not (tmp_path / "var" / "postgres").exists()


def test_wrong_settings_are_told_all_at_once(tmp_path: Path) -> None:
    with Running(tmp_path / "var", environ={"PORT": "x", "WORKERS": "0"}) as running:
        assert running.process.wait(60) == 1
    assert "PORT: is geen geheel getal" in running.said()
    assert "WORKERS: 0 ligt niet tussen" in running.said()
    assert "Traceback" not in running.said()


def test_a_database_of_ones_own_gets_no_demo_and_no_second_server(pg_server: DatabaseServer, tmp_path: Path) -> None:
    with (
        pg_server.database("template0") as name,
        Running(tmp_path / "var", environ={"DATABASE_URL": pg_server.url(name)}) as running,
    ):
        running.until_ready()
        assert running.children().keys() == {"worker", "web"}
        assert is_ready(running)
        with psycopg.connect(pg_server.url(name)) as connection:
            assert connection.execute("select count(*) from leraar").fetchone() == (0,)
        running.stop()
    assert not (tmp_path / "var" / "postgres").exists()
