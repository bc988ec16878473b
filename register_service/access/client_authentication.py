"""Which client is asking: a secret (RFC 6749, section 2.3.1) or a signed assertion (RFC 7523), never both."""

import base64
import binascii
import re
from collections.abc import Collection
from dataclasses import dataclass
from hmac import compare_digest
from typing import Any
from urllib.parse import unquote_plus

import structlog
from psycopg import Connection

from register_service.access.assertions import ASSERTION_TYPE, check_assertion, claimed_client, replayed
from register_service.access.clients import MOST_SECRETS, hash_secret
from register_service.access.oauth import OAuthError, invalid_client, invalid_request
from register_service.access.scopes import CLIENT_SCOPES, Scope
from register_service.core import clock

_log = structlog.get_logger(__name__)
_CLIENT_ID = re.compile(r"[\x21-\x7e]{1,100}")
# Compared with when there is nothing to compare with, so that an unknown client takes as long as a wrong secret.
_NO_HASH = bytes(32)

_CLIENT = """
select client_id, soort, bestuur, scopes, jwks,
       array(select hash from client_secret s
             where s.client_id = c.client_id and (expires_at is null or expires_at > %(now)s)) as hashes
from client c where client_id = %(client_id)s and ingetrokken_op is null
"""
_USE_ASSERTION = """
insert into used_assertion (client_id, jti, expires_at) values (%s, %s, %s) on conflict do nothing returning true
"""


@dataclass(frozen=True, slots=True)
class ProvenClient:
    """A client that has proved who it is."""

    client_id: str
    soort: str
    bestuur: str | None
    scopes: frozenset[Scope]


@dataclass(frozen=True, slots=True)
class _Stored:
    client: ProvenClient
    jwks: dict[str, Any] | None
    hashes: list[bytes]


def authenticate_client(
    connection: Connection[Any], authorization: str | None, form: dict[str, str], audiences: Collection[str]
) -> ProvenClient:
    """Give the client behind a request to the token endpoint, from its Authorization header and form fields.

    `audiences` are the names under which an assertion may address us. Raises OAuthError.
    """
    methods = [authorization is not None, "client_secret" in form, _has_assertion(form)]
    if sum(methods) > 1:
        raise invalid_request("Gebruik een manier van aanmelden tegelijk")
    if not any(methods):
        raise invalid_client("Meld de client aan met client_secret_basic, client_secret_post of private_key_jwt")
    try:
        if _has_assertion(form):
            return _by_assertion(connection, form, audiences)
        return _by_secret(connection, *_credentials(authorization, form))
    except OAuthError as error:
        # Without the client_id as sent: people paste secrets into the wrong field.
        _log.warning("client_authentication_failed", error=error.error, description=error.description)
        raise


def _has_assertion(form: dict[str, str]) -> bool:
    return "client_assertion" in form or "client_assertion_type" in form


def _credentials(authorization: str | None, form: dict[str, str]) -> tuple[str, str]:
    if authorization is None:
        return form.get("client_id", ""), form["client_secret"]
    client_id, secret = _read_basic(authorization)
    if form.get("client_id", client_id) != client_id:
        raise invalid_request("client_id in de body is een andere dan in de Authorization-kop")
    return client_id, secret


def _read_basic(authorization: str) -> tuple[str, str]:
    kind, _, encoded = authorization.partition(" ")
    if kind.lower() != "basic":
        raise invalid_client()
    try:
        client_id, colon, secret = base64.b64decode(encoded.strip(), validate=True).decode("utf-8").partition(":")
    except (binascii.Error, UnicodeDecodeError, ValueError) as error:
        raise invalid_client() from error
    if not colon:
        raise invalid_client()
    return unquote_plus(client_id), unquote_plus(secret)


def _by_secret(connection: Connection[Any], client_id: str, secret: str) -> ProvenClient:
    stored = _find(connection, client_id)
    hashes = stored.hashes if stored else []
    hashes = hashes + [_NO_HASH] * (MOST_SECRETS - len(hashes))
    given = hash_secret(secret)
    matches = [compare_digest(given, one) for one in hashes]
    if stored is None or not any(matches):
        raise invalid_client()
    return stored.client


def _by_assertion(connection: Connection[Any], form: dict[str, str], audiences: Collection[str]) -> ProvenClient:
    if form.get("client_assertion_type") != ASSERTION_TYPE or "client_assertion" not in form:
        raise invalid_client(f"client_assertion en client_assertion_type={ASSERTION_TYPE} horen bij elkaar")
    client_id = claimed_client(form["client_assertion"])
    if form.get("client_id", client_id) != client_id:
        raise invalid_request("client_id is een andere dan sub in de client_assertion")
    stored = _find(connection, client_id)
    if stored is None or stored.jwks is None:
        raise invalid_client()
    assertion = check_assertion(form["client_assertion"], stored.jwks, client_id, audiences)
    # The insert decides: of two requests with the same jti at the same moment, one gets a row.
    used = connection.execute(_USE_ASSERTION, (client_id, assertion.jti, assertion.expires_at))
    if used.fetchone() is None:
        raise replayed()
    return stored.client


def _find(connection: Connection[Any], client_id: str) -> _Stored | None:
    # What cannot be a client_id is looked up as an empty one: PostgreSQL refuses NUL and lone surrogates.
    sought = client_id if _CLIENT_ID.fullmatch(client_id) else ""
    row = connection.execute(_CLIENT, {"client_id": sought, "now": clock.now()}).fetchone()
    if row is None:
        return None
    known, soort, bestuur, scopes, jwks, hashes = row
    granted = frozenset(scope for scope in CLIENT_SCOPES if scope.value in scopes)
    return _Stored(ProvenClient(known, soort, bestuur, granted), jwks, hashes)
