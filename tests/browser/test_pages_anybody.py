"""What must hold of every page that anybody can open."""

from collections.abc import Callable

import pytest

from tests.browser.visits import ANYBODY, Visit


@pytest.mark.parametrize("visit", ANYBODY, ids=lambda visit: visit.name)
def test_the_page_is_sound(try_page: Callable[[Visit], None], visit: Visit) -> None:
    try_page(visit)
