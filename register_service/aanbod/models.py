"""Tables of aanbieders and of their aanbod (domain.md, Professionaliseringsactiviteit)."""

import uuid
from datetime import date
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import CheckConstraint, Computed, ForeignKey, Index, Numeric, text
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from register_service.core.model import Base, Registered


class ActiviteitSoort(StrEnum):
    """Kinds of activity (RegisterLeraar)."""

    OPLEIDING = "opleiding"
    CURSUS = "cursus"
    STUDIEDAG = "studiedag"
    CONFERENTIE = "conferentie"
    BINNENSCHOOLS = "binnenschools"
    BUITENSCHOOLS = "buitenschools"
    ZELFSTUDIE = "zelfstudie"


class Beoordeling(StrEnum):
    """What a validator made of an aanbod."""

    OPEN = "open"
    GEVALIDEERD = "gevalideerd"
    AFGEWEZEN = "afgewezen"


# The bekwaamheidsgebieden over which registeruren are split; the first three together are `primair` (RegisterLeraar).
SPLIT = ("vakinhoudelijk", "vakdidactisch", "pedagogisch", "overig")


def verdeling_checks() -> tuple[CheckConstraint, ...]:
    """Make the constraints of a table that is `Verdeeld`."""
    return (
        CheckConstraint(f"soort in ({', '.join(repr(s.value) for s in ActiviteitSoort)})", name="soort"),
        CheckConstraint("registeruren > 0", name="registeruren"),
        CheckConstraint("registeruren = vakinhoudelijk + vakdidactisch + pedagogisch + overig", name="verdeling"),
        CheckConstraint("least(vakinhoudelijk, vakdidactisch, pedagogisch, overig, zelfstudie) >= 0", name="uren"),
        CheckConstraint(" and ".join(f"2 * {name} % 1 = 0" for name in (*SPLIT, "zelfstudie")), name="halve_uren"),
        CheckConstraint("zelfstudie <= registeruren", name="zelfstudie"),
    )


class Verdeeld:
    """Mixin: what is done, for how many registeruren (RU), over which gebieden, and how many of them by oneself."""

    soort: Mapped[str]
    titel: Mapped[str]
    registeruren: Mapped[Decimal] = mapped_column(Numeric(6, 1))
    vakinhoudelijk: Mapped[Decimal] = mapped_column(Numeric(6, 1))
    vakdidactisch: Mapped[Decimal] = mapped_column(Numeric(6, 1))
    pedagogisch: Mapped[Decimal] = mapped_column(Numeric(6, 1))
    overig: Mapped[Decimal] = mapped_column(Numeric(6, 1))
    zelfstudie: Mapped[Decimal] = mapped_column(Numeric(6, 1), server_default=text("0"), default=Decimal(0))
    toets: Mapped[bool] = mapped_column(server_default=text("false"), default=False)


class Aanbieder(Registered, Base):
    """Who offers activities, known by the number of the Kamer van Koophandel."""

    __tablename__ = "aanbieder"
    __table_args__ = (CheckConstraint("kvk_nummer ~ '^[0-9]{8}$'", name="kvk_nummer"),)

    kvk_nummer: Mapped[str] = mapped_column(unique=True)
    naam: Mapped[str]
    internetadres: Mapped[str | None]


class Aanbod(Verdeeld, Registered, Base):
    """An activity in the catalogue; once validated, who was there has its RU at once. Days inclusive."""

    __tablename__ = "aanbod"
    __table_args__ = (
        *verdeling_checks(),
        CheckConstraint(f"beoordeling in ({', '.join(repr(b.value) for b in Beoordeling)})", name="beoordeling"),
        CheckConstraint("(beoordeling = 'open') = (beoordeeld_op is null)", name="beoordeeld"),
        CheckConstraint("beoordeling <> 'afgewezen' or afwijzing is not null", name="afwijzing"),
        CheckConstraint("geldig_tot >= geldig_vanaf", name="geldigheid"),
        Index("aanbod_zoek_idx", "zoektekst", postgresql_using="gin"),
        Index("aanbod_aanbieder_idx", "aanbieder"),
    )

    aanbieder: Mapped[uuid.UUID] = mapped_column(ForeignKey("aanbieder.id"))
    omschrijving: Mapped[str | None]
    geldig_vanaf: Mapped[date]
    geldig_tot: Mapped[date | None]
    beoordeling: Mapped[str] = mapped_column(default=Beoordeling.OPEN.value, server_default="open")
    beoordeeld_door: Mapped[str | None]
    beoordeeld_op: Mapped[date | None]
    afwijzing: Mapped[str | None]
    # What a search in Dutch looks through: the titel weighs more than the omschrijving. zoekvorm: migrations/versions/0008.
    zoektekst: Mapped[str] = mapped_column(
        TSVECTOR,
        Computed(
            "setweight(to_tsvector('dutch', zoekvorm(titel)), 'A')"
            " || setweight(to_tsvector('dutch', zoekvorm(coalesce(omschrijving, ''))), 'B')",
            persisted=True,
        ),
    )
