"""What a merge of two dossiers does to accounts and koppelcodes (domain.md, Samenvoegen). Nothing here commits."""

from sqlalchemy.orm import Session

from register_service.core import clock
from register_service.core.db import run_in

_MERGE = "select aanmelding_samenvoegen(%(van)s, %(naar)s, %(now)s)"


def merge_accounts(session: Session, van: str, naar: str) -> None:
    """Let whoever signed in to either dossier sign in to the survivor; of two accounts at one provider the survivor's stays."""
    run_in(session, (_MERGE, {"van": van, "naar": naar, "now": clock.now()}))
