"""A real gunicorn on a free port, for tests in which HTTP itself matters."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType

from register_service.runtime import children
from register_service.settings import Settings

ROOT = Path(__file__).resolve().parents[2]


class LiveServer:
    """gunicorn over the given settings, as a context. `url` is its address; `process` its arbiter; `more`: more environment."""

    def __init__(
        self,
        settings: Settings,
        *,
        workers: int = 1,
        threads: int = 4,
        app: str = "wsgi:app",
        more: Mapping[str, str] | None = None,
    ) -> None:
        self.settings = settings
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = settings.var_dir / "gunicorn.log"
        self._workers, self._threads, self._app = workers, threads, app
        self.more = dict(more or {})
        self.process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "LiveServer":
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.stop()

    def start(self) -> None:
        """Start, and wait until it answers."""
        command = [sys.executable, "-m", "gunicorn", "-c", ROOT / "gunicorn.conf.py", self._app]
        self.process = children.start(command, log=self.log, environ=self.environ(), cwd=ROOT)
        deadline = time.monotonic() + 90
        while not self._answers():
            if self.process.poll() is not None or time.monotonic() > deadline:
                self.stop()
                raise RuntimeError(f"gunicorn did not start:\n{self.log.read_text()[-4000:]}")
            time.sleep(0.05)

    def stop(self) -> None:
        """Stop in order; kill if it will not."""
        if self.process is not None:
            children.stop(self.process, ((signal.SIGTERM, 10.0),))

    def environ(self) -> dict[str, str]:
        """Give the environment that makes gunicorn and `register` commands use these settings."""
        kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG", "PYTHONPATH")}
        return kept | {
            "DATABASE_URL": self.settings.database_url,
            "APP_DATABASE_URL": self.settings.app_database_url,
            "KEY_DIR": str(self.settings.key_dir),
            "VAR_DIR": str(self.settings.var_dir),
            "BIND": "127.0.0.1",
            "PORT": str(self.port),
            "BASE_URL": self.url,
            "WORKERS": str(self._workers),
            "THREADS": str(self._threads),
            "MAX_BODY_BYTES": str(self.settings.max_body_bytes),
            "BEWIJS_OPSLAG": self.settings.bewijs_opslag,
            "S3_ENDPOINT": self.settings.s3_endpoint,
            "S3_ACCESS_KEY_ID": self.settings.s3_access_key_id,
            "S3_SECRET_ACCESS_KEY": self.settings.s3_secret_access_key,
            "CLAMAV": self.settings.clamav,
            **self.more,
        }

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/health/live", timeout=2):
                return True
        except urllib.error.HTTPError:
            return True
        except OSError:
            return False


def free_port() -> int:
    """Give a port of the loopback address that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
