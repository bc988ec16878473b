"""Writes of aanstellingen: add, change, end, withdraw, and upsert by the HR system's own key. Nothing here commits."""

from dataclasses import replace
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from register_service.aanstellingen import following, rules
from register_service.aanstellingen.following import Change
from register_service.aanstellingen.models import Aanstelling
from register_service.core.db import run_in
from register_service.core.errors import Conflict, FieldError, Invalid, NotFound
from register_service.core.figures import Figures
from register_service.core.ids import new_id
from register_service.core.integrity import constraint_of

FIELDS = (
    "vestiging", "functie", "soort", "begindatum", "einddatum", "betrekkingsomvang", "personeelsnummer", "reden_einde",
)  # fmt: skip

_PLACE = "select bestuur, gesloten_op from vestiging where code = %(vestiging)s"
# Two requests with one key come one after the other, so that the second changes what the first made.
_LOCK_KEY = text("select pg_advisory_xact_lock(hashtextextended(:key, 0))")


def add_aanstelling(
    session: Session, registratienummer: str, values: dict[str, Any], *, bestuur: str | None, figures: Figures
) -> Aanstelling:
    """Add an aanstelling to a leraar whose row is held. Raises Invalid; PostgreSQL refuses an overlap or a used key."""
    row = new_aanstelling(session, registratienummer, values, bestuur=bestuur, figures=figures)
    following.tell(session, registratienummer, Change(None, row))
    aanstelling = Aanstelling(**row)
    session.add(aanstelling)
    session.flush()
    return aanstelling


def new_aanstelling(
    session: Session, registratienummer: str, values: dict[str, Any], *, bestuur: str | None, figures: Figures
) -> dict[str, Any]:
    """Give the whole row of an aanstelling that may be added as far as the rules can tell. Raises Invalid."""
    employer = _require_valid(session, values, bestuur, figures)
    whole = {name: values.get(name) for name in FIELDS}
    return {"id": new_id(), "leraar": registratienummer, "bestuur": employer, **whole}


def change_aanstelling(
    session: Session, aanstelling: Aanstelling, changes: dict[str, Any], *, bestuur: str | None, figures: Figures
) -> None:
    """Change what is given. Raises Invalid."""
    if not changes:
        raise Invalid([FieldError("body", "", "niets-te-wijzigen", "Geef minstens één veld dat u wilt wijzigen.")])
    before = {name: getattr(aanstelling, name) for name in FIELDS}
    values = before | changes
    employer = _require_valid(session, values, bestuur, figures, before=aanstelling)
    if values != before:
        following.tell(session, aanstelling.leraar, Change(before, values))
    aanstelling.bestuur = employer
    for name, value in values.items():
        setattr(aanstelling, name, value)
    session.flush()


def upsert_aanstelling(
    session: Session, registratienummer: str, values: dict[str, Any], *, bestuur: str, figures: Figures
) -> tuple[Aanstelling, bool]:
    """Write by the HR system's own key (bestuur, personeelsnummer, begindatum); give the row and whether it is new.

    What is not given becomes empty: the HR system sends the whole aanstelling. Raises Conflict when the key belongs to
    another leraar's aanstelling.
    """
    key = (bestuur, values["personeelsnummer"], values["begindatum"])
    session.execute(_LOCK_KEY, {"key": "|".join(map(str, key))})
    query = select(Aanstelling).where(
        Aanstelling.bestuur == bestuur,
        Aanstelling.personeelsnummer == values["personeelsnummer"],
        Aanstelling.begindatum == values["begindatum"],
    )
    found = session.scalars(query.with_for_update()).one_or_none()
    if found is None:
        return _add_by_key(session, registratienummer, values, bestuur, figures), True
    if found.leraar != registratienummer:
        raise _of_another()
    whole = {name: values.get(name) for name in FIELDS}
    change_aanstelling(session, found, whole, bestuur=bestuur, figures=figures)
    return found, False


def _add_by_key(
    session: Session, registratienummer: str, values: dict[str, Any], bestuur: str, figures: Figures
) -> Aanstelling:
    try:
        return add_aanstelling(session, registratienummer, values, bestuur=bestuur, figures=figures)
    except IntegrityError as error:
        # The key is in use where the bestuur no longer looks: with a leraar who left long ago.
        if constraint_of(error) == "aanstelling_hr_sleutel_key":
            raise _of_another() from error
        raise


def _of_another() -> Conflict:
    return Conflict(
        "Dit personeelsnummer hoort bij uw bestuur op deze begindatum bij een andere leraar. "
        "Kijk het personeelsnummer en het registratienummer na.",
        code="personeelsnummer-van-andere-leraar",
    )


def withdraw_aanstelling(session: Session, aanstelling: Aanstelling) -> None:
    """Take back an aanstelling that was entered by mistake; the history keeps it."""
    following.tell(session, aanstelling.leraar, Change({name: getattr(aanstelling, name) for name in FIELDS}, None))
    session.delete(aanstelling)
    session.flush()


def aanstelling_to_change(session: Session, registratienummer: str, identifier: str) -> Aanstelling:
    """Lock an aanstelling that the caller sees. Raises NotFound."""
    query = select(Aanstelling).where(Aanstelling.id == identifier, Aanstelling.leraar == registratienummer)
    aanstelling = session.scalars(query.with_for_update()).one_or_none()
    if aanstelling is None:
        raise NotFound
    return aanstelling


def _require_valid(
    session: Session,
    values: dict[str, Any],
    bestuur: str | None,
    figures: Figures,
    before: Aanstelling | None = None,
) -> str:
    # Gives the employer: the caller's bestuur, or for the keeper the one that governs the vestiging. Who stays at a vestiging
    # stays with the employer, also when the vestiging has gone to another bestuur since.
    (rows,) = run_in(session, (_PLACE, {"vestiging": values["vestiging"]}))
    place = rules.Place(*rows[0]) if rows else None
    if place is not None and before is not None and before.vestiging == values["vestiging"]:
        place = replace(place, bestuur=before.bestuur)
    errors = rules.check(values, place=place, bestuur=bestuur, highest=figures.betrekkingsomvang_maximaal)
    if errors:
        raise Invalid(errors)
    assert place is not None and place.bestuur is not None
    return place.bestuur
