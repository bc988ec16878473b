"""`register worker`: the work that no request does.

It seals the journal; now and then it throws away what has expired, once a day it renews the registraties, and it sends notices.
"""

import signal
import threading
from collections.abc import Callable, Mapping
from contextlib import nullcontext
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any, Final

import click
import psycopg
import structlog

from register_service.access.purging import purge_expired
from register_service.api import idempotency
from register_service.core import clock, logs
from register_service.journal.connection import connect
from register_service.journal.keys import JournalKeyError, load_or_create_key
from register_service.journal.sealer import JournalRefused
from register_service.journal.sealing import keep_sealing
from register_service.registratie.berichten import send_waiting
from register_service.registratie.mail import MailServer
from register_service.registratie.renewing import renew, renewed_up_to
from register_service.registratie.standen import prepare
from register_service.runtime.errors import RunError
from register_service.settings import load_settings
from register_service.storage.cleaning import Cleaner
from register_service.storage.errors import StorageUnavailable
from register_service.storage.opening import open_store

log = structlog.get_logger(__name__)

# Work done every now and then: each takes the owner's connection, commits in parts or leaves that, and gives a number of rows.
Periodic = Callable[[psycopg.Connection[Any]], int]
PERIODIC_SECONDS: Final = 300.0


def purge_idempotency_keys(connection: psycopg.Connection[Any]) -> int:
    """Delete the answers that were kept long enough."""
    return connection.execute(idempotency.PURGE, {"before": clock.now() - idempotency.KEPT}).rowcount


# Of these blobs, those that no bewijsstuk refers to. A database without any says nothing: it may have been made just now.
UNUSED_BLOBS: Final = """
select name from unnest(%(names)s::text[]) name
where not exists (select from bewijsstuk b where b.sha256 = name) and exists (select from bewijsstuk)
"""


@cache
def _cleaner() -> Cleaner:
    return Cleaner(open_store(load_settings()), UNUSED_BLOBS)


def clean_storage(connection: psycopg.Connection[Any]) -> int:
    """Throw away what was left of uploads, and content that no bewijsstuk has any more."""
    return _cleaner()(connection)


# Held by who renews, on any host; PostgreSQL lets go of it with the connection. The number means nothing.
_RENEWING: Final = 7_300_160_100
_TRY_LOCK: Final = "select pg_try_advisory_lock(%s)"


def renew_registraties(connection: psycopg.Connection[Any]) -> int:
    """Store what follows for the registraties up to today, once a day; another host that is at it is left alone."""
    today = clock.today()
    done, free = renewed_up_to(connection), connection.execute(_TRY_LOCK, (_RENEWING,)).fetchone()
    connection.commit()
    if done == today or free != (True,):
        return 0
    outcome = renew(connection, today, actor="dienst:registratie")
    log.info("registraties_renewed", **asdict(outcome))
    return outcome.rows


def prepare_voortgang(connection: psycopg.Connection[Any]) -> int:
    """Make ready what the progress of leraren follows from, of whom something changed or a day brought something."""
    connection.commit()
    return prepare(connection)


def send_berichten(connection: psycopg.Connection[Any]) -> int:
    """Send the notices that are waiting, if there is a mail server."""
    settings = load_settings()
    if not settings.smtp_url:
        return 0
    connection.commit()
    return send_waiting(lambda: nullcontext(connection), MailServer(settings.smtp_url, settings.mail_from)).sent


PERIODIC: Final[Mapping[str, Periodic]] = {
    "purge_expired": purge_expired,
    "purge_idempotency_keys": purge_idempotency_keys,
    "clean_storage": clean_storage,
    "renew_registraties": renew_registraties,
    "send_berichten": send_berichten,
    "prepare_voortgang": prepare_voortgang,
}


@click.command()
def worker() -> None:
    """Verzegel het journaal en ruim op wat verlopen is, tot Ctrl-C of SIGTERM."""
    settings = load_settings()
    if not settings.database_url:
        raise RunError("DATABASE_URL ontbreekt: de verzegelaar werkt als eigenaar van de database.")
    logs.configure(settings.log_level)
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    run(settings.database_url, settings.key_dir, stop)


def run(url: str, key_dir: Path, stop: threading.Event) -> None:
    """Work until told to stop. Raises RunError when the journal cannot be sealed with this key or in this database."""
    periodic = threading.Thread(target=_work_periodically, args=(url, stop), name="periodic", daemon=True)
    periodic.start()
    try:
        keep_sealing(url, load_or_create_key(key_dir), stop)
    except (JournalRefused, JournalKeyError) as error:
        log.error("sealing_refused", reason=str(error))
        raise RunError(str(error)) from error
    finally:
        stop.set()
        periodic.join(timeout=5)


def _work_periodically(url: str, stop: threading.Event) -> None:
    while not stop.is_set():
        for name, work in PERIODIC.items():
            try:
                with connect(url, "register opruimer") as connection:
                    rows = work(connection)
                log.debug("periodic_work", work=name, rows=rows)
            except psycopg.Error as error:
                log.warning("periodic_work_failed", work=name, error=type(error).__name__, sqlstate=error.sqlstate)
            except StorageUnavailable as error:
                log.warning("periodic_work_failed", work=name, error=type(error.__cause__).__name__)
            except Exception:
                # A mistake of ours in one piece of work must not end all others with it.
                log.exception("periodic_work_failed", work=name)
        stop.wait(PERIODIC_SECONDS)
