"""The service that the windows of a test open, and being somebody there without walking through the provider."""

from dataclasses import dataclass
from datetime import timedelta

import psycopg

from register_service.access.sessions import COOKIE, hash_of, new_token
from register_service.core import clock
from register_service.core.context import set_context
from register_service.demo.accounts import PROVIDER
from register_service.web.signing_in.blueprint import NEWCOMER
from tests.browser.window import Window
from tests.helpers.live import LiveServer
from tests.helpers.sessions import begin_session


@dataclass(frozen=True)
class Site:
    """The service, and where its OpenID provider is."""

    server: LiveServer
    provider_url: str

    @property
    def url(self) -> str:
        """Give the address of the service."""
        return self.server.url

    @property
    def database_url(self) -> str:
        """Give the way in of the owner."""
        return self.server.settings.database_url

    def as_owner(self, statement: str, *values: object) -> None:
        """Change something by hand."""
        with psycopg.connect(self.database_url) as connection:
            set_context(connection, actor="beheer:test", event="test", today=clock.today())
            connection.execute(statement, values or None)  # type: ignore[call-overload] - a constant of a test


def sign_in(window: Window, site: Site, **who: str) -> None:
    """Sign somebody in without a provider; `who` as `begin_session` takes it."""
    with psycopg.connect(site.database_url) as connection:
        set_context(connection, actor="beheer:test", event="test", today=clock.today())
        token = begin_session(connection, provider=PROVIDER, **who)
    window.page.context.add_cookies([{"name": COOKIE, "value": token, "url": site.url, "httpOnly": True}])


def be_new(window: Window, site: Site) -> None:
    """Be somebody whom a provider vouched for and the register does not know."""
    token = new_token()
    with psycopg.connect(site.database_url) as connection:
        set_context(connection, actor="beheer:test", event="test", today=clock.today())
        connection.execute(
            "insert into newcomer (hash, provider, subject, roles, next, expires_at)"
            " values (%s, %s, 'nieuw', '{leraar,auditor}', '/', %s)",
            (hash_of(token), PROVIDER, clock.now() + timedelta(minutes=30)),
        )
    window.page.context.add_cookies([{"name": NEWCOMER, "value": token, "url": site.url, "httpOnly": True}])
