"""Who guides a starter: never the leraar himself, never the one in charge, one coach at a time (domain.md, Begeleider)."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from register_service.core.db import run_in
from register_service.core.errors import FieldError, Invalid
from register_service.inductie.kinds import BEGELEIDERS
from register_service.inductie.models import Begeleiding, BegeleidingRol, Inductieperiode
from register_service.inductie.service import people
from register_service.inductie.service.saving import Held, Raw, replaced

_MANAGERS = "select begeleiding, periode from begeleider_is_leidinggevende(%(traject)s::uuid)"


def require_somebody_else(session: Session, fact: Begeleiding) -> None:
    """Refuse nobody at all, two at once, a number that nobody has, and the leraar himself. Raises Invalid with all of them."""
    errors = people.require_one(fact, "begeleider", "begeleider_naam", "begeleider-een-van-beide")
    errors += people.follow_number(session, fact, "begeleider")
    errors += people.require_not_self(
        session, fact, "begeleider", "begeleider_naam", "begeleider-is-leraar-zelf", "begeleider"
    )
    if errors:
        raise Invalid(errors)


def make_room(session: Session, held: Held, new: Begeleiding) -> Raw:
    """End the coach that the bestuur has on the day a new one begins, the day before; give the facts as they are then.

    One who begins on that day or later stays, for the rules to refuse the new one.
    """
    if new.rol != BegeleidingRol.COACH:
        return held.raw
    query = select(Begeleiding).where(
        Begeleiding.traject == new.traject,
        Begeleiding.bestuur == new.bestuur,
        Begeleiding.rol == BegeleidingRol.COACH,
        Begeleiding.begindatum < new.begindatum,
        or_(Begeleiding.einddatum.is_(None), Begeleiding.einddatum >= new.begindatum),
    )
    raw = held.raw
    for old in session.scalars(query.with_for_update()):
        old.einddatum = new.begindatum - timedelta(days=1)
        raw = replaced(raw, BEGELEIDERS.raw, BEGELEIDERS.fact(old))
    # Before the new one comes: PostgreSQL looks at each row by itself.
    session.flush()
    return raw


def refuse_managers(
    session: Session, held: Held, *, begeleiding: UUID | None = None, periode: UUID | None = None
) -> None:
    """Refuse a begeleider, or a stay, by which somebody guides and is in charge on one day. Raises Invalid."""
    (found,) = run_in(session, (_MANAGERS, {"traject": str(held.traject.id)}))
    if begeleiding is not None and any(one == begeleiding for one, _ in found):
        detail = "De direct leidinggevende is in deze periode nooit begeleider. Kies iemand anders, of andere dagen."
        raise Invalid([FieldError("body", "", "begeleider-is-leidinggevende", detail)])
    if periode is not None and any(one == periode for _, one in found):
        detail = "Deze leidinggevende begeleidt de leraar in deze periode. Beëindig eerst die begeleiding, of kies iemand anders."
        raise Invalid([FieldError("body", "/leidinggevende", "begeleider-is-leidinggevende", detail)])


def require_known_manager(session: Session, stay: Inductieperiode) -> None:
    """Refuse a leidinggevende whose number nobody has. Raises Invalid."""
    errors = people.follow_number(session, stay, "leidinggevende")
    if errors:
        raise Invalid(errors)
