"""The course of trajecten made anew, when something that they depend on changed elsewhere: an aanstelling, or the dossier.

All trajecten of a leraar, also those that ended: a fact that comes late gives what it would have given on time.
"""

from collections.abc import Callable

from sqlalchemy import select
from sqlalchemy.orm import Session

from register_service.inductie.models import Inductietraject
from register_service.inductie.rules.course import course_of
from register_service.inductie.service import saving
from register_service.inductie.service.saving import Raw


def hold_of(session: Session, leraar: str) -> list[Inductietraject]:
    """Hold the rows of all trajecten of a leraar that the caller may change, oldest first: one takes over from the one before."""
    query = select(Inductietraject).where(Inductietraject.leraar == leraar)
    return list(session.scalars(query.order_by(Inductietraject.startdatum, Inductietraject.id).with_for_update()).all())


def recompute(session: Session, traject: Inductietraject, change: Callable[[Raw], Raw] | None = None) -> bool:
    """Make the course of a traject that is held anew, flush, and tell whether it differs; `change` alters the facts first."""
    raw = saving.read_raw(session, traject.id, traject.leraar)
    verloop = course_of(saving.as_facts(change(raw) if change else raw)).as_json()
    if verloop == traject.verloop:
        return False
    traject.verloop = verloop
    session.flush()
    return True


def recompute_of(session: Session, leraar: str, change: Callable[[Raw], Raw] | None = None) -> None:
    """Do so for all trajecten of a leraar: one statement when there are none."""
    for traject in hold_of(session, leraar):
        recompute(session, traject, change)
