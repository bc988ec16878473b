"""What it costs a phone to open the register, all bytes counted as they come over the line."""

from tests.browser.window import Window

MOST = 60_000


def test_the_first_page_is_light(window: Window) -> None:
    window.open("/")
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
