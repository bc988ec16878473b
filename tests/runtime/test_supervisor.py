"""The supervisor restarts what dies, and stops everything in the opposite order."""

import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from register_service.runtime.errors import RunError
from register_service.runtime.instance import Instance
from register_service.runtime.supervisor import Program, StopRequested, Supervisor

COUNTING = "import pathlib, sys, time; pathlib.Path(sys.argv[1]).open('a').write('x'); time.sleep(float(sys.argv[2]))"


def program(folder: Path, seconds: float, name: str = "proef") -> Program:
    """Make a program that writes one x to a file each time it starts, and lasts so many seconds."""
    command = [sys.executable, "-c", COUNTING, str(folder / name), str(seconds)]
    return Program(name, folder / f"{name}.log", command, dict(os.environ), Instance(folder))


def watch_until(supervisor: Supervisor, done: Callable[[], bool]) -> None:
    """Watch until something is so, by asking to stop at that moment."""
    deadline = time.monotonic() + 90

    class Ear:
        name, log = "oor", Path("oor.log")

        def start(self) -> None: ...

        def stop(self) -> None: ...

        def is_alive(self) -> bool:
            if done() or time.monotonic() > deadline:
                os.kill(os.getpid(), signal.SIGTERM)
            return True

    supervisor.start(Ear())
    supervisor.watch()
    assert done()


@pytest.fixture
def supervisor() -> "Supervisor":
    said: list[str] = []
    one = Supervisor(said.append)
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    one.listen()
    yield one
    one.stop()
    for number, handler in before.items():
        signal.signal(number, handler)


def test_what_dies_is_started_again_and_again(supervisor: Supervisor, tmp_path: Path) -> None:
    supervisor.start(program(tmp_path, 0.01))
    watch_until(supervisor, lambda: (tmp_path / "proef").is_file() and len((tmp_path / "proef").read_text()) >= 3)


def test_everything_stops_and_is_forgotten(supervisor: Supervisor, tmp_path: Path) -> None:
    first, second = program(tmp_path, 60, "een"), program(tmp_path, 60, "twee")
    supervisor.start(first)
    supervisor.start(second)
    assert first.is_alive()
    assert second.is_alive()
    supervisor.stop()
    assert not first.is_alive()
    assert not second.is_alive()
    assert list((tmp_path / "run").iterdir()) == []


def test_what_does_not_start_is_named_with_the_end_of_its_log(supervisor: Supervisor, tmp_path: Path) -> None:
    failing = Program(
        "stuk", tmp_path / "log", [sys.executable, "-c", "exit('kapot')"], dict(os.environ), Instance(tmp_path)
    )
    supervisor.start(failing)
    with pytest.raises(RunError, match=r"stuk startte niet\.\n.*\n  kapot"):
        supervisor.wait_until(lambda: False, failing, seconds=30)


def test_a_wish_to_stop_ends_the_start(supervisor: Supervisor) -> None:
    supervisor.check()
    os.kill(os.getpid(), signal.SIGINT)
    with pytest.raises(StopRequested):
        supervisor.check()
