"""Writes of leraren: register, change, link. The edge opens the transaction; nothing here commits."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from register_service.access.caller import Caller
from register_service.core.context import Context
from register_service.core.days import add_months
from register_service.core.errors import Conflict, FieldError, Invalid, NotFound
from register_service.core.figures import Figures
from register_service.core.ids import new_registratienummer
from register_service.core.integrity import constraint_of
from register_service.leraren.models import Koppeling, Leraar
from register_service.leraren.rules import CONSTRAINTS, check_age, check_born_before, check_change

_CANDIDATES = text("""
    select k.registratienummer, k.gelijkenis, k.zelfde_eck_id, l.registratienummer is not null as visible
    from leraar_kandidaten(:voornamen, :roepnaam, :achternaam, :geboortedatum, :eck_id, cast(:drempel as real)) k
    left join leraar l using (registratienummer)
""")
_LOCK_LINK = text("select pg_advisory_xact_lock(hashtextextended('koppeling.' || :bestuur || :leraar, 0))")
_SEEN_UNTIL = text("""
    select from zicht where bestuur = :bestuur and leraar = :leraar and vanaf <= :today and tot >= :until
""")
_FIRST_BEHAALD = text("select min(behaald_op) from bevoegdheid where leraar = :registratienummer")
_BY_NUMBER = text("select leraar_bij_nummer(:registratienummer, :geboortedatum)")


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may be meant. `likeness` of the name is 0 to 1; `visible` tells whether the caller may know the number."""

    number: str
    likeness: float
    same_eck_id: bool
    visible: bool

    def as_dict(self) -> dict[str, Any]:
        """Give the form of the API: the number only where the caller may know it."""
        number = self.number if self.visible else None
        return {"registratienummer": number, "gelijkenis": round(self.likeness, 3), "zelfdeEckId": self.same_eck_id}


def candidates(session: Session, person: dict[str, Any], figures: Figures) -> list[Candidate]:
    """Give everybody who may be this person, most likely first.

    Until the transaction ends, nobody else registers a person with this geboortedatum.
    """
    parameters = {"roepnaam": None, "eck_id": None, **person, "drempel": figures.gelijkenis_naam}
    return [
        Candidate(row.registratienummer, row.gelijkenis, row.zelfde_eck_id, row.visible)
        for row in session.execute(_CANDIDATES, parameters)
    ]


def register_leraar(
    session: Session, person: dict[str, Any], *, caller: Caller, context: Context, figures: Figures
) -> str:
    """Register somebody new and give the registratienummer. Raises Invalid, or Conflict when the person may be there."""
    confirmed = person.pop("bevestigd_nieuw", False)
    errors = check_age(person["geboortedatum"], context.today, figures.leeftijd_minimaal, figures.leeftijd_maximaal)
    if errors:
        raise Invalid(errors)
    found = candidates(session, person, figures)
    if found and (not confirmed or any(candidate.same_eck_id for candidate in found)):
        raise _may_be_there(found)
    number = _insert(session, person, context)
    if caller.bestuur is not None:
        _link(session, number, caller.bestuur, context, figures)
    return number


def _may_be_there(found: list[Candidate]) -> Conflict:
    numbers = [candidate.number for candidate in found if candidate.visible]
    if any(candidate.same_eck_id for candidate in found):
        code, detail = CONSTRAINTS["leraar_eck_id_key"]
    else:
        code = "leraar-bestaat-mogelijk"
        detail = (
            "Misschien is deze leraar al ingeschreven. Vraag de leraar naar het registratienummer en koppel met "
            "/leraren/_koppel, of herhaal de aanvraag met bevestigdNieuw: true als het iemand anders is."
        )
    return Conflict(detail, code=code, members={"kandidaten": numbers})


def _insert(session: Session, person: dict[str, Any], context: Context) -> str:
    # A drawn number may be taken: one chance in some thousands at a million leraren. Draw again then.
    for attempt in range(5):
        number = new_registratienummer()
        try:
            with session.begin_nested():
                session.add(Leraar(registratienummer=number, geregistreerd_op=context.today, **person))
                session.flush()
        except IntegrityError as error:
            if constraint_of(error) == "leraar_registratienummer_key" and attempt < 4:
                continue
            raise
        return number
    raise AssertionError("unreachable: the loop returns or raises")


def _link(session: Session, number: str, bestuur: str, context: Context, figures: Figures) -> None:
    # Not when the bestuur sees the leraar that long already, so that linking again, or twice at once, changes nothing.
    until = add_months(context.today, figures.koppeling_maanden)
    parameters = {"leraar": number, "bestuur": bestuur, "today": context.today, "until": until}
    session.execute(_LOCK_LINK, parameters)
    if session.execute(_SEEN_UNTIL, parameters).first() is None:
        session.add(Koppeling(leraar=number, bestuur=bestuur, vanaf=context.today, tot=until))
        session.flush()


def change_leraar(session: Session, leraar: Leraar, changes: dict[str, Any], figures: Figures) -> None:
    """Change what is given. Raises Invalid."""
    errors = check_change(changes)
    if "geboortedatum" in changes:
        errors += _check_born(session, leraar, changes["geboortedatum"], figures)
    if errors:
        raise Invalid(errors)
    for name, value in changes.items():
        setattr(leraar, name, value)
    session.flush()


def _check_born(session: Session, leraar: Leraar, born: date, figures: Figures) -> list[FieldError]:
    lowest, highest = figures.leeftijd_minimaal, figures.leeftijd_maximaal
    errors = check_age(born, leraar.geregistreerd_op, lowest, highest)
    first = session.execute(_FIRST_BEHAALD, {"registratienummer": leraar.registratienummer}).scalar()
    return errors or check_born_before(born, first, lowest)


def link_leraar(session: Session, proof: dict[str, Any], *, caller: Caller, context: Context, figures: Figures) -> str:
    """Let a bestuur see a leraar whose number and geboortedatum it knows; again changes nothing. Gives the number.

    Raises NotFound: a wrong geboortedatum answers exactly as an unknown number does (domain.md, Matching).
    """
    number: str | None = session.execute(_BY_NUMBER, proof).scalar()
    if number is None:
        raise NotFound
    if caller.bestuur is not None:
        _link(session, number, caller.bestuur, context, figures)
    return number


def held_leraar(session: Session, registratienummer: str) -> Leraar:
    """Give a leraar whose row this transaction holds."""
    return session.scalars(select(Leraar).where(Leraar.registratienummer == registratienummer)).one()
