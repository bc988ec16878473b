"""Each task of a leraar by keyboard alone; that the focus is seen and goes on, and never back, is watched at every stop."""

import pytest

from tests.browser.conftest import OpenWindow
from tests.browser.hr_system import HrSystem
from tests.browser.keyboard import Keyboard
from tests.browser.provider import keyed_sign_in
from tests.browser.site import Site, sign_in
from tests.browser.visits import DEMO_LERAAR, STARTER
from tests.browser.window import DESKTOP, PHONE, Window

LERAAR = "4857954387"


@pytest.fixture
def window(open_window: OpenWindow) -> Window:
    """A window on a phone, in which no script runs."""
    return open_window(scripts=False)


def menu(window: Window, link: str) -> None:
    """Follow a link in the menu, which is folded on a phone."""
    keyboard = Keyboard(window)
    if not window.page.get_by_role("navigation", name="Hoofdmenu").is_visible():
        keyboard.tab_to("Menu").press("Enter")
    keyboard.tab_to(link, "link").follow()


def test_signing_in_and_out(window: Window) -> None:
    keyed_sign_in(window, "Chloé Postma begint met lesgeven en is halverwege de inductie")
    assert STARTER in window.text()
    Keyboard(window).tab_to("Afmelden", "button").follow("Space")
    assert window.heading() == "U bent afgemeld"


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_every_page_of_the_menu(open_window: OpenWindow, site: Site, size: tuple[int, int]) -> None:
    window = open_window(size=size, scripts=False)
    sign_in(window, site, leraar=STARTER)
    window.open("/mijn")
    seen = []
    for link in ("Registratie", "Professionalisering", "Inductie", "Loopbaan", "Wie keek er?", "Gegevens", "Overzicht"):
        menu(window, link)
        seen.append(window.path)
    assert seen == [
        "/mijn/registratie",
        "/mijn/professionalisering",
        "/mijn/inductie",
        "/mijn/loopbaan",
        "/mijn/inzage",
        "/mijn/gegevens",
        "/mijn",
    ]


def test_the_history_of_an_item_and_back(window: Window, site: Site) -> None:
    sign_in(window, site, leraar=STARTER)
    window.open("/mijn/loopbaan")
    keyboard = Keyboard(window).tab_to("Naar de inhoud").press("Enter")
    keyboard.tab_to("Geschiedenis van de bevoegdheid van 26 juni 2023").follow()
    assert window.heading() == "Geschiedenis van deze bevoegdheid"
    Keyboard(window).tab_to("Naar de inhoud").press("Enter").tab_to("Terug").follow()
    assert window.path == "/mijn/loopbaan"


def test_unfolding_a_year_of_the_programme(window: Window, site: Site) -> None:
    sign_in(window, site, leraar=STARTER)
    window.open("/mijn/inductie")
    keyboard = Keyboard(window).tab_to("Jaar 1: 20 procent minder lessen").press("Space")
    assert window.page.get_by_role("link", name="Geschiedenis van jaar 1").is_visible()
    keyboard.tab_to("Geschiedenis van jaar 1").back_to("Jaar 1: 20 procent minder lessen").press("Enter")
    assert window.page.get_by_role("link", name="Geschiedenis van jaar 1").is_hidden()


def test_choosing_a_period_of_who_looked(window: Window, site: Site) -> None:
    sign_in(window, site, leraar=DEMO_LERAAR)
    window.open("/mijn/inzage")
    keyboard = Keyboard(window).tab_to("Vanaf").type_day("2026-08-01").tab_to("Tot en met").type_day("2027-07-31")
    keyboard.tab_to("Toon deze periode", "button").follow("Space")
    assert window.path == "/mijn/inzage?vanaf=2026-08-01&tot=2027-07-31"


def test_saving_the_own_data(window: Window, site: Site) -> None:
    sign_in(window, site, leraar=STARTER)
    window.open("/mijn/gegevens")
    keyboard = Keyboard(window).tab_to("Mijn dossier opslaan")
    with window.page.expect_download() as started:
        keyboard.press("Enter")
    assert started.value.suggested_filename == "mijn-dossier.json"


def test_linking_with_a_code_and_unlinking(open_window: OpenWindow, site: Site) -> None:
    hr_system = HrSystem.of(site.server)
    day = hr_system.reads(f"/leraren/{LERAAR}")["geboortedatum"]
    code = hr_system.posts(f"/leraren/{LERAAR}/koppelcodes")["code"]
    window = open_window(scripts=False)
    keyed_sign_in(window, "Nieuwe 5 niet gekoppeld")
    keyboard = Keyboard(window).tab_to("Koppelcode").type(code).tab_to("Uw geboortedatum").type_day(day)
    keyboard.tab_to("Koppelen", "button").follow()
    assert LERAAR in window.text()
    menu(window, "Gegevens")
    Keyboard(window).tab_to("Bekijk of verwijder uw accounts").follow()
    Keyboard(window).tab_to("De demo ontkoppelen", "button").follow("Space")
    assert window.heading() == "U bent afgemeld"
