"""`register run` as a person would start it, in a folder of its own."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType

import psutil

from tests.helpers.live import ROOT, free_port

READY = "Stoppen: Ctrl-C."


class Running:
    """One run over `var_dir`, as a context; what it says is in `said()`. Everything it started ends with it."""

    def __init__(self, var_dir: Path, *, port: int | None = None, environ: Mapping[str, str] | None = None) -> None:
        self.port = port or free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._output = var_dir.with_name(f"{var_dir.name}-{time.monotonic_ns()}.out")
        kept = {name: value for name, value in os.environ.items() if name in ("PATH", "LANG", "HOME", "PYTHONPATH")}
        self._environ = kept | {"VAR_DIR": str(var_dir), "PORT": str(self.port)} | dict(environ or {})
        self.process: subprocess.Popen[bytes]

    def __enter__(self) -> "Running":
        with self._output.open("wb") as output:
            command = [sys.executable, "-m", "register_service", "run", "--follow-parent"]
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=self._environ, stdout=output, stderr=output, start_new_session=True
            )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.stop()

    def environ(self) -> dict[str, str]:
        """Give the environment of this run, for commands beside it."""
        return dict(self._environ)

    def said(self) -> str:
        """Give everything that was said so far."""
        return self._output.read_text(encoding="utf-8")

    def until_ready(self) -> "Running":
        """Wait until it says where to look."""
        wait_until(lambda: READY in self.said() or self.process.poll() is not None)
        assert READY in self.said(), self.said()
        return self

    def children(self) -> dict[str, psutil.Process]:
        """Give the processes it keeps running, by what they are."""
        found: dict[str, psutil.Process] = {}
        for process in psutil.Process(self.process.pid).children():
            try:
                line = " ".join(process.cmdline())
            except psutil.Error:  # it ended just now
                continue
            for name, mark in (
                ("postgres", "bin/postgres"),
                ("worker", "register_service worker"),
                ("web", "gunicorn"),
                ("demo-aanmelding", "demo_provider"),
            ):
                if mark in line:
                    found[name] = process
        return found

    def credentials(self) -> tuple[str, str]:
        """Give the id and the secret of the client that was shown."""
        found = re.search(r"client-id +(\S+)\n +client-secret +(\S+)\n", self.said())
        assert found, self.said()
        return found[1], found[2]

    def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Stop it, and give its exit status."""
        if self.process.poll() is None:
            self.process.send_signal(number)
        return self.process.wait(60)


def wait_until(condition: Callable[[], bool], seconds: float = 90) -> None:
    """Wait until something is so; fail when it never becomes so."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it never happened"
        time.sleep(0.05)
