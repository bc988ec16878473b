"""How gunicorn serves the register: a few processes with a few threads each, no control socket, no access log.

Access is logged by the application itself, without query strings, names or addresses of people.
"""

import hashlib
import os
import shutil
from pathlib import Path

from register_service.settings import ConfigurationError, load_settings

try:
    _settings = load_settings()
except ConfigurationError as error:
    raise SystemExit(str(error)) from error

wsgi_app = "wsgi:app"
bind = f"{_settings.bind}:{_settings.port}"
# gthread, with patience that ends and a log that quotes nobody.
worker_class = "register_service.api.gunicorn_worker.Worker"
workers = _settings.workers
threads = _settings.threads
# Each worker makes its own connections and reads the keys itself, so nothing is loaded before the fork.
preload_app = False
control_socket_disable = True
timeout = 60
graceful_timeout = 20
keepalive = 15
backlog = 512
limit_request_line = 4094
limit_request_fields = 60
# A worker that grew is replaced, not all at the same moment.
max_requests = 50_000
max_requests_jitter = 10_000
accesslog = None
errorlog = "-"
loglevel = _settings.log_level
forwarded_allow_ips = "*" if _settings.trusted_proxies else "127.0.0.1"
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 - memory, so that a slow disk is no reason to be killed


def _metrics_dir() -> Path:
    """Give a folder in memory, ours alone: prometheus-client maps its files, and on a full disk that kills the worker."""
    name = hashlib.sha256(f"{_settings.var_dir}:{_settings.port}".encode()).hexdigest()[:16]
    folder = Path("/dev/shm") / f"register-metrics-{os.geteuid()}-{name}"  # noqa: S108 - owned, closed and checked
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        if folder.is_symlink() or folder.stat().st_uid != os.geteuid():
            raise PermissionError(folder)
    except OSError:  # no such memory here
        return _settings.var_dir / "metrics" / str(_settings.port)
    return folder


# prometheus-client adds the workers' figures up from files in this folder; it reads the variable when first imported.
_metrics = _settings.prometheus_dir or _metrics_dir()
os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(_metrics)


def on_starting(_server: object) -> None:
    """Begin counting anew: figures of processes that are gone must not be added again."""
    for file in _metrics.glob("*.db"):
        file.unlink()
    _metrics.mkdir(parents=True, exist_ok=True)


def child_exit(_server: object, worker: object) -> None:
    """Take a worker that ended out of the gauges; what it counted stays counted."""
    from prometheus_client import multiprocess  # noqa: PLC0415 - once the variable above is set, in the workers too

    multiprocess.mark_process_dead(worker.pid)


def on_exit(_server: object) -> None:
    """Leave nothing in memory."""
    shutil.rmtree(_metrics, ignore_errors=True)
