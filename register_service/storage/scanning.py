"""Looking for malware: nothing by default, ClamAV's daemon by setting.

A client of our own: docs/decisions/malware-scanner.md. What is not said to be clean is not clean.
"""

import re
import socket
import struct
from typing import BinaryIO, Final, Protocol
from urllib.parse import urlsplit

import structlog

from register_service.storage.errors import ScannerUnavailable
from register_service.storage.store import CHUNK

log = structlog.get_logger(__name__)

_CONNECT_SECONDS: Final = 3.0
# clamd itself gives up on a file after two minutes; a client of the register does so earlier.
_SECONDS: Final = 30.0
_LONGEST_ANSWER: Final = 4096
_FOUND: Final = re.compile(r"stream: (.+) FOUND")


class Scanner(Protocol):
    """Whatever can tell whether a file is harmful."""

    def scan(self, file: BinaryIO) -> str | None:
        """Read a file from where it stands; give the name of what was found, None when it is clean. Raises ScannerUnavailable."""


class NoScanner:
    """Looks at nothing."""

    def scan(self, file: BinaryIO) -> str | None:
        """Find nothing."""


class ClamAV:
    """A clamd at `tcp://host:port` or `unix:///path` (INSTREAM, clamd(8))."""

    def __init__(self, address: str) -> None:
        self._address = urlsplit(address)

    def scan(self, file: BinaryIO) -> str | None:
        """Send a file in chunks and read the verdict. Raises ScannerUnavailable on any answer but clean or found."""
        try:
            with self._connect() as connection:
                answer = _ask(connection, file)
        except OSError as error:
            raise ScannerUnavailable from error
        if answer == "stream: OK":
            return None
        found = _FOUND.fullmatch(answer)
        if found is None:  # too large for clamd, out of memory, no answer at all
            log.error("scan_refused", answer=answer)
            raise ScannerUnavailable
        return found[1]

    def _connect(self) -> socket.socket:
        if self._address.scheme == "unix":
            connection = socket.socket(socket.AF_UNIX)
            connection.settimeout(_CONNECT_SECONDS)
            try:
                connection.connect(self._address.path)
            except OSError:
                connection.close()
                raise
        else:
            address = (self._address.hostname, self._address.port)
            connection = socket.create_connection(address, _CONNECT_SECONDS)
        connection.settimeout(_SECONDS)
        return connection


def make_scanner(address: str) -> Scanner:
    """Make the scanner that the setting names; empty for none."""
    return ClamAV(address) if address else NoScanner()


def _ask(connection: socket.socket, file: BinaryIO) -> str:
    try:
        connection.sendall(b"zINSTREAM\0")
        while chunk := file.read(CHUNK):
            connection.sendall(struct.pack("!I", len(chunk)) + chunk)
        connection.sendall(struct.pack("!I", 0))
    except (BrokenPipeError, ConnectionResetError):
        # clamd stops reading what is too large for it, and says so first.
        return _answer(connection)
    return _answer(connection)


def _answer(connection: socket.socket) -> str:
    answer = b""
    while not answer.endswith(b"\0") and len(answer) < _LONGEST_ANSWER:
        part = connection.recv(_LONGEST_ANSWER)
        if not part:
            break
        answer += part
    return answer.rstrip(b"\0\n").decode("utf-8", "replace")
