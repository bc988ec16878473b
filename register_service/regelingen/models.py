"""Table of the regelingen: every figure of the domain, dated, per sector (domain.md, introduction)."""

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, text
from sqlalchemy.dialects.postgresql import ExcludeConstraint
from sqlalchemy.orm import Mapped

from register_service.core.model import Base, Registered


class Regeling(Registered, Base):
    """Values that hold for a sector ('alle' for every sector) from a day to a day, both inclusive."""

    __tablename__ = "regeling"
    __table_args__ = (
        CheckConstraint("sector in ('alle', 'po', 'so', 'vo', 'mbo', 'ho')", name="sector"),
        CheckConstraint("geldig_tot >= geldig_vanaf", name="geldigheid"),
        ExcludeConstraint(
            ("sector", "="),
            (text("daterange(geldig_vanaf, geldig_tot, '[]')"), "&&"),
            name="regeling_geen_overlap",
        ),
    )

    sector: Mapped[str]
    geldig_vanaf: Mapped[date]
    geldig_tot: Mapped[date | None]
    waarden: Mapped[dict[str, Any]]
