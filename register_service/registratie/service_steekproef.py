"""Recording what came of a look at one that was drawn. The edge opens the transaction; nothing here commits."""

from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from register_service.core.errors import Conflict, NotFound
from register_service.registratie.models import Trekking


def trekking_to_judge(session: Session, steekproef: str, volgnummer: str) -> Trekking:
    """Lock one that was drawn, for the validator who calls.

    Raises NotFound, or Conflict when the validator worked where the leraar did, or is that leraar (domain.md).
    """
    query = select(Trekking).where(Trekking.steekproef == steekproef, Trekking.volgnummer == int(volgnummer))
    if session.scalars(query).one_or_none() is None:
        raise NotFound
    # Row-level security locks only what the caller may change.
    trekking = session.scalars(query.with_for_update().execution_options(populate_existing=True)).one_or_none()
    if trekking is None:
        raise Conflict(
            "U kunt deze herregistratie niet beoordelen: zij is van uzelf of van iemand die bij hetzelfde bestuur werkte. "
            "Laat haar aan een andere validator.",
            code="steekproef-niet-onafhankelijk",
        )
    return trekking


def judge_trekking(session: Session, trekking: Trekking, given: dict[str, Any], *, by: str | None, on: date) -> None:
    """Record an uitslag; a later one takes its place, and the history keeps both."""
    trekking.uitslag, trekking.toelichting = given["uitslag"], given.get("toelichting")
    trekking.beoordeeld_door, trekking.beoordeeld_op = by, on
    session.flush()
