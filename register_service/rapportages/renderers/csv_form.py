"""A report as CSV (RFC 4180): the table and nothing else, to be read by programs; UTF-8 with a BOM, so that Excel shows it right.

What a report is and rests on stands in the headers of the answer, in JSON and in the spreadsheet.
"""

import csv
import io

from register_service.rapportages.rapport import Rapport
from register_service.rapportages.rules.tabel import Afgeschermd, Rij, Waarde

MEDIATYPE = "text/csv"
BOM = "\ufeff"
# With these a spreadsheet begins to calculate (OWASP, CSV injection).
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_csv(rapport: Rapport) -> bytes:
    """Write a report: a line of titles, a line for each row, and one for the total."""
    text = io.StringIO(newline="")
    lines = csv.writer(text, lineterminator="\r\n")
    kolommen = rapport.tabel.kolommen
    lines.writerow(["sleutel", "naam", *(harmless(kolom.kop) for kolom in kolommen)])
    for rij in (*rapport.tabel.rijen, rapport.tabel.totaal):
        lines.writerow([harmless(rij.sleutel), harmless(rij.naam), *_figures(rij, [kolom.naam for kolom in kolommen])])
    return (BOM + text.getvalue()).encode()


def harmless(text: str) -> str:
    """Put an apostrophe before what a spreadsheet would take for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def _figures(rij: Rij, names: list[str]) -> list[str]:
    return [_figure(rij.waarden[name]) for name in names]


def _figure(value: Waarde) -> str:
    if isinstance(value, Afgeschermd):
        return value.value
    if isinstance(value, str):
        return harmless(value)
    return "" if value is None else str(value)
