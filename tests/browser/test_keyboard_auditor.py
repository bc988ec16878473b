"""Each task of an auditor by keyboard alone."""

import pytest

from tests.browser.conftest import OpenWindow
from tests.browser.keyboard import Keyboard
from tests.browser.provider import keyed_sign_in
from tests.browser.site import Site, sign_in
from tests.browser.visits import NAAM
from tests.browser.window import DESKTOP, Window


@pytest.fixture
def window(open_window: OpenWindow, site: Site) -> Window:
    """A window of an auditor, in which no script runs."""
    window = open_window(size=DESKTOP, scripts=False)
    sign_in(window, site, naam=NAAM)
    return window


def test_signing_in_finding_a_report_and_signing_out(open_window: OpenWindow) -> None:
    window = open_window(scripts=False)
    keyed_sign_in(window, "Ilse Verbeek leest rapportages")
    Keyboard(window).tab_to("Inductie van starters").follow()
    assert window.heading() == "Inductie van starters"
    Keyboard(window).tab_to("Afmelden", "button").follow()
    assert window.heading() == "U bent afgemeld"


def test_asking_for_a_report(window: Window) -> None:
    window.open("/rapportages/inductie")
    keyboard = Keyboard(window).tab_to("Kies periode, uitsplitsing en tijdstip").press("Enter")
    keyboard.tab_to("Vanaf").type_day("2024-08-01").tab_to("Tot en met").type_day("2025-07-31")
    keyboard.tab_to("Uitsplitsen naar")
    window.page.keyboard.type("bestuur")
    keyboard.tab_to("Maak het rapport", "button").follow("Space")
    assert "per=bestuur" in window.path
    assert "1 augustus 2024 tot en met 31 juli 2025" in window.text()


def test_a_mistake_is_reached_from_the_list_above(window: Window) -> None:
    window.open("/rapportages/inductie?vestiging=nee&cohort=ooit")
    window.expect("status of 400")
    first = window.page.get_by_role("alert").get_by_role("link").first
    keyboard = Keyboard(window).tab_to(first.inner_text(), "link").press("Enter")
    at = (first.get_attribute("href") or "").removeprefix("#")
    # The link leads to the field, and the next stop is that field or what follows it.
    assert window.page.url.endswith(f"#{at}")
    keyboard.tab_to("Maak het rapport", "button")


def test_reading_a_wide_table(open_window: OpenWindow, site: Site) -> None:
    window = open_window(scripts=False)
    sign_in(window, site, naam=NAAM)
    window.open("/rapportages/inductie")
    Keyboard(window).tab_to("Stand", "region")
    table = window.page.get_by_role("region", name="Stand")
    assert table.evaluate("e => e.scrollWidth > e.clientWidth")
    for _ in range(5):
        window.page.keyboard.press("ArrowRight")
    window.page.wait_for_timeout(300)
    assert table.evaluate("e => e.scrollLeft") > 0


def test_taking_a_report_along_and_keeping_the_link(window: Window) -> None:
    window.open("/rapportages/inductie")
    for name, ending in (("CSV", ".csv"), ("Excel (XLSX)", ".xlsx"), ("JSON", ".json")):
        keyboard = Keyboard(window).tab_to(name, "link")
        with window.page.expect_download() as started:
            keyboard.press("Enter")
        assert started.value.suggested_filename.endswith(ending)
        window.page.reload()
    Keyboard(window).tab_to("Vaste link naar dit tijdstip").follow()
    assert "beschikbaarOp=" in window.path
