"""Starting a traject, being exempt from one, and taking back what was entered by mistake (domain.md, Start)."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from register_service.core.db import run_in
from register_service.core.errors import Conflict, FieldError, Invalid
from register_service.core.ids import new_id
from register_service.inductie.models import (
    FACTS,
    Inductieperiode,
    Inductietraject,
    Observatiescore,
    OvernameInstemming,
)
from register_service.inductie.rules.course import course_of
from register_service.inductie.service import begeleiders, saving
from register_service.inductie.service.places import require_place
from register_service.inductie.service.saving import Held, Raw

_REGELING = """
select id, waarden from regeling
where sector = %(sector)s and %(day)s::date between geldig_vanaf and coalesce(geldig_tot, 'infinity')
"""
_NO_FACTS: Raw = {
    kind: [] for kind in ("onderbrekingen", "verlengingen", "programmas", "begeleidingen", "gesprekken", "observaties")
}


def start_traject(
    session: Session, registratienummer: str, values: dict[str, Any], *, bestuur: str | None
) -> Inductietraject:
    """Start a traject at a vestiging, with its first stay. Raises Invalid with every rule it breaks, or Conflict."""
    place = require_place(session, values["vestiging"], bestuur)
    earlier = _require_none_open(session, registratienummer)
    regeling, norms = regeling_on(session, place.sector, values["startdatum"])
    traject = Inductietraject(
        id=new_id(), leraar=registratienummer, sector=place.sector, startdatum=values["startdatum"], regeling=regeling,
        vervolg_op=earlier.id if earlier else None,
    )  # fmt: skip
    stay = Inductieperiode(
        id=new_id(), traject=traject.id, leraar=registratienummer, bestuur=place.bestuur, vestiging=values["vestiging"],
        begindatum=values["startdatum"], leidinggevende=values.get("leidinggevende"),
        leidinggevende_naam=values.get("leidinggevende_naam"),
    )  # fmt: skip
    begeleiders.require_known_manager(session, stay)
    raw = _facts_at_start(session, traject, norms, earlier) | {"verblijven": [stay_fact(stay)]}
    facts = saving.as_facts(raw)
    saving.refuse(None, facts, written=str(stay.id))
    traject.verloop = course_of(facts).as_json()
    session.add(traject)
    session.flush()
    session.add(stay)
    session.flush()
    return traject


def exempt(session: Session, registratienummer: str, values: dict[str, Any], *, bestuur: str | None) -> Inductietraject:
    """Note that a leraar need not do an inductie. Raises Invalid, or Conflict when there is a traject."""
    place = require_place(session, values["vestiging"], bestuur)
    _require_none_open(session, registratienummer)
    regeling, norms = regeling_on(session, place.sector, values["startdatum"])
    traject = Inductietraject(
        id=new_id(), leraar=registratienummer, sector=place.sector, startdatum=values["startdatum"], regeling=regeling,
        vrijstelling_grond=values["vrijstelling_grond"], vrijstelling_motivering=values.get("vrijstelling_motivering"),
    )  # fmt: skip
    raw = _facts_at_start(session, traject, norms, None) | {"vrijgesteld": True, "verblijven": []}
    facts = saving.as_facts(raw)
    saving.refuse(None, facts)
    traject.verloop = course_of(facts).as_json()
    session.add(traject)
    session.flush()
    return traject


def withdraw(session: Session, held: Held, *, bestuur: str | None) -> None:
    """Take back a traject that was entered by mistake, with all its facts; the history keeps them. Raises Conflict.

    What is of the leraar is not for whoever withdraws to find: scores stay, an agreement goes along by itself.
    """
    traject = held.traject
    if bestuur is not None and any(stay["bestuur"] != bestuur for stay in held.stays):
        raise Conflict(
            "In dit traject staat ook wat een ander bestuur vastlegde. Stop het traject, of vraag de beheerder.",
            code="feiten-van-ander-bestuur",
        )
    if session.scalars(select(Inductietraject.id).where(Inductietraject.vervolg_op == traject.id)).first():
        raise _has_follower()
    for kind in FACTS:
        if kind in (Observatiescore, OvernameInstemming):
            continue
        for fact in session.scalars(select(kind).where(kind.traject == traject.id)):
            session.delete(fact)
    session.flush()
    session.delete(traject)
    session.flush()


def regeling_on(session: Session, sector: str, day: date) -> tuple[UUID, dict[str, Any]]:
    """Give the regeling of a sector that holds on a day: its id and its figures. Raises Invalid when there is none."""
    (rows,) = run_in(session, (_REGELING, {"sector": sector, "day": day}))
    if not rows:
        detail = f"Voor sector {sector} geldt op deze dag geen regeling. Kijk de datum na, of vraag de beheerder."
        raise Invalid([FieldError("body", "/startdatum", "regeling-ontbreekt", detail)])
    return rows[0]


def stay_fact(stay: Inductieperiode) -> dict[str, Any]:
    """Give a stay as the rules know it."""
    return {
        "id": str(stay.id), "bestuur": stay.bestuur, "vestiging": stay.vestiging,
        "begindatum": stay.begindatum.isoformat(), "einddatum": stay.einddatum.isoformat() if stay.einddatum else None,
    }  # fmt: skip


def _facts_at_start(
    session: Session, traject: Inductietraject, norms: dict[str, Any], earlier: Inductietraject | None
) -> Raw:
    stopped = earlier.gestopt_op if earlier else None
    return {
        **_NO_FACTS,
        **saving.surroundings(session, traject.leraar),
        "startdatum": traject.startdatum.isoformat(),
        "norms": norms,
        "vrijgesteld": False,
        "gestoptOp": None,
        "afronding": None,
        "eerder": {"verloop": earlier.verloop, "gestoptOp": stopped.isoformat()} if earlier and stopped else None,
    }


def _require_none_open(session: Session, registratienummer: str) -> Inductietraject | None:
    # Gives the traject whose credit a new one takes over: the last, if it stopped.
    query = select(Inductietraject).where(Inductietraject.leraar == registratienummer)
    trajecten = session.scalars(query.order_by(Inductietraject.startdatum, Inductietraject.id)).all()
    for traject in trajecten:
        _require_over(traject)
    last = trajecten[-1] if trajecten else None
    return last if last is not None and last.gestopt_op else None


def _require_over(traject: Inductietraject) -> None:
    if traject.resultaat == "behaald":
        raise Conflict("Deze leraar heeft de inductie al behaald; een nieuw traject kan niet.", code="inductie-behaald")
    if traject.vrijstelling_grond:
        raise Conflict(
            "Deze leraar is vrijgesteld van inductie. Trek de vrijstelling in als er toch een traject nodig is.",
            code="inductie-vrijgesteld",
        )
    if not traject.gestopt_op and not traject.resultaat:
        raise Conflict(
            "Deze leraar heeft al een traject dat loopt. Neem dat over, of laat het andere bestuur het stoppen.",
            code="inductie-bestaat",
        )


def _has_follower() -> Conflict:
    return Conflict(
        "Er is een later traject dat de opgebouwde tijd van dit traject overneemt. Trek eerst dat in.",
        code="vervolg-bestaat",
    )
