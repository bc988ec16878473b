"""What matplotlib's SVG lacks: a title and a description, no style but attributes, and ink that is light on a dark page."""

import re
from xml.sax.saxutils import escape

from register_service.rapportages.renderers.writing import number, written
from register_service.rapportages.rules.grafiek import Grafiek
from register_service.rapportages.rules.tabel import Kolom, Rij, Tabel

# Lines and letters; the lines behind them; the ground of what is not shown. For these classes the page has colours of its theme.
INK, FAINT, BLANK = "#1b1b1b", "#c4c4c4", "#fefefe"
_CLASSES = {INK: "ink", FAINT: "faint", BLANK: "blank"}

_OPENING = re.compile(r"^.*?<svg ([^>]*)>.*?</defs>", re.DOTALL)
_STYLED = re.compile(r' style="([^"]*)"')
# Groups that say nothing, but for where they begin and end.
_MEMBER = re.compile(r'<g id="(?:patch|text|line2d|axes|figure|matplotlib\.axis|[xy]tick)_\d+"(?=/?>)')
_BLANKS = re.compile(r"\s*\n\s*")
_DECIMALS = re.compile(r"(?<=\d\.\d)\d+")
# Said once, for all letters.
_FONT = 'font-family="\'DejaVu Sans\', Verdana, Arial, sans-serif" font-size="11"'


def polish(drawn: bytes, name: str, title: str, description: str) -> str:
    """Give the SVG as an element of a page: named, described, and with attributes in the place of styles.

    `name` is what its ids begin with, and has to be another for each chart of a page.
    """
    text = drawn.decode()
    found = _OPENING.match(text)
    if found is None:
        raise ValueError("matplotlib drew something else than expected")
    viewbox = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', found[1])
    if viewbox is None:
        raise ValueError("the drawing has no size")
    width, height = viewbox[1], viewbox[2]
    opening = (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" role="img" aria-labelledby="{name}-titel {name}-uitleg" {_FONT}>'
        f'<title id="{name}-titel">{escape(title)}</title><desc id="{name}-uitleg">{escape(description)}</desc>'
    )
    body = _STYLED.sub(lambda match: _attributes(match[1]), text[found.end() :])
    # The ground of a hatch has no style to begin with.
    body = body.replace(f' fill="{BLANK}"/>', f' fill="{BLANK}" class="fill-blank"/>')
    body = _BLANKS.sub(" ", _MEMBER.sub("<g", body)).replace("> <", "><")
    body = re.sub(r'(?<= )(?:d|x|y|transform|points)="[^"]*"', lambda match: _DECIMALS.sub("", match[0]), body)
    return opening + re.sub(r'(id="|url\(#|href="#)', rf"\1{name}-", body)


def _attributes(style: str) -> str:
    values: dict[str, str] = {}
    for part in style.split(";"):
        name, _, value = part.partition(":")
        if name.strip() == "font":
            # As for all letters.
            continue
        if name.strip() and name.strip() not in ("font-family", "font-size"):
            values[name.strip()] = value.strip()
    classes = [
        f"{name}-{_CLASSES[values[name]]}" for name in ("fill", "stroke") if values.get(name) in _CLASSES
    ]  # fmt: skip
    if classes:
        values["class"] = " ".join(classes)
    return "".join(f' {name}="{value}"' for name, value in values.items())


def describe(grafiek: Grafiek, tabel: Tabel) -> str:
    """Say in words what there is to see, with the figures of the total."""
    kolommen = columns(grafiek, tabel)
    figures = ", ".join(f"{kolom.titel} {written(tabel.totaal.waarden[kolom.naam], kolom)}" for kolom in kolommen)
    parts = [grafiek.uitleg, f"{tabel.totaal.naam}: {figures}.", "De tabel heeft alle cijfers."]
    return " ".join(part for part in parts if part)


def columns(grafiek: Grafiek, tabel: Tabel) -> list[Kolom]:
    """Give the columns that are drawn."""
    by_name = {kolom.naam: kolom for kolom in tabel.kolommen}
    return [by_name[naam] for naam in grafiek.kolommen]


def largest(tabel: Tabel, most: int) -> tuple[list[Rij], int]:
    """Give the largest rows, in the order of the table, and how many are left out. One whose size is hidden is no large one."""
    sizes = {rij.sleutel: number(rij.waarden["totaal"]) or 0.0 for rij in tabel.rijen}
    kept = {rij.sleutel for rij in sorted(tabel.rijen, key=lambda rij: -sizes[rij.sleutel])[:most]}
    shown = [rij for rij in tabel.rijen if rij.sleutel in kept]
    return shown, len(tabel.rijen) - len(shown)


def shortened(text: str, most: int) -> str:
    """Cut a name that would not fit, in the middle: what tells names apart often stands at the end (gepland, gerealiseerd)."""
    if len(text) <= most:
        return text
    tail = most // 3
    return f"{text[: most - tail - 1].rstrip()}…{text[len(text) - tail :].lstrip()}"
