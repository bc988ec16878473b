"""A report as a spreadsheet: first what it is and rests on, then the table. The same report is the same file, byte for byte."""

import io
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from xlsxwriter import Workbook  # type: ignore[import-untyped]

from register_service.journal.checkpoints import format_moment
from register_service.rapportages.rapport import Rapport
from register_service.rapportages.renderers.writing import MEANINGS
from register_service.rapportages.rules.tabel import Afgeschermd, Kolom

MEDIATYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# Of a report from before the journal began: the first day that a spreadsheet knows.
_BEGINNING = datetime(1900, 1, 1, tzinfo=UTC)
# Nothing a cell holds is a formula, a link or a number because it looks like one. Files stay out of temporary folders.
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_NARROW, _WIDE, _WIDEST = 12, 28, 100


def as_xlsx(rapport: Rapport) -> bytes:
    """Write a report: sheets "Over dit rapport" and "Tabel"."""
    file = io.BytesIO()
    with Workbook(file, _OPTIONS) as book:
        created = max(rapport.beschikbaar_op.astimezone(UTC), _BEGINNING).replace(tzinfo=None, microsecond=0)
        book.set_properties({"title": rapport.titel, "created": created})
        _about(book, rapport)
        _table(book, rapport)
    return file.getvalue()


def _about(book: Any, rapport: Rapport) -> None:
    sheet = book.add_worksheet("Over dit rapport")
    bold, wrapped = (
        book.add_format({"bold": True, "valign": "top"}),
        book.add_format({"text_wrap": True, "valign": "top"}),
    )
    sheet.set_column(0, 0, _WIDE)
    sheet.set_column(1, 1, _WIDEST)
    for line, (name, text) in enumerate(_lines(rapport)):
        sheet.write_string(line, 0, name, bold)
        sheet.write_string(line, 1, text, wrapped)


def _lines(rapport: Rapport) -> Iterator[tuple[str, str]]:
    yield "Rapport", rapport.titel
    yield "Definitie", rapport.definitie
    yield from (("Toelichting", text) for text in rapport.toelichting)
    yield from rapport.parameters
    point = rapport.controlepunt
    yield "Bekend op (verzegeld tijdstip)", format_moment(rapport.beschikbaar_op)
    yield "Aantal rijen", str(rapport.aantal_rijen)
    if point is not None:
        yield "Controlepunt, aantal regels", str(point.size)
        yield "Controlepunt, wortel", point.root
        yield "Controlepunt, ondertekend", point.note
    yield from ((f"Teken {sign.value}", meaning) for sign, meaning in MEANINGS.items())
    yield from ((f"Kolom {kolom.kop}", kolom.definitie) for kolom in rapport.tabel.kolommen)
    yield from ((f"Parameter {name}", value) for name, value in rapport.vraag.items())


def _table(book: Any, rapport: Rapport) -> None:
    sheet, tabel = book.add_worksheet("Tabel"), rapport.tabel
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    bold, right = book.add_format({"bold": True}), book.add_format({"align": "right"})
    formats = [book.add_format({"num_format": _number_format(kolom)}) for kolom in tabel.kolommen]
    sheet.freeze_panes(1, 2)
    sheet.set_column(0, 0, _NARROW)
    sheet.set_column(1, 1, _WIDE)
    sheet.set_column(2, 1 + len(tabel.kolommen), _NARROW)
    for column, title in enumerate(("Sleutel", "Naam", *(kolom.kop for kolom in tabel.kolommen))):
        sheet.write_string(0, column, title, head)
    for line, rij in enumerate((*tabel.rijen, tabel.totaal), start=1):
        sheet.write_string(line, 0, rij.sleutel)
        sheet.write_string(line, 1, rij.naam, bold if rij is tabel.totaal else None)
        for column, kolom in enumerate(tabel.kolommen):
            value = rij.waarden[kolom.naam]
            if isinstance(value, Afgeschermd | str):
                sheet.write_string(line, 2 + column, value.value if isinstance(value, Afgeschermd) else value, right)
            elif value is not None:
                sheet.write_number(line, 2 + column, value, formats[column])


def _number_format(kolom: Kolom) -> str:
    digits = f"#,##0.{'0' * kolom.decimalen}" if kolom.decimalen else "#,##0"
    # The figure is in percent already; the sign is text, or a spreadsheet would multiply by a hundred.
    return f'{digits}"%"' if kolom.eenheid == "%" else digits
