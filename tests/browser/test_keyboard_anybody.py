"""Without a mouse and without signing in."""

from tests.browser.keyboard import Keyboard
from tests.browser.window import Window


def test_the_first_stop_skips_to_the_content(window: Window) -> None:
    window.open("/")
    keyboard = Keyboard(window).tab_to("Naar de inhoud")
    assert len(keyboard.stops) == 1
    keyboard.follow().tab_to("Aanmelden")
    assert len(keyboard.stops) == 2


def test_explanation_is_reached_and_one_gets_back(window: Window) -> None:
    window.open("/")
    Keyboard(window).tab_to("Hoe het werkt en uw privacy").follow()
    assert window.path == "/uitleg"
    Keyboard(window).tab_to("Lerarenregister RA-ZON").follow()
    assert window.path == "/"
