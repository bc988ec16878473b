"""gunicorn's threaded worker, with patience that ends and a log that quotes nobody.

A thread reads a request before the application sees it, for as long as the client takes: a handful of clients that send a
byte now and then would hold every thread for ever. And what gunicorn cannot read it quotes in its log, be it a token in a
broken header or a name in a body that was longer than announced.
"""

import socket
import struct
import time
from http import HTTPStatus
from typing import Any

from gunicorn.http import errors  # type: ignore[import-untyped]
from gunicorn.workers.gthread import TConn, ThreadWorker  # type: ignore[import-untyped]

# A client that takes nothing of its answer for this long has gone. Seconds and microseconds, as the kernel wants them.
_SEND_TIMEOUT = struct.pack("ll", 30, 0)

_STATUS = (
    (errors.ForbiddenProxyRequest, HTTPStatus.FORBIDDEN),
    (errors.LimitRequestLine, HTTPStatus.REQUEST_URI_TOO_LONG),
    (errors.ExpectationFailed, HTTPStatus.EXPECTATION_FAILED),
    (errors.LimitRequestHeaders, HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE),
    (errors.UnsupportedTransferCoding, HTTPStatus.NOT_IMPLEMENTED),
)


class Worker(ThreadWorker):  # type: ignore[misc]
    """One process with a few threads."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._in_hand: dict[TConn, float] = {}

    def handle(self, conn: TConn) -> object:
        """Serve one request of a connection, in a thread."""
        if not conn.initialized:
            conn.sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, _SEND_TIMEOUT)
        self._in_hand[conn] = time.monotonic()
        try:
            return super().handle(conn)
        finally:
            del self._in_hand[conn]

    def murder_pending(self) -> None:
        """Close what waits too long (the main loop asks every second), and read no further where a request is too slow.

        A request that has come in whole does not notice. `timeout` is the time of a whole request; half is for reading it.
        """
        super().murder_pending()
        latest = time.monotonic() - self.cfg.timeout / 2
        for conn, since in self._in_hand.copy().items():
            if since < latest:
                try:
                    conn.sock.shutdown(socket.SHUT_RD)
                except OSError:  # it has just ended by itself
                    continue

    def handle_error(self, req: Any, client: socket.socket, addr: Any, exc: BaseException) -> None:
        """Answer what was no HTTP with problem+json. The log says what kind of mistake it was, and no more."""
        if not isinstance(exc, errors.ParseException):
            super().handle_error(req, client, addr, exc)
            return
        self.log.warning("unreadable request: %s", type(exc).__name__)
        status = next((status for kind, status in _STATUS if isinstance(exc, kind)), HTTPStatus.BAD_REQUEST)
        try:
            client.sendall(_refusal(status))
        except OSError:
            self.log.debug("the client did not wait for its refusal")


def _refusal(status: HTTPStatus) -> bytes:
    # Not at the top: the arbiter imports this module too and has no use for the application.
    from werkzeug.exceptions import default_exceptions  # noqa: PLC0415

    from register_service.api.headers import add_headers  # noqa: PLC0415
    from register_service.api.problems import of_http_exception  # noqa: PLC0415

    answer = add_headers(of_http_exception(default_exceptions.get(status, default_exceptions[400])()))
    answer.status_code = status
    answer.headers["Connection"] = "close"
    lines = [f"HTTP/1.1 {status.value} {status.phrase}", *(f"{name}: {value}" for name, value in answer.headers)]
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + bytes(answer.get_data())
