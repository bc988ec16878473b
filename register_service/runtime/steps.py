"""The short steps before serving, each a `register` command in a process of its own."""

import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from typing import Final

from register_service.runtime import children
from register_service.runtime.errors import RunError
from register_service.runtime.supervisor import StopRequested, Supervisor

REGISTER: Final[Sequence[str]] = (sys.executable, "-m", "register_service")


def run_step(arguments: Sequence[str], environ: Mapping[str, str], supervisor: Supervisor) -> None:
    """Run a command to its end, its output on the terminal.

    Raises RunError when it fails and StopRequested when someone asked to stop; its transaction is then rolled back.
    """
    process = children.start([*REGISTER, *arguments], environ=environ)
    while process.poll() is None:
        if supervisor.stopping:
            children.stop(process, ((signal.SIGTERM, 10.0),))
            raise StopRequested
        time.sleep(0.02)
    if process.returncode:
        raise RunError(f"`register {' '.join(arguments)}` is mislukt; zie hierboven.")


def answer_of(arguments: Sequence[str], environ: Mapping[str, str]) -> str:
    """Run a command and give what it printed. Raises RunError with its complaint when it fails."""
    result = subprocess.run(
        [*REGISTER, *arguments], env=dict(environ), capture_output=True, text=True, check=False, start_new_session=True
    )
    if result.returncode:
        raise RunError(f"`register {' '.join(arguments)}` is mislukt: {result.stderr.strip()}")
    return result.stdout
