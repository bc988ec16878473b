"""Reads: one statement that filters, builds the JSON, logs who looked, and answers; now or at a sealed moment.

Every read of a dossier goes through here. The log is part of the statement itself: a route cannot leave it out.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple
from urllib.parse import urlencode

import orjson
import psycopg
from flask import request
from sqlalchemy.orm import Session

from register_service.api.call import Answer, Call, etag_of
from register_service.api.cursors import read_cursor, write_cursor
from register_service.core import clock
from register_service.core.db import Rows, run_in
from register_service.core.errors import Invalid, NotFound
from register_service.journal import past
from register_service.journal.moments import HORIZON, not_sealed

# A leraar who looks at the own dossier is not somebody who looked.
_LOGGED = """
{prefix} answer as materialized ({select}),
looked as (
    insert into access_log (leraar, actor, namens, purpose, reason, parts, request_id)
    select leraar, %(actor)s, %(namens)s, %(purpose)s, %(reason)s, %(parts)s::text[], %(request_id)s
    from (select distinct leraar from {on_page} where leraar is not null and %(role)s <> 'leraar') seen)
select {shown}
"""
# The row that tells whether there is a next page is shown to nobody. Without a limit all rows are shown.
_ON_PAGE = "(select leraar from answer order by key limit %(limit)s::bigint - 1) page"


@dataclass(frozen=True, slots=True)
class Source:
    """A read: SQL that yields (`leraar` or null, `key` for paging, `body` as json), the tables it reads, the parts it shows.

    `select` may use %(geldig_op)s (a day or null) and whatever parameters its caller gives. `change` is what the statement
    does first, as a common table expression: the answer to a write without another round trip. `known_by` is the SQL, over
    the journal, of "this row can matter", for a past moment. `finish` makes what is shown, on a day, of `body`, where
    rules say that and SQL cannot.
    """

    select: str
    tables: tuple[str, ...]
    parts: tuple[str, ...]
    of_dossier: bool = False
    change: str = ""
    known_by: str = ""
    finish: Callable[[str, date], str] | None = None

    def statement(self, *, past_moment: bool, paged: bool = False) -> str:
        """Give the whole statement: the past in front if asked for, the log around it."""
        shadowed = past_moment and self.tables
        prefix = (
            past.tables_as_known(self.tables, dossier=self.of_dossier, known_by=self.known_by) + ","
            if shadowed
            else "with"
        )
        prefix = f"{prefix} {self.change}," if self.change else prefix
        shown = "body::text, key from answer order by key" if paged else "body::text from answer"
        on_page = _ON_PAGE if paged else "answer"
        return _LOGGED.format(prefix=prefix, select=self.select, on_page=on_page, shown=shown)


_STATEMENTS: dict[tuple[Source, bool, bool], str] = {}


def _statement(source: Source, past_moment: bool, paged: bool) -> str:
    key = (source, past_moment, paged)
    if key not in _STATEMENTS:
        _STATEMENTS[key] = source.statement(past_moment=past_moment, paged=paged)
    return _STATEMENTS[key]


def _parameters(call: Call, source: Source, values: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "limit": None,
        **values,
        "actor": call.context.actor,
        "namens": call.context.namens,
        "role": call.caller.role,
        "purpose": call.operation.purpose,
        "reason": call.reason,
        "parts": list(source.parts),
        "request_id": call.request_id,
        "geldig_op": call.query.get("geldig_op"),
        "beschikbaar_op": call.query.get("beschikbaar_op"),
    }


def fetch(call: Call, source: Source, values: Mapping[str, Any], *, paged: bool = False) -> Rows:
    """Read in one round trip. Raises Invalid when `beschikbaarOp` is not sealed yet."""
    moment = call.query.get("beschikbaar_op")
    statement = (_statement(source, moment is not None, paged), _parameters(call, source, values))
    if moment is None:
        (rows,) = call.services.database.read(call.context, statement)
    else:
        horizon, rows = call.services.database.read(call.context, (HORIZON, {"beschikbaar_op": moment}), statement)
        _require_sealed(horizon)
    return _finished(source, rows, call.query.get("geldig_op"))


class Read(NamedTuple):
    """One of several reads that go together; `paged` as in `fetch`."""

    source: Source
    values: Mapping[str, Any]
    paged: bool = False


def fetch_all(call: Call, *reads: Read) -> list[Rows]:
    """Read several things as they are now in one round trip, each logged as by itself, and give the rows of each."""
    statements = [
        (_statement(one.source, False, one.paged), _parameters(call, one.source, one.values)) for one in reads
    ]
    answers = call.services.database.read(call.context, *statements)
    return [_finished(one.source, rows, None) for one, rows in zip(reads, answers, strict=True)]


def _finished(source: Source, rows: Rows, day: date | None) -> Rows:
    if source.finish is None:
        return rows
    day = day or clock.today()
    return [(source.finish(body, day), *rest) for body, *rest in rows]


def _require_sealed(horizon: Rows) -> None:
    ((sealed_until, sealed),) = horizon
    if not sealed:
        raise Invalid([not_sealed(sealed_until)])


def fetch_in(session: Session, call: Call, source: Source, **values: Any) -> bytes:
    """Read inside a write's transaction, so that the answer to a change is what the change made; logged like any read.

    Raises NotFound when the caller does not see it.
    """
    return _only(session, source, _statement(source, False, False), _parameters(call, source, values))


def change_in(session: Session, call: Call, source: Source, **values: Any) -> tuple[bytes, str]:
    """Do the same with a source that makes a change, and give also its `key`: what it tells whoever asked for the change."""
    (rows,) = run_in(session, (_statement(source, False, True), _parameters(call, source, values)))
    if not rows:
        raise NotFound
    body, key = _finished(source, rows, None)[0]
    return str(body).encode(), str(key)


_LOOKED = """
insert into access_log (leraar, actor, namens, purpose, reason, parts, request_id)
select unnest(%(leraren)s::text[]), %(actor)s, %(namens)s, %(purpose)s, %(reason)s, %(parts)s::text[], %(request_id)s
"""


def log_looked(session: Session, call: Call, leraren: Sequence[str], parts: Sequence[str]) -> None:
    """Log a look at leraren that no `Source` reads, such as somebody being found as a candidate."""
    run_in(session, (_LOOKED, _looked(call, leraren, parts)))


def log_looked_in_vain(call: Call, leraren: Sequence[str], parts: Sequence[str]) -> None:
    """Do the same for a write that is refused and leaves nothing else: that these leraren were found shows all the same."""
    call.services.database.read(call.context, (f"with looked as ({_LOOKED}) select", _looked(call, leraren, parts)))


def _looked(call: Call, leraren: Sequence[str], parts: Sequence[str]) -> dict[str, Any]:
    return {
        "leraren": list(leraren),
        "actor": call.context.actor,
        "namens": call.context.namens,
        "purpose": call.operation.purpose,
        "reason": call.reason,
        "parts": list(parts),
        "request_id": call.request_id,
    }


def peek(session: Session, source: Source, **values: Any) -> bytes:
    """Build the present representation for a comparison that shows nothing to anybody, so that nothing is logged."""
    statement = f"with answer as ({source.select}) select body::text from answer"
    return _only(session, source, statement, {**values, "geldig_op": None, "beschikbaar_op": None})


def _only(session: Session, source: Source, statement: str, parameters: dict[str, Any]) -> bytes:
    (rows,) = run_in(session, (statement, parameters))
    if not rows:
        raise NotFound
    return str(_finished(source, rows, None)[0][0]).encode()


def one(call: Call, source: Source, **values: Any) -> Answer:
    """Answer with one object, or 304 when the caller has it already. Raises NotFound."""
    rows = fetch(call, source, values)
    if not rows:
        raise NotFound
    return tagged(rows[0][0].encode())


def tagged(body: bytes) -> Answer:
    """Answer with a body and its ETag, or 304."""
    etag = etag_of(body)
    if "If-None-Match" in request.headers and request.if_none_match.contains_weak(etag.strip('"')):
        return Answer(b"", 304, {"ETag": etag})
    return Answer(body, 200, {"ETag": etag})


def page(call: Call, source: Source, **values: Any) -> Answer:
    """Answer with a page of objects: `items`, and `volgende`, the cursor of the next page, or null; also as `Link`.

    The statement gets `after` (the last key seen, or '') and `limit` (one more than the page holds).
    """
    return _page_of(call, _rows_of_page(call, source, values))


def page_below(call: Call, source: Source, **values: Any) -> Answer:
    """Answer with a page of what belongs to one thing. The statement gives that thing a row without a body if it has no more.

    Raises NotFound when the thing itself is not there, or not for this caller.
    """
    rows = _rows_of_page(call, source, values)
    if not rows:
        raise NotFound
    return _page_of(call, [row for row in rows if row[0] is not None])


def page_on(connection: psycopg.Connection[Any], call: Call, source: Source, **values: Any) -> Answer:
    """Answer as `page` does, over a connection that was lent to this caller: that of a report, which may take its time."""
    statement = _statement(source, False, True).encode()
    asked = _parameters(call, source, _with_place(call, values))
    return _page_of(call, connection.execute(statement, asked, prepare=False).fetchall())


DEFAULT_LIMIT = 100


def _rows_of_page(call: Call, source: Source, values: Mapping[str, Any]) -> Rows:
    return fetch(call, source, _with_place(call, values), paged=True)


def _with_place(call: Call, values: Mapping[str, Any]) -> dict[str, Any]:
    # A search has its cursor, like its question, in the body.
    place = "body" if request.method == "POST" else "query"
    after = read_cursor(call.query.get("cursor"), call.operation.name, place=place)
    return {**values, "after": after, "limit": _limit(call) + 1}


def _limit(call: Call) -> int:
    return call.query.get("limiet") or DEFAULT_LIMIT


def _page_of(call: Call, rows: Rows) -> Answer:
    limit = _limit(call)
    following = write_cursor(str(rows[limit - 1][1]), call.operation.name) if len(rows) > limit else None
    items = ",".join(row[0] for row in rows[:limit])
    body = f'{{"items":[{items}],"volgende":{orjson.dumps(following).decode()}}}'.encode()
    # A POST that searches has its question in the body: no address to link to, and nothing that a cache could keep.
    by_address = request.method != "POST"
    headers = {"Link": f'<{_next_url(following)}>; rel="next"'} if following and by_address else {}
    answer = tagged(body) if by_address else Answer(body)
    if answer.status == 200:  # who has the page already has its headers too
        answer.headers.update(headers)
    return answer


def _next_url(cursor: str) -> str:
    return f"{request.path}?{urlencode({**request.args, 'cursor': cursor})}"
