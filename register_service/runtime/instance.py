"""One running register per data folder: a lock that dies with its holder, and notes of the processes it started."""

import contextlib
import fcntl
import json
import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

import psutil

from register_service.runtime.errors import RunError

# How long a register that was told to stop may take before a new start gives up.
_STOPPING_SECONDS = 45.0
_PATIENCE_SECONDS = 3.0


@dataclass(frozen=True, slots=True)
class Holder:
    """The process that holds a data folder, and where it serves."""

    pid: int
    url: str


class Instance:
    """The claim of one supervisor on one data folder."""

    def __init__(self, var_dir: Path) -> None:
        self._lock = var_dir / "register.lock"
        self._notes = var_dir / "run"

    @contextmanager
    def claim(self, url: str) -> Iterator[None]:
        """Hold the folder. Raises RunError when another register holds it and is not about to let go."""
        self._lock.parent.mkdir(parents=True, exist_ok=True)
        # The kernel releases the lock when this process ends, in whatever way: no stale lock is possible.
        handle = os.open(self._lock, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            self._acquire(handle)
            os.ftruncate(handle, 0)
            os.pwrite(handle, json.dumps(asdict(Holder(os.getpid(), url))).encode(), 0)
            yield
            os.ftruncate(handle, 0)
        finally:
            os.close(handle)

    def holder(self) -> Holder | None:
        """Give who holds the folder now; None when nobody does."""
        try:
            handle = os.open(self._lock, os.O_RDWR)
        except FileNotFoundError:
            return None
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            with contextlib.suppress(ValueError, TypeError):
                return Holder(**json.loads(os.pread(handle, 4096, 0)))
            return Holder(0, "?")
        finally:
            os.close(handle)
        return None

    def stop(self) -> bool:
        """Stop the register that holds the folder and wait for it; tell whether there was one."""
        holder = self.holder()
        if holder is None:
            return False
        if holder.pid:
            with contextlib.suppress(ProcessLookupError):
                os.kill(holder.pid, signal.SIGTERM)
        deadline = time.monotonic() + _STOPPING_SECONDS
        while self.holder() is not None:
            if time.monotonic() > deadline:
                raise RunError(f"Het register (proces {holder.pid}) stopt niet; kijk wat het doet.")
            time.sleep(0.1)
        return True

    def note(self, name: str, pid: int) -> None:
        """Remember a process, so that a later start can clear it away if we are killed."""
        self._notes.mkdir(parents=True, exist_ok=True)
        with contextlib.suppress(psutil.NoSuchProcess):
            started = psutil.Process(pid).create_time()
            (self._notes / f"{name}.json").write_text(json.dumps({"pid": pid, "started": started}), encoding="utf-8")

    def forget(self, name: str) -> None:
        """Forget a process that has ended."""
        (self._notes / f"{name}.json").unlink(missing_ok=True)

    def clear_leftovers(self) -> list[str]:
        """Stop what a killed supervisor left running (where the kernel has not done so), and give their names."""
        found: list[str] = []
        for file in sorted(self._notes.glob("*.json")):
            process = _remembered(file)
            if process is not None:
                found.append(file.stem)
                _end(process)
            file.unlink(missing_ok=True)
        return found

    def _acquire(self, handle: int) -> None:
        # One that has just been told to stop is waited for; one that simply runs is not.
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return
            except BlockingIOError:
                if time.monotonic() < deadline:
                    time.sleep(0.1)
                    continue
            holder = self.holder()
            if holder is not None:
                raise RunError(
                    f"Het register draait al vanuit deze map: proces {holder.pid}, {holder.url}\n"
                    "Stop het met Ctrl-C in zijn venster, of met `make stop`."
                )


def _remembered(file: Path) -> psutil.Process | None:
    """Give the process of a note, if it is still that very process and not another with the same number."""
    try:
        note = json.loads(file.read_text(encoding="utf-8"))
        process = psutil.Process(int(note["pid"]))
        same = abs(process.create_time() - float(note["started"])) < 1 and process.status() != psutil.STATUS_ZOMBIE
    except (OSError, ValueError, KeyError, TypeError, psutil.Error):
        return None
    return process if same else None


def _end(process: psutil.Process) -> None:
    for number, seconds in ((signal.SIGTERM, 25.0), (signal.SIGKILL, 5.0)):
        with contextlib.suppress(psutil.Error):
            process.send_signal(number)
            process.wait(seconds)
        if not process.is_running():
            return
