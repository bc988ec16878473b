"""Judging activiteiten: one, or the whole work of a day (domain.md, Professionaliseringsactiviteit).

Which of them the validator who calls may judge is up to row-level security; of two who judge at once the second finds it gone.
"""

from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from register_service.core.db import run_in
from register_service.core.errors import Conflict, Forbidden, Invalid, NotFound
from register_service.professionalisering import rules
from register_service.professionalisering.models import Activiteit, Status
from register_service.professionalisering.queries_beoordelingen import OFFERED
from register_service.professionalisering.service.activiteiten import FIELDS, count_bewijsstukken

_DECIDE = """
update activiteit a
set status = d.besluit, beoordeeld_op = %(today)s, beoordeeld_door = current_setting('register.leraar'), afwijzing = d.reden
from unnest(%(ids)s::uuid[], %(besluiten)s::text[], %(redenen)s::text[]) d (id, besluit, reden)
where a.id = d.id
"""


def hold(session: Session, identifier: str) -> Activiteit:
    """Hold an activiteit that is offered to the validator who calls, or was decided on by that one.

    Raises NotFound; Conflict when the validator's own dossier is merged at this moment.
    """
    held = _hold(session, [identifier])
    if not held:
        raise NotFound
    return held[0]


def approve(session: Session, activiteit: Activiteit, *, today: date) -> None:
    """Approve what was submitted: from this day it counts. Raises Conflict."""
    _require_submitted(activiteit)
    values = {name: getattr(activiteit, name) for name in FIELDS}
    if rules.check_bewijs(values, bewijsstukken=count_bewijsstukken(session, activiteit)):
        code, detail = rules.CONSTRAINTS["activiteit_zelfstudie_bewijs"]
        raise Conflict(detail, code=code)
    _decide(session, activiteit, Status.GOEDGEKEURD, today=today)


def reject(session: Session, activiteit: Activiteit, reden: str, *, today: date) -> None:
    """Reject what was submitted, and say why. Raises Conflict."""
    _require_submitted(activiteit)
    _decide(session, activiteit, Status.AFGEWEZEN, today=today, afwijzing=reden)


def revise(session: Session, activiteit: Activiteit) -> None:
    """Take the own decision back: it is to be judged again. Raises Conflict."""
    if activiteit.status not in (Status.GOEDGEKEURD, Status.AFGEWEZEN):
        raise Conflict("Over deze activiteit is geen besluit om op terug te komen.", code="geen-besluit")
    free = func.mag_beoordelen(activiteit.leraar, activiteit.bestuur, activiteit.begindatum)
    if not session.scalars(select(free)).one():
        detail = "U werkte intussen bij een bestuur waar de leraar ook werkte; een ander moet erover gaan. Vraag de beheerder."
        raise Conflict(detail, code="niet-meer-onafhankelijk")
    activiteit.status = Status.INGEDIEND.value
    activiteit.beoordeeld_op = activiteit.beoordeeld_door = activiteit.afwijzing = None
    session.flush()


def decide(session: Session, decisions: list[dict[str, Any]], *, today: date) -> dict[str, int]:
    """Record all decisions, or none. Raises Invalid, or Conflict with every decision that cannot be. Gives how many of each."""
    errors = rules.check_beslissingen(decisions)
    if errors:
        raise Invalid(errors)
    ids = [decision["id"] for decision in decisions]
    _hold(session, ids)
    # A statement of its own: what the one above waited for shows now.
    (rows,) = run_in(session, (OFFERED, {"ids": ids}))
    conflicts = rules.check_offered(decisions, dict(rows))
    if conflicts:
        detail = "Er is niets vastgelegd: 'errors' noemt elk besluit dat niet kan. Laat die weg of pas ze aan."
        raise Conflict(detail, code="beslissingen-geweigerd", errors=conflicts)
    besluiten = [decision["besluit"] for decision in decisions]
    redenen = [decision.get("reden") for decision in decisions]
    run_in(session, (_DECIDE, {"today": today, "ids": ids, "besluiten": besluiten, "redenen": redenen}))
    return {status: besluiten.count(status) for status in (Status.GOEDGEKEURD.value, Status.AFGEWEZEN.value)}


def require_validator(role: str) -> None:
    """Refuse everybody but a validator. Raises Forbidden."""
    if role != "validator":
        raise Forbidden("Beoordelen kan alleen een validator.")


_HOLD_ONESELF = """
select houd_eigen_dossier(current_setting('register.leraar', true), false) = current_setting('register.leraar', true)
"""


def _hold(session: Session, ids: Collection[str]) -> list[Activiteit]:
    # Nobody judges himself, by way of a merge neither: the own dossier is held first.
    if not session.scalars(text(_HOLD_ONESELF)).one():
        raise Conflict(
            "Uw eigen dossier is zojuist samengevoegd. Probeer het opnieuw.", code="eigen-dossier-samengevoegd"
        )
    # In one order, so that of two who decide on the same ones none waits for the other.
    query = select(Activiteit).where(Activiteit.id.in_(ids)).order_by(Activiteit.id)
    return list(session.scalars(query.with_for_update()))


def _decide(
    session: Session, activiteit: Activiteit, status: Status, *, today: date, afwijzing: str | None = None
) -> None:
    # PostgreSQL tells who calls, after a merge too.
    validator = session.scalars(select(func.current_setting("register.leraar"))).one()
    activiteit.status, activiteit.afwijzing = status.value, afwijzing
    activiteit.beoordeeld_op, activiteit.beoordeeld_door = today, validator
    session.flush()


def _require_submitted(activiteit: Activiteit) -> None:
    if activiteit.status != Status.INGEDIEND:
        raise Conflict(
            "Over deze activiteit hebt u al besloten; kom daar eerst op terug (_herzien).", code="al-besloten"
        )
