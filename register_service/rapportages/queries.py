"""Reads of reports for whoever asks: who may pull which, and a report in the form that was asked for."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import structlog

from register_service.access.models import ClientSoort
from register_service.api.call import Call
from register_service.core.errors import FieldError, Forbidden, NotFound
from register_service.rapportages.dataset import Dataset, Vraag
from register_service.rapportages.datasets import BY_NAME, DATASETS
from register_service.rapportages.parameters import read_question
from register_service.rapportages.rapport import Rapport
from register_service.rapportages.running import draw_up

log = structlog.get_logger(__name__)
# Who may pull every report; a bestuur those that say so, about its own people.
ALL = (ClientSoort.AUDITOR, ClientSoort.BEHEER)


def listed(role: str = ClientSoort.AUDITOR) -> list[dict[str, Any]]:
    """Give every report that callers of a role may pull, as the list shows it."""
    return [
        {
            "naam": dataset.naam,
            "titel": dataset.titel,
            "definitie": dataset.definitie,
            "dimensies": list(dataset.dimensies),
            "toelichting": list(dataset.toelichting),
        }
        for dataset in DATASETS
        if _allowed(role, dataset)
    ]


def dataset_of(call: Call) -> Dataset:
    """Give the report that a call names. Raises Forbidden for who may not pull it, NotFound where there is none."""
    dataset = BY_NAME.get(call.path["naam"])
    if dataset is None:
        raise NotFound
    if not _allowed(call.caller.role, dataset):
        raise Forbidden(
            "Dit rapport is voor auditors en de beheerder. Een bestuur kan 'gegevenskwaliteit' opvragen, over zijn eigen mensen.",
            code="niet-voor-bestuur",
        )
    return dataset


def _allowed(role: str, dataset: Dataset) -> bool:
    return role in ALL or (dataset.voor_bestuur and role == ClientSoort.BESTUUR)


def report(call: Call, form: str) -> Rapport:
    """Make the report that a call asks for, to go out in `form`. Raises Invalid with everything that is wrong with it."""
    dataset = dataset_of(call)
    errors: list[FieldError] = []
    vraag = read_question(dataset, asked(call), call.context.today, errors)
    return pulled(call, dataset, vraag, call.query.get("beschikbaar_op"), errors, form)


def pulled(
    call: Call, dataset: Dataset, vraag: Vraag, moment: datetime | None, errors: Sequence[FieldError], form: str
) -> Rapport:
    """Make a report as `running.draw_up` does, and leave a trace of who pulled what.

    No dossier is in it, so that the log of who looked in one has no place for it.
    """
    rapport = draw_up(call.services.database, call.context, dataset, vraag, moment, errors)
    log.info(
        "report_pulled",
        actor=call.context.actor,
        report=rapport.naam,
        question=rapport.vraag,
        rows=rapport.aantal_rijen,
        form=form,
    )
    return rapport


def asked(call: Call) -> dict[str, Any]:
    """Give the parameters of a call; those of a bestuur are about itself."""
    return call.query | ({"bestuur": call.caller.bestuur} if call.caller.bestuur else {})
