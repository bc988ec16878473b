"""Signing in through the provider, signing out, and what is left then. No script runs: none is needed."""

import pytest

from tests.browser.conftest import OpenWindow
from tests.browser.inspecting import require_sound
from tests.browser.provider import AUDITOR, RUNS_OUT, THE_STARTER, choose, sign_in_as
from tests.browser.site import Site
from tests.browser.visits import DEMO_LERAAR, STARTER
from tests.browser.window import Window


@pytest.fixture
def window(open_window: OpenWindow) -> Window:
    """A window on a phone, in which no script runs."""
    return open_window(scripts=False)


def test_a_leraar_signs_in_and_sees_the_own_dossier(window: Window) -> None:
    sign_in_as(window, THE_STARTER)
    assert window.path == "/mijn"
    assert STARTER in window.text()


def test_another_leraar_sees_another_dossier(window: Window) -> None:
    sign_in_as(window, RUNS_OUT)
    assert DEMO_LERAAR in window.text()
    assert STARTER not in window.page.content()


def test_an_auditor_begins_at_the_reports(window: Window) -> None:
    sign_in_as(window, AUDITOR)
    assert window.path == "/rapportages"
    assert window.open("/mijn").status == 403
    window.expect("status of 403")


def test_nobody_signs_in_who_stops_at_the_provider(window: Window) -> None:
    sign_in_as(window, "Niet aanmelden")
    window.expect("status of 400")
    assert window.heading() == "U bent niet aangemeld"
    window.page.get_by_role("link", name="Naar aanmelden").click()
    window.page.get_by_role("link", name="Aanmelden met de demo").click()
    choose(window, THE_STARTER)
    assert window.path == "/mijn"


def test_after_signing_out_the_back_button_shows_nothing(window: Window, site: Site) -> None:
    sign_in_as(window, THE_STARTER)
    window.menu("Gegevens")
    assert window.heading() == "Uw gegevens"
    window.page.get_by_role("button", name="Afmelden").click()
    assert window.heading() == "U bent afgemeld"
    for _ in range(3):
        window.page.go_back()
        # The provider shows again whom one can choose.
        assert window.page.url.startswith(site.provider_url) or STARTER not in window.page.content()
    assert window.open("/mijn").ok
    assert window.path.startswith("/aanmelden")


def test_signing_out_of_the_provider_too_leads_back(window: Window) -> None:
    sign_in_as(window, THE_STARTER)
    window.page.get_by_role("button", name="Afmelden").click()
    window.page.get_by_role("link", name="Afmelden bij de demo").click()
    assert window.path.startswith("/afgemeld")
    assert window.heading() == "U bent afgemeld"


@pytest.mark.parametrize(
    "moment", ["seen_at = seen_at - interval '31 minutes'", "created_at = created_at - interval '9 hours'"]
)
def test_a_session_that_ended_is_told_and_one_gets_back(window: Window, site: Site, moment: str) -> None:
    sign_in_as(window, RUNS_OUT)
    site.as_owner(f"update session set {moment}")
    window.menu("Registratie")
    assert window.path.startswith("/aanmelden?next=")
    assert "U bent niet meer aangemeld" in window.text()
    window.page.get_by_role("link", name="Aanmelden met de demo").click()
    choose(window, RUNS_OUT)
    assert window.path == "/mijn/registratie"


def test_next_leads_nowhere_else(window: Window) -> None:
    window.open("/aanmelden?next=//example.org/")
    window.page.get_by_role("link", name="Aanmelden met de demo").click()
    choose(window, THE_STARTER)
    assert window.path == "/mijn"


def test_a_form_that_was_left_open_over_the_end_of_a_session_signs_out(window: Window, site: Site) -> None:
    sign_in_as(window, THE_STARTER)
    site.as_owner("update session set seen_at = seen_at - interval '31 minutes'")
    window.page.get_by_role("button", name="Afmelden").click()
    assert window.heading() == "U bent afgemeld"


def test_the_page_of_the_demo_provider_is_sound(open_window: OpenWindow) -> None:
    window = open_window()
    window.open("/aanmelden/demo?next=%2Fmijn")
    assert window.heading() == "Wie wilt u zijn?"
    require_sound(window)


def test_the_page_that_says_that_it_failed_is_sound(open_window: OpenWindow) -> None:
    window = open_window()
    sign_in_as(window, "Niet aanmelden")
    window.expect("status of 400")
    require_sound(window)
