"""The end of a traject: afronding, stopping, and opening it again (domain.md, Afronding)."""

from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from register_service.core.errors import Conflict
from register_service.inductie.models import Inductieperiode, Inductietraject
from register_service.inductie.service import saving, stays
from register_service.inductie.service.saving import Held, Raw, replaced
from register_service.inductie.service.starting import stay_fact


def finish(session: Session, held: Held, values: dict[str, Any], *, bestuur: str | None) -> None:
    """Judge a traject: only the bestuur of the last stay. Raises Conflict, or Invalid with every rule it breaks."""
    last = _require_last_stay(held, bestuur)
    traject = held.traject
    traject.afgerond_op, traject.resultaat = values["afgerond_op"], values["resultaat"]
    traject.motivering, traject.meegedeeld_op = values.get("motivering"), values.get("meegedeeld_op")
    traject.vervroegd = bool(values.get("vervroegd"))
    raw = _close(session, held, last, values["afgerond_op"])
    raw["afronding"] = {
        "datum": values["afgerond_op"].isoformat(), "resultaat": traject.resultaat, "vervroegd": traject.vervroegd,
        "motivering": traject.motivering is not None,
        "meegedeeldOp": traject.meegedeeld_op.isoformat() if traject.meegedeeld_op else None,
    }  # fmt: skip
    saving.save(session, held, raw)


def stop(session: Session, held: Held, values: dict[str, Any], *, bestuur: str | None) -> None:
    """Stop a traject before its end: only the bestuur of the last stay. Raises Conflict or Invalid."""
    last = _require_last_stay(held, bestuur)
    held.traject.gestopt_op, held.traject.stop_reden = values["gestopt_op"], values["stop_reden"]
    raw = _close(session, held, last, values["gestopt_op"])
    raw["gestoptOp"] = values["gestopt_op"].isoformat()
    saving.save(session, held, raw)


def reopen(session: Session, held: Held, *, bestuur: str | None) -> None:
    """Take back an afronding or a stop; what was judged stays in the history (domain.md, heropend). Raises Conflict."""
    traject = held.traject
    if not (traject.afgerond_op or traject.gestopt_op):
        raise Conflict(
            "Dit traject is niet afgerond en niet gestopt; er valt niets te heropenen.", code="niet-afgesloten"
        )
    _require_bestuur(held, bestuur)
    if session.scalars(select(Inductietraject.id).where(Inductietraject.vervolg_op == traject.id)).first():
        raise Conflict(
            "Er is een later traject dat de opgebouwde tijd van dit traject overneemt. Trek eerst dat in.",
            code="vervolg-bestaat",
        )
    traject.afgerond_op = traject.resultaat = traject.motivering = traject.meegedeeld_op = None
    traject.gestopt_op = traject.stop_reden = None
    traject.vervroegd = False
    raw = {**held.raw, "afronding": None, "gestoptOp": None}
    for stay in session.scalars(
        select(Inductieperiode).where(Inductieperiode.traject == traject.id, Inductieperiode.gesloten_met_traject)
    ):
        stay.einddatum, stay.gesloten_met_traject = None, False
        raw = replaced(raw, "verblijven", stay_fact(stay))
    saving.save(session, held, raw)


def _require_last_stay(held: Held, bestuur: str | None) -> dict[str, Any]:
    last = stays.require_open(held)
    _require_bestuur(held, bestuur)
    return last


def _require_bestuur(held: Held, bestuur: str | None) -> None:
    if bestuur is not None and held.stays[-1]["bestuur"] != bestuur:
        raise Conflict(
            "Alleen het bestuur van het laatste verblijf rondt een traject af, stopt het of heropent het.",
            code="afronding-door-ander-bestuur",
        )


def _close(session: Session, held: Held, last: dict[str, Any], day: date) -> Raw:
    # A day before the stay begins is left to the rules to refuse: they say more than the check of the table.
    stay = stays.stay_to_change(session, held, last["id"], bestuur=None)
    if stay.begindatum <= day and (stay.einddatum is None or stay.einddatum > day):
        stay.einddatum, stay.gesloten_met_traject = day, True
    return replaced(held.raw, "verblijven", stay_fact(stay))
