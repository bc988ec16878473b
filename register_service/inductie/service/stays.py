"""Where a starter is: moving to another vestiging, a takeover by another bestuur, corrections of both (domain.md, Periodes)."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from register_service.core import clock
from register_service.core.errors import Conflict, FieldError, Invalid, NotFound
from register_service.core.ids import new_id
from register_service.inductie.models import Inductieperiode, OvernameInstemming
from register_service.inductie.service import begeleiders, saving
from register_service.inductie.service.places import Place, require_place
from register_service.inductie.service.saving import Held, Raw, replaced
from register_service.inductie.service.starting import regeling_on, stay_fact

_CLOSE = text("select inductie_afsluiten(:traject, :day)")


def move(session: Session, held: Held, values: dict[str, Any], *, bestuur: str | None) -> None:
    """Go on at another vestiging of the same bestuur from a day on; the open stay ends the day before.

    Raises Conflict, or Invalid with every rule it breaks.
    """
    last = require_open(held)
    if bestuur is not None and last["bestuur"] != bestuur:
        raise Conflict(
            "De leraar is nu bij een ander bestuur. Gebruik '_overnemen' om het traject over te nemen.",
            code="verblijf-bij-ander-bestuur",
        )
    place = require_place(session, values["vestiging"], bestuur or last["bestuur"])
    raw = _close(session, held, last, values["vanaf"])
    _go_on(session, held, raw, place, values)


def take_over(session: Session, held: Held, values: dict[str, Any], *, bestuur: str) -> None:
    """Go on at another bestuur from a day on, once the first closed its stay or the leraar agrees (domain.md, Periodes).

    Raises Conflict, or Invalid with every rule it breaks.
    """
    last = require_open(held)
    if last["bestuur"] == bestuur:
        raise Conflict(
            "De leraar is al bij uw bestuur. Gebruik '_verplaats' voor een andere vestiging.",
            code="verblijf-al-bij-uw-bestuur",
        )
    place = require_place(session, values["vestiging"], bestuur)
    _require_after_begin(last, values["vanaf"])
    day = values["vanaf"] - timedelta(days=1)
    if _lasts_beyond(last, day) and not _agreed(session, held.traject.id, bestuur):
        raise Conflict(
            "Het vorige bestuur heeft zijn verblijf nog niet afgesloten. Laat dat het doen, of laat de leraar instemmen.",
            code="overname-zonder-instemming",
        )
    session.flush()
    session.execute(_CLOSE, {"traject": held.traject.id, "day": day})
    raw = saving.read_raw(session, held.traject.id, held.traject.leraar)
    _go_on(session, held, raw, place, values)


def correct_start(session: Session, held: Held, day: date, *, bestuur: str | None) -> None:
    """Correct a wrong startdatum: the first stay begins there too, and the regeling of that day holds.

    Raises Conflict, or Invalid with every rule the correction would break.
    """
    traject, raw = held.traject, {**held.raw, "startdatum": day.isoformat()}
    traject.startdatum = day
    traject.regeling, raw["norms"] = regeling_on(session, traject.sector, day)
    if held.stays:
        first = stay_to_change(session, held, held.stays[0]["id"], bestuur=bestuur)
        first.begindatum = day
        raw = replaced(raw, "verblijven", stay_fact(first))
    saving.save(session, held, raw)


def change_stay(
    session: Session, held: Held, stay: Inductieperiode, changes: dict[str, Any], *, bestuur: str | None
) -> None:
    """Correct a stay: its vestiging, its days, who is in charge there. Raises Invalid with everything it would break."""
    if not changes:
        raise Invalid([FieldError("body", "", "niets-te-wijzigen", "Geef minstens één veld dat u wilt wijzigen.")])
    if changes.get("vestiging", stay.vestiging) != stay.vestiging:
        require_place(session, changes["vestiging"], bestuur or stay.bestuur)
    for name, value in changes.items():
        setattr(stay, name, value)
    begeleiders.require_known_manager(session, stay)
    if "einddatum" in changes:
        stay.gesloten_met_traject = False
    raw = replaced(held.raw, "verblijven", stay_fact(stay))
    if str(stay.id) == str(held.stays[0]["id"]):
        held.traject.startdatum = stay.begindatum
        held.traject.regeling, raw["norms"] = regeling_on(session, held.traject.sector, stay.begindatum)
        raw["startdatum"] = stay.begindatum.isoformat()
    saving.save(session, held, raw, written=stay.id)
    begeleiders.refuse_managers(session, held, periode=stay.id)


def withdraw_stay(session: Session, held: Held, stay: Inductieperiode) -> None:
    """Take back a stay that was entered by mistake. Raises Conflict for the first, without which there is no traject."""
    if str(stay.id) == str(held.stays[0]["id"]):
        raise Conflict(
            "Het eerste verblijf hoort bij de start. Corrigeer het, of trek het hele traject in.",
            code="eerste-verblijf",
        )
    session.delete(stay)
    saving.save(session, held, {**held.raw, "verblijven": saving.without(held.raw["verblijven"], stay.id)})


def stay_to_change(session: Session, held: Held, identifier: str | UUID, *, bestuur: str | None) -> Inductieperiode:
    """Hold a stay of the caller's own bestuur. Raises NotFound; Conflict when it is there but another bestuur's."""
    query = select(Inductieperiode).where(Inductieperiode.id == identifier, Inductieperiode.traject == held.traject.id)
    stay = session.scalars(query.with_for_update()).one_or_none()
    if stay is not None:
        return stay
    if bestuur is not None and any(str(one["id"]) == str(identifier) for one in held.stays):
        raise Conflict(
            "Dit verblijf is vastgelegd door een ander bestuur. Vraag dat bestuur, of de beheerder, het te corrigeren.",
            code="verblijf-van-ander-bestuur",
        )
    raise NotFound


def require_open(held: Held) -> dict[str, Any]:
    """Give the last stay of a traject that has not ended. Raises Conflict."""
    if held.ended or not held.stays:
        raise Conflict(
            "Dit traject is al afgesloten. Heropen het eerst als het toch verder gaat.", code="traject-afgesloten"
        )
    return held.stays[-1]


def _close(session: Session, held: Held, last: dict[str, Any], first_day: date) -> Raw:
    _require_after_begin(last, first_day)
    stay = stay_to_change(session, held, last["id"], bestuur=None)
    if stay.einddatum is None or stay.einddatum >= first_day:
        stay.einddatum = first_day - timedelta(days=1)
    return replaced(held.raw, "verblijven", stay_fact(stay))


def _go_on(session: Session, held: Held, raw: Raw, place: Place, values: dict[str, Any]) -> None:
    # The ended stay first: the new one may begin the day after, and PostgreSQL looks at each row as it comes.
    session.flush()
    stay = Inductieperiode(
        id=new_id(), traject=held.traject.id, leraar=held.traject.leraar, bestuur=place.bestuur,
        vestiging=values["vestiging"], begindatum=values["vanaf"], leidinggevende=values.get("leidinggevende"),
        leidinggevende_naam=values.get("leidinggevende_naam"),
    )  # fmt: skip
    begeleiders.require_known_manager(session, stay)
    session.add(stay)
    saving.save(session, held, replaced(raw, "verblijven", stay_fact(stay)), written=stay.id)
    begeleiders.refuse_managers(session, held, periode=stay.id)


def _require_after_begin(last: dict[str, Any], first_day: date) -> None:
    if first_day.isoformat() <= str(last["begindatum"]):
        detail = f"Het huidige verblijf begint op {last['begindatum']}; kies een dag daarna, of corrigeer dat verblijf."
        raise Invalid([FieldError("body", "/vanaf", "overgang-voor-begin", detail)])


def _lasts_beyond(stay: dict[str, Any], day: date) -> bool:
    return stay["einddatum"] is None or str(stay["einddatum"]) > day.isoformat()


def _agreed(session: Session, traject: UUID, bestuur: str) -> bool:
    query = select(OvernameInstemming.id).where(
        OvernameInstemming.traject == traject, OvernameInstemming.bestuur == bestuur
    )
    return session.scalars(query).first() is not None


def agree(session: Session, traject: UUID, leraar: str, bestuur: str) -> None:
    """Note that the leraar agrees with a takeover by a bestuur; again changes nothing."""
    if not _agreed(session, traject, bestuur):
        session.add(OvernameInstemming(traject=traject, leraar=leraar, bestuur=bestuur, gegeven_op=clock.today()))
        session.flush()


def disagree(session: Session, traject: UUID, bestuur: str) -> None:
    """Take back that the leraar agrees with a takeover by a bestuur. Raises NotFound."""
    query = select(OvernameInstemming).where(
        OvernameInstemming.traject == traject, OvernameInstemming.bestuur == bestuur
    )
    agreement = session.scalars(query).one_or_none()
    if agreement is None:
        raise NotFound
    session.delete(agreement)
    session.flush()
