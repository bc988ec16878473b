"""What anybody can open without signing in."""

import pytest

from tests.browser.inspecting import require_sound
from tests.browser.window import Window


@pytest.mark.parametrize("path", ["/", "/uitleg"])
def test_the_page_is_for_everybody(window: Window, path: str) -> None:
    assert window.open(path).status == 200
    require_sound(window)


def test_what_is_not_there_is_a_page(window: Window) -> None:
    assert window.open("/bestaat-niet").status == 404
    window.expect("404")
    assert "Pagina niet gevonden" in window.heading()
    require_sound(window)
