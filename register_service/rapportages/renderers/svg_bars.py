"""Bars that lie down: for each group one for each column, or one of all its columns. Places are in pixels, from the top."""

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from register_service.rapportages.renderers.svg_frame import (
    Key,
    clean,
    fraction_ticks,
    mark,
    new_figure,
    note,
)
from register_service.rapportages.renderers.svg_text import (
    BLANK,
    INK,
    columns,
    largest,
    shortened,
)
from register_service.rapportages.renderers.writing import number, written
from register_service.rapportages.rules.grafiek import Grafiek
from register_service.rapportages.rules.tabel import TOTAAL, Afgeschermd, Kolom, Rij, Tabel, Waarde

MOST = 20
_BAR, _GAP, _NAME = 18, 12, 16
_HIDDEN = "Niet getoond"


@dataclass(frozen=True, slots=True)
class Group:
    """What is drawn under one name: the figures and their columns; `totaal` is the size of the group, as far as it is shown."""

    naam: str
    waarden: tuple[tuple[Kolom, Waarde], ...]
    totaal: Waarde

    @property
    def hides(self) -> bool:
        """Tell whether something of it is not shown."""
        return any(isinstance(value, Afgeschermd) for _, value in self.waarden)


def draw_bars(grafiek: Grafiek, tabel: Tabel, width: int) -> Figure:
    """Draw `staven`, `gestapeld` or `kolommen`."""
    groups, left_out = _groups(grafiek, tabel)
    stacked = grafiek.vorm == "gestapeld"
    each = 1 if stacked or grafiek.vorm == "kolommen" else len(grafiek.kolommen)
    step = each * _BAR + _GAP + (_NAME if width < 500 else 0)
    keys = _keys(grafiek, tabel, groups)
    figure, axes = new_figure(width, max(1, len(groups)) * step, keys, names=width >= 500, footer=bool(left_out))
    _scale(axes, groups, grafiek)
    for place, group in enumerate(groups):
        _draw_group(axes, group, place * step, grafiek, narrow=width < 500)
    if left_out:
        note(figure, f"En nog {left_out} in de tabel.")
    return figure


def _groups(grafiek: Grafiek, tabel: Tabel) -> tuple[list[Group], int]:
    kolommen = columns(grafiek, tabel)
    if grafiek.vorm == "kolommen":
        totals = tabel.totaal.waarden
        return [Group(kolom.titel, ((kolom, totals[kolom.naam]),), None) for kolom in kolommen], 0
    rijen, left_out = largest(tabel, MOST)
    shown: Sequence[Rij] = [*rijen, tabel.totaal] if len(tabel.rijen) != 1 else rijen
    return [
        Group(rij.naam, tuple((kolom, rij.waarden[kolom.naam]) for kolom in kolommen), rij.waarden[TOTAAL])
        for rij in shown
    ], left_out


def _keys(grafiek: Grafiek, tabel: Tabel, groups: Sequence[Group]) -> list[Key]:
    kolommen = columns(grafiek, tabel)
    several = grafiek.vorm != "kolommen" and len(kolommen) > 1
    keys = [Key(kolom.titel, *mark(n)) for n, kolom in enumerate(kolommen)] if several else []
    hidden = [Key(_HIDDEN, BLANK, "//")] if any(group.hides for group in groups) else []
    return [*keys, *hidden]


def _scale(axes: Axes, groups: Sequence[Group], grafiek: Grafiek) -> None:
    kolommen = [kolom for group in groups for kolom, _ in group.waarden]
    if grafiek.vorm == "gestapeld" or all(kolom.eenheid == "%" for kolom in kolommen):
        axes.set_xlim(0, 118)
        fraction_ticks(axes, 100, "%")
        return
    most = max((number(value) or 0.0 for group in groups for _, value in group.waarden), default=0.0) or 1.0
    axes.set_xlim(0, most * 1.18)
    fraction_ticks(axes, most, "")
    clean(axes)


def _draw_group(axes: Axes, group: Group, top: float, grafiek: Grafiek, *, narrow: bool) -> None:
    top += _GAP / 2
    if narrow:
        axes.text(0, top + _NAME - 2, shortened(group.naam, 44), ha="left", va="bottom", color=INK, fontsize=11)
        top += _NAME
    bars = 1 if grafiek.vorm == "gestapeld" else len(group.waarden)
    if not narrow:
        middle = top + bars * _BAR / 2
        axes.annotate(
            shortened(group.naam, 40), (0, middle), (-8, 0), textcoords="offset points", ha="right", va="center", color=INK,
            fontsize=11, annotation_clip=False,
        )  # fmt: skip
    if grafiek.vorm == "gestapeld":
        _draw_stack(axes, group, top)
        return
    for n, (kolom, value) in enumerate(group.waarden):
        _draw_bar(axes, value, written(value, kolom), top + n * _BAR, n)


def _draw_bar(axes: Axes, value: Waarde, text: str, top: float, n: int) -> None:
    end = axes.get_xlim()[1]
    found = number(value)
    if isinstance(value, Afgeschermd) and value is not Afgeschermd.ONBEKEND:
        _box(axes, 0, end * 0.03, top, BLANK, "//", dashed=True)
        found = end * 0.03
    elif found:
        _box(axes, 0, found, top, *mark(n))
    axes.text((found or 0) + end * 0.01, top + _BAR / 2, text, ha="left", va="center", color=INK, fontsize=11)


def _draw_stack(axes: Axes, group: Group, top: float) -> None:
    total = number(group.totaal)
    if not total:
        axes.text(1, top + _BAR / 2, _size(group.totaal), ha="left", va="center", color=INK, fontsize=11)
        return
    at = 0.0
    for n, (_, value) in enumerate(group.waarden):
        part = 100 * (number(value) or 0.0) / total
        if part:
            _box(axes, at, part, top, *mark(n))
        at += part
    if group.hides and at < 100:
        # All that is hidden together: what is left of the total, as anybody can see in the table.
        _box(axes, at, 100 - at, top, BLANK, "//", dashed=True)
    axes.text(101, top + _BAR / 2, _size(group.totaal), ha="left", va="center", color=INK, fontsize=11)


def _size(total: Waarde) -> str:
    if isinstance(total, Afgeschermd):
        return total.value
    return f"n={int(number(total) or 0):,}".replace(",", ".")


def _box(axes: Axes, left: float, length: float, top: float, colour: str, hatch: str, *, dashed: bool = False) -> None:
    # The hatch takes the colour of the edge, which turns light on a dark page; on a colour it has to stay dark.
    middle = top + _BAR / 2
    hatch_colour = INK if colour == BLANK else "#000000"
    axes.barh(middle, length, _BAR - 3, left, color=colour, hatch=hatch, edgecolor=hatch_colour, linewidth=0)
    axes.barh(
        middle,
        length,
        _BAR - 3,
        left,
        color="none",
        edgecolor=INK,
        linewidth=0.8,
        linestyle=(0, (3, 2)) if dashed else "-",
    )
