"""Table of the aanstelling: who works where, as what, how much (domain.md, Aanstelling)."""

from datetime import date
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, Numeric, text
from sqlalchemy.dialects.postgresql import ExcludeConstraint
from sqlalchemy.orm import Mapped, mapped_column

from register_service.core.model import Base, Registered


class AanstellingSoort(StrEnum):
    """Kinds of appointment."""

    REGULIER = "regulier"
    VERVANGING = "vervanging"
    ZIJ_INSTROOM = "zij-instroom"
    IN_OPLEIDING = "in-opleiding"


class RedenEinde(StrEnum):
    """Why an appointment ended."""

    ANDER_BESTUUR_IN_REGIO = "ander-bestuur-in-regio"
    BUITEN_REGIO = "buiten-regio"
    BUITEN_ONDERWIJS = "buiten-onderwijs"
    PENSIOEN = "pensioen"
    OVERIG = "overig"


class Aanstelling(Registered, Base):
    """An appointment at one vestiging; dates inclusive, never two at once for one leraar at one vestiging."""

    __tablename__ = "aanstelling"
    __table_args__ = (
        CheckConstraint(f"soort in ({', '.join(repr(s.value) for s in AanstellingSoort)})", name="soort"),
        CheckConstraint(f"reden_einde in ({', '.join(repr(s.value) for s in RedenEinde)})", name="reden_einde"),
        CheckConstraint("einddatum >= begindatum", name="periode"),
        CheckConstraint("reden_einde is null or einddatum is not null", name="reden_zonder_einde"),
        CheckConstraint("betrekkingsomvang > 0", name="betrekkingsomvang"),
        # Both in one: an index that knows leraren by themselves is taken to look one up, for which GiST needs ten times as long.
        ExcludeConstraint(
            (text("(leraar || ' ' || vestiging)"), "="),
            (text("daterange(begindatum, einddatum, '[]')"), "&&"),
            name="aanstelling_geen_overlap",
        ),
        Index(
            "aanstelling_hr_sleutel_key",
            "bestuur",
            "personeelsnummer",
            "begindatum",
            unique=True,
            postgresql_where=text("personeelsnummer is not null"),
        ),
        # With the dates in it, so that visibility is decided without a look at the table.
        Index("aanstelling_bestuur_leraar_idx", "bestuur", "leraar", postgresql_include=["begindatum", "einddatum"]),
        Index("aanstelling_bestuur_id_idx", "bestuur", "id"),
        Index("aanstelling_vestiging_leraar_idx", "vestiging", "leraar"),
        # With what reports ask, which go through everybody in this order, the largest aanstelling first.
        Index(
            "aanstelling_leraar_idx",
            "leraar",
            text("betrekkingsomvang desc"),
            "vestiging",
            "bestuur",
            postgresql_include=["begindatum", "einddatum", "soort", "reden_einde", "id"],
        ),
    )

    leraar: Mapped[str] = mapped_column(ForeignKey("leraar.registratienummer"))
    bestuur: Mapped[str] = mapped_column(ForeignKey("bestuur.nummer"))
    vestiging: Mapped[str] = mapped_column(ForeignKey("vestiging.code"))
    functie: Mapped[str]
    soort: Mapped[str]
    begindatum: Mapped[date]
    einddatum: Mapped[date | None]
    betrekkingsomvang: Mapped[Decimal] = mapped_column(Numeric(5, 4))
    personeelsnummer: Mapped[str | None]
    reden_einde: Mapped[str | None]
