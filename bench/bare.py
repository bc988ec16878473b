"""What the service is measured against: the least Python that gives the same bytes with the same access, log and journal.

No framework, no token, no validation, no errors worth the name: psycopg, a pool of a few lines, the statements of the
service's own reads, and a write in one pipelined round trip. Nobody should run this for real.
"""

import os
from collections.abc import Callable, Iterable
from datetime import date
from queue import LifoQueue
from typing import Any

import orjson
import psycopg

from bench.data import BIG
from register_service.aanstellingen.queries import AANSTELLING_JSON
from register_service.api.cursors import write_cursor
from register_service.core.context import SET_CALLER, Context
from register_service.dossiers.queries import DOSSIER
from register_service.leraren.queries import LISTS

StartResponse = Callable[[str, list[tuple[str, str]]], object]
OPTIONS = "-c timezone=UTC -c jit=off -c statement_timeout=15000"

_CALLER = Context(
    role=BIG.role, actor=f"client:{BIG.client_id}", event="aanstelling.toegevoegd", today=date.today(),  # noqa: DTZ011
    client=BIG.client_id, jti="none", namens=f"bestuur:{BIG.bestuur}", bestuur=BIG.bestuur,
).parameters()  # fmt: skip
_LOG = {
    "actor": _CALLER["client"],
    "namens": f"bestuur:{BIG.bestuur}",
    "role": BIG.role,
    "reason": None,
    "request_id": None,
}
_NOW = {"geldig_op": None, "beschikbaar_op": None}
_READ = DOSSIER.statement(past_moment=False)
_LIST = LISTS["bestuur", "list"].statement(past_moment=False, paged=True)
_ADD = f"""
with a as (
    insert into aanstelling (leraar, bestuur, vestiging, functie, soort, begindatum, einddatum, betrekkingsomvang,
                             personeelsnummer)
    select l.registratienummer, v.bestuur, v.code, %(functie)s, %(soort)s, %(begindatum)s::date, %(einddatum)s::date,
           %(betrekkingsomvang)s, %(personeelsnummer)s
    from leraar l, vestiging v
    where l.registratienummer = %(leraar)s and l.samengevoegd_met is null and v.code = %(vestiging)s and v.bestuur = %(bestuur)s
    for key share of l
    returning *),
looked as (
    insert into access_log (leraar, actor, namens, purpose, parts, request_id)
    select leraar, %(actor)s, %(namens)s, 'aanstelling toevoegen', '{{aanstellingen}}', %(request_id)s from a)
select {AANSTELLING_JSON}::text from a
"""


class Pool:
    """Connections, handed out last in, first out; made when none is free."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._free: LifoQueue[psycopg.Connection[Any]] = LifoQueue()

    def run(self, *statements: tuple[str, dict[str, Any]]) -> list[tuple[Any, ...]]:
        """Run statements in one round trip and give the rows of the last that has any."""
        connection = (
            psycopg.connect(self._url, options=OPTIONS, autocommit=True) if self._free.empty() else self._free.get()
        )
        with connection.pipeline():
            # Nothing is prepared that has no parameters: pg_stat_statements counts a prepared `begin` only once.
            cursors = [connection.execute(sql, values, prepare=None if values else False) for sql, values in statements]
        rows = [cursor.fetchall() for cursor in cursors if cursor.description]
        self._free.put(connection)
        return rows[-1]


_pool = Pool(os.environ["APP_DATABASE_URL"])


def _dossier(number: str) -> bytes:
    values = {
        **_LOG,
        **_NOW,
        "registratienummer": number,
        "purpose": "dossier raadplegen",
        "parts": list(DOSSIER.parts),
    }
    return str(_pool.run((SET_CALLER, _CALLER), (_READ, values))[0][0]).encode()


def _leraren() -> bytes:
    values = {
        **_LOG,
        **_NOW,
        "purpose": "leraren opsommen",
        "parts": ["leraar"],
        "after": "",
        "limit": 101,
        "bestuur": BIG.bestuur,
    }
    rows = _pool.run((SET_CALLER, _CALLER), (_LIST, values))
    items, following = ",".join(row[0] for row in rows[:100]), write_cursor(rows[99][1], "GET /leraren")
    return f'{{"items":[{items}],"volgende":"{following}"}}'.encode()


def _add(number: str, body: bytes) -> bytes:
    values = {**_LOG, **orjson.loads(body), "leraar": number, "bestuur": BIG.bestuur}
    rows = _pool.run(("begin", {}), (SET_CALLER, _CALLER), (_ADD, values), ("commit", {}))
    return str(rows[0][0]).encode()


def app(environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
    """Answer the three requests that are measured."""
    parts = environ["PATH_INFO"].split("/")
    if environ["REQUEST_METHOD"] == "POST":
        status, body = "201 CREATED", _add(parts[3], environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])))
    else:
        status, body = "200 OK", _dossier(parts[3]) if len(parts) > 4 else _leraren()
    start_response(status, [("Content-Type", "application/json"), ("Content-Length", str(len(body)))])
    return [body]
