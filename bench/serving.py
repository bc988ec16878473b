"""gunicorn with the recommended settings, over the service or over the bare application."""

import os
import signal
import socket
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from register_service.runtime import children
from register_service.settings import Settings

ROOT = Path(__file__).resolve().parents[1]
REGISTER = "wsgi:app"
BARE = "bench.bare:app"


@dataclass(frozen=True, slots=True)
class Served:
    """A gunicorn that runs: its address and its arbiter."""

    url: str
    arbiter: psutil.Process

    def workers_mib(self) -> float:
        """Give the resident memory of the largest worker, in MiB."""
        return max(child.memory_info().rss for child in self.arbiter.children()) / 2**20

    def cpu(self) -> float:
        """Give the seconds of processor time that the workers have taken."""
        return sum(sum(child.cpu_times()[:2]) for child in self.arbiter.children())

    def peak_mib(self) -> float:
        """Give the most memory that any worker had since `forget_peak`, in MiB (Linux only)."""
        return max(_peak_kib(child) for child in self.arbiter.children()) / 1024

    def forget_peak(self) -> None:
        """Have Linux count the peak of the workers' memory anew."""
        for child in self.arbiter.children():
            Path(f"/proc/{child.pid}/clear_refs").write_text("5", encoding="ascii")


@contextmanager
def served(settings: Settings, app: str) -> Iterator[Served]:
    """Run gunicorn with gunicorn.conf.py (gthread, 2 workers of 4 threads) over an application, on a free port."""
    port = _free_port()
    log = settings.var_dir / f"gunicorn-{port}.log"
    command: list[str | Path] = [sys.executable, "-m", "gunicorn", "-c", ROOT / "gunicorn.conf.py", app]
    process = children.start(command, log=log, environ=_environ(settings, port), cwd=ROOT)
    try:
        _wait(f"http://127.0.0.1:{port}", log)
        yield Served(f"http://127.0.0.1:{port}", psutil.Process(process.pid))
    finally:
        children.stop(process, ((signal.SIGTERM, 10.0),))


def _peak_kib(process: psutil.Process) -> int:
    status = Path(f"/proc/{process.pid}/status").read_text(encoding="ascii")
    return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1])


def _environ(settings: Settings, port: int) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG")}
    return kept | {
        "DATABASE_URL": settings.database_url,
        "APP_DATABASE_URL": settings.app_database_url,
        "KEY_DIR": str(settings.key_dir),
        "VAR_DIR": str(settings.var_dir),
        "BASE_URL": settings.base_url,
        "BIND": "127.0.0.1",
        "PORT": str(port),
        "LOG_LEVEL": "warning",
        "WORKERS": str(settings.workers),
        "THREADS": str(settings.threads),
    }


def _wait(url: str, log: Path) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            urllib.request.urlopen(url, timeout=2).close()
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit(f"gunicorn did not start:\n{log.read_text()[-4000:]}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
