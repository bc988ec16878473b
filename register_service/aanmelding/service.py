"""Signing in: off to a provider, back from it, and linked to a dossier once. Nothing here is about pages.

There is no caller yet, so that each step is a function of the database (migration 0009) that knows what it may do. What happened
stands in the journal of the account; the log says that it did, without saying who.
"""

import hashlib
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

import structlog
from psycopg import Connection

from register_service.aanmelding import rules
from register_service.aanmelding.errors import NotForThem, ProviderRefused, StateUnknown
from register_service.aanmelding.openid import OpenIdClient
from register_service.access import sessions
from register_service.core import clock
from register_service.core.context import SET_CONTEXT, Context
from register_service.core.db import Database
from register_service.providers import Provider

log = structlog.get_logger(__name__)

# From the button to the way back; then from "we do not know you" to a code that somebody has to look for.
UNDER_WAY, AS_NEWCOMER = timedelta(minutes=10), timedelta(minutes=30)

_SIGN_IN = """
select sign_in_begin(%(state)s, %(browser)s, %(provider)s, %(nonce)s, %(verifier)s, %(next)s, %(until)s)
"""
_TAKE = "select nonce, verifier, next from sign_in_take(%(state)s, %(browser)s, %(provider)s, %(now)s)"
_WHO = "select uitkomst, account from account_aanmelden(%(provider)s, %(subject)s, %(eck_id)s, %(roles)s, %(now)s)"
_NEWCOMER = """
select newcomer_begin(%(hash)s, %(provider)s, %(subject)s, %(eck_id)s, %(roles)s, %(next)s, %(until)s)
"""
_OF_NEWCOMER = "select provider, subject, roles, next from newcomer_of(%(hash)s, %(now)s)"
_LINK = "select uitkomst, account from account_koppelen(%(newcomer)s, %(code)s, %(geboortedatum)s, %(now)s)"


class Outcome(StrEnum):
    """What becomes of somebody whom a provider vouches for; the words are those of the functions of the database."""

    SIGNED_IN = "aangemeld"
    LINKED = "gekoppeld"
    UNKNOWN = "onbekend"
    OTHER_ROLE = "rol-niet-toegestaan"
    OTHER_ECK_ID = "ander-eckid"
    OTHER_ACCOUNT = "ander-account"
    WRONG = "fout"
    LINKED_ALREADY = "al-gekoppeld"
    EXPIRED = "verlopen"


