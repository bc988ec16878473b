"""What matplotlib's SVG lacks: a title and a description, no style but attributes, and ink that is light on a dark page."""

import base64
import hashlib
import re
from xml.sax.saxutils import escape

from register_service.rapportages.renderers.writing import number, written
from register_service.rapportages.rules.grafiek import Grafiek
from register_service.rapportages.rules.tabel import Kolom, Rij, Tabel

# Lines and letters; the lines behind them; the fill of what is not shown.
INK, FAINT, BLANK = "#1b1b1b", "#c4c4c4", "#fefefe"
_DARK = {INK: "#f2f2f2", FAINT: "#5c5c5c", BLANK: "#2a2a2a"}
_CLASSES = {INK: "ink", FAINT: "faint", BLANK: "blank"}
STYLE = (
    ":root{color-scheme:light dark}*{stroke-linejoin:round}@media screen and (prefers-color-scheme:dark){"
    + "".join(
        f".fill-{name}{{fill:{_DARK[colour]}}}.stroke-{name}{{stroke:{_DARK[colour]}}}"
        for colour, name in _CLASSES.items()
    )
    + "}"
)
# For a content policy, that asks for a hash where it does not allow every style.
STYLE_POLICY = f"'sha256-{base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()}'"

_OPENING = re.compile(r"^.*?<svg ([^>]*)>.*?</defs>", re.DOTALL)
_STYLED = re.compile(r' style="([^"]*)"')
_FONTS = "'DejaVu Sans', Verdana, Arial, sans-serif"
# Groups that say nothing, but for where they begin and end.
_MEMBER = re.compile(r'<g id="(?:patch|text|line2d|axes|figure|matplotlib\.axis|[xy]tick)_\d+">')


def polish(drawn: bytes, title: str, description: str) -> bytes:
    """Give the SVG as it is served: named, described, and with presentation attributes in the place of styles."""
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
        f'viewBox="0 0 {width} {height}" role="img" aria-labelledby="titel uitleg" lang="nl">'
        f'<title id="titel">{escape(title)}</title><desc id="uitleg">{escape(description)}</desc><style>{STYLE}</style>'
    )
    body = _STYLED.sub(lambda match: _attributes(match[1]), text[found.end() :])
    # The ground of a hatch has no style to begin with.
    body = body.replace(f' fill="{BLANK}"/>', f' fill="{BLANK}" class="fill-blank"/>')
    return (opening + _MEMBER.sub("<g>", body)).encode()


def _attributes(style: str) -> str:
    values: dict[str, str] = {}
    for part in style.split(";"):
        name, _, value = part.partition(":")
        if name.strip() == "font":
            _read_font(value.strip(), values)
        elif name.strip() == "font-family":
            values["font-family"] = _FONTS
        elif name.strip():
            values[name.strip()] = value.strip()
    classes = [
        f"{name}-{_CLASSES[values[name]]}" for name in ("fill", "stroke") if values.get(name) in _CLASSES
    ]  # fmt: skip
    if classes:
        values["class"] = " ".join(classes)
    return "".join(f' {name}="{value}"' for name, value in values.items())


def _read_font(value: str, values: dict[str, str]) -> None:
    size = re.search(r"([\d.]+px)", value)
    values["font-family"] = _FONTS
    if size:
        values["font-size"] = size[1]
    if weight := re.match(r"(bold|[1-9]00)\b", value):
        values["font-weight"] = weight[1]


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
    """Cut a name that would not fit."""
    if len(text) <= most:
        return text
    return f"{text[: most - 1].rstrip()}…"
