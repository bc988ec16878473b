"""A register with a provider through which people sign in, over real HTTP."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from register_service.aanmelding.service import SignIns
from register_service.access import sessions
from register_service.providers import Provider
from register_service.settings import Settings
from tests.access.conftest import MovingClock, moving_clock
from tests.helpers.puppet import Puppet, asked_of
from tests.support import BIRTHDAY, Register, the

__all__ = ["moving_clock"]

ECK_ID = "https://ketenid.nl/202601/a1b2c3"


@dataclass
class Lobby:
    """A register, a provider, and a browser that comes in through it."""

    register: Register
    puppet: Puppet
    browser: FlaskClient

    def providers(self, *providers: Provider) -> None:
        """Sign in through these."""
        self.register.app.extensions["register-sign-ins"] = SignIns(providers, "http://localhost")

    def other_browser(self) -> FlaskClient:
        """Give a browser that has been nowhere."""
        return self.register.app.test_client()

    def begin(self, path: str = "/aanmelden/pop", browser: FlaskClient | None = None) -> dict[str, str]:
        """Go to the provider, and give what is asked of it."""
        answer = (browser or self.browser).get(path)
        assert answer.status_code == 303, answer.text
        assert answer.headers["Location"].startswith(f"{self.puppet.issuer}/authorize?")
        return asked_of(answer.headers["Location"])

    def come_back(
        self, asked: dict[str, str], browser: FlaskClient | None = None, name: str = "pop", **claims: Any
    ) -> TestResponse:
        """Come back from the provider, which says these claims of whoever it is."""
        self.puppet.claims = {"nonce": asked.get("nonce"), **claims}
        answer = {"code": "code", "state": asked["state"]}
        return (browser or self.browser).get(f"/aanmelden/{name}/terug", query_string=answer)

    def sign_in(self, path: str = "/aanmelden/pop", browser: FlaskClient | None = None, **claims: Any) -> TestResponse:
        """Go there and come back."""
        name = path.split("?", maxsplit=1)[0].split("/")[2]
        return self.come_back(self.begin(path, browser), browser, name, **claims)

    def is_signed_in(self, browser: FlaskClient | None = None) -> bool:
        """Tell whether a page of a leraar opens."""
        return (browser or self.browser).get("/mijn/accounts").status_code == 200

    def token(self, browser: FlaskClient | None = None, name: str = sessions.COOKIE) -> str:
        """Give the value of a cookie that the browser has."""
        cookie = (browser or self.browser).get_cookie(name)
        assert cookie
        return cookie.value

    def leraar(self, **fields: Any) -> str:
        """Register somebody."""
        return self.register.leraar(**{"geboortedatum": BIRTHDAY, **fields})

    def code_for(self, number: str, who: str = "a") -> str:
        """Hand out a koppelcode."""
        answer = self.register.post(f"/leraren/{number}/koppelcodes", None, who)
        assert answer.status_code == 201, answer.text
        return str(the(answer)["code"])

    def give_code(
        self, code: str, geboortedatum: str = BIRTHDAY, browser: FlaskClient | None = None, **headers: str
    ) -> TestResponse:
        """Fill in the form that asks for a koppelcode."""
        browser = browser or self.browser
        csrf = sessions.csrf_token(self.token(browser, "register-nieuw"))
        form = {"csrf": csrf, "code": code, "geboortedatum": geboortedatum}
        return browser.post("/koppelen", data=form, headers=headers)

    def accounts(self) -> list[tuple[Any, ...]]:
        """Give all accounts: provider, subject, leraar, and whether they work."""
        return self.register.rows("select provider, subject, leraar, ingetrokken_op is null from account order by id")


@pytest.fixture
def puppet() -> Iterator[Puppet]:
    """A provider that does what it is told."""
    with Puppet() as puppet:
        yield puppet


@pytest.fixture
def lobby(settings: Settings, moving_clock: MovingClock, puppet: Puppet) -> Iterator[Lobby]:
    """A register with that provider, on a clock that moves when told to."""
    register = Register(settings)
    lobby = Lobby(register, puppet, register.app.test_client())
    lobby.providers(puppet.provider())
    yield lobby
    register.close()
