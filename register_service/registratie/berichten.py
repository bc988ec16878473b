"""Sending the notices that are waiting: each once, also when the sender is killed (docs/decisions/notices-once.md)."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Any, Final
from uuid import UUID

import psycopg
import structlog
from psycopg.rows import class_row

from register_service.core import clock
from register_service.core.context import set_context
from register_service.core.days import dutch_day
from register_service.registratie.mail import Connection, MailRefused, MailServer, MailUncertain

log = structlog.get_logger(__name__)

# After this a claim is that of a sender that died. Far over what one message can take.
LEASE: Final = timedelta(minutes=10)
MOST_TRIES: Final = 20
_ACTOR: Final = "dienst:berichten"

# The most urgent first. Whoever is asked at the same time takes the next one; a failed one waits longer each time.
_CLAIM = """
update bericht b set bezig_sinds = %(now)s, pogingen = pogingen + 1
from leraar l, (
    select c.id from bericht c join leraar m on m.registratienummer = c.leraar
    where c.verzonden_op is null and c.vervallen_op is null and c.afgegeven_op is null
      and m.emailadres is not null and c.pogingen < %(most)s
      and (c.bezig_sinds is null or c.bezig_sinds < %(now)s - %(lease)s * greatest(1, c.pogingen))
      and not (c.id = any(%(tried)s))
    order by c.einddatum, c.id limit 1 for update of c skip locked) one
where b.id = one.id and l.registratienummer = b.leraar
returning b.id, b.soort, b.einddatum, l.emailadres, coalesce(l.roepnaam, l.voornamen) as naam
"""
_HANDED_OVER = "update bericht set afgegeven_op = %(now)s where id = %(id)s and verzonden_op is null returning id"
_SENT = "update bericht set verzonden_op = %(now)s, bezig_sinds = null, storing = null where id = %(id)s"
_FAILED = "update bericht set afgegeven_op = null, storing = %(storing)s where id = %(id)s and verzonden_op is null"
_UNCERTAIN = "update bericht set bezig_sinds = null, storing = %(storing)s where id = %(id)s"

_ABOUT = {
    "zes-maanden": "Uw registratie loopt over een half jaar af",
    "twaalf-weken": "Uw registratie loopt over twaalf weken af",
}
_TEXT = """\
Beste {naam},

Uw registratie in het lerarenregister van RA-ZON loopt tot en met {dag}.

Voor een nieuwe periode van vier jaar kijkt het register naar uw goedgekeurde registeruren en uw werkervaring. In uw dossier
ziet u wat u hebt en wat er nog ontbreekt. Hebt u activiteiten die nog niet zijn ingediend? Dien ze dan nu in; een validator
heeft tijd nodig om ze te bekijken.

Lukt het niet op tijd, bijvoorbeeld door ziekte of verlof? Vraag dan voor {dag} uitstel aan bij de beheerder van het register.

Met vriendelijke groet,
het lerarenregister van RA-ZON

U krijgt dit bericht omdat u in het register staat. Uw werkgever krijgt het niet.
"""


@dataclass(frozen=True, slots=True)
class _Claimed:
    id: UUID
    soort: str
    einddatum: date
    emailadres: str
    naam: str


@dataclass(slots=True)
class Tally:
    """How many were sent, not taken (they stay waiting), and left uncertain."""

    sent: int = 0
    refused: int = 0
    uncertain: int = 0


def send_waiting(
    connect: Callable[[], AbstractContextManager[psycopg.Connection[Any]]], server: MailServer, *, most: int = 10_000
) -> Tally:
    """Send what is waiting, at most `most`, each in transactions of its own; `connect` gives an owner's connection.

    What the server does not take stays waiting; a server that is not there ends the round. Nothing is raised for either.
    """
    tally, tried = Tally(), list[UUID]()
    with connect() as database:
        try:
            with server.connected() as mail:
                while len(tried) < most and (claimed := _claim(database, tried)) is not None:
                    tried.append(claimed.id)
                    if not _send(database, mail, server.sender, claimed, tally):
                        break
        except MailRefused as error:
            log.warning("mail_server", reason=str(error))
    return tally


def compose(bericht: _Claimed, sender: str) -> EmailMessage:
    """Write the message. Its Message-ID is that of the bericht: a mailbox that gets it twice can tell."""
    message = EmailMessage()
    message["From"], message["To"] = sender, bericht.emailadres
    message["Subject"] = _ABOUT[bericht.soort]
    message["Date"] = format_datetime(clock.now())
    message["Message-ID"] = f"<{bericht.id}@{sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(_TEXT.format(naam=bericht.naam, dag=dutch_day(bericht.einddatum)))
    return message


def _claim(database: psycopg.Connection[Any], tried: list[UUID]) -> _Claimed | None:
    values = {"now": clock.now(), "most": MOST_TRIES, "lease": LEASE, "tried": tried}
    with database.transaction(), database.cursor(row_factory=class_row(_Claimed)) as cursor:
        _as_sender(database, "bericht.begonnen")
        return cursor.execute(_CLAIM, values).fetchone()


def _send(database: psycopg.Connection[Any], mail: Connection, sender: str, bericht: _Claimed, tally: Tally) -> bool:
    """Send one and record what came of it; False when the connection with the mail server is of no use any more."""
    try:
        mail.send(
            compose(bericht, sender),
            bericht.emailadres,
            lambda: _record(database, "bericht.afgegeven", _HANDED_OVER, bericht),
        )
    except MailRefused as error:
        tally.refused += 1
        _record(database, "bericht.geweigerd", _FAILED, bericht, str(error))
        return not error.lost
    except MailUncertain:
        tally.uncertain += 1
        _record(database, "bericht.onzeker", _UNCERTAIN, bericht, "de mailserver gaf geen antwoord meer")
        return False
    tally.sent += 1
    _record(database, "bericht.verzonden", _SENT, bericht)
    return True


def _record(
    database: psycopg.Connection[Any], event: str, statement: str, bericht: _Claimed, storing: str | None = None
) -> None:
    with database.transaction():
        _as_sender(database, event)
        database.execute(statement, {"id": bericht.id, "now": clock.now(), "storing": storing})


def _as_sender(database: psycopg.Connection[Any], event: str) -> None:
    set_context(database, actor=_ACTOR, event=event, today=clock.today())
