"""The demo's own OpenID provider as `register run` starts it, and people to choose there: those of the demo, and newcomers."""

import json
import re
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict

import psycopg

from register_service.core import clock
from register_service.core.context import set_context
from register_service.demo.accounts import Person, add_accounts
from register_service.runtime import children
from register_service.runtime.demo_sign_in import DemoSignIn
from tests.browser.keyboard import Keyboard
from tests.browser.window import Window
from tests.helpers.live import ROOT, LiveServer, free_port

# Nobody knows them yet: each is for one test that links somebody.
# Words on the buttons of the people of the demo.
THE_STARTER, RUNS_OUT, IN_ORDER = "begint met lesgeven", "de registratie loopt bijna af", "alles is in orde"
AUDITOR = "Ilse Verbeek"
NEWCOMERS = tuple(Person(f"nieuw-{number}", f"Nieuwe {number}", "leraar", "niet gekoppeld") for number in range(1, 10))


@contextmanager
def started_provider(site: LiveServer) -> Iterator[DemoSignIn]:
    """Start the provider, and have the service that is not started yet sign people in through it."""

    def register(_arguments: Sequence[str]) -> str:
        with psycopg.connect(site.settings.database_url) as connection:
            set_context(connection, actor="beheer:cli", event="account.gekoppeld", today=clock.today())
            people = [*add_accounts(connection), *NEWCOMERS]
        return json.dumps([asdict(person) for person in people])

    sign_in = DemoSignIn(site.settings.var_dir, site.url, free_port())
    sign_in.prepare(register)
    site.more.update(sign_in.added_to({}))
    file = site.settings.var_dir / "demo-aanmelding.json"
    command = [sys.executable, "-m", "register_service.runtime.demo_provider", file]
    process = children.start(command, log=site.settings.var_dir / "provider.log", cwd=ROOT)
    try:
        deadline = time.monotonic() + 60
        while not sign_in.is_ready():
            assert process.poll() is None and time.monotonic() < deadline, "the provider did not start"
            time.sleep(0.05)
        yield sign_in
    finally:
        children.stop(process, ((signal.SIGTERM, 5.0),))


def choose(window: Window, words: str) -> None:
    """Choose somebody at the provider by words on the button, and wait for the page of the register that follows."""
    button = window.page.get_by_role("button", name=words)
    with window.page.expect_navigation(url=re.compile(re.escape(window.base_url))):
        button.click()


def sign_in_as(window: Window, words: str) -> None:
    """Go from the first page to the provider, choose somebody there, and come back."""
    window.open("/")
    window.page.get_by_role("link", name="Aanmelden", exact=True).click()
    window.page.get_by_role("link", name="Aanmelden met de demo").click()
    choose(window, words)


def keyed_sign_in(window: Window, name: str) -> None:
    """The same with the keyboard alone; `name` is all that stands on the button."""
    window.open("/")
    Keyboard(window).tab_to("Aanmelden").follow()
    Keyboard(window).tab_to("Aanmelden met de demo").follow()
    Keyboard(window).tab_to(name, "button").follow("Space")
