"""Table of the bevoegdheid: what a leraar is qualified to teach (domain.md, Bevoegdheid)."""

from datetime import date
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from register_service.core.model import Base, Registered


class BevoegdheidSoort(StrEnum):
    """Kinds of qualification."""

    PABO = "pabo"
    TWEEDEGRAADS = "tweedegraads"
    EERSTEGRAADS = "eerstegraads"
    PDG = "pdg"
    BEPERKT = "beperkt"
    GESCHIKTHEIDSVERKLARING = "geschiktheidsverklaring"
    ERKEND_BUITENLAND = "erkend-buitenland"


class Verificatie(StrEnum):
    """Whether somebody compared the bevoegdheid with its source."""

    NIET_GEVERIFIEERD = "niet-geverifieerd"
    GEVERIFIEERD = "geverifieerd"
    AFGEWEZEN = "afgewezen"


class Bevoegdheid(Registered, Base):
    """A qualification; holds from `behaald_op` to `geldig_tot`, both inclusive."""

    __tablename__ = "bevoegdheid"
    __table_args__ = (
        CheckConstraint(f"soort in ({', '.join(repr(s.value) for s in BevoegdheidSoort)})", name="soort"),
        CheckConstraint(f"verificatie in ({', '.join(repr(s.value) for s in Verificatie)})", name="verificatie"),
        CheckConstraint("geldig_tot >= behaald_op", name="geldigheid"),
        CheckConstraint("(verificatie = 'niet-geverifieerd') = (geverifieerd_op is null)", name="geverifieerd"),
        Index(
            "bevoegdheid_eenmalig_key",
            "leraar",
            "soort",
            "vak",
            "behaald_op",
            unique=True,
            postgresql_nulls_not_distinct=True,
            # What reports ask, which go through everybody in this order.
            postgresql_include=["geldig_tot", "verificatie"],
        ),
    )

    leraar: Mapped[str] = mapped_column(ForeignKey("leraar.registratienummer"))
    soort: Mapped[str]
    vak: Mapped[str | None]
    behaald_op: Mapped[date]
    geldig_tot: Mapped[date | None]
    instelling: Mapped[str | None]
    verificatie: Mapped[str] = mapped_column(default=Verificatie.NIET_GEVERIFIEERD.value)
    geverifieerd_door: Mapped[str | None]
    geverifieerd_op: Mapped[date | None]
    geverifieerd_tegen: Mapped[str | None]
