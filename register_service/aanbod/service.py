"""Writes of aanbieders and aanbod: add, change, judge. The edge opens the transaction; nothing here commits."""

from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from register_service.aanbod import rules
from register_service.aanbod.models import Aanbieder, Aanbod, Beoordeling
from register_service.core.db import run_in
from register_service.core.errors import FieldError, Forbidden, Invalid, NotFound
from register_service.regelingen.queries import registratie_figures

Row = TypeVar("Row", Aanbieder, Aanbod)
FIELDS = (*rules.JUDGED, "omschrijving", "geldig_vanaf", "geldig_tot")
# PostgreSQL tells who calls, and for whom; a client says nothing of it.
_OWN = "select nullif(current_setting('register.aanbieder', true), '')"


def add_aanbieder(session: Session, given: dict[str, Any]) -> Aanbieder:
    """Add an aanbieder. Raises Invalid; PostgreSQL refuses the same KvK number twice."""
    _require(rules.check_kvk_nummer(given["kvk_nummer"]))
    aanbieder = Aanbieder(**given)
    session.add(aanbieder)
    session.flush()
    return aanbieder


def change_aanbieder(session: Session, aanbieder: Aanbieder, changes: dict[str, Any]) -> None:
    """Change what is given. Raises Invalid."""
    _require(rules.check_change(changes))
    _set(session, aanbieder, changes)


def aanbieder_to_change(session: Session, identifier: str) -> Aanbieder:
    """Lock an aanbieder. Raises NotFound."""
    query = select(Aanbieder).where(Aanbieder.id == identifier).with_for_update()
    return _found(session.scalars(query).one_or_none())


def add_aanbod(session: Session, given: dict[str, Any], *, today: date) -> Aanbod:
    """Add an aanbod of the aanbieder that calls, or for whom the keeper does; a validator has yet to judge it.

    Raises Invalid with everything that is wrong, Forbidden for who offers nothing.
    """
    values = dict(given)
    errors = _check_owner(session, values)
    _require([*errors, *_check(session, values, today)])
    aanbod = Aanbod(beoordeling=Beoordeling.OPEN.value, **values)
    session.add(aanbod)
    session.flush()
    return aanbod


def change_aanbod(session: Session, aanbod: Aanbod, changes: dict[str, Any], *, today: date) -> None:
    """Change what is given. What was judged is open again once it is other aanbod. Raises Invalid."""
    _require(rules.check_change(changes))
    before = {name: getattr(aanbod, name) for name in FIELDS}
    after = before | changes
    _require(_check(session, after, today))
    if aanbod.beoordeling != Beoordeling.OPEN and rules.reopens(before, after):
        changes = changes | _judgement(Beoordeling.OPEN)
    _set(session, aanbod, changes)


def judge_aanbod(session: Session, aanbod: Aanbod, outcome: dict[str, Any], *, today: date) -> None:
    """Record what the validator who calls thinks of an aanbod. Raises Invalid."""
    _require(rules.check_beoordeling(outcome))
    ((validator,),) = run_in(session, ("select current_setting('register.leraar', true)", None))[0]
    _set(
        session,
        aanbod,
        _judgement(Beoordeling(outcome["beoordeling"]), door=validator, op=today, reden=outcome.get("reden")),
    )


def aanbod_to_change(session: Session, identifier: str) -> Aanbod:
    """Lock an aanbod that the caller may change or judge. Raises NotFound."""
    query = select(Aanbod).where(Aanbod.id == identifier).with_for_update()
    return _found(session.scalars(query).one_or_none())


def _judgement(
    beoordeling: Beoordeling, *, door: str | None = None, op: date | None = None, reden: str | None = None
) -> dict[str, Any]:
    return {
        "beoordeling": beoordeling.value,
        "beoordeeld_door": door,
        "beoordeeld_op": op,
        "afwijzing": reden if beoordeling == Beoordeling.AFGEWEZEN else None,
    }


def _check(session: Session, values: dict[str, Any], today: date) -> list[FieldError]:
    figures = registratie_figures(session, today)
    return rules.check_aanbod(values, least=figures.aanbod_minimaal_uren, most=figures.activiteit_maximaal_uren)


def _check_owner(session: Session, values: dict[str, Any]) -> list[FieldError]:
    # An aanbieder offers for itself and need not say so; the keeper says for whom.
    ((own,),) = run_in(session, (_OWN, None))[0]
    asked = values.setdefault("aanbieder", own)
    if asked is None:
        return [FieldError("body", "/aanbieder", "verplicht", "Zeg van welke aanbieder het aanbod is.")]
    if own is not None and asked != own:
        raise Forbidden("Een aanbieder voegt alleen eigen aanbod toe. Laat 'aanbieder' weg.")
    values["aanbieder"] = UUID(asked)
    if session.get(Aanbieder, values["aanbieder"]) is None:
        detail = "Deze aanbieder staat niet in het register; voeg hem eerst toe."
        return [FieldError("body", "/aanbieder", "aanbieder-onbekend", detail)]
    return []


def _found(row: Row | None) -> Row:
    if row is None:
        raise NotFound
    return row


def _set(session: Session, row: Aanbieder | Aanbod, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(row, name, value)
    session.flush()


def _require(errors: list[FieldError]) -> None:
    if errors:
        raise Invalid(errors)
