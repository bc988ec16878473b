"""The browser of the tests: which one it is, starting it, and a window in which nothing passes unseen.

`python -m tests.helpers.browser` prints the program that the tests use, or says that there is none (exit status 1);
`tools/bring-browser.sh` brings one then.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Playwright, sync_playwright

# Debian's comes first, for that is what CI has. Ubuntu's `chromium-browser` is a stub that asks for snap.
_PROGRAMS = ("chromium", "google-chrome", "google-chrome-stable", "chromium-browser")
ABSENT = (
    "No browser for the tests. `make test` brings one: Debian's chromium (as root, where apt-get is), or else Playwright's own"
    " (`python -m playwright install chromium`), and neither could be had. CHROMIUM=/path/to/chromium names another."
    " docs/decisions/browser-tests.md tells why these tests fail and are not skipped."
)
# Nothing of Google is looked up, and no other machine is reached whatever a page asks for.
_OPTIONS = (
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
)
# The back button is as people have it: Playwright would do without the pages that a browser keeps ready for it.
_NOT_WANTED = ("--disable-back-forward-cache",)


def find_browser(playwright: Playwright) -> Path | None:
    """Give the program to start: the one that `CHROMIUM` names, one of the machine, or the one that Playwright brought."""
    named = os.environ.get("CHROMIUM")
    candidates = [named] if named else [*_PROGRAMS, playwright.chromium.executable_path]
    for candidate in candidates:
        program = shutil.which(candidate)
        if program is not None and _runs(program):
            return Path(program)
    return None


@contextmanager
def started_browser() -> Iterator[Browser]:
    """Start the browser, without a window. Raises RuntimeError with what to do when there is none."""
    with sync_playwright() as playwright:
        program = find_browser(playwright)
        if program is None:
            raise RuntimeError(ABSENT)
        browser = playwright.chromium.launch(
            executable_path=program, args=_OPTIONS, env=_environ(), ignore_default_args=_NOT_WANTED
        )
        try:
            yield browser
        finally:
            browser.close()


def _environ() -> dict[str, str | float | bool]:
    # In Dutch, as people here have it, where the browser knows it: Debian has that in `chromium-l10n`.
    return {**os.environ, "LANGUAGE": "nl"}


def _runs(program: str) -> bool:
    try:
        answer = subprocess.run([program, "--version"], capture_output=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return answer.returncode == 0 and b"hrom" in answer.stdout


def main() -> int:
    """Tell which browser there is."""
    with sync_playwright() as playwright:
        program = find_browser(playwright)
    sys.stdout.write(f"{program}\n" if program else f"{ABSENT}\n")
    return 0 if program else 1


if __name__ == "__main__":
    raise SystemExit(main())
