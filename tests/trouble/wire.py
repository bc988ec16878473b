"""A wire between the service and PostgreSQL that can be cut around a COMMIT."""

import contextlib
import shutil
import socket
import tempfile
import threading
from pathlib import Path
from typing import Literal

from sqlalchemy.engine import make_url

_SOCKET = ".s.PGSQL.5432"
Cut = Literal["before", "after"]


class Wire:
    """Passes everything on between clients and a server's socket folder, as a context.

    `cut` set to `before` loses the next COMMIT on its way there, to `after` its answer on the way back.
    """

    def __init__(self, database_url: str) -> None:
        self.cut: Cut | None = None
        self._folder = Path(tempfile.mkdtemp(prefix="wire-"))
        self._server = str(Path(str(make_url(database_url).query["host"])) / _SOCKET)
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(str(self._folder / _SOCKET))
        self._listener.listen(64)

    def url(self, url: str) -> str:
        """Lead a database URL over this wire."""
        return make_url(url).update_query_dict({"host": str(self._folder)}).render_as_string(hide_password=False)

    def __enter__(self) -> "Wire":
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            server = socket.socket(socket.AF_UNIX)
            server.connect(self._server)
            threading.Thread(target=self._forth, args=(client, server), daemon=True).start()
            threading.Thread(target=self._back, args=(client, server), daemon=True).start()

    def _forth(self, client: socket.socket, server: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := client.recv(65536):
                if b"COMMIT\0" in data and self.cut == "before":
                    break
                server.sendall(data)
        _hang_up(client, server)

    def _back(self, client: socket.socket, server: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := server.recv(65536):
                if b"COMMIT\0" in data and self.cut == "after":
                    break
                client.sendall(data)
        _hang_up(client, server)


def _hang_up(*ends: socket.socket) -> None:
    for end in ends:
        with contextlib.suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
        end.close()
