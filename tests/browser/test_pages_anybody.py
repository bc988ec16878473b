"""What must hold of every page that anybody can open."""

from collections.abc import Callable

import pytest

from tests.browser.inspecting import require_sound
from tests.browser.visits import ANYBODY, Visit
from tests.browser.window import Window


@pytest.mark.parametrize("visit", ANYBODY, ids=lambda visit: visit.name)
def test_the_page_is_sound(visit_page: Callable[..., Window], visit: Visit) -> None:
    require_sound(visit_page(visit))
