"""What must hold of every page, in any size and colour: nothing that axe-core finds, nothing wider than the window."""

from collections.abc import Callable
from typing import Any

from axe_playwright_python.sync_playwright import Axe

from tests.browser.window import DESKTOP, PHONE, Window

Look = Callable[[str, str], None]

# What can be scrolled sideways by itself (a wide table) may be wide; the page may not. Elements outside of the page to the
# left (a skip link) widen nothing.
_WIDER = """() => {
  const root = document.scrollingElement;
  if (root.scrollWidth <= root.clientWidth) return [];
  const wide = [...document.body.querySelectorAll('*')].filter(e => e.getBoundingClientRect().right > root.clientWidth + 1);
  return [`page: ${root.scrollWidth} > ${root.clientWidth}`, ...wide.slice(0, 5).map(e => e.outerHTML.slice(0, 120))];
}"""
# Letters twice as large, as a setting of a phone makes them.
_LARGE_LETTERS = "() => { document.documentElement.style.fontSize = '200%' }"
_AXE = Axe()
_AXE_OPTIONS = {"resultTypes": ["violations"]}
SIZES = {"phone": PHONE, "desktop": DESKTOP}
SCHEMES = {"light": "", "dark": "-donker"}


def require_sound(window: Window, look: Look | None = None) -> None:
    """Look at the page that is open, on a phone and on a desktop, light and dark, and enlarged. Fails with all that is wrong.

    The window must run scripts: axe-core would wait for ever. `look` is called for each size and colour, by their
    names, while the page is shown so.
    """
    found: list[str] = []
    for name, size in SIZES.items():
        _resize(window, size)
        found += [f"{name}: {what}" for what in wider_than_window(window)]
        for scheme in SCHEMES:
            window.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type] - one of the words it takes
            found += [f"{name}, {scheme}: {what}" for what in axe_findings(window)]
            if look is not None:
                look(name, scheme)
    found += _enlarged(window)
    assert not found, "\n".join([window.page.url, *found])


def axe_findings(window: Window) -> list[str]:
    """Give what axe-core finds wrong with the page that is open."""
    results: dict[str, Any] = _AXE.run(window.page, options=_AXE_OPTIONS).response
    return [
        f"{finding['id']} ({finding['impact']}): {node['html'][:200]} {_why(node)}"
        for finding in results["violations"]
        for node in finding["nodes"]
    ]


def wider_than_window(window: Window) -> list[str]:
    """Give what makes the page scroll sideways."""
    wider: list[str] = window.page.evaluate(_WIDER)
    return wider


def _enlarged(window: Window) -> list[str]:
    # A window of 1280 by 900 enlarged to 200 % has room for 640 by 450.
    _resize(window, (DESKTOP[0] // 2, DESKTOP[1] // 2))
    found = [f"enlarged: {what}" for what in wider_than_window(window)]
    _resize(window, DESKTOP)
    window.page.evaluate(_LARGE_LETTERS)
    return found + [f"large letters: {what}" for what in wider_than_window(window)]


def _why(node: dict[str, Any]) -> str:
    return "; ".join(check["message"] for check in node.get("any", []) + node.get("all", []) + node.get("none", []))


def _resize(window: Window, size: tuple[int, int]) -> None:
    window.page.set_viewport_size({"width": size[0], "height": size[1]})
