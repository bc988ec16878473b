"""Charts as SVG, drawn by matplotlib from what a report declares and from the table as it may be shown, not from what is hidden.

The same chart of the same table gives the same bytes. matplotlib is loaded by the first chart that is asked for, and draws one at
a time: it is not made for threads. docs/decisions/charts.md tells what was chosen and why.
"""

import io
from threading import Lock
from typing import TYPE_CHECKING, Any

from register_service.rapportages.renderers.svg_text import describe, polish
from register_service.rapportages.rules.grafiek import Grafiek
from register_service.rapportages.rules.tabel import Tabel

if TYPE_CHECKING:
    from matplotlib.figure import Figure

# In pixels; the narrow one is for a telephone.
WIDE, NARROW = 720, 300

_LOCK = Lock()
# Text stays text. The ids of parts are hashes of what they are, with this salt in the place of a random one.
_SETTINGS: Any = {
    "svg.fonttype": "none",
    "svg.hashsalt": "register",
    # A dollar in a name is a dollar.
    "text.parse_math": False,
    "font.size": 11,
    "hatch.linewidth": 1.0,
    "axes.linewidth": 1.0,
}


def draw(grafiek: Grafiek, tabel: Tabel, name: str, *, narrow: bool = False) -> str:
    """Draw a chart of a table that passed `afschermen`, as an element of a page. What is hidden there has its sign here.

    `name` is what its ids begin with: a word that nothing else on the page begins with.
    """
    with _LOCK:
        drawn = _draw(grafiek, tabel, NARROW if narrow else WIDE)
    return polish(drawn, name, grafiek.titel, describe(grafiek, tabel))


def _draw(grafiek: Grafiek, tabel: Tabel, width: int) -> bytes:
    import matplotlib  # noqa: PLC0415 - some 40 MB, for who asks for a chart only

    from register_service.rapportages.renderers.svg_bars import draw_bars  # noqa: PLC0415 - as above
    from register_service.rapportages.renderers.svg_lines import draw_lines  # noqa: PLC0415 - as above

    matplotlib.rcParams.update(_SETTINGS)
    figure: Figure = (draw_lines if grafiek.vorm == "lijnen" else draw_bars)(grafiek, tabel, width)
    drawn = io.BytesIO()
    figure.savefig(drawn, format="svg", transparent=True, metadata=dict.fromkeys(("Creator", "Date", "Format", "Type")))
    return drawn.getvalue()
