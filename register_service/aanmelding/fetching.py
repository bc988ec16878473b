"""HTTP to a provider, within bounds: seconds in all, bytes, no redirects, and no proxy that a shell happens to name.

httpx limits each step by itself; a provider that sends one byte a second would keep a thread of ours for as long as it likes.
"""

import time
from typing import Final

import httpx

SECONDS: Final = 5.0
MOST_BYTES: Final = 512 * 1024
_IN_ONE_STEP: Final = httpx.Timeout(SECONDS, connect=3.0)


class TooMuch(httpx.TransportError):
    """The answer is larger, or takes longer, than any that makes sense."""


class _Bounded(httpx.BaseTransport):
    """A transport that reads the whole answer at once, within the bounds."""

    def __init__(self) -> None:
        self._transport = httpx.HTTPTransport()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        deadline = time.monotonic() + SECONDS
        response = self._transport.handle_request(request)
        assert isinstance(response.stream, httpx.SyncByteStream)
        content = bytearray()
        try:
            for part in response.stream:
                content += part
                if len(content) > MOST_BYTES or time.monotonic() > deadline:
                    raise TooMuch("the answer is too long", request=request)
        finally:
            response.stream.close()
        return httpx.Response(response.status_code, headers=response.headers, content=bytes(content), request=request)

    def close(self) -> None:
        self._transport.close()


def open_http() -> httpx.Client:
    """Make a client of HTTP for one conversation with a provider; use it as a context."""
    return httpx.Client(transport=_Bounded(), timeout=_IN_ONE_STEP, trust_env=False, follow_redirects=False)
