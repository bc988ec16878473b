"""Somebody who signed in, without a provider: an account and a session, as the sign-in itself leaves them."""

from typing import Any

import psycopg
from flask.testing import FlaskClient

from register_service.access import sessions
from register_service.core import clock

_ACCOUNT = """
insert into account (soort, provider, subject, leraar, naam, gekoppeld_met, gekoppeld_op)
values (%(soort)s, %(provider)s, coalesce(%(subject)s, uuidv7()::text), %(leraar)s, %(naam)s, 'koppelcode', %(now)s)
on conflict (leraar, provider) where ingetrokken_op is null do update set leraar = excluded.leraar
returning id
"""


def begin_session(
    connection: psycopg.Connection[Any],
    *,
    leraar: str | None = None,
    naam: str = "Testauditor",
    provider: str = "test",
    subject: str | None = None,
) -> str:
    """Begin a session of a leraar (a registratienummer), or of an auditor, and give the value of its cookie.

    Takes the owner's connection and leaves the commit to its caller.
    """
    values = {
        "soort": "leraar" if leraar else "auditor",
        "provider": provider,
        "subject": subject,
        "leraar": leraar,
        "naam": None if leraar else naam,
        "now": clock.now(),
    }
    row = connection.execute(_ACCOUNT, values).fetchone()
    assert row
    return sessions.begin(connection, row[0])


def sign_in(client: FlaskClient, database_url: str, **who: Any) -> str:
    """Sign a test client in as `begin_session` says, over http; gives the value of the cookie, which the client has."""
    with psycopg.connect(database_url) as connection:
        token = begin_session(connection, **who)
    client.set_cookie(sessions.COOKIE, token, domain="localhost")
    return token
