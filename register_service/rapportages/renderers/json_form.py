"""A report as JSON, as the API has it."""

from typing import Any

import orjson

from register_service.core.schema import camel_case
from register_service.journal.checkpoints import format_moment
from register_service.rapportages.rapport import Rapport
from register_service.rapportages.rules.tabel import Afgeschermd, Kolom, Rij, Waarde


def as_json(rapport: Rapport) -> bytes:
    """Write a report: what is hidden as the text `<5` or `•`, and null where there is nothing to tell."""
    return orjson.dumps(represent(rapport))


def represent(rapport: Rapport) -> dict[str, Any]:
    """Give the members of the answer."""
    tabel, checkpoint = rapport.tabel, rapport.controlepunt
    return {
        "naam": rapport.naam,
        "titel": rapport.titel,
        "definitie": rapport.definitie,
        "toelichting": list(rapport.toelichting),
        "parameters": dict(rapport.vraag),
        "beschikbaarOp": format_moment(rapport.beschikbaar_op),
        "controlepunt": checkpoint and {"size": checkpoint.size, "root": checkpoint.root, "note": checkpoint.note},
        "aantalRijen": rapport.aantal_rijen,
        "kolommen": [_column(kolom) for kolom in tabel.kolommen],
        "rijen": [_row(rij) for rij in tabel.rijen],
        "totaal": _row(tabel.totaal),
    }


def _column(kolom: Kolom) -> dict[str, Any]:
    return {
        "naam": camel_case(kolom.naam),
        "titel": kolom.titel,
        "definitie": kolom.definitie,
        "soort": kolom.soort,
        "eenheid": kolom.eenheid or None,
        "van": [camel_case(name) for name in kolom.van],
    }


def _row(rij: Rij) -> dict[str, Any]:
    waarden = {camel_case(name): _value(value) for name, value in rij.waarden.items()}
    return {"sleutel": rij.sleutel, "naam": rij.naam, "waarden": waarden}


def _value(value: Waarde) -> int | float | str | None:
    if value is Afgeschermd.ONBEKEND:
        return None
    return value.value if isinstance(value, Afgeschermd) else value
