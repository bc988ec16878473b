"""The bewijsstukken of an activiteit: they come and go while it is concept, and stay as they are once it was submitted."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from register_service.api.uploads import Upload
from register_service.core.errors import Conflict, NotFound
from register_service.professionalisering import rules
from register_service.professionalisering.models import Activiteit, Bewijsstuk, Status
from register_service.professionalisering.service.activiteiten import begin_again, count_bewijsstukken, require_status

_OTHERWISE = "Bewijsstukken zijn te wijzigen zolang zij concept is of is afgewezen."


def add(session: Session, activiteit: Activiteit, upload: Upload) -> Bewijsstuk:
    """Add a file to an activiteit that is held, and keep its content. Raises Conflict; PostgreSQL refuses the same one twice."""
    _open(session, activiteit)
    if count_bewijsstukken(session, activiteit) >= rules.MOST_BEWIJSSTUKKEN:
        detail = f"Een activiteit heeft hoogstens {rules.MOST_BEWIJSSTUKKEN} bewijsstukken. Voeg ze samen, of verwijder er een."
        raise Conflict(detail, code="te-veel-bewijsstukken")
    bewijsstuk = Bewijsstuk(
        leraar=activiteit.leraar, activiteit=activiteit.id, sha256=upload.sha256, mediatype=upload.mediatype,
        grootte=upload.size, bestandsnaam=upload.name,
    )  # fmt: skip
    session.add(bewijsstuk)
    session.flush()
    upload.keep(session)
    return bewijsstuk


def remove(session: Session, activiteit: Activiteit, bewijsstuk: Bewijsstuk) -> None:
    """Take a bewijsstuk away from an activiteit that is held; the history keeps that it was there. Raises Conflict."""
    _open(session, activiteit)
    session.delete(bewijsstuk)
    session.flush()


def bewijsstuk_to_remove(session: Session, activiteit: Activiteit, identifier: str) -> Bewijsstuk:
    """Give a bewijsstuk of an activiteit that is held. Raises NotFound."""
    query = select(Bewijsstuk).where(Bewijsstuk.id == identifier, Bewijsstuk.activiteit == activiteit.id)
    bewijsstuk = session.scalars(query).one_or_none()
    if bewijsstuk is None:
        raise NotFound
    return bewijsstuk


def _open(session: Session, activiteit: Activiteit) -> None:
    # A change of what was rejected makes it concept, as any change does.
    require_status(activiteit, rules.OPEN, _OTHERWISE)
    if activiteit.status == Status.AFGEWEZEN:
        begin_again(session, activiteit)
