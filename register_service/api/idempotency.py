"""`Idempotency-Key`: the same POST twice is one write and gets the same answer, for 24 hours.

The key is claimed by inserting its row first, in the write's own transaction: a second request with the key waits until the
first has committed and then gets its answer, or, when the first rolled back, does the work itself.
"""

import hashlib
from collections.abc import Callable
from datetime import timedelta

import orjson
from flask import request
from sqlalchemy import text
from sqlalchemy.orm import Session

from register_service.api.call import Answer, Call
from register_service.core import clock
from register_service.core.errors import Conflict, Unavailable

KEPT = timedelta(hours=24)

_CLAIM = text("""
    insert into idempotency_key as k (client_id, key, fingerprint, created_at)
    values (:client_id, :key, :fingerprint, :now)
    on conflict (client_id, key) do update
        set fingerprint = excluded.fingerprint, created_at = excluded.created_at, status = null, headers = null, body = null
        where k.created_at < :expired
    returning client_id
""")
_FIND = text(
    "select fingerprint, status, headers, body from idempotency_key where client_id = :client_id and key = :key"
)
_KEEP = text("""
    update idempotency_key set status = :status, headers = cast(:headers as jsonb), body = :body
    where client_id = :client_id and key = :key
""")
PURGE = "delete from idempotency_key where created_at < %(before)s"


def once(session: Session, call: Call, work: Callable[[], Answer]) -> Answer:
    """Do the work, or give the answer it got before. Raises Conflict when the key came with another request."""
    key = request.headers.get("Idempotency-Key")
    if key is None or request.method != "POST":
        return work()
    mine = {"client_id": call.caller.client_id, "key": key}
    now = clock.now()
    claimed = session.execute(
        _CLAIM, {**mine, "fingerprint": _fingerprint(call), "now": now, "expired": now - KEPT}
    ).first()
    if claimed is None:
        return _answer_before(session, mine, call)
    answer = work()
    session.flush()
    # A secret is kept for the client that asks again, and for nobody who reads the table.
    body = call.services.storage.links.seal(answer.body) if call.operation.secret else answer.body
    session.execute(_KEEP, {**mine, "status": answer.status, "headers": _json(answer.headers), "body": body})
    return answer


def _answer_before(session: Session, mine: dict[str, str], call: Call) -> Answer:
    found = session.execute(_FIND, mine).one_or_none()
    if found is None:  # thrown away in this very moment, its time being up
        raise Unavailable(retry_after=1)
    if found.fingerprint != _fingerprint(call):
        raise Conflict(
            "Deze Idempotency-Key is al gebruikt voor een andere aanvraag. Gebruik voor elke nieuwe aanvraag een nieuwe sleutel.",
            code="idempotency-key-hergebruikt",
        )
    body = call.services.storage.links.unseal(found.body) if call.operation.secret else found.body
    return Answer(body, found.status, {**found.headers, "Idempotency-Replayed": "true"})


def _fingerprint(call: Call) -> bytes:
    # Of a file it is the hash that was made while it came in; it was never in memory as a whole.
    content = call.upload.fingerprint if call.operation.body_stream else request.get_data()
    parts = (request.method.encode(), request.full_path.encode(), content)
    return hashlib.sha256(b"\0".join(parts)).digest()


def _json(headers: dict[str, str]) -> str:
    return orjson.dumps(headers).decode()
