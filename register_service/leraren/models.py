"""Tables of the leraar: the person, who may know the person, and merged dossiers (domain.md, Leraar)."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from register_service.core.model import Base, Registered


class Leraar(Registered, Base):
    """A teacher; `registratienummer` is the only number that stands in a URL."""

    __tablename__ = "leraar"
    __table_args__ = (
        CheckConstraint("registratienummer ~ '^[1-9][0-9]{9}$'", name="registratienummer"),
        Index("leraar_zoeknaam_idx", text("zoeknaam(achternaam) gin_trgm_ops"), postgresql_using="gin"),
        Index("leraar_geboortedatum_idx", "geboortedatum"),
        Index("leraar_emailadres_idx", text("lower(emailadres)")),
        # Reports go through everybody in this order, and find what they ask here (0013_rapportages_volgorde.py).
        Index("leraar_rapport_idx", "registratienummer", postgresql_include=["geregistreerd_op", "samengevoegd_met"]),
    )

    registratienummer: Mapped[str] = mapped_column(unique=True)
    voornamen: Mapped[str]
    roepnaam: Mapped[str | None]
    voorvoegsel: Mapped[str | None]
    achternaam: Mapped[str]
    geboortedatum: Mapped[date]
    emailadres: Mapped[str | None]
    eck_id: Mapped[str | None] = mapped_column(unique=True)
    geregistreerd_op: Mapped[date]
    samengevoegd_met: Mapped[str | None] = mapped_column(ForeignKey("leraar.registratienummer"))


class Koppeling(Registered, Base):
    """A bestuur that sees a leraar before an aanstelling is entered, because it registered or linked the person."""

    __tablename__ = "koppeling"
    __table_args__ = (
        CheckConstraint("tot >= vanaf", name="periode"),
        Index("koppeling_bestuur_leraar_idx", "bestuur", "leraar"),
        Index("koppeling_leraar_idx", "leraar"),
    )

    leraar: Mapped[str] = mapped_column(ForeignKey("leraar.registratienummer"))
    bestuur: Mapped[str] = mapped_column(ForeignKey("bestuur.nummer"))
    vanaf: Mapped[date]
    tot: Mapped[date]


class Samenvoeging(Registered, Base):
    """A merge: `van` lives on as `naar`, for ever; a chain of merges is kept one step long."""

    __tablename__ = "samenvoeging"
    __table_args__ = (CheckConstraint("van <> naar", name="ander"),)

    van: Mapped[str] = mapped_column(ForeignKey("leraar.registratienummer"), unique=True)
    naar: Mapped[str] = mapped_column(ForeignKey("leraar.registratienummer"), index=True)
