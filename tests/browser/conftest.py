"""One browser and one service over the demo region per test process; a window with a fresh profile per test."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import psycopg
import pytest
from playwright.sync_api import Browser

from register_service.access.sessions import COOKIE
from register_service.core import clock
from register_service.core.context import set_context
from tests.browser.visits import Visit
from tests.browser.window import Window, opened_window
from tests.conftest import make_settings
from tests.helpers.browser import started_browser
from tests.helpers.databases import DatabaseServer
from tests.helpers.demo import demo_keys, sealed_demo_database
from tests.helpers.live import LiveServer
from tests.helpers.sessions import begin_session

OpenWindow = Callable[..., Window]


def sign_in(window: Window, site: LiveServer, **who: str) -> None:
    """Sign somebody in without a provider; `who` as `begin_session` takes it."""
    with psycopg.connect(site.settings.database_url) as connection:
        set_context(connection, actor="beheer:test", event="test", today=clock.today())
        token = begin_session(connection, **who)
    window.page.context.add_cookies([{"name": COOKIE, "value": token, "url": site.url, "httpOnly": True}])


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The browser of this process."""
    with started_browser() as one:
        yield one


@pytest.fixture(scope="session")
def site(pg_server: DatabaseServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    """The service of this process, over a demo region of its own."""
    folder = tmp_path_factory.mktemp("site")
    with sealed_demo_database(pg_server) as url:
        shutil.copytree(demo_keys(pg_server), folder / "keys")
        with LiveServer(make_settings(url, folder)) as server:
            yield server


@pytest.fixture
def open_window(browser: Browser, site: LiveServer) -> Iterator[OpenWindow]:
    """What opens a window (arguments: see `opened_window`). Whatever troubled one of them fails the test."""
    with ExitStack() as stack:
        windows: list[Window] = []

        def open_one(**how: Any) -> Window:
            windows.append(stack.enter_context(opened_window(browser, site.url, **how)))
            return windows[-1]

        yield open_one
        troubles = [trouble for window in windows for trouble in window.troubles]
    assert not troubles


@pytest.fixture
def visit_page(open_window: OpenWindow, site: LiveServer) -> Callable[..., Window]:
    """What opens a page as a Visit says, signed in as who it says (further arguments: see `opened_window`)."""

    def visit(what: Visit, **how: Any) -> Window:
        window = open_window(**how)
        if what.who:
            sign_in(window, site, **what.who)
        answer = window.open(what.path)
        assert answer.status == what.status, window.text()
        if what.status >= 400:
            window.expect(f"status of {what.status}")
        return window

    return visit


@pytest.fixture
def window(open_window: OpenWindow) -> Window:
    """A window on a phone."""
    return open_window()
