"""The permission for public verification: given and taken back by the leraar. Nothing here commits."""

from datetime import date

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from register_service.core.ids import new_id
from register_service.registratie.models import Verificatietoestemming


def allow(session: Session, leraar: str, on: date) -> None:
    """Let anyone who has number and achternaam ask. Once more changes nothing."""
    values = {"id": new_id(), "leraar": leraar, "gegeven_op": on}
    session.execute(insert(Verificatietoestemming).values(values).on_conflict_do_nothing(index_elements=["leraar"]))


def refuse(session: Session, leraar: str) -> None:
    """Take that back, at once. Where there is nothing to take back nothing changes."""
    session.execute(delete(Verificatietoestemming).where(Verificatietoestemming.leraar == leraar))