@dataclass(frozen=True, slots=True)
class Arrival:
    """Where a sign-in came out. `token`: the cookie of the session, or, of somebody unknown, the one to link with."""

    outcome: Outcome
    next: str
    token: str | None = None


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody whom a provider vouched for and the register does not know."""

    provider: str
    subject: str
    roles: tuple[str, ...]
    next: str


class SignIns:
    """The providers that there are, and what it takes to come in through one. One per process."""

    def __init__(self, providers: tuple[Provider, ...], base_url: str) -> None:
        self.clients: Mapping[str, OpenIdClient] = {
            provider.name: OpenIdClient(provider, base_url) for provider in providers
        }

    def begin(self, database: Database, client: OpenIdClient, browser: str, following: str) -> str:
        """Note that a browser (its cookie) goes to a provider, and give the address there.

        `following`: where it wanted to go. Raises ProviderUnavailable.
        """
        state, nonce, verifier = (secrets.token_urlsafe(48) for _ in range(3))
        url = client.authorization_url(state=state, nonce=nonce, verifier=verifier)
        values = {
            "state": sessions.hash_of(state),
            "browser": sessions.hash_of(browser),
            "provider": client.provider.name,
            "nonce": nonce,
            "verifier": verifier,
            "next": rules.safe_next(following),
            "until": clock.now() + UNDER_WAY,
        }
        with database.autocommit() as connection:
            connection.execute(_SIGN_IN, values)
        return url

    def finish(
        self, database: Database, client: OpenIdClient, browser: str | None, answer: Mapping[str, str]
    ) -> Arrival:
        """Take somebody who comes back from a provider (`answer`: the query) to a session, or to where a code is asked for.

        Raises StateUnknown, ProviderRefused, ProviderUnavailable and NotForThem.
        """
        nonce, verifier, following = self._taken(database, client, browser, answer.get("state"))
        if answer.get("iss", client.provider.issuer) != client.provider.issuer:  # RFC 9207
            raise ProviderRefused("iss")
        if "code" not in answer:
            raise ProviderRefused("access_denied" if answer.get("error") == "access_denied" else "no_code")
        claims = client.claims_of(answer["code"], nonce=nonce, verifier=verifier)
        try:
            identity = rules.read_identity(client.provider, claims)
        except rules.NotWelcome as error:
            raise NotForThem(error.claim) from error
        return _arrive(database, identity, following)

    def _taken(
        self, database: Database, client: OpenIdClient, browser: str | None, state: str | None
    ) -> tuple[str, str, str]:
        if not browser or not state:
            raise StateUnknown("no_state")
        values = {
            "state": sessions.hash_of(state),
            "browser": sessions.hash_of(browser),
            "provider": client.provider.name,
            "now": clock.now(),
        }
        with database.autocommit() as connection:
            row = connection.execute(_TAKE, values).fetchone()
        if row is None:
            raise StateUnknown("state")
        nonce, verifier, following = row
        return nonce, verifier, following


def newcomer(database: Database, token: str) -> Newcomer | None:
    """Give who it is that may give a code; None when it took too long."""
    with database.autocommit() as connection:
        row = connection.execute(_OF_NEWCOMER, {"hash": sessions.hash_of(token), "now": clock.now()}).fetchone()
    return None if row is None else Newcomer(row[0], row[1], tuple(row[2]), row[3])


def link(database: Database, token: str, who: Newcomer, code: str, geboortedatum: date | None) -> Arrival:
    """Link somebody by a koppelcode, and by the day of birth if it is a leraar's; then a session begins."""
    values = {
        "newcomer": sessions.hash_of(token),
        "code": code_hash(rules.read_code(code)),
        "geboortedatum": geboortedatum,
        "now": clock.now(),
    }
    with _nobodys(database, "account.gekoppeld") as connection:
        outcome, account = _outcome(connection, _LINK, values)
        session = sessions.begin(connection, account) if outcome is Outcome.LINKED and account else None
    log.info("account_link", provider=who.provider, outcome=outcome.value, account=_text(account))
    return Arrival(outcome, who.next, session)


def new_code() -> str:
    """Make a koppelcode, without the signs between groups (rules.write_code)."""
    return "".join(secrets.choice(rules.ALPHABET) for _ in range(rules.GROUPS * rules.IN_GROUP))


def code_hash(letters: str) -> bytes:
    """Give what the register keeps of a koppelcode."""
    return hashlib.sha256(f"koppelcode {letters}".encode()).digest()


def _arrive(database: Database, who: rules.Identity, following: str) -> Arrival:
    values = {
        "provider": who.provider,
        "subject": who.subject,
        "eck_id": who.eck_id,
        "roles": list(who.roles),
        "now": clock.now(),
    }
    token = None
    with _nobodys(database, "account.gekoppeld") as connection:
        outcome, account = _outcome(connection, _WHO, values)
        if outcome in (Outcome.SIGNED_IN, Outcome.LINKED) and account:
            token = sessions.begin(connection, account)
        elif outcome is Outcome.UNKNOWN:
            token = sessions.new_token()
            until = clock.now() + AS_NEWCOMER
            connection.execute(
                _NEWCOMER, {**values, "hash": sessions.hash_of(token), "next": following, "until": until}
            )
    log.info("sign_in", provider=who.provider, outcome=outcome.value, account=_text(account))
    return Arrival(outcome, following, token)


def _outcome(connection: Connection[Any], statement: str, values: Mapping[str, Any]) -> tuple[Outcome, UUID | None]:
    row = connection.execute(statement, values).fetchone()
    assert row
    return Outcome(row[0]), row[1]


def _text(account: UUID | None) -> str | None:
    return str(account) if account else None


@contextmanager
def _nobodys(database: Database, event: str) -> Iterator[Connection[Any]]:
    # A transaction without a caller: who acts is what the function inside finds out, and tells the journal.
    context = Context(role="", actor="aanmelding", event=event, today=clock.today())
    with database.autocommit() as connection, connection.transaction():
        connection.execute(SET_CONTEXT, context.parameters())
        yield connection
