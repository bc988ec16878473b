"""Tables of signing in: accounts, koppelcodes, and what lies between a browser and a provider for a few minutes.

Nothing secret stands in a table that the journal follows: the hash of a koppelcode is kept apart.
"""

import uuid
from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, text
from sqlalchemy.dialects.postgresql import ARRAY, TEXT
from sqlalchemy.orm import Mapped, mapped_column

from register_service.access.models import Moment
from register_service.core.model import Base, Registered

# So that each foreign key finds the table it refers to, in a command too.
from register_service.leraren import models as _leraren  # noqa: F401
from register_service.organisaties import models as _organisaties  # noqa: F401


class AccountSoort(StrEnum):
    """Who signs in: a leraar, or an auditor. Each is a role of its own (access.sessions)."""

    LERAAR = "leraar"
    AUDITOR = "auditor"


class Koppelwijze(StrEnum):
    """How an account came to belong to somebody: the provider knows the eckId of the dossier, or the person had a code."""

    ECK_ID = "eckId"
    KOPPELCODE = "koppelcode"


_ACTIVE = text("ingetrokken_op is null")


class Account(Registered, Base):
    """An identity at a provider that belongs to one leraar or one auditor, until it is taken back.

    `geweigerd_op`: when somebody last tried to sign in as the same person in another way, and was refused.
    """

    __tablename__ = "account"
    __table_args__ = (
        CheckConstraint(f"soort in ({', '.join(repr(s.value) for s in AccountSoort)})", name="soort"),
        CheckConstraint("(soort = 'leraar') = (leraar is not null)", name="leraar"),
        CheckConstraint("(soort = 'auditor') = (naam is not null)", name="naam"),
        CheckConstraint(f"gekoppeld_met in ({', '.join(repr(w.value) for w in Koppelwijze)})", name="gekoppeld_met"),
        CheckConstraint("gekoppeld_met <> 'eckId' or eck_id is not null", name="eck_id"),
        Index("account_subject_key", "provider", "subject", unique=True, postgresql_where=_ACTIVE),
        # Of one person a provider knows one account.
        Index("account_leraar_key", "leraar", "provider", unique=True, postgresql_where=_ACTIVE),
        Index("account_leraar_idx", "leraar"),
    )

    soort: Mapped[str]
    provider: Mapped[str]
    subject: Mapped[str]
    eck_id: Mapped[str | None]
    leraar: Mapped[str | None] = mapped_column(ForeignKey("leraar.registratienummer"))
    naam: Mapped[str | None]
    gekoppeld_met: Mapped[str]
    gekoppeld_op: Mapped[datetime] = mapped_column(Moment)
    geweigerd_op: Mapped[datetime | None] = mapped_column(Moment)
    ingetrokken_op: Mapped[datetime | None] = mapped_column(Moment)


class Koppelcode(Registered, Base):
    """A code by which somebody who signed in shows who it is, once: for a leraar (handed out by a bestuur) or for an auditor.

    It works before `geldig_tot`. `bestuur` is empty for one of the beheerder.
    """

    __tablename__ = "koppelcode"
    __table_args__ = (
        CheckConstraint("(leraar is null) = (naam is not null)", name="naam"),
        CheckConstraint("geldig_tot > uitgegeven_op", name="geldigheid"),
        CheckConstraint("(gebruikt_op is null) = (account is null)", name="gebruikt"),
        CheckConstraint("gebruikt_op is null or ingetrokken_op is null", name="ingetrokken"),
        Index("koppelcode_leraar_idx", "leraar"),
    )

    leraar: Mapped[str | None] = mapped_column(ForeignKey("leraar.registratienummer"))
    bestuur: Mapped[str | None] = mapped_column(ForeignKey("bestuur.nummer"))
    naam: Mapped[str | None]
    uitgegeven_op: Mapped[datetime] = mapped_column(Moment)
    geldig_tot: Mapped[datetime] = mapped_column(Moment)
    gebruikt_op: Mapped[datetime | None] = mapped_column(Moment)
    ingetrokken_op: Mapped[datetime | None] = mapped_column(Moment)
    account: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("account.id"))


class KoppelcodeSecret(Base):
    """SHA-256 of a code that still works, and how often it was tried in vain; gone once the code is used or taken back."""

    __tablename__ = "koppelcode_secret"

    koppelcode: Mapped[uuid.UUID] = mapped_column(ForeignKey("koppelcode.id"), primary_key=True)
    hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    tries: Mapped[int] = mapped_column(server_default=text("0"))


class SignIn(Base):
    """A browser that was sent to a provider and has not come back: for one use (OpenID Connect: state, nonce, PKCE).

    `state` and `browser` are hashes: of what goes along to the provider, and of the cookie of the browser that began.
    """

    __tablename__ = "sign_in"

    state: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    browser: Mapped[bytes] = mapped_column(LargeBinary)
    provider: Mapped[str]
    nonce: Mapped[str]
    verifier: Mapped[str]
    next: Mapped[str]
    expires_at: Mapped[datetime] = mapped_column(Moment, index=True)


class Newcomer(Base):
    """Somebody whom a provider vouched for and the register does not know yet; `hash` is that of the cookie.

    `roles`: what this provider's people can be here.
    """

    __tablename__ = "newcomer"

    hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    provider: Mapped[str]
    subject: Mapped[str]
    eck_id: Mapped[str | None]
    roles: Mapped[list[str]] = mapped_column(ARRAY(TEXT))
    next: Mapped[str]
    expires_at: Mapped[datetime] = mapped_column(Moment, index=True)
