"""So many requests in so much time: counted in PostgreSQL, so that it holds over all workers and hosts.

A request is counted before it is carried out and in a transaction of its own: however many come at once, no more than the
limit get through, and what is rolled back was still asked. What need not count is taken back afterwards.
"""

import hashlib
import math
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_address, ip_network
from typing import Any

from flask import request

from register_service.api.call import Call
from register_service.core import clock
from register_service.core.db import Database
from register_service.core.errors import NotFound, TooMany, Unavailable

# Adds this moment to those that still count, unless those are enough already.
_TAKE = """
insert into rate_limit as r (key, hits, expires_at) values (%(key)s, array[%(now)s::timestamptz], %(until)s)
on conflict (key) do update set expires_at = excluded.expires_at,
    hits = array(select hit from unnest(r.hits) hit where hit > %(since)s order by hit) || excluded.hits
where (select count(*) from unnest(r.hits) hit where hit > %(since)s) < %(most)s
returning true
"""
_OLDEST = (
    "select min(hit) from rate_limit r cross join lateral unnest(r.hits) hit where key = %(key)s and hit > %(since)s"
)
# One of them: of two at the same moment the other goes on counting.
_GIVE_BACK = """
update rate_limit set hits = hits[:array_position(hits, %(now)s) - 1] || hits[array_position(hits, %(now)s) + 1:]
where key = %(key)s and %(now)s::timestamptz = any(hits)
"""


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `most` requests in any `seconds`; with `misses_only` those that find nothing (404) and no others count."""

    most: int
    seconds: int
    misses_only: bool = False


@contextmanager
def limited(database: Database, key: str, limit: Limit) -> Iterator[None]:
    """Carry out a request that counts for `key`: any text, of which only a hash is kept. Raises TooMany (429)."""
    taken = _take(database, key, limit)
    try:
        yield
    except NotFound:
        raise
    except BaseException:
        if limit.misses_only:
            _give_back(database, taken)
        raise
    else:
        if limit.misses_only:
            _give_back(database, taken)


def key_of(call: Call) -> str:
    """Give the key of one operation and whoever calls it: the client, or without a token the address."""
    return f"{call.operation.name} {call.caller.client_id or address()}"


def _take(database: Database, key: str, limit: Limit) -> dict[str, Any]:
    now, window = clock.now(), timedelta(seconds=limit.seconds)
    hit = {"key": hashlib.sha256(key.encode()).digest(), "now": now, "since": now - window, "until": now + window}
    with database.autocommit() as connection:
        if connection.execute(_TAKE, {**hit, "most": limit.most}).fetchone() is None:
            oldest = connection.execute(_OLDEST, hit).fetchone()
            raise TooMany(_seconds_until(oldest[0] if oldest else None, now, window))
    return hit


def _seconds_until(oldest: datetime | None, now: datetime, window: timedelta) -> int:
    return max(1, math.ceil(((oldest or now) + window - now).total_seconds()))


def _give_back(database: Database, hit: dict[str, Any]) -> None:
    # Should PostgreSQL be away by now, then one too many is counted: the answer of the request itself is what matters.
    with suppress(Unavailable), database.autocommit() as connection:
        connection.execute(_GIVE_BACK, hit)


def address() -> str:
    """Give the address that a request comes from, as far as it says who sent it."""
    address = ip_address(request.remote_addr or "::")
    # Who has one address of IPv6 has a whole network of them.
    return str(ip_network((address, 64), strict=False) if address.version == 6 else address)
