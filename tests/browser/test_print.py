"""Reports on paper: whole, with what they mean and what they rest on, and without what one can only click."""

from collections.abc import Callable

import pytest

from tests.browser.visits import NAAM, RAPPORTEN, Visit
from tests.browser.window import Window

# What is between the margins of an A4 on its side, in pixels of CSS; and the names of besturen, the longest there are.
WIDE, HIGH = 1031, 702
VISITS = (
    *RAPPORTEN,
    *(Visit(f"{one.name}-per-bestuur", one.rule, f"{one.path}?per=bestuur", auditor=NAAM) for one in RAPPORTEN),
)
_RIGHT = "all => Math.max(...all.map(one => one.getBoundingClientRect().right))"
_HIGHEST = "all => Math.max(...all.map(one => one.getBoundingClientRect().height))"
_SHOWN = "all => all.filter(one => one.checkVisibility({contentVisibilityAuto: true})).length"


@pytest.mark.parametrize("visit", VISITS, ids=lambda visit: visit.name)
def test_a_report_fits_on_paper(visit_page: Callable[[Visit], Window], visit: Visit) -> None:
    page = visit_page(visit).page
    page.set_viewport_size({"width": WIDE, "height": HIGH})
    page.emulate_media(media="print")
    assert page.eval_on_selector_all(".register-report table", _RIGHT) <= WIDE
    assert page.eval_on_selector_all(".register-chart", _HIGHEST) <= HIGH - 60
    for nothing in ("nav", "form", "summary:has(+ form)", ".utrecht-skip-link", ".register-files", ".register-footer"):
        assert page.eval_on_selector_all(nothing, _SHOWN) == 0, nothing
    for shown in (".register-note", ".register-more dd", ".register-about dd", ".register-only-print"):
        assert page.eval_on_selector_all(shown, _SHOWN) > 0, shown
