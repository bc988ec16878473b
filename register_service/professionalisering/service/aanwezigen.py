"""Who was at aanbod (domain.md, Professionaliseringsactiviteit): confirmed, it counts at once; by mistake, it is withdrawn."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from register_service.aanbod.models import Aanbod, Beoordeling
from register_service.core.db import run_in
from register_service.core.errors import Conflict, Invalid, NotFound
from register_service.professionalisering import rules_aanwezigen as rules
from register_service.professionalisering.models import Activiteit, GemeldDoor, Status

# Holds the aanbod and whom it finds until the end of the transaction; see migrations/versions/0008_aanwezigheid.sql.
_FIND = "select plaats - 1, leraar from aanwezigen_vinden(%(id)s::uuid, %(nummers)s::text[], %(namen)s::text[])"
# In one order, so that two confirmations of the same people cannot wait for each other. Who was there already, or withdrew it, is
# left as it is: the index holds that, also when two requests race.
_ADD = """
insert into activiteit (leraar, gemeld_door, bestuur, aanbod, aanbieder, begindatum, einddatum, status, beoordeeld_op,
                        soort, titel, registeruren, vakinhoudelijk, vakdidactisch, pedagogisch, overig, zelfstudie, toets)
select l.leraar, %(gemeld_door)s, %(bestuur)s, o.id, a.naam, %(begindatum)s, %(einddatum)s, 'goedgekeurd', %(today)s,
       o.soort, o.titel, o.registeruren, o.vakinhoudelijk, o.vakdidactisch, o.pedagogisch, o.overig, o.zelfstudie, o.toets
from aanbod o join aanbieder a on a.id = o.aanbieder cross join unnest(%(leraren)s::text[]) l (leraar)
where o.id = %(id)s::uuid order by l.leraar
on conflict (aanbod, leraar, begindatum) where status <> 'ingetrokken' or ingetrokken_door = 'leraar' do nothing
returning leraar
"""


def find(session: Session, identifier: str, people: Sequence[Mapping[str, str]]) -> dict[int, str]:
    """Give, per place in a list, the dossier that a number and a name stand for; a place where either is wrong is left out."""
    numbers, names = ([person[name] for person in people] for name in ("registratienummer", "achternaam"))
    (rows,) = run_in(session, (_FIND, {"id": identifier, "nummers": numbers, "namen": names}))
    return {int(place): str(number) for place, number in rows}


def require_right(
    session: Session, identifier: str, given: Mapping[str, Any], found: Mapping[int, str], *, today: date
) -> None:
    """Check a confirmation, after `find`.

    Raises NotFound, Conflict for aanbod that is not validated, or Invalid with everything that is wrong.
    """
    aanbod = session.get(Aanbod, identifier)
    if aanbod is None:
        raise NotFound
    if aanbod.beoordeling != Beoordeling.GEVALIDEERD:
        detail = "Dit aanbod is niet gevalideerd, of daarna gewijzigd. Bevestig wie er was na een nieuwe beoordeling."
        raise Conflict(detail, code="aanbod-niet-gevalideerd")
    offered = {"geldig_vanaf": aanbod.geldig_vanaf, "geldig_tot": aanbod.geldig_tot}
    errors = [*rules.check_days(given, offered, today), *rules.check_people(given["aanwezigen"], found)]
    if errors:
        raise Invalid(errors, most=rules.MOST + len(errors))


def confirm(
    session: Session,
    identifier: str,
    given: Mapping[str, Any],
    leraren: Sequence[str],
    *,
    bestuur: str | None,
    today: date,
) -> dict[str, int]:
    """Add an approved activiteit for each of these leraren, with exactly the hours of the aanbod.

    Without `bestuur` it is its aanbieder that confirms. Gives how many were added, and how many were there already. All of it
    was checked with `require_right`.
    """
    wanted = sorted(set(leraren))
    values = {
        "id": identifier,
        "gemeld_door": (GemeldDoor.AANBIEDER if bestuur is None else GemeldDoor.BESTUUR).value,
        "bestuur": bestuur,
        "begindatum": given["begindatum"],
        "einddatum": given["einddatum"],
        "leraren": wanted,
        "today": today,
    }
    (added,) = run_in(session, (_ADD, values))
    return {"toegevoegd": len(added), "bestond": len(given["aanwezigen"]) - len(added)}


def hold(session: Session, identifier: str, activiteit: str) -> Activiteit:
    """Hold the attendance of one leraar, confirmed by the caller. Raises NotFound; Conflict when another confirmed it."""
    query = select(Activiteit).where(Activiteit.id == activiteit, Activiteit.aanbod == identifier)
    held = session.scalars(query.with_for_update()).one_or_none()
    if held is not None:
        return held
    if session.scalars(query).one_or_none() is None:
        raise NotFound
    raise Conflict("Een ander heeft dit bevestigd. Vraag die het in te trekken.", code="door-ander-gemeld")


def withdraw(session: Session, activiteit: Activiteit) -> None:
    """Take back what was confirmed by mistake: it counts no longer, and the history keeps it. Raises Conflict."""
    if activiteit.status == Status.INGETROKKEN:
        raise Conflict("Dit is al ingetrokken.", code="al-ingetrokken")
    activiteit.status = Status.INGETROKKEN.value
    session.flush()
