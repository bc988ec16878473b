"""Lines from column to column, one for each group, with the bounds of each figure."""

from collections.abc import Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from register_service.rapportages.renderers.svg_frame import PALETTE, new_figure, nice_ticks, note, style_ticks
from register_service.rapportages.renderers.svg_text import INK, columns, largest, shortened
from register_service.rapportages.renderers.writing import number
from register_service.rapportages.rules.grafiek import Grafiek
from register_service.rapportages.rules.tabel import Afgeschermd, Rij, Tabel

MOST = 6
_HEIGHT, _KEY = 300, 22
_MARKERS = ("o", "s", "^", "D", "v", "P", "X")
_DASHES: tuple[Any, ...] = ("-", "--", "-.", ":", (0, (5, 1, 1, 1, 1, 1)), (0, (8, 2)), (0, (1, 2)))


def draw_lines(grafiek: Grafiek, tabel: Tabel, width: int) -> Figure:
    """Draw `lijnen`: of the largest groups and of the total."""
    rijen, left_out = largest(tabel, MOST)
    shown: Sequence[Rij] = [*rijen, tabel.totaal] if len(tabel.rijen) != 1 else rijen
    across = 1 if width < 500 else 3
    above = _KEY * -(-len(shown) // across)
    hides = any(isinstance(rij.waarden[naam], Afgeschermd) for rij in shown for naam in grafiek.kolommen)
    figure, axes = new_figure(width, _HEIGHT + above, [], names=False, footer=bool(left_out or hides))
    _place(axes, width, above)
    _scale(axes, grafiek, tabel, shown)
    for n, rij in enumerate(shown):
        _draw_line(axes, grafiek, rij, n, len(shown))
    _draw_keys(figure, shown, across, width)
    parts = [f"En nog {left_out} in de tabel."] if left_out else []
    parts += (
        ["Waar een punt ontbreekt, is het cijfer er niet of wordt het niet getoond."] if hides and width >= 500 else []
    )
    parts += ["Geen punt: cijfer niet getoond."] if hides and width < 500 else []
    note(figure, " ".join(parts))
    return figure


def _place(axes: Axes, width: int, above: int) -> None:
    """Leave room for the keys above and the figures on the left."""
    box = axes.get_position()
    axes.set_position((44 / width, box.y0, 1 - 60 / width, box.height * _HEIGHT / (_HEIGHT + above)))
    axes.spines["left"].set_visible(False)


def _scale(axes: Axes, grafiek: Grafiek, tabel: Tabel, shown: Sequence[Rij]) -> None:
    kolommen = columns(grafiek, tabel)
    of_hundred = all(kolom.eenheid == "%" for kolom in kolommen)
    named = [*grafiek.kolommen, *(naam for band in grafiek.banden for naam in band)]
    most = (
        100.0
        if of_hundred
        else max((number(rij.waarden[naam]) or 0.0 for rij in shown for naam in named), default=0.0) or 1.0
    )
    ticks = nice_ticks(most)
    axes.set_ylim(0, most * 1.05)
    axes.set_yticks(ticks, [f"{tick:g}".replace(".", ",") + ("%" if of_hundred else "") for tick in ticks])
    axes.set_xlim(-0.3, len(kolommen) - 0.7)
    axes.set_xticks(range(len(kolommen)), grafiek.punten or [kolom.titel for kolom in kolommen])
    style_ticks(axes, "x")
    axes.grid(visible=False, axis="x")
    style_ticks(axes, "y")


def _draw_line(axes: Axes, grafiek: Grafiek, rij: Rij, n: int, lines: int) -> None:
    # A little apart, so that the bounds of one do not cover those of another.
    shift = 0.0 if lines == 1 else (n - (lines - 1) / 2) * 0.24 / lines
    colour = PALETTE[n % 7]
    values = [number(rij.waarden[naam]) for naam in grafiek.kolommen]
    at = [place + shift for place in range(len(values))]
    gaps = [float("nan") if value is None else value for value in values]
    axes.plot(at, gaps, color=INK, linewidth=3.2, linestyle="-", alpha=0.25)
    axes.plot(at, gaps, color=colour, linewidth=2.2, linestyle=_DASHES[n % 7])
    for place, value, (low, high) in zip(at, values, grafiek.banden, strict=False):
        lower, upper = number(rij.waarden[low]), number(rij.waarden[high])
        if value is not None and lower is not None and upper is not None:
            axes.plot([place, place], [lower, upper], color=INK, linewidth=1, marker="_", markersize=7)
    axes.plot(
        at,
        gaps,
        linestyle="",
        marker=_MARKERS[n % 7],
        markersize=8,
        color=colour,
        markeredgecolor=INK,
        markeredgewidth=1,
    )


def _draw_keys(figure: Figure, shown: Sequence[Rij], across: int, width: int) -> None:
    whole = figure.get_figheight() * 72
    room = width / across
    for n, rij in enumerate(shown):
        left, top = (n % across) * room + 8, 18 + _KEY * (n // across)
        line = Line2D(
            [left / width, (left + 28) / width], [1 - top / whole] * 2, color=PALETTE[n % 7], linewidth=2.2,
            linestyle=_DASHES[n % 7], marker=_MARKERS[n % 7], markersize=8, markeredgecolor=INK, transform=figure.transFigure,
        )  # fmt: skip
        figure.add_artist(line)
        text = shortened(rij.naam, int((room - 48) / 6.2))
        figure.text((left + 36) / width, 1 - top / whole, text, ha="left", va="center", color=INK, fontsize=11)
