"""Tables of the journal: the one history, its seals and its signed checkpoints (docs/journaal.md)."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    LargeBinary,
    SmallInteger,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import UserDefinedType

from register_service.core.model import Base

Moment = DateTime(timezone=True)


class Xid8(UserDefinedType[str]):
    """PostgreSQL's 64-bit transaction number, read as text."""

    cache_ok = True

    def get_col_spec(self, **_: Any) -> str:
        """Name the type in DDL."""
        return "xid8"


class PgSnapshot(UserDefinedType[str]):
    """PostgreSQL's snapshot (`xmin:xmax:running`), read as text."""

    cache_ok = True

    def get_col_spec(self, **_: Any) -> str:
        """Name the type in DDL."""
        return "pg_snapshot"


# What holds for every dossier.
_SHARED = "dossier is null and table_name in ('regeling', 'school', 'vestiging')"


class JournalEntry(Base):
    """One change of one row of a register table, with the state after it. Written by the trigger alone."""

    __tablename__ = "journal"
    __table_args__ = (
        CheckConstraint("action in ('insert', 'update', 'delete')", name="action"),
        Index("journal_tx_idx", "tx"),
        # Which objects of a table changed since a moment, and where they stood: reports of the past read this index alone.
        Index("journal_rapport_idx", "table_name", "tx", postgresql_include=["object_id", "id"]),
        Index("journal_object_idx", "object_id", "id"),
        Index("journal_dossier_idx", "dossier", "object_id", "id", postgresql_where=text("dossier is not null")),
        Index("journal_dossier_tx_idx", "dossier", "tx", postgresql_where=text("dossier is not null")),
        Index("journal_shared_tx_idx", "tx", postgresql_where=text(_SHARED)),
        Index("journal_organisation_idx", "table_name", "object_id", "id", postgresql_where=text("dossier is null")),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    tx: Mapped[str] = mapped_column(Xid8(), server_default=text("pg_current_xact_id()"))
    at: Mapped[datetime] = mapped_column(Moment, server_default=text("clock_timestamp()"))
    table_name: Mapped[str]
    object_id: Mapped[uuid.UUID]
    action: Mapped[str]
    dossier: Mapped[str | None]
    bestuur: Mapped[str | None]
    state: Mapped[dict[str, Any] | None]
    salt: Mapped[bytes | None] = mapped_column(LargeBinary)
    actor: Mapped[str]
    namens: Mapped[str | None]
    event: Mapped[str]
    reason: Mapped[str | None]
    request_id: Mapped[str | None]


class Seal(Base):
    """The place of a journal row in the one order, and its hash as a leaf of the Merkle tree."""

    __tablename__ = "seal"

    position: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    journal_id: Mapped[int] = mapped_column(BigInteger, unique=True)
    leaf_hash: Mapped[bytes] = mapped_column(LargeBinary)


class MerkleNode(Base):
    """Hash of a complete subtree: `level` n covers the 2^n leaves from `index` * 2^n."""

    __tablename__ = "merkle_node"

    level: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    index: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    hash: Mapped[bytes] = mapped_column(LargeBinary)


class Checkpoint(Base):
    """A signed statement that the first `size` seals have this root; `snapshot` tells which journal rows they are."""

    __tablename__ = "checkpoint"
    __table_args__ = (Index("checkpoint_at_key", "at", unique=True),)

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    size: Mapped[int] = mapped_column(BigInteger, unique=True)
    root: Mapped[bytes] = mapped_column(LargeBinary)
    at: Mapped[datetime] = mapped_column(Moment)
    snapshot: Mapped[str] = mapped_column(PgSnapshot())
    note: Mapped[str]


class SealHorizon(Base):
    """One row: no later checkpoint will carry a moment at or before `sealed_until`."""

    __tablename__ = "seal_horizon"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    sealed_until: Mapped[datetime] = mapped_column(Moment)
    checkpoint_id: Mapped[int | None] = mapped_column(ForeignKey("checkpoint.id"))
