"""A real SMTP server on the loopback address, which keeps what it takes and can do harm at any step."""

import asyncio
import email
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.message import Message
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


class Mailserver:
    """What came in, and what happens at a step: `at["RCPT"]`, `at["DATA"]` (whole, not yet answered)."""

    def __init__(self) -> None:
        self.taken: list[Message] = []
        self.at: dict[str, Callable[[], str | None]] = {}
        self.url = ""

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's own name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Take a recipient."""
        if (answer := await self._happens("RCPT")) is not None:
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Keep a message, and only then answer."""
        assert isinstance(envelope.content, bytes)
        if (answer := await self._happens("refuse")) is not None:
            return answer
        self.taken.append(email.message_from_bytes(envelope.content))
        if (answer := await self._happens("DATA")) is not None:
            return answer
        return "250 OK"

    async def _happens(self, step: str) -> Any:
        action = self.at.get(step)
        return None if action is None else await asyncio.to_thread(action)


@contextmanager
def mailserver() -> Iterator[Mailserver]:
    """Start one on a free port."""
    handler = Mailserver()
    controller = Controller(handler, hostname="127.0.0.1", port=0)
    # The port is known once the socket is; aiosmtpd connects to it to see whether it works.
    controller.port = _free_port()
    controller.start()
    handler.url = f"smtp://127.0.0.1:{controller.port}"
    try:
        yield handler
    finally:
        controller.stop()


def _free_port() -> int:
    from tests.helpers.live import free_port

    return free_port()
