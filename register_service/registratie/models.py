"""Tables of the registratie: what was decided; every status follows from it and a day (domain.md, Registratie)."""

import uuid
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    DateTime,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import ExcludeConstraint
from sqlalchemy.orm import Mapped, mapped_column

from register_service.core.model import Base, Registered
from register_service.journal.models import PgSnapshot, Xid8

Moment = DateTime(timezone=True)


class Grond(StrEnum):
    """Why a registratieperiode began."""

    EERSTE = "eerste"
    VERLENGD = "verlengd"
    HERSTELD = "hersteld"
    HERVAT = "hervat"


class BerichtSoort(StrEnum):
    """Notices ahead of the end of a period (Besluit periodieke registratie Wet BIG)."""

    ZES_MAANDEN = "zes-maanden"
    TWAALF_WEKEN = "twaalf-weken"


class Uitslag(StrEnum):
    """What came of a look at one herregistratie by hand."""

    AKKOORD = "akkoord"
    NIET_AKKOORD = "niet-akkoord"


class Registratieperiode(Registered, Base):
    """A period for which a leraar was registered; days inclusive, uitstel in `einddatum`."""

    __tablename__ = "registratieperiode"
    __table_args__ = (
        UniqueConstraint("id", "leraar", name="registratieperiode_leraar_key"),
        # With what reports ask, which go through everybody in this order.
        UniqueConstraint("leraar", "begindatum", name="registratieperiode_begin_key", postgresql_include=["einddatum"]),
        CheckConstraint(f"grond in ({', '.join(repr(g.value) for g in Grond)})", name="grond"),
        CheckConstraint("einddatum >= begindatum", name="periode"),
        # As with aanstelling: an index that knows leraren by themselves would be taken to look one up.
        ExcludeConstraint(
            (text("(leraar || ' ')"), "="),
            (text("daterange(begindatum, einddatum, '[]')"), "&&"),
            name="registratieperiode_geen_overlap",
        ),
        Index("registratieperiode_einddatum_idx", "einddatum", "leraar"),
    )

    leraar: Mapped[str] = mapped_column(ForeignKey("leraar.registratienummer"))
    begindatum: Mapped[date]
    einddatum: Mapped[date]
    grond: Mapped[str]


class Uitstel(Registered, Base):
    """More time for one period, in whole months."""

    __tablename__ = "uitstel"
    __table_args__ = (
        ForeignKeyConstraint(
            ["periode", "leraar"], ["registratieperiode.id", "registratieperiode.leraar"],
            name="uitstel_periode_fkey", deferrable=True, initially="DEFERRED",
        ),
        CheckConstraint("maanden > 0", name="maanden"),
        Index("uitstel_periode_idx", "periode"),
        Index("uitstel_leraar_idx", "leraar"),
    )  # fmt: skip

    leraar: Mapped[str]
    periode: Mapped[uuid.UUID]
    maanden: Mapped[int]
    motivering: Mapped[str]
    besluitdatum: Mapped[date]


class Doorhaling(Registered, Base):
    """Struck off on request, from `vanaf` on; `tot` is the last day, when the registratie was resumed after it."""

    __tablename__ = "doorhaling"
    __table_args__ = (
        CheckConstraint("tot >= vanaf", name="periode"),
        ExcludeConstraint(
            (text("(leraar || ' ')"), "="), (text("daterange(vanaf, tot, '[]')"), "&&"), name="doorhaling_geen_overlap"
        ),
        Index("doorhaling_leraar_idx", "leraar"),
    )

    leraar: Mapped[str] = mapped_column(ForeignKey("leraar.registratienummer"))
    vanaf: Mapped[date]
    tot: Mapped[date | None]
    motivering: Mapped[str | None]


