"""The table of a report as a page shows it: beside one another what belongs together, so many rows at a time."""

from dataclasses import dataclass

from register_service.rapportages.renderers.writing import MEANINGS, written
from register_service.rapportages.rules.tabel import TOTAAL, Afgeschermd, Kolom, Rij, Tabel, Waarde

ON_PAGE = 100
_NAMES = {
    "telling": "Aantallen", "som": "Bij elkaar", "gemiddelde": "Gemiddelden", "mediaan": "Medianen",
    "percentage": "Percentages", "tekst": "Kenmerken",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure as it is written; `meaning` is what is said of a sign in its place."""

    text: str
    meaning: str | None


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a part: what it is about, and its cells."""

    name: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """Columns that belong together, with how many people each row is about."""

    title: str
    columns: tuple[Kolom, ...]
    rows: tuple[Row, ...]
    total: Row


def pages_of(tabel: Tabel) -> int:
    """Give how many pages the rows fill."""
    return max(1, -(-len(tabel.rijen) // ON_PAGE))


def parts_of(tabel: Tabel, page: int) -> list[Part]:
    """Give the parts of a table, each with the rows of a page and the total."""
    rows = tabel.rijen[ON_PAGE * (page - 1) : ON_PAGE * page]
    return [
        Part(title, columns, tuple(_row(rij, columns) for rij in rows), _row(tabel.totaal, columns))
        for title, columns in _divided(tabel)
    ]


def signs_of(parts: list[Part]) -> list[tuple[str, str]]:
    """Give the signs that stand in the place of a figure, with what they mean."""
    rows = [row for part in parts for row in (*part.rows, part.total)]
    found = {cell.text for row in rows for cell in row.cells if cell.meaning}
    return [(sign.value, meaning) for sign, meaning in MEANINGS.items() if sign.value in found]


def _divided(tabel: Tabel) -> list[tuple[str, tuple[Kolom, ...]]]:
    """Divide the columns: the counts of a block with the percentages that rest on it, and the others by what they are."""
    total = next(kolom for kolom in tabel.kolommen if kolom.naam == TOTAAL)
    block_of = {kolom.naam: kolom.blok for kolom in tabel.kolommen if kolom.blok}

    def part(kolom: Kolom) -> str:
        blocks = {block_of.get(naam) for naam in kolom.van}
        of_one = next(iter(blocks)) if len(blocks) == 1 and kolom.soort == "percentage" else None
        named = kolom.blok or of_one
        return named.replace("_", " ").capitalize() if named else _NAMES[kolom.soort]

    # Each title once: it is the name by which a part is found.
    divided: dict[str, list[Kolom]] = {}
    for kolom in tabel.kolommen:
        if kolom is not total:
            divided.setdefault(part(kolom), [total]).append(kolom)
    return [(title, tuple(columns)) for title, columns in divided.items()] or [(_NAMES["telling"], (total,))]


def _row(rij: Rij, columns: tuple[Kolom, ...]) -> Row:
    return Row(rij.naam, tuple(_cell(rij.waarden[kolom.naam], kolom) for kolom in columns))


def _cell(value: Waarde, kolom: Kolom) -> Cell:
    return Cell(written(value, kolom), MEANINGS[value] if isinstance(value, Afgeschermd) else None)
