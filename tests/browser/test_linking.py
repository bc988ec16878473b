"""The first time: a code from the HR system shows whose account it is; and letting the account go again."""

import pytest

from tests.browser.conftest import OpenWindow
from tests.browser.hr_system import HrSystem
from tests.browser.inspecting import require_sound
from tests.browser.provider import choose, sign_in_as
from tests.browser.site import Site
from tests.browser.window import Window

# Somebody of the demo region at the bestuur of the client.
LERAAR = "6230196216"


@pytest.fixture(scope="module")
def hr_system(site: Site) -> HrSystem:
    """The HR system of the leraar's bestuur."""
    return HrSystem.of(site.server)


@pytest.fixture
def window(open_window: OpenWindow) -> Window:
    """A window on a phone, in which no script runs."""
    return open_window(scripts=False)


def give_code(window: Window, code: str, birthday: str) -> None:
    """Fill in the form."""
    window.page.get_by_label("Koppelcode").fill(code)
    window.page.get_by_label("Uw geboortedatum").fill(birthday)
    window.page.get_by_role("button", name="Koppelen").click()


def test_a_code_links_once_and_after_unlinking_it_works_no_more(window: Window, hr_system: HrSystem) -> None:
    birthday = hr_system.reads(f"/leraren/{LERAAR}")["geboortedatum"]
    code = hr_system.posts(f"/leraren/{LERAAR}/koppelcodes")["code"]
    sign_in_as(window, "Nieuwe 1")
    assert window.heading() == "Vul uw koppelcode in"
    assert "de personeelsadministratie van uw school" in window.text()

    give_code(window, code.lower().replace("-", " "), birthday)
    assert window.path == "/mijn"
    assert LERAAR in window.text()

    # From now on signing in is enough.
    window.page.get_by_role("button", name="Afmelden").click()
    sign_in_as(window, "Nieuwe 1")
    assert LERAAR in window.text()

    window.menu("Gegevens")
    window.page.get_by_role("link", name="Bekijk of verwijder uw accounts").click()
    window.page.get_by_role("button", name="De demo ontkoppelen").click()
    assert window.heading() == "U bent afgemeld"
    sign_in_as(window, "Nieuwe 1")
    give_code(window, code, birthday)
    window.expect("status of 400")
    assert "Dit klopt niet" in window.text()


def test_who_is_unknown_is_told_what_to_do_and_guesses_in_vain(window: Window) -> None:
    sign_in_as(window, "Nieuwe 2")
    assert "Hebt u geen code?" in window.text()
    give_code(window, "ABCD-EFGH-JKLM", "1990-01-01")
    window.expect("status of 400")
    assert window.page.title().startswith("Fout: ")
    assert "Vraag dan een nieuwe code aan" in window.text()
    # And nothing of anybody has been opened.
    window.open("/mijn")
    assert window.path.startswith("/aanmelden")


def test_whoever_has_the_wrong_account_takes_another(window: Window) -> None:
    sign_in_as(window, "Nieuwe 3")
    window.page.get_by_role("link", name="Met een ander account aanmelden").click()
    window.page.get_by_role("link", name="Aanmelden met de demo").click()
    choose(window, "begint met lesgeven")
    assert window.path == "/mijn"


def test_the_page_after_a_wrong_code_is_sound(open_window: OpenWindow) -> None:
    window = open_window()
    sign_in_as(window, "Nieuwe 4")
    give_code(window, "ABCD-EFGH-JKLM", "1990-01-01")
    window.expect("status of 400")
    require_sound(window)
