"""The inspection finds what it looks for: a page with faults made on purpose does not pass."""

import pytest

from tests.browser.inspecting import require_sound
from tests.browser.window import Window

_PAGE = (
    "<!doctype html><html lang=nl><head><title>Proef</title></head><body><main><h1>Proef</h1>{}</main></body></html>"
)


_DARK = "<style>@media (prefers-color-scheme: dark) { p { color: #333; background: #000 } }</style><p>donker</p>"


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ('<p style="color: #aaa; background: #fff">licht op wit</p>', "phone, light: color-contrast"),
        (_DARK, "desktop, dark: color-contrast"),
        ("<input>", "label"),
        ('<p style="width: 400px">breed</p>', "phone: page: "),
        ('<p style="width: 700px">breed</p>', "enlarged: page: "),
        ('<p style="width: 70rem">breed</p>', "large letters: page: "),
    ],
    ids=["contrast", "dark", "label", "wide", "enlarged", "large letters"],
)  # fmt: skip
def test_a_fault_is_found(window: Window, fault: str, words: str) -> None:
    window.page.set_content(_PAGE.format(fault))
    with pytest.raises(AssertionError, match=words):
        require_sound(window)


def test_what_has_no_fault_passes(window: Window) -> None:
    window.page.set_content(_PAGE.format("<p>goed</p>"))
    require_sound(window)
