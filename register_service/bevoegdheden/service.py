"""Writes of bevoegdheden: add, change, verify, withdraw. The edge opens the transaction; nothing here commits."""

from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from register_service.bevoegdheden import rules
from register_service.bevoegdheden.models import Bevoegdheid, Verificatie
from register_service.bevoegdheden.vakken import VAKKEN
from register_service.core.errors import FieldError, Invalid, NotFound
from register_service.core.figures import Figures
from register_service.leraren.models import Leraar

FIELDS = ("soort", "vak", "behaald_op", "geldig_tot", "instelling")


def add_bevoegdheid(
    session: Session, registratienummer: str, given: dict[str, Any], *, today: date, figures: Figures
) -> Bevoegdheid:
    """Add a bevoegdheid to a leraar that the caller sees. Raises Invalid; PostgreSQL refuses the same one twice."""
    values = rules.complete(given, figures.geschiktheidsverklaring_jaren)
    _require_valid(session, registratienummer, values, today, figures)
    bevoegdheid = Bevoegdheid(leraar=registratienummer, verificatie=Verificatie.NIET_GEVERIFIEERD.value, **values)
    session.add(bevoegdheid)
    session.flush()
    return bevoegdheid


def change_bevoegdheid(
    session: Session, bevoegdheid: Bevoegdheid, changes: dict[str, Any], *, today: date, figures: Figures
) -> None:
    """Change what is given. What was verified is open again once its soort, vak or date changes."""
    if not changes:
        raise Invalid([FieldError("body", "", "niets-te-wijzigen", "Geef minstens één veld dat u wilt wijzigen.")])
    values = {name: getattr(bevoegdheid, name) for name in FIELDS} | changes
    values = rules.complete(values, figures.geschiktheidsverklaring_jaren)
    _require_valid(session, bevoegdheid.leraar, values, today, figures)
    if any(getattr(bevoegdheid, name) != values[name] for name in ("soort", "vak", "behaald_op", "instelling")):
        _reopen(bevoegdheid)
    for name, value in values.items():
        setattr(bevoegdheid, name, value)
    session.flush()


def verify_bevoegdheid(
    session: Session, bevoegdheid: Bevoegdheid, outcome: dict[str, str], *, by: str, on: date
) -> None:
    """Record that somebody compared the bevoegdheid with its source: by whom, when, against what."""
    bevoegdheid.verificatie = outcome["verificatie"]
    bevoegdheid.geverifieerd_door, bevoegdheid.geverifieerd_op = by, on
    bevoegdheid.geverifieerd_tegen = outcome["tegen"]
    session.flush()


def withdraw_bevoegdheid(session: Session, bevoegdheid: Bevoegdheid) -> None:
    """Take back a bevoegdheid that was entered by mistake; the history keeps it."""
    session.delete(bevoegdheid)
    session.flush()


def bevoegdheid_to_change(session: Session, registratienummer: str, identifier: str) -> Bevoegdheid:
    """Lock a bevoegdheid of a leraar that the caller sees. Raises NotFound."""
    query = select(Bevoegdheid).where(Bevoegdheid.id == identifier, Bevoegdheid.leraar == registratienummer)
    bevoegdheid = session.scalars(query.with_for_update()).one_or_none()
    if bevoegdheid is None:
        raise NotFound
    return bevoegdheid


def _require_valid(
    session: Session, registratienummer: str, values: dict[str, Any], today: date, figures: Figures
) -> None:
    born = session.scalars(select(Leraar.geboortedatum).where(Leraar.registratienummer == registratienummer)).one()
    errors = rules.check(
        values,
        vakken=VAKKEN,
        geboortedatum=born,
        today=today,
        lowest_age=figures.leeftijd_minimaal,
        years_of_geschiktheid=figures.geschiktheidsverklaring_jaren,
    )
    if errors:
        raise Invalid(errors)


def _reopen(bevoegdheid: Bevoegdheid) -> None:
    bevoegdheid.verificatie = Verificatie.NIET_GEVERIFIEERD.value
    bevoegdheid.geverifieerd_door = bevoegdheid.geverifieerd_op = bevoegdheid.geverifieerd_tegen = None
