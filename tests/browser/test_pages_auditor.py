"""What must hold of every page of an auditor but reports themselves."""

from collections.abc import Callable

import pytest

from tests.browser.visits import AUDITOR, Visit


@pytest.mark.parametrize("visit", AUDITOR, ids=lambda visit: visit.name)
def test_the_page_is_sound(try_page: Callable[[Visit], None], visit: Visit) -> None:
    try_page(visit)
