"""What it costs a phone to open the register, all bytes counted as they come over the line."""

import pytest

from tests.browser.site import Site, sign_in
from tests.browser.visits import DEMO_LERAAR, NAAM
from tests.browser.window import Window

MOST = 60_000


@pytest.mark.parametrize(
    ("path", "who"),
    [("/", {}), ("/aanmelden", {}), ("/mijn", {"leraar": DEMO_LERAAR}), ("/rapportages", {"naam": NAAM})],
    ids=["start", "signing in", "leraar", "auditor"],
)
def test_the_first_page_is_light(window: Window, site: Site, path: str, who: dict[str, str]) -> None:
    if who:
        sign_in(window, site, **who)
    window.open(path)
    window.page.wait_for_load_state("networkidle")
    sizes = [request.sizes() for request in window.requested]
    weight = {
        request.url.removeprefix(window.base_url): size["responseBodySize"] + size["responseHeadersSize"]
        for request, size in zip(window.requested, sizes, strict=True)
    }
    assert sum(weight.values()) < MOST, weight
    assert len(weight) >= 3, "without its style sheets it is not the page"


def test_the_style_is_fetched_once(window: Window) -> None:
    came_over = """() => performance.getEntriesByType('resource').map(e => [e.name, e.transferSize])"""
    window.open("/")
    assert all(size > 0 for url, size in window.page.evaluate(came_over) if ".css" in url)
    window.open("/uitleg")
    again = [size for url, size in window.page.evaluate(came_over) if ".css" in url]
    assert again == [0, 0]
