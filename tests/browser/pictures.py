"""Pictures of pages, small enough to keep in git: `make pages` has the tests of pages write them to docs/pages."""

import io
import os
from pathlib import Path

from PIL import Image

from tests.browser.inspecting import SCHEMES, SIZES
from tests.browser.visits import Visit
from tests.browser.window import Window
from tests.helpers.live import ROOT

KEPT = ROOT / "docs" / "pages"
# A page that is longer than this is cut off: what it looks like is clear by then.
_LONGEST = 2000
_COLOURS = 64


def wanted_of(visit: Visit) -> set[str]:
    """Give the names of the files with pictures of a page."""
    if not visit.picture:
        return set()
    colours = [ending for scheme, ending in SCHEMES.items() if scheme == "light" or visit.dark]
    return {f"{visit.name}-{size}{ending}.png" for size in SIZES for ending in colours}


def keep(window: Window, visit: Visit, size: str, scheme: str) -> None:
    """Keep a picture of the page that is open, where pictures of this run are asked for (`PAGES_DIR`) and this one is."""
    folder = os.environ.get("PAGES_DIR")
    name = f"{visit.name}-{size}{SCHEMES[scheme]}.png"
    if not folder or name not in wanted_of(visit):
        return
    raw = window.page.screenshot(full_page=True, animations="disabled")
    picture = Image.open(io.BytesIO(raw)).convert("RGB")
    picture = picture.crop((0, 0, picture.width, min(picture.height, _LONGEST)))
    # Letters and even colours need few; it makes a third of the file.
    picture.quantize(_COLOURS, dither=Image.Dither.NONE).save(Path(folder) / name, optimize=True)
