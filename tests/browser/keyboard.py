"""Somebody who has a keyboard and no mouse: Tab, Shift+Tab, Enter, the space bar and letters are all there is."""

from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import expect

from tests.browser.window import Window

_MOST_STOPS = 120
_FOCUSED = """() => {
  const element = document.activeElement;
  if (!element || element === document.body || element === document.documentElement) return null;
  const style = getComputedStyle(element), box = element.getBoundingClientRect();
  const previous = window.previouslyFocused;
  const follows = !previous || !previous.isConnected || previous === element
    || Boolean(previous.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING);
  window.previouslyFocused = element;
  return {
    html: element.outerHTML.slice(0, 160),
    // A part of a field, as the little calendar in one for a day, has a ring of the browser's own.
    ring: !element.matches(':focus') || style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1
      || style.boxShadow !== 'none',
    seen: box.width > 0 && box.height > 0 && box.bottom > 0 && box.right > 0
      && box.top < innerHeight && box.left < innerWidth,
    follows,
  };
}"""


@dataclass
class Keyboard:
    """The keyboard of a window. Each stop of Tab must be seen, in the window and with a ring, and come after the one before."""

    window: Window
    stops: list[str] = field(default_factory=list)

    def tab_to(self, what: str, role: str | None = None) -> "Keyboard":
        """Press Tab until something with this name has the focus; fail when it is not reached."""
        for _ in range(_MOST_STOPS):
            self.window.page.keyboard.press("Tab")
            stop = self._stop()
            if stop is None:
                continue
            assert stop["follows"], f"the focus went back, to {stop['html']}; before: {self.stops[-3:]}"
            if self._is(what, role):
                return self
        raise AssertionError(f"{what!r} is not reached with Tab; stops: {self.stops}")

    def back_to(self, what: str, role: str | None = None) -> "Keyboard":
        """The same backwards, with Shift+Tab."""
        for _ in range(_MOST_STOPS):
            self.window.page.keyboard.press("Shift+Tab")
            if self._stop() is not None and self._is(what, role):
                return self
        raise AssertionError(f"{what!r} is not reached with Shift+Tab; stops: {self.stops}")

    def follow(self, key: str = "Enter") -> "Keyboard":
        """Press Enter, or the space bar, and wait for the page to which that leads."""
        with self.window.page.expect_navigation(wait_until="load"):
            self.window.page.keyboard.press(key)
        return self

    def press(self, key: str) -> "Keyboard":
        """Press a key that stays on the page."""
        self.window.page.keyboard.press(key)
        return self

    def type(self, text: str) -> "Keyboard":
        """Type into what has the focus, over what stood there."""
        self.window.page.keyboard.press("Control+A")
        self.window.page.keyboard.type(text)
        return self

    def type_day(self, day: str) -> "Keyboard":
        """Type a day (2026-08-31) into the field for it that has the focus, in the order that this browser asks for."""
        year, month, of_month = day.split("-")
        field_ = self.window.page.locator(":focus-within").last
        for first, second in ((of_month, month), (month, of_month)):
            self.window.page.keyboard.type(first + second + year)
            if field_.input_value() == day:
                return self
            for _ in range(2):
                self.window.page.keyboard.press("Shift+Tab")
        raise AssertionError(f"{field_.input_value()} is not {day}")

    def _stop(self) -> dict[str, Any] | None:
        stop: dict[str, Any] | None = self.window.page.evaluate(_FOCUSED)
        if stop is not None:
            self.stops.append(stop["html"])
            assert stop["seen"], f"what has the focus is not in the window: {stop['html']}"
            assert stop["ring"], f"nothing shows that this has the focus: {stop['html']}"
        return stop

    def _is(self, what: str, role: str | None) -> bool:
        focused = self.window.page.locator(":focus")
        try:
            expect(focused).to_have_accessible_name(what, timeout=1)
            if role is not None:
                expect(focused).to_have_role(role, timeout=1)  # type: ignore[arg-type] - one of ARIA's
        except AssertionError:
            return False
        return True
