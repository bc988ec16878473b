"""Throwing away what access no longer needs, so that its tables stay small. The worker calls this now and then."""

from datetime import timedelta
from typing import Any

from psycopg import Connection

from register_service.core import clock

# Hosts' clocks differ a little: what one thinks expired, another might still accept.
GRACE = timedelta(minutes=5)

_STATEMENTS = (
    "delete from revoked_token where expires_at < %(moment)s",
    "delete from used_assertion where expires_at < %(moment)s",
    "delete from client_secret where expires_at < %(moment)s",
    "delete from rate_limit where expires_at < %(moment)s",
    "delete from session where seen_at < %(moment)s - interval '8 hours' or ended_at < %(moment)s",
    "delete from sign_in where expires_at < %(moment)s",
    "delete from newcomer where expires_at < %(moment)s",
    "delete from koppelcode_secret s using koppelcode k where k.id = s.koppelcode and k.geldig_tot < %(moment)s",
)


def purge_expired(connection: Connection[Any]) -> int:
    """Delete revoked tokens, used assertions, secrets, counts, sessions and codes that have expired; give how many rows went."""
    moment = clock.now() - GRACE
    return sum(connection.execute(statement, {"moment": moment}).rowcount for statement in _STATEMENTS)
