"""The sealer as a process, and the journal checked as an auditor would."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from register_service.runtime import children
from tests.helpers.live import ROOT, LiveServer
from tests.trouble.world import World

_REGISTER = (sys.executable, "-m", "register_service.cli.main")


class Sealer:
    """`register worker` over the database of a service, as a context; what runs at the end is killed."""

    def __init__(self, service: LiveServer) -> None:
        self._service = service
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the process."""
        log = self._service.settings.var_dir / "worker.log"
        self._process = children.start([*_REGISTER, "worker"], log=log, environ=self._service.environ(), cwd=ROOT)

    def kill(self) -> None:
        """Kill it with -9; it gets no say in the matter."""
        if self._process is not None:
            self._process.kill()
            self._process.wait(60)

    def is_alive(self) -> bool:
        """Tell whether it still runs."""
        return self._process is not None and self._process.poll() is None


@contextmanager
def sealing(service: LiveServer) -> Iterator[Sealer]:
    """Keep a sealer running."""
    sealer = Sealer(service)
    sealer.start()
    try:
        yield sealer
    finally:
        sealer.kill()


def register(service: LiveServer, *words: str) -> "subprocess.CompletedProcess[str]":
    """Run a `register` command to its end."""
    command = [*_REGISTER, *words]
    return subprocess.run(
        command, env=service.environ(), cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
    )


def assert_sealed_and_intact(service: LiveServer, world: World) -> None:
    """Wait until everything is sealed, then recompute the whole journal; every row has one seal and every seal a row."""
    deadline = time.monotonic() + 90
    while world.scalar(
        "select exists (select from journal j where not exists (select from seal where journal_id = j.id))"
    ):
        assert time.monotonic() < deadline, "the sealer does not come back"
        time.sleep(0.1)
    checked = register(service, "journaal", "verify", "--json")
    assert checked.returncode == 0, checked.stdout + checked.stderr
    report = json.loads(checked.stdout)
    assert (report["intact"], report["waiting"]) == (True, 0)
    assert report["rows"] == world.scalar("select count(*) from journal")
    assert report["rows"] == world.scalar("select count(distinct journal_id) from seal")
    assert report["rows"] == world.scalar("select max(position) + 1 from seal")
