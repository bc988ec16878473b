"""Pictures of pages, small enough to keep in git: `make pages` writes them to docs/pages."""

import io
import os
from pathlib import Path

from PIL import Image

from tests.browser.window import Window
from tests.helpers.live import ROOT

KEPT = ROOT / "docs" / "pages"
# A page that is longer than this is cut off: what it looks like is clear by then.
_LONGEST = 2400
_COLOURS = 96


def folder(fallback: Path) -> Path:
    """Give where pictures go: the folder that `PAGES_DIR` names, or else one that is thrown away."""
    named = os.environ.get("PAGES_DIR")
    return ROOT / named if named else fallback


def take(window: Window, target: Path, name: str) -> Path:
    """Take a picture of the page that is open, from top to bottom."""
    raw = window.page.screenshot(full_page=True, animations="disabled")
    picture = Image.open(io.BytesIO(raw)).convert("RGB")
    picture = picture.crop((0, 0, picture.width, min(picture.height, _LONGEST)))
    # Letters and even colours need few; it makes a third of the file.
    picture = picture.quantize(_COLOURS, dither=Image.Dither.NONE)
    file = target / f"{name}.png"
    picture.save(file, optimize=True)
    return file
