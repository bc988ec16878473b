"""A real clamd on the loopback address, which knows one harmless signature: EICAR's."""

import shutil
import socket
import subprocess
import time
from pathlib import Path

from tests.helpers.live import free_port

PROGRAM = shutil.which("clamd") or shutil.which("clamd", path="/usr/sbin:/usr/local/sbin")
# In two halves, so that no scanner takes this file for what it is about.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-" + rb"ANTIVIRUS-TEST-FILE!$H+H*"
_CONF = """
Foreground yes
DatabaseDirectory {folder}/database
TCPSocket {port}
TCPAddr 127.0.0.1
LocalSocket {folder}/clamd.sock
StreamMaxLength {most}
LogFile {folder}/clamd.log
SelfCheck 0
ConcurrentDatabaseReload no
"""


class Clamd:
    """clamd over a folder of its own, as a context; `most` is the largest file it takes."""

    def __init__(self, folder: Path, most: str = "25M") -> None:
        self.port = free_port()
        self.tcp = f"tcp://127.0.0.1:{self.port}"
        self.unix = f"unix://{folder}/clamd.sock"
        self._folder, self._most = folder, most
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "Clamd":
        assert PROGRAM
        (self._folder / "database").mkdir()
        (self._folder / "database" / "proef.ndb").write_text(f"Proef.Eicar:0:*:{EICAR.hex()}\n")
        conf = self._folder / "clamd.conf"
        conf.write_text(_CONF.format(folder=self._folder, port=self.port, most=self._most))
        with (self._folder / "output").open("wb") as output:
            self._process = subprocess.Popen([PROGRAM, "-c", conf], stdout=output, stderr=output)
        deadline = time.monotonic() + 60
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > deadline:
                self.stop()
                raise RuntimeError(f"clamd did not start:\n{(self._folder / 'output').read_text()[-2000:]}")
            time.sleep(0.05)
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> None:
        """Stop."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def _answers(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self.port), 1) as connection:
                connection.sendall(b"zPING\0")
                return connection.recv(16).startswith(b"PONG")
        except OSError:
            return False
