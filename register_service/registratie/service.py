"""Writes of the registratie: uitstel, doorhalen, hervatten. The edge opens the transaction; nothing here commits."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from register_service.core.db import run_in
from register_service.core.errors import Conflict, FieldError, Invalid, NotFound
from register_service.core.schema import camel_case
from register_service.registratie import queries
from register_service.registratie.models import Doorhaling, Registratieperiode, Uitstel
from register_service.registratie.rules import checks
from register_service.registratie.rules.checks import Violation
from register_service.registratie.rules.course import Verloop, course_of, end_of, periods_until
from register_service.registratie.rules.facts import DAY, Feiten, Periode
from register_service.registratie.rules.norms import Regelingen


def facts_of(session: Session, leraar: str) -> tuple[Feiten, Regelingen]:
    """Read the facts of a leraar whose row is held for a change. Raises NotFound when the caller does not see the leraar."""
    (rows,) = run_in(session, (queries.FACTS, {"registratienummer": leraar, "beschikbaar_op": None}))
    if not rows:
        raise NotFound
    return queries.read_facts(rows[0][0])


def store_new(session: Session, leraar: str, perioden: Iterable[Periode]) -> None:
    """Store periods that follow from the rules and are not stored yet."""
    for periode in perioden:
        if periode.id is None:
            session.add(
                Registratieperiode(
                    leraar=leraar, begindatum=periode.begindatum, einddatum=periode.einddatum, grond=periode.grond
                )
            )
    session.flush()


def give_uitstel(session: Session, leraar: str, given: dict[str, Any], today: date) -> Uitstel:
    """Give the last period more months. Raises Invalid for what is wrong with it, Conflict when it cannot be now."""
    feiten, regelingen = facts_of(session, leraar)
    verloop = course_of(feiten, regelingen, today)
    # The decision is about a period as it was on its day: one that the night has not stored yet is stored first.
    store_new(session, leraar, verloop.nieuw)
    periode = _last(session, leraar, verloop)
    uitstel = Uitstel(leraar=leraar, periode=periode.id if periode else None, **given)
    decided = [*(_decided(session, periode) if periode else ()), uitstel]
    _require_uitstel(verloop, periode, decided, regelingen, today)
    assert periode is not None
    session.add(uitstel)
    _move_end(periode, decided, regelingen)
    session.flush()
    return uitstel


def withdraw_uitstel(session: Session, leraar: str, uitstel: Uitstel, today: date) -> None:
    """Take back uitstel that was given by mistake. Raises Conflict when the period would have ended before today by now."""
    feiten, regelingen = facts_of(session, leraar)
    verloop = course_of(feiten, regelingen, today)
    periode = session.get_one(Registratieperiode, uitstel.periode)
    kept = [one for one in _decided(session, periode) if one.id != uitstel.id]
    end = end_of(periode.begindatum, regelingen.on(periode.begindatum), sum(one.maanden for one in kept))
    if end < today or any(later.begindatum > periode.begindatum for later in verloop.perioden):
        raise Conflict(
            "Zonder dit uitstel was de periode al voorbij geweest; het is dus al gebruikt en blijft staan.",
            code="uitstel-al-gebruikt",
        )
    _require_uitstel(verloop, periode, kept, regelingen, today)
    session.delete(uitstel)
    _move_end(periode, kept, regelingen)
    session.flush()


def uitstel_to_withdraw(session: Session, leraar: str, identifier: str) -> Uitstel:
    """Give an uitstel of a leraar, locked. Raises NotFound."""
    query = select(Uitstel).where(Uitstel.id == identifier, Uitstel.leraar == leraar)
    uitstel = session.scalars(query).one_or_none()
    if uitstel is None:
        raise NotFound
    return uitstel


def strike_off(session: Session, leraar: str, given: dict[str, Any], today: date) -> None:
    """Strike a registratie off on request, from a day on. Raises Invalid or Conflict."""
    feiten, regelingen = facts_of(session, leraar)
    vanaf = given.get("vanaf") or today
    _require(checks.check_doorhalen(feiten, regelingen, vanaf, today))
    store_new(session, leraar, course_of(feiten, regelingen, today).nieuw)
    session.add(Doorhaling(leraar=leraar, vanaf=vanaf, motivering=given.get("motivering")))
    session.flush()


def resume(session: Session, leraar: str, today: date) -> None:
    """Take a registratie up again that was struck off, will be, or has run out. Raises Conflict."""
    feiten, regelingen = facts_of(session, leraar)
    _require(checks.check_hervatten(feiten, regelingen, today))
    _end_doorhalingen(session, leraar, today)
    restored = checks.without_doorhaling(feiten, today)
    begun = checks.period_of_hervatten(feiten, regelingen, today)
    store_new(session, leraar, [*periods_until(restored, regelingen, today), *([begun] if begun else [])])


def _end_doorhalingen(session: Session, leraar: str, today: date) -> None:
    query = select(Doorhaling).where(Doorhaling.leraar == leraar)
    for doorhaling in session.scalars(query):
        if doorhaling.vanaf >= today:
            # It never held a day.
            session.delete(doorhaling)
        elif doorhaling.tot is None or doorhaling.tot >= today:
            doorhaling.tot = today - DAY
    session.flush()


def _last(session: Session, leraar: str, verloop: Verloop) -> Registratieperiode | None:
    if not verloop.perioden:
        return None
    begin = verloop.perioden[-1].begindatum
    query = select(Registratieperiode).where(
        Registratieperiode.leraar == leraar, Registratieperiode.begindatum == begin
    )
    return session.scalars(query).one()


def _decided(session: Session, periode: Registratieperiode) -> list[Uitstel]:
    query = select(Uitstel).where(Uitstel.periode == periode.id).order_by(Uitstel.besluitdatum, Uitstel.id)
    return list(session.scalars(query))


def _move_end(periode: Registratieperiode, decided: Iterable[Uitstel], regelingen: Regelingen) -> None:
    months = sum(one.maanden for one in decided)
    periode.einddatum = end_of(periode.begindatum, regelingen.on(periode.begindatum), months)


def _require_uitstel(
    verloop: Verloop,
    periode: Registratieperiode | None,
    decided: Iterable[Uitstel],
    regelingen: Regelingen,
    today: date,
) -> None:
    facts = [checks.Uitstel(str(one.id or "~"), one.maanden, one.besluitdatum) for one in decided]
    about = None if periode is None else next(p for p in verloop.perioden if p.begindatum == periode.begindatum)
    normen = regelingen.on(today if periode is None else periode.begindatum)
    _require(checks.check_uitstel(verloop.perioden, about, facts, normen, today))


def _require(violations: list[Violation]) -> None:
    """Raise Conflict for how things stand, or Invalid with everything that is wrong with the fields."""
    for violation in violations:
        if violation.field is None:
            raise Conflict(violation.detail, code=violation.code)
    if violations:
        raise Invalid([FieldError("body", f"/{camel_case(v.field or '')}", v.code, v.detail) for v in violations])
