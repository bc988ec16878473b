"""The frame of a chart: its size in pixels, the key above it, the scale below, and the marks by which one tells series apart."""

from collections.abc import Sequence
from typing import NamedTuple

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from register_service.rapportages.renderers.svg_text import BLANK, FAINT, INK, shortened

# Okabe and Ito, "Color Universal Design" (2008), told apart with every kind of colour vision; in print, by the hatches.
PALETTE = ("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#f0e442")
HATCHES = ("", "///", "\\\\\\", "xxx", "---", "|||", "+++")
_MARKS = len(PALETTE)
_KEY, _SCALE, _FOOTER, _NAMES, _MARGIN = 22, 26, 24, 280, 8
# SVG of matplotlib has 72 units in an inch.
_INCH = 72


class Key(NamedTuple):
    """An entry of the key: a name, its colour and its hatch."""

    naam: str
    colour: str
    hatch: str


def mark(n: int) -> tuple[str, str]:
    """Give the colour and the hatch of series `n`. After the last colour they pair up anew, so that no two series look alike."""
    return PALETTE[n % _MARKS], HATCHES[(n + n // _MARKS) % _MARKS]


def new_figure(width: int, height: int, keys: Sequence[Key], *, names: bool, footer: bool) -> tuple[Figure, Axes]:
    """Make a figure with axes of `height`, whose y runs in pixels from the top; `names`: with room for names on the left."""
    across = 1 if width < 500 else 3
    above = _MARGIN + _KEY * -(-len(keys) // across)
    whole = above + height + _SCALE + (_FOOTER if footer else 0)
    left = _NAMES if names else _MARGIN
    figure = Figure((width / _INCH, whole / _INCH))
    axes = figure.add_axes(
        (left / width, 1 - (above + height) / whole, (width - left - _MARGIN) / width, height / whole)
    )
    axes.set_ylim(height, 0)
    clean(axes)
    for place, key in enumerate(keys):
        _draw_key(
            figure,
            key,
            (width, whole),
            (place % across) * (width / across),
            _MARGIN + _KEY * (place // across),
            width // across,
        )
    return figure, axes


def _draw_key(figure: Figure, key: Key, size: tuple[int, int], left: float, top: float, room: float) -> None:
    width, whole = size
    box = (left + _MARGIN) / width, 1 - (top + 15) / whole
    # As with the bars: on a colour the hatch stays dark, on the ground of the page it turns light with it.
    dark = INK if key.colour == BLANK else "#000000"
    for fill, hatch, edge, line in ((key.colour, key.hatch, dark, 0.0), ("none", "", INK, 0.8)):
        figure.add_artist(
            Rectangle(
                box,
                20 / width,
                14 / whole,
                facecolor=fill,
                hatch=hatch,
                edgecolor=edge,
                linewidth=line,
                transform=figure.transFigure,
            )
        )
    text = shortened(key.naam, int((room - 40) / 6.2))
    figure.text(
        (left + _MARGIN + 26) / width, 1 - (top + 8) / whole, text, ha="left", va="center", color=INK, fontsize=11
    )


def clean(axes: Axes) -> None:
    """Take away what says nothing: the box around, the scale on the left."""
    for side in ("top", "right", "bottom"):
        axes.spines[side].set_visible(False)
    axes.spines["left"].set_color(INK)
    axes.set_yticks([])
    axes.set_axisbelow(True)


def fraction_ticks(axes: Axes, most: float, unit: str) -> None:
    """Put figures along the x axis, from 0 to `most`, with faint lines."""
    ticks = nice_ticks(most)
    axes.set_xticks(
        ticks, [f"{tick:,g}".replace(",", " ").replace(".", ",").replace(" ", ".") + unit for tick in ticks]
    )
    style_ticks(axes, "x")


def style_ticks(axes: Axes, which: str) -> None:
    """Give an axis faint lines, and figures in ink."""
    axes.grid(axis="x" if which == "x" else "y", color=FAINT, linewidth=0.8)
    axes.tick_params(axis="x" if which == "x" else "y", length=0, labelsize=11, labelcolor=INK)


def nice_ticks(most: float) -> list[float]:
    """Give some five round figures from 0 to at most `most`."""
    raw = most / 4
    size = 10.0 ** len(str(int(raw))) / 10 if raw >= 1 else 0.1
    step = next((size * factor for factor in (1, 2, 2.5, 5, 10) if size * factor >= raw), size * 10)
    return [step * n for n in range(int(most / step + 1e-9) + 1)]


def note(figure: Figure, text: str) -> None:
    """Write something below the scale."""
    figure.text(
        _MARGIN / 720, 6 / (figure.get_figheight() * _INCH), text, ha="left", va="bottom", color=INK, fontsize=11
    )
