"""Every write of a traject ends here: all facts are read, the rules look at them as they will be, and the course is stored.

Who writes holds the row of the traject, so that writes of one traject come one after the other.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from register_service.core import clock
from register_service.core.db import run_in
from register_service.core.errors import Conflict, FieldError, Invalid, NotFound
from register_service.inductie.models import Inductietraject
from register_service.inductie.rules.checks import Violation, violations
from register_service.inductie.rules.course import Course, course_of
from register_service.inductie.rules.facts import Facts, read_facts
from register_service.inductie.rules.standing import credited_on

_FACTS = "select feiten from inductiefeiten where traject = %(traject)s::uuid"
_SURROUNDINGS = "select omgeving from inductieomgeving where leraar = %(leraar)s"

# The facts of a traject as JSON, of everybody, before rules.facts reads them.
Raw = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Held:
    """A traject whose row is held, and all its facts."""

    traject: Inductietraject
    raw: Raw

    @property
    def stays(self) -> list[dict[str, Any]]:
        """Give the verblijven of everybody, in order of time."""
        return sorted(self.raw["verblijven"], key=lambda stay: str(stay["begindatum"]))

    @property
    def ended(self) -> bool:
        """Tell whether it has been afgerond or gestopt, or never was to be done."""
        traject = self.traject
        return bool(traject.afgerond_op or traject.gestopt_op or traject.vrijstelling_grond)


def hold(session: Session, identifier: str | UUID) -> Held:
    """Hold a traject that the caller may change, and read its facts. Raises NotFound."""
    query = select(Inductietraject).where(Inductietraject.id == identifier).with_for_update()
    traject = session.scalars(query).one_or_none()
    if traject is None:
        raise NotFound
    return Held(traject, read_raw(session, traject.id, traject.leraar))


def read_raw(session: Session, traject: UUID, leraar: str) -> Raw:
    """Read all facts of a traject, of whatever bestuur. Raises NotFound when the caller does not see the dossier now."""
    facts, surroundings = run_in(session, (_FACTS, {"traject": str(traject)}), (_SURROUNDINGS, {"leraar": leraar}))
    if not facts or not surroundings:
        raise NotFound
    return {**facts[0][0], **surroundings[0][0]}


def surroundings(session: Session, leraar: str) -> Raw:
    """Read what the rules need to know of a leraar besides a traject: aanstellingen and bevoegdheden."""
    (rows,) = run_in(session, (_SURROUNDINGS, {"leraar": leraar}))
    if not rows:
        raise NotFound
    return dict(rows[0][0])


def as_facts(raw: Mapping[str, Any]) -> Facts:
    """Make the facts that the rules work with; what an earlier traject earned comes from that one's own course."""
    earlier = raw.get("eerder")
    return read_facts({**raw, "eerderDagen": credit_of(earlier) if earlier else 0})


def credit_of(earlier: Mapping[str, Any]) -> int:
    """Give the credited days of a traject that stopped: what a new one takes over (domain.md, Start)."""
    course = Course.from_json(earlier["verloop"])
    return course.eerder_dagen + credited_on(course, date.fromisoformat(str(earlier["gestoptOp"])))


def save(session: Session, held: Held, changed: Raw, *, written: str | UUID | None = None) -> None:
    """Check the facts as they will be, store the course, flush. Raises Invalid with everything the change would break.

    `written` is the id of the fact that the caller wrote: errors about it point into the body.
    """
    traject = held.traject
    facts = as_facts(changed)
    refuse(as_facts(held.raw), facts, written=str(written) if written else None)
    traject.verloop = course_of(facts).as_json()
    session.flush()
    for follower in session.scalars(select(Inductietraject).where(Inductietraject.vervolg_op == traject.id)):
        _recompute(session, follower)


def _recompute(session: Session, traject: Inductietraject) -> None:
    traject.verloop = course_of(as_facts(read_raw(session, traject.id, traject.leraar))).as_json()
    session.flush()


def refuse(before: Facts | None, after: Facts, *, written: str | None = None) -> None:
    """Raise Invalid with every rule that holds before a change and would not hold after it, all at once."""
    today = clock.today()
    known = set(violations(before, today)) if before is not None else set()
    found = [violation for violation in violations(after, today) if violation not in known]
    if found:
        raise Invalid([_as_error(violation, written) for violation in found])


# Where a field of the rules has another name in the body.
_IN_BODY = {("afronding", "datum"): "afgerondOp"}


def _as_error(violation: Violation, written: str | None) -> FieldError:
    mine = violation.id is None or violation.id == written
    field = _IN_BODY.get((violation.kind, violation.field or ""), violation.field)
    location = f"/{field}" if field and mine else ""
    return FieldError("body", location, violation.code, violation.detail)


def require_stay(held: Held, bestuur: str | None) -> None:
    """Refuse a bestuur with which the leraar never was in this traject; the beheerder may write for any."""
    if bestuur is not None and all(stay["bestuur"] != bestuur for stay in held.stays):
        raise Conflict(
            "De leraar heeft in dit traject geen verblijf bij uw bestuur. Neem het traject eerst over.",
            code="geen-verblijf-bij-uw-bestuur",
        )


def without(facts: Sequence[dict[str, Any]], identifier: str | UUID) -> list[dict[str, Any]]:
    """Give the facts of one kind but one."""
    return [fact for fact in facts if str(fact["id"]) != str(identifier)]


def replaced(raw: Raw, kind: str, fact: dict[str, Any]) -> Raw:
    """Give all facts with one added, or in the place of the one with the same id."""
    return {**raw, kind: [*without(raw[kind], fact["id"]), fact]}


Change = Callable[[Raw], Raw]
