"""A window of the browser, in which nothing passes unseen: what it asked for, what its console said, what failed."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Response

PHONE, DESKTOP = (320, 800), (1280, 900)


@dataclass
class Window:
    """A window with a profile of its own. `troubles` is what should never happen; a test that expects some takes it out."""

    page: Page
    base_url: str
    # Where requests may go: scheme, host and port of the service and of the OpenID provider.
    origins: frozenset[str]
    requested: list[Request] = field(default_factory=list, repr=False)
    troubles: list[str] = field(default_factory=list)

    def open(self, path: str) -> Response:
        """Open a page of the service and give its answer."""
        response = self.page.goto(f"{self.base_url}{path}")
        assert response is not None
        return response

    @property
    def path(self) -> str:
        """Give the path and query of where the window is now; the whole address when that is elsewhere."""
        return self.page.url.removeprefix(self.base_url)

    def text(self) -> str:
        """Give what can be read in the page's own part."""
        return self.page.locator("main").inner_text()

    def heading(self) -> str:
        """Give the first heading."""
        return self.page.locator("h1").inner_text()

    def menu(self, link: str) -> None:
        """Open the menu, as on a phone, and follow a link in it."""
        navigation = self.page.get_by_role("navigation", name="Hoofdmenu")
        if not navigation.is_visible():
            self.page.get_by_text("Menu", exact=True).click()
        navigation.get_by_role("link", name=link, exact=True).click()

    def watch(self) -> None:
        """Write down from now on."""
        context = self.page.context
        context.on("request", self._asked)
        context.on("console", self._said)
        context.on("response", self._answered)
        context.on("weberror", lambda error: self.troubles.append(f"script: {error.error}"))

    def expect(self, words: str) -> None:
        """Take out the troubles with these words; one must come, for the console may tell it later than the page is there."""
        for _ in range(100):
            kept = [trouble for trouble in self.troubles if words not in trouble]
            if len(kept) < len(self.troubles):
                self.troubles[:] = kept
                return
            self.page.wait_for_timeout(50)
        raise AssertionError(f"no trouble with {words!r} in {self.troubles}")

    def _asked(self, request: Request) -> None:
        self.requested.append(request)
        parts = urlsplit(request.url)
        if f"{parts.scheme}://{parts.netloc}" not in self.origins:
            self.troubles.append(f"asked another host: {request.url}")

    def _said(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.troubles.append(f"console: {message.text}")

    def _answered(self, response: Response) -> None:
        if response.status >= 500:
            self.troubles.append(f"{response.status}: {response.url}")


@contextmanager
def opened_window(
    browser: Browser,
    base_url: str,
    *,
    others: frozenset[str] = frozenset(),
    size: tuple[int, int] = PHONE,
    dark: bool = False,
    scripts: bool = True,
) -> Iterator[Window]:
    """Open a window with a fresh profile, as of somebody in the Netherlands; it closes at the end."""
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        color_scheme="dark" if dark else "light",
        reduced_motion="reduce",
        java_script_enabled=scripts,
        locale="nl-NL",
        timezone_id="Europe/Amsterdam",
        accept_downloads=True,
    )
    context.set_default_timeout(15_000)
    try:
        window = Window(context.new_page(), base_url, others | {base_url})
        window.watch()
        yield window
    finally:
        context.close()
