"""Handing a message to a mail server over SMTP, in two steps: somebody can be told just before the point of no return."""

import re
import smtplib
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.policy import SMTP as SMTP_POLICY
from urllib.parse import unquote, urlsplit

_SECONDS = 30.0
_ACCEPTED, _GO_AHEAD = 250, 354


class MailRefused(Exception):
    """The server does not take the message, and does not have it. Says which step and code, and nobody's address.

    `lost`: nor can the connection take another one.
    """

    def __init__(self, text: str, *, lost: bool = False) -> None:
        super().__init__(text)
        self.lost = lost


class MailUncertain(Exception):
    """The whole message went out and no answer came: the server may have it."""


class MailServer:
    """A mail server, `smtp://[user:password@]host[:port]` (STARTTLS where it is offered) or `smtps://...`."""

    def __init__(self, url: str, sender: str) -> None:
        parts = urlsplit(url)
        assert parts.hostname
        self._host, self._implicit = parts.hostname, parts.scheme == "smtps"
        self._port = parts.port or (465 if self._implicit else 25)
        self._user, self._password = unquote(parts.username or ""), unquote(parts.password or "")
        self.sender = sender

    @contextmanager
    def connected(self) -> Iterator["Connection"]:
        """Open a connection for any number of messages. Raises MailRefused when the server is not there."""
        try:
            smtp = self._open()
        except (OSError, smtplib.SMTPException) as error:
            raise MailRefused(f"de mailserver is niet te bereiken ({type(error).__name__})", lost=True) from error
        try:
            yield Connection(smtp, self.sender)
        finally:
            smtp.close()

    def _open(self) -> smtplib.SMTP:
        context = ssl.create_default_context()
        if self._implicit:
            smtp: smtplib.SMTP = smtplib.SMTP_SSL(self._host, self._port, timeout=_SECONDS, context=context)
        else:
            smtp = smtplib.SMTP(self._host, self._port, timeout=_SECONDS)
            smtp.ehlo()
            if smtp.has_extn("starttls"):
                smtp.starttls(context=context)
        smtp.ehlo()
        if self._user:
            smtp.login(self._user, self._password)
        return smtp


class Connection:
    """An open connection. After MailUncertain, or another error that is no refusal, it is of no use any more."""

    def __init__(self, smtp: smtplib.SMTP, sender: str) -> None:
        self._smtp, self._sender = smtp, sender

    def send(self, message: EmailMessage, recipient: str, before_end: Callable[[], None]) -> None:
        """Hand over a message; `before_end` is called when all but its end has been sent, and may still stop it by raising.

        Raises MailRefused when the server has not taken it, MailUncertain when nobody can tell.
        """
        # A line that is a full stop ends a message (RFC 5321, section 4.5.2).
        lines = re.sub(rb"(?m)^\.", b"..", message.as_bytes(policy=SMTP_POLICY))
        try:
            self._expect(self._smtp.mail(self._sender), _ACCEPTED, "MAIL")
            self._expect(self._smtp.rcpt(recipient), _ACCEPTED, "RCPT")
            self._expect(self._smtp.docmd("DATA"), _GO_AHEAD, "DATA")
            self._smtp.send(lines)
        except (OSError, smtplib.SMTPException) as error:
            raise MailRefused(f"de verbinding met de mailserver brak af ({type(error).__name__})", lost=True) from error
        before_end()
        try:
            self._smtp.send(b".\r\n")
            answer = self._smtp.getreply()
        except (OSError, smtplib.SMTPException) as error:
            raise MailUncertain from error
        self._expect(answer, _ACCEPTED, "einde")

    def _expect(self, answer: tuple[int, bytes], code: int, step: str) -> None:
        if answer[0] != code:
            # Back to where the next message can begin. The server's text may quote an address, so only its code is told.
            self._smtp.rset()
            raise MailRefused(f"de mailserver weigerde bij {step} met code {answer[0]}")
