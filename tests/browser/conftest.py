"""One browser and one service over the demo region per test process; a window with a fresh profile per test."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from playwright.sync_api import Browser

from register_service.access.sessions import COOKIE, hash_of, new_token
from register_service.core import clock
from register_service.core.context import set_context
from register_service.web.signing_in.blueprint import NEWCOMER
from tests.browser import pictures
from tests.browser.inspecting import require_sound
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


def be_new(window: Window, site: LiveServer) -> None:
    """Be somebody whom a provider vouched for and the register does not know."""
    token = new_token()
    with psycopg.connect(site.settings.database_url) as connection:
        set_context(connection, actor="beheer:test", event="test", today=clock.today())
        connection.execute(
            "insert into newcomer (hash, provider, subject, roles, next, expires_at)"
            " values (%s, 'test', 'nieuw', '{leraar,auditor}', '/', %s)",
            (hash_of(token), clock.now() + timedelta(minutes=30)),
        )
    window.page.context.add_cookies([{"name": NEWCOMER, "value": token, "url": site.url, "httpOnly": True}])


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
def visit_page(open_window: OpenWindow, site: LiveServer) -> Callable[[Visit], Window]:
    """What opens a page as a Visit says, signed in as who it says."""

    def visit(what: Visit) -> Window:
        window = open_window()
        who, path = what.address(site.settings.database_url)
        if who:
            sign_in(window, site, **who)
        if what.newcomer:
            be_new(window, site)
        answer = window.open(path)
        assert answer.status == what.status, window.text()
        if what.status >= 400:
            window.expect(f"status of {what.status}")
        return window

    return visit


@pytest.fixture
def try_page(visit_page: Callable[[Visit], Window]) -> Callable[[Visit], None]:
    """What tries all that must hold of every page, and keeps pictures where they are asked for."""

    def try_it(visit: Visit) -> None:
        window = visit_page(visit)
        require_sound(window, lambda size, scheme: pictures.keep(window, visit, size, scheme))

    return try_it


@pytest.fixture
def window(open_window: OpenWindow) -> Window:
    """A window on a phone."""
    return open_window()
