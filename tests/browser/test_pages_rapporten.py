"""What must hold of every page with a report."""

from collections.abc import Callable

import pytest

from tests.browser.visits import RAPPORTEN, Visit


@pytest.mark.parametrize("visit", RAPPORTEN, ids=lambda visit: visit.name)
def test_the_page_is_sound(try_page: Callable[[Visit], None], visit: Visit) -> None:
    try_page(visit)
