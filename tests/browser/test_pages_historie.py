"""What must hold of every page about the past of something."""

from collections.abc import Callable

import pytest

from tests.browser.visits import HISTORIE, Visit


@pytest.mark.parametrize("visit", HISTORIE, ids=lambda visit: visit.name)
def test_the_page_is_sound(try_page: Callable[[Visit], None], visit: Visit) -> None:
    try_page(visit)
