"""The sealer at work: a batch every tenth of a second, through restarts of PostgreSQL, with a stand-by taking over."""

import threading
import time

import psycopg
import structlog

from register_service.journal.connection import Connection, connect
from register_service.journal.keys import JournalKey
from register_service.journal.sealer import become_sealer, seal_once

log = structlog.get_logger(__name__)

INTERVAL = 0.1
_STANDBY_INTERVAL = 1.0
_SHORTEST_WAIT, _LONGEST_WAIT = 0.2, 5.0
# Batches from this size are worth a line in the log.
_LARGE = 10_000


def keep_sealing(url: str, key: JournalKey, stop: threading.Event) -> None:
    """Seal until told to stop. Raises JournalRefused when sealing on would break the journal."""
    wait = _SHORTEST_WAIT
    while not stop.is_set():
        try:
            with connect(url, "register verzegelaar") as connection:
                if _wait_for_turn(connection, stop):
                    wait = _SHORTEST_WAIT
                    _seal_on(connection, key, stop)
        except psycopg.Error as error:
            # The text of an error may hold values of a row, so only its kind is logged.
            log.warning("sealing_interrupted", error=type(error).__name__, sqlstate=error.sqlstate, retry_in=wait)
            stop.wait(wait)
            wait = min(wait * 2, _LONGEST_WAIT)


def seal_now(connection: Connection, key: JournalKey, seconds: float = 30.0) -> int | None:
    """Seal what is committed now; None when another sealer did. Raises TimeoutError when neither happened in time."""
    deadline = time.monotonic() + seconds
    row = connection.execute("select clock_timestamp()").fetchone()
    connection.commit()
    while time.monotonic() < deadline:
        if become_sealer(connection):
            return seal_once(connection, key)
        done = connection.execute("select sealed_until > %s from seal_horizon", row).fetchone()
        connection.commit()
        if done and done[0]:
            return None
        time.sleep(INTERVAL)
    raise TimeoutError


def _wait_for_turn(connection: Connection, stop: threading.Event) -> bool:
    standby = False
    while not stop.is_set():
        if become_sealer(connection):
            log.info("sealer_started", after_standby=standby)
            return True
        if not standby:
            log.info("sealer_on_standby")
            standby = True
        stop.wait(_STANDBY_INTERVAL)
    return False


def _seal_on(connection: Connection, key: JournalKey, stop: threading.Event) -> None:
    while not stop.is_set():
        started = time.monotonic()
        rows = seal_once(connection, key)
        if rows >= _LARGE:
            log.info("sealed", rows=rows, seconds=round(time.monotonic() - started, 2))
        stop.wait(INTERVAL)
