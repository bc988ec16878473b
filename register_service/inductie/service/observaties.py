"""Observaties, and what was seen: that it happened is recorded, the scores are the leraar's own (domain.md, Observatie)."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from register_service.core.errors import FieldError, Invalid, NotFound
from register_service.inductie.models import Observatie, Observatiescore
from register_service.inductie.schemas_scores import MOST_SCORES
from register_service.inductie.service import people


def require_somebody_else(session: Session, fact: Observatie) -> None:
    """Refuse nobody at all, two at once, a number that nobody has, and the leraar himself. Raises Invalid with all of them."""
    errors = people.require_one(fact, "observator", "observator_naam", "observator-een-van-beide")
    errors += people.follow_number(session, fact, "observator")
    errors += people.require_not_self(
        session, fact, "observator", "observator_naam", "observator-is-leraar-zelf", "observator"
    )
    if errors:
        raise Invalid(errors)


def keep_scores(session: Session, traject: str, observatie: str, values: dict[str, Any]) -> Observatiescore:
    """Keep what the leraar says was seen. Raises NotFound; PostgreSQL refuses a second time."""
    seen = session.scalars(
        select(Observatie).where(Observatie.id == observatie, Observatie.traject == traject)
    ).one_or_none()
    if seen is None:
        raise NotFound
    kept = Observatiescore(
        traject=seen.traject, leraar=seen.leraar, observatie=seen.id, scores=values["scores"],
        toelichting=values.get("toelichting"), gedeeld=values.get("gedeeld", False),
    )  # fmt: skip
    session.add(kept)
    session.flush()
    return kept


def scores_to_change(session: Session, traject: str, observatie: str) -> Observatiescore:
    """Hold the scores of an observatie of the leraar who asks. Raises NotFound."""
    query = select(Observatiescore).where(Observatiescore.observatie == observatie, Observatiescore.traject == traject)
    kept = session.scalars(query.with_for_update()).one_or_none()
    if kept is None:
        raise NotFound
    return kept


def change_scores(session: Session, kept: Observatiescore, changes: dict[str, Any]) -> None:
    """Change what is given; null takes a name away. Raises Invalid."""
    if not changes:
        raise Invalid([FieldError("body", "", "niets-te-wijzigen", "Geef minstens één veld dat u wilt wijzigen.")])
    if "scores" in changes:
        merged = {**kept.scores, **changes["scores"]}
        kept.scores = {name: score for name, score in merged.items() if score is not None}
        if len(kept.scores) > MOST_SCORES:
            detail = f"Bewaar hoogstens {MOST_SCORES} onderdelen."
            raise Invalid([FieldError("body", "/scores", "te-lang", detail)])
    if "toelichting" in changes:
        kept.toelichting = changes["toelichting"]
    session.flush()


def share_scores(session: Session, kept: Observatiescore, *, shared: bool) -> None:
    """Let the bestuur of the observatie read the scores, or no longer: then it is closed in the past as well."""
    kept.gedeeld = shared
    session.flush()


def withdraw_scores(session: Session, kept: Observatiescore) -> None:
    """Take the scores away; the history that only the leraar reads keeps them."""
    session.delete(kept)
    session.flush()
