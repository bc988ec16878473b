"""Tables of the organisations: who governs which school, and who works together (domain.md, Organisation)."""

import uuid
from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.dialects.postgresql import ARRAY, TEXT, ExcludeConstraint
from sqlalchemy.orm import Mapped, mapped_column

from register_service.core.model import Base, Registered

SECTORS = ("po", "so", "vo", "mbo", "ho")
_SECTOR_CHECK = f"sector in ({', '.join(repr(sector) for sector in SECTORS)})"


class Bestuur(Registered, Base):
    """School board (bevoegd gezag), known by its five-digit DUO number."""

    __tablename__ = "bestuur"
    __table_args__ = (
        CheckConstraint("nummer ~ '^[0-9]{5}$'", name="nummer"),
        CheckConstraint("lid_tot >= lid_sinds", name="lidmaatschap"),
    )

    nummer: Mapped[str] = mapped_column(unique=True)
    naam: Mapped[str]
    lid_sinds: Mapped[date | None]
    lid_tot: Mapped[date | None]


class Partnerschap(Registered, Base):
    """Samen Opleiden partnership: groups besturen and opleidingen."""

    __tablename__ = "partnerschap"

    naam: Mapped[str] = mapped_column(unique=True)
    opleidingen: Mapped[list[str]] = mapped_column(ARRAY(TEXT), default=list, server_default=text("'{}'"))


class Deelname(Registered, Base):
    """A bestuur's membership of a partnerschap, dates inclusive; never twice at the same time."""

    __tablename__ = "deelname"
    __table_args__ = (
        CheckConstraint("einddatum >= begindatum", name="periode"),
        ExcludeConstraint(
            ("partnerschap_id", "="),
            ("bestuur", "="),
            (text("daterange(begindatum, einddatum, '[]')"), "&&"),
            name="deelname_geen_overlap",
        ),
    )

    partnerschap_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("partnerschap.id"))
    bestuur: Mapped[str] = mapped_column(ForeignKey("bestuur.nummer"), index=True)
    begindatum: Mapped[date]
    einddatum: Mapped[date | None]


class School(Registered, Base):
    """Institution, known by its BRIN."""

    __tablename__ = "school"
    __table_args__ = (
        CheckConstraint("brin ~ '^[0-9]{2}[A-Z]{2}$'", name="brin"),
        CheckConstraint(_SECTOR_CHECK, name="sector"),
    )

    brin: Mapped[str] = mapped_column(unique=True)
    naam: Mapped[str]
    sector: Mapped[str]
    bestuur: Mapped[str | None] = mapped_column(ForeignKey("bestuur.nummer"), index=True)


class Vestiging(Registered, Base):
    """Establishment of a school; closed from `gesloten_op` on."""

    __tablename__ = "vestiging"
    __table_args__ = (
        CheckConstraint("code ~ '^[0-9]{2}[A-Z]{2}[0-9]{2}$' and left(code, 4) = brin", name="code"),
        CheckConstraint(_SECTOR_CHECK, name="sector"),
        Index("vestiging_bestuur_code_idx", "bestuur", "code"),
    )

    code: Mapped[str] = mapped_column(unique=True)
    brin: Mapped[str] = mapped_column(ForeignKey("school.brin"), index=True)
    sector: Mapped[str]
    naam: Mapped[str]
    soort: Mapped[str | None]
    straat: Mapped[str | None]
    huisnummer: Mapped[str | None]
    postcode: Mapped[str | None]
    plaats: Mapped[str | None]
    gemeente: Mapped[str | None]
    provincie: Mapped[str | None]
    denominatie: Mapped[str | None]
    internetadres: Mapped[str | None]
    onderwijsstructuur: Mapped[str | None]
    bestuur: Mapped[str | None] = mapped_column(ForeignKey("bestuur.nummer"))
    gesloten_op: Mapped[date | None]