class Bericht(Registered, Base):
    """A notice to a leraar, by e-mail: once per period, kind and end.

    `bezig_sinds`: somebody is sending it; `afgegeven_op`: the mail server may have it; `verzonden_op`: it said so.
    """

    __tablename__ = "bericht"
    __table_args__ = (
        ForeignKeyConstraint(
            ["periode", "leraar"], ["registratieperiode.id", "registratieperiode.leraar"],
            name="bericht_periode_fkey", deferrable=True, initially="DEFERRED",
        ),
        UniqueConstraint("periode", "soort", "einddatum", name="bericht_eenmalig_key"),
        CheckConstraint(f"soort in ({', '.join(repr(s.value) for s in BerichtSoort)})", name="soort"),
        Index("bericht_leraar_idx", "leraar"),
        Index(
            "bericht_te_verzenden_idx", "id",
            postgresql_where=text("verzonden_op is null and vervallen_op is null and afgegeven_op is null"),
        ),
    )  # fmt: skip

    leraar: Mapped[str]
    periode: Mapped[uuid.UUID]
    soort: Mapped[str]
    einddatum: Mapped[date]
    gemaakt_op: Mapped[date]
    pogingen: Mapped[int] = mapped_column(server_default=text("0"), default=0)
    bezig_sinds: Mapped[datetime | None] = mapped_column(Moment)
    afgegeven_op: Mapped[datetime | None] = mapped_column(Moment)
    verzonden_op: Mapped[datetime | None] = mapped_column(Moment)
    vervallen_op: Mapped[datetime | None] = mapped_column(Moment)
    storing: Mapped[str | None]


class Steekproef(Registered, Base):
    """A draw of `aantal` of the `omvang` herregistraties from `vanaf` to `tot`, as known at `peilmoment`, by `zaad`."""

    __tablename__ = "steekproef"
    __table_args__ = (
        CheckConstraint("tot >= vanaf", name="periode"),
        CheckConstraint("aantal between 1 and omvang", name="aantal"),
    )

    vanaf: Mapped[date]
    tot: Mapped[date]
    peilmoment: Mapped[datetime] = mapped_column(Moment)
    size: Mapped[int] = mapped_column(BigInteger)
    root: Mapped[str]
    zaad: Mapped[str]
    methode: Mapped[str]
    omvang: Mapped[int]
    aantal: Mapped[int]


class Trekking(Registered, Base):
    """One herregistratie that was drawn, and what came of the look at it."""

    __tablename__ = "trekking"
    __table_args__ = (
        ForeignKeyConstraint(
            ["periode", "leraar"], ["registratieperiode.id", "registratieperiode.leraar"],
            name="trekking_periode_fkey", deferrable=True, initially="DEFERRED",
        ),
        UniqueConstraint("steekproef", "volgnummer", name="trekking_volgnummer_key"),
        UniqueConstraint("steekproef", "periode", name="trekking_periode_key"),
        CheckConstraint(f"uitslag in ({', '.join(repr(u.value) for u in Uitslag)})", name="uitslag"),
        CheckConstraint("(uitslag is null) = (beoordeeld_op is null)", name="beoordeeld"),
        Index("trekking_leraar_idx", "leraar"),
    )  # fmt: skip

    steekproef: Mapped[uuid.UUID] = mapped_column(ForeignKey("steekproef.id"))
    volgnummer: Mapped[int]
    leraar: Mapped[str]
    periode: Mapped[uuid.UUID]
    uitslag: Mapped[str | None]
    toelichting: Mapped[str | None]
    beoordeeld_door: Mapped[str | None]
    beoordeeld_op: Mapped[date | None]


class Verificatietoestemming(Registered, Base):
    """The leraar allows anyone who has number and achternaam to ask for status and bevoegdheden."""

    __tablename__ = "verificatietoestemming"

    leraar: Mapped[str] = mapped_column(ForeignKey("leraar.registratienummer"), unique=True)
    gegeven_op: Mapped[date]


class RenewalRun(Base):
    """How far the daily command came: what follows up to `day` is stored, for all that it saw.

    What transactions from `unseen_from` on changed, it may not have seen.
    """

    __tablename__ = "renewal_run"

    day: Mapped[date] = mapped_column(primary_key=True)
    unseen_from: Mapped[str] = mapped_column(Xid8())
    finished_at: Mapped[datetime] = mapped_column(Moment)


class Voortgangstand(Base):
    """What the progress of a leraar follows from, from `vanaf` to `tot`, by the facts that `gezien` shows and the rules `regels`.

    Derived, and made anew at any time: it holds while the journal has nothing that `gezien` does not show.
    """

    __tablename__ = "voortgangstand"

    leraar: Mapped[str] = mapped_column(ForeignKey("leraar.registratienummer", ondelete="CASCADE"), primary_key=True)
    vanaf: Mapped[date]
    tot: Mapped[date]
    gezien: Mapped[str] = mapped_column(PgSnapshot())
    regels: Mapped[str]
    stand: Mapped[str]
