"""Reads of reports for whoever asks: who may pull which, and a report in the form that was asked for."""

from datetime import datetime
from typing import Any

from register_service.access.models import ClientSoort
from register_service.api.call import Call
from register_service.core.errors import Forbidden, NotFound
from register_service.rapportages.dataset import Dataset
from register_service.rapportages.datasets import BY_NAME, DATASETS
from register_service.rapportages.parameters import read_question
from register_service.rapportages.rapport import Rapport
from register_service.rapportages.running import draw_up

ALL = (ClientSoort.AUDITOR, ClientSoort.BEHEER)


def listed() -> list[dict[str, Any]]:
    """Give every report as the list shows it."""
    return [
        {
            "naam": dataset.naam,
            "titel": dataset.titel,
            "definitie": dataset.definitie,
            "dimensies": list(dataset.dimensies),
            "toelichting": list(dataset.toelichting),
        }
        for dataset in DATASETS
    ]


def dataset_of(call: Call) -> Dataset:
    """Give the report that a call names. Raises Forbidden for who may not pull it, NotFound where there is none."""
    if call.caller.role not in ALL:
        raise Forbidden("Rapporten zijn voor auditors en de beheerder.")
    try:
        return BY_NAME[call.path["naam"]]
    except KeyError as error:
        raise NotFound from error


def report(call: Call) -> Rapport:
    """Make the report that a call asks for. Raises Invalid with everything that is wrong with the question."""
    dataset = dataset_of(call)
    vraag = read_question(dataset, call.query, call.context.today)
    moment: datetime | None = call.query.get("beschikbaar_op")
    return draw_up(call.services.database, call.context, dataset, vraag, moment)
