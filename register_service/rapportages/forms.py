"""The forms in which a report can be had: by the name of each, its media type and what writes it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from register_service.journal.checkpoints import format_moment
from register_service.rapportages.rapport import Rapport
from register_service.rapportages.renderers import csv_form, xlsx_form
from register_service.rapportages.renderers.json_form import as_json


@dataclass(frozen=True, slots=True)
class Form:
    """A form: its media type, and what writes a report so."""

    mediatype: str
    write: Callable[[Rapport], bytes]


FORMS: Final[dict[str, Form]] = {
    "json": Form("application/json", as_json),
    "csv": Form(csv_form.MEDIATYPE, csv_form.as_csv),
    "xlsx": Form(xlsx_form.MEDIATYPE, xlsx_form.as_xlsx),
}


def filename(rapport: Rapport, form: str) -> str:
    """Give the name to save a report by: what it is of and when that was known, so that the same report has the same name."""
    period = f"{rapport.vraag['periodeVan']}_{rapport.vraag['periodeTot']}"
    known = format_moment(rapport.beschikbaar_op).partition(".")[0].replace(":", "")
    return f"{rapport.naam}_{rapport.vraag['per']}_{period}_bekend_{known}Z.{form}"
