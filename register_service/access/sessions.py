"""Sessions of people who signed in: a random number in a cookie, of which the register keeps a hash, and who that is.

They live in PostgreSQL, so that signing out ends them everywhere at once. How long they last is said there too (`session_of`): 30
minutes after somebody was last seen, and 8 hours in all. Every transaction asks again.
"""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any
from uuid import UUID

from flask import Response, current_app, request
from psycopg import Connection

from register_service.access import persons
from register_service.access.caller import Caller
from register_service.access.models import ClientSoort
from register_service.access.scopes import Scope
from register_service.core import clock
from register_service.core.db import Database

COOKIE = "register-sessie"
# What somebody who signed in may do, by role; a leraar the same as with a token.
SCOPES: Mapping[str, frozenset[Scope]] = MappingProxyType(
    {
        ClientSoort.LERAAR: persons.SCOPES[ClientSoort.LERAAR],
        ClientSoort.AUDITOR: frozenset({Scope.ORGANISATIES_LEZEN, Scope.RAPPORTAGES_LEZEN}),
    }
)

_SEEN = "select soort, leraar, account::text from session_seen(%(hash)s, %(now)s)"
_BEGIN = "select session_begin(%(hash)s, %(account)s, %(now)s)"
_END = "select provider, account from session_end(%(hash)s, %(now)s)"


@dataclass(frozen=True, slots=True)
class Ended:
    """A session that was ended just now: whose, and through which provider it had begun."""

    provider: str
    account: UUID


def hash_of(token: str) -> bytes:
    """Give what the register keeps of a token in a cookie."""
    return hashlib.sha256(token.encode()).digest()


def new_token() -> str:
    """Make a token for a cookie: 256 random bits, in characters that a cookie takes as they are."""
    return secrets.token_urlsafe(32)


def find(database: Database, token: str) -> Caller | None:
    """Give whose session it is, and remember that somebody was seen; None when it has ended or never was."""
    with database.autocommit() as connection:
        row = connection.execute(_SEEN, {"hash": hash_of(token), "now": clock.now()}).fetchone()
    if row is None:
        return None
    soort, leraar, account = row
    return Caller(
        client_id=account,
        role=soort,
        bestuur=None,
        scopes=SCOPES[soort],
        jti="",
        leraar=leraar,
        session=hash_of(token),
    )


def begin(connection: Connection[Any], account: UUID) -> str:
    """Begin a session of an account, always a new one, and give the token for its cookie."""
    token = new_token()
    connection.execute(_BEGIN, {"hash": hash_of(token), "account": account, "now": clock.now()})
    return token


def end(database: Database, token: str) -> Ended | None:
    """End a session; None when there was none to end."""
    with database.autocommit() as connection:
        row = connection.execute(_END, {"hash": hash_of(token), "now": clock.now()}).fetchone()
    return None if row is None else Ended(*row)


def csrf_token(token: str) -> str:
    """Give what the forms of a session carry: it follows from the cookie, and the cookie does not follow from it."""
    return base64.urlsafe_b64encode(hmac.digest(token.encode(), b"form", "sha256")).decode().rstrip("=")


def is_csrf_token(given: str, token: str) -> bool:
    """Tell whether a form was made for this session."""
    return hmac.compare_digest(given.encode(), csrf_token(token).encode())


def read_cookie(name: str = COOKIE) -> str | None:
    """Give what this request brought in a cookie, or None."""
    return request.cookies.get(_cookie_name(name)) or None


def set_cookie(response: Response, value: str, name: str = COOKIE) -> None:
    """Give the browser a cookie until it is closed: for this host, for no script, and not with what other sites send."""
    _set(response, name, value, None)


def drop_cookie(response: Response, name: str = COOKIE) -> None:
    """Take a cookie away."""
    _set(response, name, "", 0)


def _set(response: Response, name: str, value: str, max_age: int | None) -> None:
    response.set_cookie(
        _cookie_name(name), value, max_age=max_age, path="/", secure=_over_https(), httponly=True, samesite="Lax"
    )


def _cookie_name(name: str) -> str:
    # With this prefix a browser takes it from this very host only, and over https only (RFC 6265bis).
    return f"__Host-{name}" if _over_https() else name


def _over_https() -> bool:
    return str(current_app.config["BASE_URL"]).startswith("https:")
