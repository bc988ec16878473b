"""Merging two dossiers of one person (domain.md, Samenvoegen). Nothing here commits."""

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from register_service.aanmelding.merging import merge_accounts
from register_service.aanstellingen.models import Aanstelling
from register_service.bevoegdheden.models import Bevoegdheid, Verificatie
from register_service.core.errors import Conflict, FieldError, Invalid, NotFound
from register_service.core.integrity import constraint_of
from register_service.inductie.service.merging import merge_trajecten
from register_service.leraren.models import Koppeling, Leraar, Samenvoeging
from register_service.professionalisering.service.merging import merge_activiteiten
from register_service.registratie.merging import merge_registraties


def merge_dossiers(session: Session, van: str, naar: str) -> None:
    """Move everything of `van` to `naar`; `van` answers with `naar` for ever.

    Raises NotFound, Invalid when both are one, Conflict when periods would overlap, one leraar would have two trajecten, or
    somebody would have judged himself.
    Refused whole: nothing is moved then.
    """
    if van == naar:
        detail = "Geef twee verschillende registratienummers."
        raise Invalid([FieldError("body", "/naar", "zelfde-dossier", detail)])
    people = _lock(session, van, naar)
    _move_bevoegdheden(session, van, naar)
    _move_aanstellingen(session, van, naar)
    merge_trajecten(session, van, naar)
    merge_activiteiten(session, van, naar)
    session.flush()
    merge_registraties(session, van, naar)
    merge_accounts(session, van, naar)
    session.expire(people[naar])
    session.execute(update(Koppeling).where(Koppeling.leraar == van).values(leraar=naar))
    session.execute(update(Samenvoeging).where(Samenvoeging.naar == van).values(naar=naar))
    session.execute(update(Leraar).where(Leraar.samengevoegd_met == van).values(samengevoegd_met=naar))
    _fold(session, people[van], people[naar])
    session.add(Samenvoeging(van=van, naar=naar))
    session.flush()


def _lock(session: Session, *numbers: str) -> dict[str, Leraar]:
    # In one order, so that two merges of the same people cannot wait for each other.
    query = select(Leraar).where(Leraar.registratienummer.in_(numbers), Leraar.samengevoegd_met.is_(None))
    found = session.scalars(query.order_by(Leraar.registratienummer).with_for_update()).all()
    if len(found) < len(numbers):
        raise NotFound
    return {leraar.registratienummer: leraar for leraar in found}


def _move_bevoegdheden(session: Session, van: str, naar: str) -> None:
    # What both dossiers hold is one bevoegdheid: the survivor's stays, the other's history keeps it.
    kept = {_same(b): b for b in session.scalars(select(Bevoegdheid).where(Bevoegdheid.leraar == naar))}
    for bevoegdheid in session.scalars(select(Bevoegdheid).where(Bevoegdheid.leraar == van)):
        same = kept.get(_same(bevoegdheid))
        if same is None:
            bevoegdheid.leraar = naar
        else:
            _keep_verification(bevoegdheid, same)
            session.delete(bevoegdheid)
    session.flush()


def _keep_verification(gone: Bevoegdheid, kept: Bevoegdheid) -> None:
    # Somebody compared it with its source: that is not lost because the other copy stays.
    if kept.verificatie == Verificatie.NIET_GEVERIFIEERD:
        for name in ("instelling", "verificatie", "geverifieerd_door", "geverifieerd_op", "geverifieerd_tegen"):
            setattr(kept, name, getattr(gone, name) or getattr(kept, name))


def _same(bevoegdheid: Bevoegdheid) -> tuple[object, ...]:
    return bevoegdheid.soort, bevoegdheid.vak, bevoegdheid.behaald_op


def _move_aanstellingen(session: Session, van: str, naar: str) -> None:
    try:
        session.execute(update(Aanstelling).where(Aanstelling.leraar == van).values(leraar=naar))
    except IntegrityError as error:
        if constraint_of(error) != "aanstelling_geen_overlap":
            raise
        raise Conflict(
            "Beide dossiers hebben een aanstelling op dezelfde vestiging in dezelfde periode. Laat het bestuur er één intrekken.",
            code="samenvoegen-overlapt",
        ) from error


def _fold(session: Session, gone: Leraar, survivor: Leraar) -> None:
    # An eckId or address that only the other dossier had goes along; the pseudonym must first be free.
    eck_id, gone.eck_id = gone.eck_id, None
    gone.samengevoegd_met = survivor.registratienummer
    session.flush()
    survivor.eck_id = survivor.eck_id or eck_id
    survivor.emailadres = survivor.emailadres or gone.emailadres
    session.flush()
