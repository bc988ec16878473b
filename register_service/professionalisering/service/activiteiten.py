"""What a leraar did: report it, change it, submit it, withdraw it, share it (domain.md, Professionaliseringsactiviteit)."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from register_service.aanbod.rules import GEBIEDEN, check_change
from register_service.core.errors import Conflict, FieldError, Forbidden, Invalid, NotFound
from register_service.professionalisering import rules
from register_service.professionalisering.models import Activiteit, Bewijsstuk, GemeldDoor, Status
from register_service.regelingen.queries import registratie_figures

FIELDS = (
    "soort", "titel", "aanbieder", "begindatum", "einddatum", "registeruren", *GEBIEDEN, "zelfstudie", "toets",
)  # fmt: skip


def report(
    session: Session, registratienummer: str, given: dict[str, Any], *, bestuur: str | None, today: date
) -> Activiteit:
    """Report an activiteit, as concept; without a `bestuur` by or for the leraar. Raises Invalid."""
    _require_valid(session, given, today)
    by = GemeldDoor.LERAAR if bestuur is None else GemeldDoor.BESTUUR
    activiteit = Activiteit(
        leraar=registratienummer, gemeld_door=by.value, bestuur=bestuur, status=Status.CONCEPT.value, **given
    )
    session.add(activiteit)
    session.flush()
    return activiteit


def change(session: Session, activiteit: Activiteit, changes: dict[str, Any], *, today: date) -> None:
    """Change what is given; what was rejected is concept again. Raises Conflict or Invalid."""
    require_status(activiteit, rules.OPEN, "Zij is te wijzigen als concept of na een afwijzing.")
    _require(check_change(changes))
    _require_valid(session, {name: getattr(activiteit, name) for name in FIELDS} | changes, today)
    for name, value in changes.items():
        setattr(activiteit, name, value)
    begin_again(session, activiteit)


def withdraw_draft(session: Session, activiteit: Activiteit) -> None:
    """Take back a concept that was reported by mistake, with its bewijsstukken; the history keeps it. Raises Conflict."""
    require_status(activiteit, {Status.CONCEPT}, "Alleen een concept is te verwijderen; trek haar anders in.")
    for bewijsstuk in session.scalars(select(Bewijsstuk).where(Bewijsstuk.activiteit == activiteit.id)):
        session.delete(bewijsstuk)
    session.flush()
    session.delete(activiteit)
    session.flush()


def submit(session: Session, activiteit: Activiteit, *, today: date) -> None:
    """Submit a concept to be judged. Raises Conflict with everything that stands in the way."""
    require_status(activiteit, {Status.CONCEPT}, "Alleen een concept is in te dienen.")
    values = {name: getattr(activiteit, name) for name in FIELDS}
    errors = rules.check_indienen(values, bewijsstukken=count_bewijsstukken(session, activiteit), today=today)
    if errors:
        detail = "De activiteit is nog niet in te dienen; 'errors' zegt wat er ontbreekt."
        raise Conflict(detail, code="nog-niet-in-te-dienen", errors=errors)
    activiteit.status, activiteit.ingediend_op = Status.INGEDIEND.value, today
    session.flush()


def retract(session: Session, activiteit: Activiteit) -> None:
    """Let the leraar withdraw an activiteit, whatever its status: it counts no longer. Raises Conflict."""
    if activiteit.status == Status.INGETROKKEN:
        raise Conflict("Deze activiteit is al ingetrokken.", code="al-ingetrokken")
    activiteit.status = Status.INGETROKKEN.value
    session.flush()


def reopen(session: Session, activiteit: Activiteit, *, role: str) -> None:
    """Make concept again what was rejected, or what a caller of this role withdrew. Raises Conflict.

    What came of aanbod is as it was again, when the leraar withdrew it; when somebody else did, it can be confirmed anew.
    """
    require_status(activiteit, rules.CLOSED, "Alleen wat is afgewezen of ingetrokken, is te heropenen.")
    if activiteit.status == Status.AFGEWEZEN:
        require_reporter(activiteit, role)
    elif role not in (activiteit.ingetrokken_door, "beheer"):
        raise _withdrawn_by_another()
    if activiteit.aanbod is None:
        begin_again(session, activiteit)
    elif activiteit.ingetrokken_door != "leraar":
        raise _withdrawn_by_another()
    else:
        activiteit.status = Status.GOEDGEKEURD.value
        session.flush()


def share(session: Session, activiteit: Activiteit, *, shared: bool) -> None:
    """Let employers that did not report it read an activiteit, or no longer: then it is closed in the past as well."""
    activiteit.gedeeld = shared
    session.flush()


def hold(session: Session, registratienummer: str, identifier: str) -> Activiteit:
    """Hold an activiteit that the caller may change. Raises NotFound; Conflict when it can be read only."""
    query = select(Activiteit).where(Activiteit.id == identifier, Activiteit.leraar == registratienummer)
    activiteit = session.scalars(query.with_for_update()).one_or_none()
    if activiteit is not None:
        return activiteit
    if session.scalars(query).one_or_none() is None:
        raise NotFound
    raise _reported_by_another()


def require_reporter(activiteit: Activiteit, role: str) -> None:
    """Refuse a leraar who would write in what somebody else reported. Raises Conflict."""
    if role == "leraar" and activiteit.gemeld_door != GemeldDoor.LERAAR:
        raise _reported_by_another()


def require_leraar_self(role: str) -> None:
    """Refuse everybody but the leraar. Raises Forbidden."""
    if role != "leraar":
        raise Forbidden("Dit kan alleen de leraar zelf.")


def count_bewijsstukken(session: Session, activiteit: Activiteit) -> int:
    """Count the bewijsstukken of an activiteit that is held."""
    query = select(func.count()).select_from(Bewijsstuk).where(Bewijsstuk.activiteit == activiteit.id)
    return session.scalars(query).one()


def _reported_by_another() -> Conflict:
    detail = "Deze activiteit is door een ander gemeld. Vraag die haar te wijzigen."
    return Conflict(detail, code="door-ander-gemeld")


def _withdrawn_by_another() -> Conflict:
    detail = "Een ander trok deze activiteit in. Alleen die kan haar heropenen, of de aanwezigheid opnieuw bevestigen."
    return Conflict(detail, code="door-ander-ingetrokken")


def begin_again(session: Session, activiteit: Activiteit) -> None:
    """Make it concept, with nothing of a judgement left but in its history."""
    activiteit.status = Status.CONCEPT.value
    activiteit.ingediend_op = activiteit.beoordeeld_op = None
    activiteit.beoordeeld_door = activiteit.afwijzing = None
    session.flush()


def require_status(activiteit: Activiteit, allowed: frozenset[str] | set[Status], otherwise: str) -> None:
    """Refuse what cannot be in this status; `otherwise` says in Dutch what can. Raises Conflict."""
    if activiteit.status not in allowed:
        raise Conflict(f"Deze activiteit is {activiteit.status}. {otherwise}", code="status-laat-dit-niet-toe")


def _require_valid(session: Session, values: dict[str, Any], today: date) -> None:
    figures = registratie_figures(session, today)
    _require(rules.check_activiteit(values, most=figures.activiteit_maximaal_uren))


def _require(errors: Sequence[FieldError]) -> None:
    if errors:
        raise Invalid(errors)
