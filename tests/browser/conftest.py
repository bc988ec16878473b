"""One browser and one service over the demo region per test process; a window with a fresh profile per test."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.browser import pictures
from tests.browser.inspecting import require_sound
from tests.browser.provider import started_provider
from tests.browser.site import Site, be_new, sign_in
from tests.browser.visits import Visit
from tests.browser.window import Window, opened_window
from tests.conftest import make_settings
from tests.helpers.browser import started_browser
from tests.helpers.databases import DatabaseServer
from tests.helpers.demo import demo_keys, sealed_demo_database
from tests.helpers.live import LiveServer

OpenWindow = Callable[..., Window]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The browser of this process."""
    with started_browser() as one:
        yield one


@pytest.fixture(scope="session")
def site(pg_server: DatabaseServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The service of this process, over a demo region of its own."""
    folder = tmp_path_factory.mktemp("site")
    with sealed_demo_database(pg_server) as url:
        shutil.copytree(demo_keys(pg_server), folder / "keys")
        server = LiveServer(make_settings(url, folder))
        with started_provider(server) as provider, server:
            yield Site(server, provider.url)


@pytest.fixture
def open_window(browser: Browser, site: Site) -> Iterator[OpenWindow]:
    """What opens a window (arguments: see `opened_window`). Whatever troubled one of them fails the test."""
    with ExitStack() as stack:
        windows: list[Window] = []

        def open_one(**how: Any) -> Window:
            others = frozenset({site.provider_url})
            windows.append(stack.enter_context(opened_window(browser, site.url, others=others, **how)))
            return windows[-1]

        yield open_one
        troubles = [trouble for window in windows for trouble in window.troubles]
    assert not troubles


@pytest.fixture
def visit_page(open_window: OpenWindow, site: Site) -> Callable[[Visit], Window]:
    """What opens a page as a Visit says, signed in as who it says."""

    def visit(what: Visit) -> Window:
        window = open_window()
        who, path = what.address(site.database_url)
        if who:
            sign_in(window, site, **who)
        if what.newcomer:
            be_new(window, site)
        answer = window.open(path)
        assert answer.status == what.status, window.text()
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
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
