"""Pictures of every page are kept in docs/pages; `make pages` makes them anew."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.browser import pictures
from tests.browser.visits import ALL, Visit
from tests.browser.window import DESKTOP, PHONE, Window

_SIZES = {"phone": PHONE, "desktop": DESKTOP}
MOST_BYTES = 4_000_000


def kinds(visit: Visit) -> list[tuple[str, str, bool]]:
    """Give the pictures of a page: name, size, dark or not."""
    return [
        (f"{visit.name}-{size}{'-donker' if dark else ''}", size, dark)
        for size in _SIZES
        for dark in ((False, True) if visit.dark else (False,))
    ]


@pytest.mark.parametrize("visit", ALL, ids=lambda visit: visit.name)
def test_a_picture_is_taken(visit_page: Callable[..., Window], visit: Visit, tmp_path: Path) -> None:
    for name, size, dark in kinds(visit):
        window = visit_page(visit, size=_SIZES[size], dark=dark)
        assert pictures.take(window, pictures.folder(tmp_path), name).stat().st_size > 1000
        window.page.close()


def test_the_pictures_kept_are_those_of_the_pages() -> None:
    wanted = {f"{name}.png" for visit in ALL for name, _, _ in kinds(visit)}
    kept = {file.name: file.stat().st_size for file in pictures.KEPT.glob("*.png")}
    assert kept.keys() == wanted, "make pages"
    assert sum(kept.values()) < MOST_BYTES
