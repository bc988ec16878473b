"""Tables of access: clients, what they used up, and who looked at whose dossier (domain.md, Who sees what)."""

import uuid
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, DateTime, ForeignKey, Identity, Index, LargeBinary, text
from sqlalchemy.dialects.postgresql import ARRAY, TEXT
from sqlalchemy.orm import Mapped, mapped_column

from register_service.core.ids import new_id
from register_service.core.model import Base, Registered

Moment = DateTime(timezone=True)


class ClientSoort(StrEnum):
    """Kinds of client: systems of a bestuur, the keeper, an auditor, an aanbieder; and persons, for a day at most."""

    BESTUUR = "bestuur"
    BEHEER = "beheer"
    AUDITOR = "auditor"
    AANBIEDER = "aanbieder"
    LERAAR = "leraar"
    VALIDATOR = "validator"


PERSONS = (ClientSoort.LERAAR, ClientSoort.VALIDATOR)


class Client(Registered, Base):
    """A system that may ask for tokens. Its secrets stand apart, so that the journal never holds them.

    For the kinds in PERSONS it stands for one token that the beheerder handed to a person, who has no secret to ask for more.
    """

    __tablename__ = "client"
    __table_args__ = (
        CheckConstraint(f"soort in ({', '.join(repr(s.value) for s in ClientSoort)})", name="soort"),
        CheckConstraint("(soort = 'bestuur') = (bestuur is not null)", name="bestuur"),
        CheckConstraint("(soort in ('leraar', 'validator')) = (leraar is not null)", name="leraar"),
        CheckConstraint("(soort = 'aanbieder') = (aanbieder is not null)", name="aanbieder"),
    )

    client_id: Mapped[str] = mapped_column(unique=True)
    naam: Mapped[str]
    soort: Mapped[str]
    bestuur: Mapped[str | None] = mapped_column(ForeignKey("bestuur.nummer"))
    leraar: Mapped[str | None] = mapped_column(ForeignKey("leraar.registratienummer"))
    aanbieder: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("aanbieder.id"))
    scopes: Mapped[list[str]] = mapped_column(ARRAY(TEXT))
    jwks: Mapped[dict[str, Any] | None]
    ingetrokken_op: Mapped[datetime | None] = mapped_column(Moment)


class ClientSecret(Base):
    """SHA-256 of a client's secret (256 random bits, so a slow hash adds nothing); two at once while it is renewed."""

    __tablename__ = "client_secret"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id, server_default=text("uuidv7()"))
    client_id: Mapped[str] = mapped_column(ForeignKey("client.client_id"), index=True)
    hash: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime] = mapped_column(Moment, server_default=text("now()"))
    expires_at: Mapped[datetime | None] = mapped_column(Moment)


class RevokedToken(Base):
    """A token that was taken back before it expired."""

    __tablename__ = "revoked_token"

    jti: Mapped[str] = mapped_column(primary_key=True)
    expires_at: Mapped[datetime] = mapped_column(Moment, index=True)


class UsedAssertion(Base):
    """A `jti` that a client used in a private_key_jwt assertion: good for one time (RFC 7523)."""

    __tablename__ = "used_assertion"

    client_id: Mapped[str] = mapped_column(primary_key=True)
    jti: Mapped[str] = mapped_column(primary_key=True)
    expires_at: Mapped[datetime] = mapped_column(Moment, index=True)


class IdempotencyKey(Base):
    """The answer to a POST, kept so that the same request gets the same answer for 24 hours."""

    __tablename__ = "idempotency_key"

    client_id: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    fingerprint: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime] = mapped_column(Moment, index=True)
    status: Mapped[int | None]
    headers: Mapped[dict[str, Any] | None]
    body: Mapped[bytes | None] = mapped_column(LargeBinary)


class RateLimit(Base):
    """When somebody did what may be done so often only; `key` is a hash of who and what (api.limiting)."""

    __tablename__ = "rate_limit"

    key: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    hits: Mapped[list[datetime]] = mapped_column(ARRAY(Moment))
    expires_at: Mapped[datetime] = mapped_column(Moment, index=True)


class Session(Base):
    """Somebody who signed in, until it ends; `hash` is that of the cookie (256 random bits). See access.sessions."""

    __tablename__ = "session"

    hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    account: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(Moment)
    seen_at: Mapped[datetime] = mapped_column(Moment, index=True)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)


class AccessLog(Base):
    """One dossier that was read: when, by whom, on whose behalf, for what (`reason`: in the reader's own words), which parts."""

    __tablename__ = "access_log"
    __table_args__ = (Index("access_log_leraar_at_idx", "leraar", "at"),)

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment, server_default=text("clock_timestamp()"))
    leraar: Mapped[str]
    actor: Mapped[str]
    namens: Mapped[str | None]
    purpose: Mapped[str]
    reason: Mapped[str | None]
    parts: Mapped[list[str]] = mapped_column(ARRAY(TEXT))
    request_id: Mapped[str | None]
