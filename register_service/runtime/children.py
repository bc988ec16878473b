"""Starting processes that never outlive the one that started them."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final

from register_service.runtime.system_user import Account

_PR_SET_PDEATHSIG: Final = 1


def start(
    command: Sequence[str | Path],
    *,
    log: Path | None = None,
    environ: Mapping[str, str] | None = None,
    account: Account | None = None,
    cwd: Path | None = None,
    parent_died: signal.Signals = signal.SIGTERM,
) -> subprocess.Popen[bytes]:
    """Start a process in a group of its own (so that Ctrl-C reaches only us), its output added to `log`.

    On Linux the kernel sends it `parent_died` when this process ends in whatever way, kill -9 included.
    """
    output = log.open("ab") if log else None
    try:
        return subprocess.Popen(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            cwd=cwd,
            env=None if environ is None else dict(environ),
            start_new_session=True,
            user=account.uid if account else None,
            group=account.gid if account else None,
            extra_groups=[] if account else None,
            preexec_fn=dies_with(parent_died),
        )
    finally:
        if output:
            output.close()


def stop(process: subprocess.Popen[bytes], signals: Sequence[tuple[signal.Signals, float]]) -> None:
    """Ask a process to end with each signal in turn, waiting the given seconds for it; kill -9 if nothing helps."""
    for number, seconds in (*signals, (signal.SIGKILL, 10.0)):
        if process.poll() is not None:
            return
        process.send_signal(number)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(seconds)


def dies_with(number: signal.Signals) -> Callable[[], None] | None:
    """Make what a child must do between fork and exec to be sent a signal when we end; None where that is not possible."""
    if not sys.platform.startswith("linux"):
        return None
    # Loaded here: after the fork nothing may be imported or allocated that another thread might hold a lock on.
    prctl = ctypes.CDLL(None, use_errno=True).prctl
    parent = os.getpid()

    def set_signal() -> None:
        prctl(_PR_SET_PDEATHSIG, int(number), 0, 0, 0)
        if os.getppid() != parent:  # it ended between the fork and here
            os._exit(1)

    return set_signal


def follow_parent(number: signal.Signals = signal.SIGTERM) -> None:
    """Have this very process sent a signal when the one that started it ends (Linux)."""
    set_signal = dies_with(number)
    if set_signal is not None:
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, int(number), 0, 0, 0)
