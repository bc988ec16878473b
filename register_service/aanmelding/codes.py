"""Handing out koppelcodes, and taking them and accounts back. Nothing here commits."""

from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session, load_only

from register_service.aanmelding import rules
from register_service.aanmelding.models import Account, Koppelcode, KoppelcodeSecret
from register_service.aanmelding.service import code_hash, new_code
from register_service.core import clock
from register_service.core.errors import NotFound


def hand_out(
    session: Session, *, leraar: str | None = None, naam: str | None = None, bestuur: str | None = None
) -> tuple[Koppelcode, str]:
    """Make a code for a leraar, or for an auditor (`naam`), and give it with what is kept of it.

    One that the same bestuur (or the keeper) handed out before to the same leraar no longer works.
    """
    now = clock.now()
    if leraar is not None:
        earlier = update(Koppelcode).where(
            Koppelcode.leraar == leraar,
            Koppelcode.bestuur == bestuur if bestuur else Koppelcode.bestuur.is_(None),
            Koppelcode.gebruikt_op.is_(None),
            Koppelcode.ingetrokken_op.is_(None),
        )
        session.execute(earlier.values(ingetrokken_op=now))
    made = Koppelcode(leraar=leraar, naam=naam, bestuur=bestuur, uitgegeven_op=now, geldig_tot=now + rules.VALID)
    session.add(made)
    session.flush()
    letters = new_code()
    session.add(KoppelcodeSecret(koppelcode=made.id, hash=code_hash(letters), tries=0))
    session.flush()
    return made, rules.write_code(letters)


def code_to_withdraw(session: Session, leraar: str, identifier: str) -> Koppelcode:
    """Lock a code of a leraar that still works and that the caller may withdraw. Raises NotFound."""
    query = select(Koppelcode).where(
        Koppelcode.id == identifier,
        Koppelcode.leraar == leraar,
        Koppelcode.gebruikt_op.is_(None),
        Koppelcode.ingetrokken_op.is_(None),
        Koppelcode.geldig_tot > clock.now(),
    )
    found = session.scalars(query.with_for_update()).one_or_none()
    if found is None:
        raise NotFound
    return found


def withdraw(session: Session, code: Koppelcode) -> None:
    """Take a code back: it no longer works."""
    code.ingetrokken_op = clock.now()
    session.flush()


def unlink(session: Session, account: UUID) -> None:
    """Take an account back that the caller may take back; its sessions end with it. Raises NotFound."""
    # The service's role reads no more of an account than this.
    query = select(Account).options(load_only(Account.id, Account.ingetrokken_op)).where(Account.id == account)
    found = session.scalars(query.where(Account.ingetrokken_op.is_(None)).with_for_update()).one_or_none()
    if found is None:
        raise NotFound
    found.ingetrokken_op = clock.now()
    session.flush()
