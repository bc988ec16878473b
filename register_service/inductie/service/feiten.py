"""Writes of the facts of a traject: add, change, withdraw. Every rule about the whole is looked at by `saving`."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from register_service.core.errors import Conflict, FieldError, Invalid, NotFound
from register_service.core.ids import new_id
from register_service.inductie.kinds import BEGELEIDERS, OBSERVATIES, PERIODES, Kind
from register_service.inductie.models import OfTraject
from register_service.inductie.service import begeleiders, observaties, saving, stays
from register_service.inductie.service.saving import Held, Raw, replaced, without

# What a kind asks of a fact besides: `check` before the rules see it, `make_room` before a new one comes.
CHECKS: Mapping[Kind, Callable[[Session, Any], None]] = {
    BEGELEIDERS: begeleiders.require_somebody_else,
    OBSERVATIES: observaties.require_somebody_else,
}
ROOM: Mapping[Kind, Callable[[Session, Held, Any], Raw]] = {BEGELEIDERS: begeleiders.make_room}


def add_fact(session: Session, held: Held, kind: Kind, values: dict[str, Any], *, bestuur: str | None) -> OfTraject:
    """Add a fact to a traject. Raises Conflict, or Invalid with every rule it breaks."""
    saving.require_stay(held, bestuur)
    writer = bestuur or _bestuur_on(held, str(values[kind.day]) if kind.day else None)
    fact: Any = kind.model(id=new_id(), traject=held.traject.id, leraar=held.traject.leraar, bestuur=writer, **values)
    _check(session, kind, fact)
    raw = ROOM[kind](session, held, fact) if kind in ROOM else held.raw
    session.add(fact)
    _save(session, held, kind, fact, raw)
    return fact  # type: ignore[no-any-return]


def change_fact(
    session: Session, held: Held, kind: Kind, fact: Any, values: dict[str, Any], *, bestuur: str | None
) -> None:
    """Change what is given of a fact. Raises Conflict, or Invalid with every rule it would break."""
    if kind is PERIODES:
        stays.change_stay(session, held, fact, values, bestuur=bestuur)
        return
    saving.require_stay(held, bestuur)
    if not values:
        raise Invalid([FieldError("body", "", "niets-te-wijzigen", "Geef minstens één veld dat u wilt wijzigen.")])
    for name, value in values.items():
        setattr(fact, name, value)
    _check(session, kind, fact)
    _save(session, held, kind, fact, held.raw)


def withdraw_fact(session: Session, held: Held, kind: Kind, fact: Any) -> None:
    """Take back a fact that was entered by mistake; the history keeps it. Raises Conflict or Invalid."""
    if kind is PERIODES:
        stays.withdraw_stay(session, held, fact)
        return
    session.delete(fact)
    saving.save(session, held, {**held.raw, kind.raw: without(held.raw[kind.raw], fact.id)})


def fact_to_change(session: Session, held: Held, kind: Kind, identifier: str | UUID, *, bestuur: str | None) -> Any:
    """Hold a fact that the caller's bestuur wrote. Raises NotFound; Conflict for a stay of another bestuur."""
    if kind is PERIODES:
        return stays.stay_to_change(session, held, identifier, bestuur=bestuur)
    query = select(kind.model).where(kind.model.id == identifier, kind.model.traject == held.traject.id)
    fact = session.scalars(query.with_for_update()).one_or_none()
    if fact is None:
        raise NotFound
    return fact


def _check(session: Session, kind: Kind, fact: OfTraject) -> None:
    if kind in CHECKS:
        CHECKS[kind](session, fact)


def _save(session: Session, held: Held, kind: Kind, fact: OfTraject, raw: Raw) -> None:
    saving.save(session, held, replaced(raw, kind.raw, kind.fact(fact)), written=fact.id)
    if kind is BEGELEIDERS:
        begeleiders.refuse_managers(session, held, begeleiding=fact.id)


def _bestuur_on(held: Held, day: str | None) -> str:
    # The beheerder writes for the bestuur that had the leraar on the day of the fact, or else for the last one before it.
    if not held.stays:
        raise Conflict(
            "Dit traject heeft geen verblijf; er valt niets bij vast te leggen.", code="geen-verblijf-bij-uw-bestuur"
        )
    begun = [stay for stay in held.stays if day is None or str(stay["begindatum"]) <= day]
    return str((begun or held.stays)[-1 if begun else 0]["bestuur"])
