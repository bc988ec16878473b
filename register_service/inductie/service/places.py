"""Where a stay is: the vestiging, who governs it, and its sector."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from register_service.core.db import run_in
from register_service.core.errors import FieldError, Invalid

_PLACE = "select bestuur, sector from vestiging where code = %(vestiging)s"


@dataclass(frozen=True, slots=True)
class Place:
    """A vestiging that is governed by somebody."""

    bestuur: str
    sector: str


def require_place(session: Session, vestiging: str, bestuur: str | None) -> Place:
    """Give a vestiging of the caller's bestuur; any with a bestuur for the beheerder. Raises Invalid."""
    (rows,) = run_in(session, (_PLACE, {"vestiging": vestiging}))
    if not rows:
        raise _refused("vestiging-onbekend", "Deze vestigingscode staat niet in het register.")
    governed_by, sector = rows[0]
    if governed_by is None or (bestuur is not None and governed_by != bestuur):
        raise _refused(
            "vestiging-van-ander-bestuur",
            "Deze vestiging hoort niet bij uw bestuur. Klopt de code, vraag dan de beheerder om de vestiging te koppelen.",
        )
    return Place(governed_by, sector)


def _refused(code: str, detail: str) -> Invalid:
    return Invalid([FieldError("body", "/vestiging", code, detail)])
