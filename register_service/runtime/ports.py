"""Finding out, before anything is started, whether the port is free."""

import errno
import socket
from contextlib import suppress

from register_service.runtime.errors import RunError

_NEAR = 20


def free_after(address: str, port: int) -> int:
    """Give a free port: the first after `port`, or, if none of those is free, whichever the machine gives."""
    for candidate in range(port + 1, min(port + 1 + _NEAR, 65_536)):
        with suppress(RunError):
            require_free(address, candidate)
            return candidate
    with socket.socket() as probe:
        probe.bind((address, 0))
        return int(probe.getsockname()[1])


def require_free(address: str, port: int) -> None:
    """Raise RunError when nothing can be served there, with the way out."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family) as probe:
        # As gunicorn does: connections that a former server left half-closed are no obstacle.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
            probe.listen(1)
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise RunError(
                    f"Poort {port} is al in gebruik door een ander programma. Er is niets gestart.\n"
                    f"Kies een andere, bijvoorbeeld: make run PORT={port + 1 if port < 65_535 else 8000}"
                ) from error
            raise RunError(f"Op {address}:{port} kan niet worden geluisterd: {error.strerror}.") from error
