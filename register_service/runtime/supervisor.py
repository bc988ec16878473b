"""Keeping a few processes running: started in order, restarted when they die, stopped in the opposite order."""

import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Protocol

from register_service.runtime import children
from register_service.runtime.errors import RunError
from register_service.runtime.instance import Instance

_FIRST_DELAY: Final = 0.5
_LONGEST_DELAY: Final = 30.0
# A service that ran this long is well; its next restart is immediate again.
_WELL_AFTER: Final = 60.0
_TICK: Final = 0.2


class StopRequested(Exception):
    """Somebody asked to stop."""


def last_lines(log: Path, count: int = 8) -> str:
    """Give the end of a log, for someone who has to find out why something does not start."""
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()[-count:] if log.is_file() else []
    return f"De laatste regels van {log}:\n" + "\n".join(f"  {line}" for line in lines)


class Service(Protocol):
    """Something that runs until it is stopped."""

    name: str
    log: Path

    def start(self) -> None:
        """Start it; raise RunError when it does not start."""

    def is_alive(self) -> bool:
        """Tell whether it is running."""

    def stop(self) -> None:
        """Stop it in order, however long that takes."""


@dataclass
class Program:
    """A service that is one process of ours. `signals` are tried in turn to stop it, with seconds to wait for each."""

    name: str
    log: Path
    command: Sequence[str]
    environ: Mapping[str, str] = field(repr=False)
    instance: Instance
    signals: Sequence[tuple[signal.Signals, float]] = ((signal.SIGTERM, 25.0), (signal.SIGINT, 5.0))
    _process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the process."""
        self._process = children.start(self.command, log=self.log, environ=self.environ)
        self.instance.note(self.name, self._process.pid)

    def is_alive(self) -> bool:
        """Tell whether the process runs."""
        return self._process is not None and self._process.poll() is None

    def stop(self) -> None:
        """Stop the process."""
        if self._process is not None:
            children.stop(self._process, self.signals)
            self.instance.forget(self.name)


class Supervisor:
    """Runs services until told to stop. Use `stopping` between steps to leave early."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self._say = say
        self._running: list[_Watched] = []
        self._signal: signal.Signals | None = None

    def listen(self) -> None:
        """Take Ctrl-C, SIGTERM and the end of the terminal as the wish to stop."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._on_signal)
        if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # nohup set it so, and means it
            signal.signal(signal.SIGHUP, self._on_signal)

    @property
    def stopping(self) -> bool:
        """Tell whether someone asked to stop."""
        return self._signal is not None

    def check(self) -> None:
        """Raise StopRequested when someone asked to stop."""
        if self.stopping:
            raise StopRequested

    def start(self, service: Service) -> None:
        """Start a service and keep an eye on it from now on."""
        service.start()
        self._running.append(_Watched(service, time.monotonic()))

    def wait_until(self, ready: Callable[[], bool], service: Service, seconds: float) -> None:
        """Wait until something is ready. Raises RunError when its service ends first, or it takes too long."""
        deadline = time.monotonic() + seconds
        while not self.stopping and not ready():
            dead = [watched.service for watched in self._running if not watched.service.is_alive()]
            if dead or time.monotonic() > deadline:
                culprit = dead[0] if dead else service
                raise RunError(f"{culprit.name} startte niet.\n{last_lines(culprit.log)}")
            time.sleep(0.05)

    def watch(self) -> None:
        """Restart what dies, until someone asks to stop."""
        while not self.stopping:
            for watched in self._running:
                if not self.stopping:
                    watched.look(self._say)
            time.sleep(_TICK)

    def stop(self) -> None:
        """Stop everything, what was started last first."""
        while self._running:
            self._running.pop().service.stop()

    def _on_signal(self, number: int, _frame: object) -> None:
        self._signal = signal.Signals(number)


@dataclass
class _Watched:
    """A service, when it was last started, and how long to wait before the next try."""

    service: Service
    started: float
    delay: float = 0.0
    died: float | None = None

    def look(self, say: Callable[[str], None]) -> None:
        now = time.monotonic()
        if self.service.is_alive():
            if now - self.started > _WELL_AFTER:
                self.delay = 0.0
            return
        if self.died is None:
            self.died = now
            say(f"{self.service.name} is gestopt en wordt opnieuw gestart.")
        if now - self.died < self.delay:
            return
        self.delay = min(max(self.delay * 2, _FIRST_DELAY), _LONGEST_DELAY)
        self.died, self.started = None, now
        try:
            self.service.start()
        except RunError as error:
            self.died = now
            say(str(error))
