"""Tables of the inductietraject and of the facts that make it (domain.md, Inductietraject).

A traject's state is nowhere a column: `verloop` holds what the rules made of all facts, whatever the day; a status follows
from it and a day. Every table of facts names the bestuur that wrote it, for that bestuur alone reads it, and the leraar.
"""

import uuid
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, Numeric, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ExcludeConstraint
from sqlalchemy.orm import Mapped, mapped_column

from register_service.core.model import Base, Registered


class Resultaat(StrEnum):
    """Judgements at the end."""

    BEHAALD = "behaald"
    NIET_BEHAALD = "niet-behaald"


class VrijstellingGrond(StrEnum):
    """Why somebody need not do an inductie."""

    ELDERS_BEHAALD = "elders-behaald"
    RUIME_ERVARING = "ruime-ervaring"
    OVERIG = "overig"


class StopReden(StrEnum):
    """Why a traject stopped before its end."""

    UIT_DIENST = "uit-dienst"
    BUITEN_REGIO = "buiten-regio"
    BUITEN_ONDERWIJS = "buiten-onderwijs"
    OP_VERZOEK = "op-verzoek"
    OVERIG = "overig"


class OnderbrekingSoort(StrEnum):
    """Kinds of interruption."""

    ZWANGERSCHAPSVERLOF = "zwangerschapsverlof"
    OUDERSCHAPSVERLOF = "ouderschapsverlof"
    ZIEKTE = "ziekte"
    ONBETAALD_VERLOF = "onbetaald-verlof"
    OVERIG = "overig"


class BegeleidingRol(StrEnum):
    """What somebody is to a starter."""

    COACH = "coach"
    SCHOOLOPLEIDER = "schoolopleider"
    WERKPLEKBEGELEIDER = "werkplekbegeleider"


class Instrument(StrEnum):
    """Instruments of observation."""

    ICALT = "ICALT"
    DOT = "DOT"
    EIGEN = "eigen"


# The five criteria of the cao VO, in its order.
CRITERIA = (
    "werkdrukvermindering",
    "enculturatie",
    "professionele_ontwikkeling",
    "observatie_en_begeleiding",
    "intervisie_en_begeleiding",
)


def _one_of(column: str, values: type[StrEnum]) -> CheckConstraint:
    return CheckConstraint(f"{column} in ({', '.join(repr(value.value) for value in values)})", name=column)


class Inductietraject(Registered, Base):
    """One starter's traject; at most one per leraar that is open, behaald or vrijgesteld."""

    __tablename__ = "inductietraject"
    __table_args__ = (
        UniqueConstraint("id", "leraar", name="inductietraject_leraar_key"),
        Index(
            "inductietraject_een_per_leraar",
            "leraar",
            unique=True,
            postgresql_where=text("gestopt_op is null and resultaat is distinct from 'niet-behaald'"),
        ),
        Index("inductietraject_leraar_idx", "leraar"),
        Index("inductietraject_sector_idx", "sector", "id"),
        Index("inductietraject_verwachte_einddatum_idx", "verwachte_einddatum"),
        # In the order of the lists, with what they ask of every row: `verloop` makes rows wide, and a list reads a page of them.
        Index(
            "inductietraject_lijst_idx",
            "id",
            unique=True,
            postgresql_include=["leraar", "sector", "verwachte_einddatum"],
        ),
        Index("inductietraject_vervolg_op_idx", "vervolg_op"),
        _one_of("resultaat", Resultaat),
        _one_of("vrijstelling_grond", VrijstellingGrond),
        _one_of("stop_reden", StopReden),
        CheckConstraint("(afgerond_op is null) = (resultaat is null)", name="afronding"),
        CheckConstraint("(gestopt_op is null) = (stop_reden is null)", name="stop"),
        CheckConstraint("num_nonnulls(afgerond_op, gestopt_op, vrijstelling_grond) <= 1", name="een_einde"),
        CheckConstraint("resultaat <> 'niet-behaald' or num_nulls(motivering, meegedeeld_op) = 0", name="niet_behaald"),
    )

    leraar: Mapped[str] = mapped_column(ForeignKey("leraar.registratienummer"))
    sector: Mapped[str]
    startdatum: Mapped[date]
    regeling: Mapped[uuid.UUID] = mapped_column(ForeignKey("regeling.id"))
    vervolg_op: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("inductietraject.id"))
    vrijstelling_grond: Mapped[str | None]
    vrijstelling_motivering: Mapped[str | None]
    afgerond_op: Mapped[date | None]
    resultaat: Mapped[str | None]
    motivering: Mapped[str | None]
    vervroegd: Mapped[bool] = mapped_column(server_default=text("false"), default=False)
    meegedeeld_op: Mapped[date | None]
    gestopt_op: Mapped[date | None]
    stop_reden: Mapped[str | None]
    verloop: Mapped[dict[str, Any]]
    # By the table's trigger, from `verloop`.
    verwachte_einddatum: Mapped[date | None]


class Inductiestand(Base):
    """What holds of a traject from a day to a day: `verloop` spelled out by a trigger, so that lists compare dates only."""

    __tablename__ = "inductiestand"
    __table_args__ = (
        ForeignKeyConstraint(
            ["traject", "leraar"], ["inductietraject.id", "inductietraject.leraar"],
            name="inductiestand_traject_fkey", ondelete="CASCADE", deferrable=True, initially="DEFERRED",
        ),
        # In the order of the lists, with the days in it, so that a page is found without a look at the table.
        Index("inductiestand_waarde_idx", "soort", "waarde", "traject", postgresql_include=["vanaf", "tot", "leraar"]),
    )  # fmt: skip

    # First in the key, so that what holds of a leraar is found without the traject.
    leraar: Mapped[str] = mapped_column(primary_key=True)
    traject: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    soort: Mapped[str] = mapped_column(primary_key=True)
    waarde: Mapped[str] = mapped_column(primary_key=True)
    vanaf: Mapped[date] = mapped_column(primary_key=True)
    tot: Mapped[date]


class OfTraject(Registered):
    """Mixin of facts: of which traject, hence of which leraar."""

    traject: Mapped[uuid.UUID]
    leraar: Mapped[str]


def _of_traject(table: str, *more: Any, ondelete: str | None = None) -> tuple[Any, ...]:
    # Deferred, so that a merge of dossiers can move a traject and its facts one after the other.
    return (
        ForeignKeyConstraint(
            ["traject", "leraar"], ["inductietraject.id", "inductietraject.leraar"],
            name=f"{table}_traject_fkey", ondelete=ondelete, deferrable=True, initially="DEFERRED",
        ),
        Index(f"{table}_traject_idx", "traject"),
        *more,
    )  # fmt: skip


def _period(begin: str = "begindatum") -> CheckConstraint:
    return CheckConstraint(f"einddatum >= {begin}", name="periode")


class Inductieperiode(OfTraject, Base):
    """A stay at a vestiging, dates inclusive; of one leraar no two overlap, in whatever traject."""

    __tablename__ = "inductieperiode"
    __table_args__ = _of_traject(
        __tablename__,
        _period(),
        ExcludeConstraint(
            ("leraar", "="), (text("daterange(begindatum, einddatum, '[]')"), "&&"), name="inductieperiode_geen_overlap"
        ),
        Index("inductieperiode_bestuur_traject_idx", "bestuur", "traject"),
    )

    bestuur: Mapped[str] = mapped_column(ForeignKey("bestuur.nummer"))
    vestiging: Mapped[str] = mapped_column(ForeignKey("vestiging.code"))
    begindatum: Mapped[date]
    einddatum: Mapped[date | None]
    # The end of the traject ended it: reopening the traject opens it again.
    gesloten_met_traject: Mapped[bool] = mapped_column(server_default=text("false"), default=False)
    leidinggevende: Mapped[str | None] = mapped_column(ForeignKey("leraar.registratienummer"))
    leidinggevende_naam: Mapped[str | None]


class Onderbreking(OfTraject, Base):
    """An interruption, dates inclusive; without an einddatum it still lasts."""

    __tablename__ = "onderbreking"
    __table_args__ = _of_traject(
        __tablename__,
        _period(),
        _one_of("soort", OnderbrekingSoort),
        ExcludeConstraint(
            ("traject", "="), (text("daterange(begindatum, einddatum, '[]')"), "&&"), name="onderbreking_geen_overlap"
        ),
    )

    bestuur: Mapped[str] = mapped_column(ForeignKey("bestuur.nummer"))
    soort: Mapped[str]
    begindatum: Mapped[date]
    einddatum: Mapped[date | None]


class Verlenging(OfTraject, Base):
    """A decision to give a traject more months."""

    __tablename__ = "verlenging"
    __table_args__ = _of_traject(__tablename__, CheckConstraint("maanden > 0", name="maanden"))

    bestuur: Mapped[str] = mapped_column(ForeignKey("bestuur.nummer"))
    maanden: Mapped[int]
    motivering: Mapped[str]
    besluitdatum: Mapped[date]


class Inductieprogramma(OfTraject, Base):
    """The programme of one induction year: hours planned and realised per criterium of the cao, and lesreductie in percent."""

    __tablename__ = "inductieprogramma"
    __table_args__ = _of_traject(
        __tablename__,
        UniqueConstraint("traject", "jaar", name="inductieprogramma_jaar_key"),
        CheckConstraint("jaar between 1 and 9", name="jaar"),
        CheckConstraint("lesreductie between 0 and 100", name="lesreductie"),
        CheckConstraint(
            "0 <= least({})".format(", ".join(f"{c}_{kind}" for c in CRITERIA for kind in ("gepland", "gerealiseerd"))),
            name="uren",
        ),
    )

    bestuur: Mapped[str] = mapped_column(ForeignKey("bestuur.nummer"))
    jaar: Mapped[int]
    lesreductie: Mapped[Decimal | None] = mapped_column(Numeric(5, 2))
    werkdrukvermindering_gepland: Mapped[Decimal | None] = mapped_column(Numeric(6, 2))
    werkdrukvermindering_gerealiseerd: Mapped[Decimal | None] = mapped_column(Numeric(6, 2))
    enculturatie_gepland: Mapped[Decimal | None] = mapped_column(Numeric(6, 2))
    enculturatie_gerealiseerd: Mapped[Decimal | None] = mapped_column(Numeric(6, 2))
    professionele_ontwikkeling_gepland: Mapped[Decimal | None] = mapped_column(Numeric(6, 2))
    professionele_ontwikkeling_gerealiseerd: Mapped[Decimal | None] = mapped_column(Numeric(6, 2))
    observatie_en_begeleiding_gepland: Mapped[Decimal | None] = mapped_column(Numeric(6, 2))
    observatie_en_begeleiding_gerealiseerd: Mapped[Decimal | None] = mapped_column(Numeric(6, 2))
    intervisie_en_begeleiding_gepland: Mapped[Decimal | None] = mapped_column(Numeric(6, 2))
    intervisie_en_begeleiding_gerealiseerd: Mapped[Decimal | None] = mapped_column(Numeric(6, 2))


class Begeleiding(OfTraject, Base):
    """Somebody who guides a starter: a registered leraar or a named person, from a day to a day; one coach at a time."""

    __tablename__ = "begeleiding"
    __table_args__ = _of_traject(
        __tablename__,
        _period(),
        _one_of("rol", BegeleidingRol),
        CheckConstraint("num_nonnulls(begeleider, begeleider_naam) = 1", name="begeleider"),
        CheckConstraint("begeleider <> leraar", name="niet_zichzelf"),
        ExcludeConstraint(
            ("traject", "="),
            (text("daterange(begindatum, einddatum, '[]')"), "&&"),
            name="begeleiding_een_coach",
            where=text("rol = 'coach'"),
        ),
        Index("begeleiding_begeleider_idx", "begeleider", "traject"),
    )

    bestuur: Mapped[str] = mapped_column(ForeignKey("bestuur.nummer"))
    rol: Mapped[str]
    begeleider: Mapped[str | None] = mapped_column(ForeignKey("leraar.registratienummer"))
    begeleider_naam: Mapped[str | None]
    begindatum: Mapped[date]
    einddatum: Mapped[date | None]


class Observatie(OfTraject, Base):
    """That a lesson was observed: when, with what, by whom. What was seen is not here."""

    __tablename__ = "observatie"
    __table_args__ = _of_traject(
        __tablename__,
        _one_of("instrument", Instrument),
        CheckConstraint("num_nonnulls(observator, observator_naam) = 1", name="observator"),
    )

    bestuur: Mapped[str] = mapped_column(ForeignKey("bestuur.nummer"))
    datum: Mapped[date]
    instrument: Mapped[str]
    observator: Mapped[str | None] = mapped_column(ForeignKey("leraar.registratienummer"))
    observator_naam: Mapped[str | None]


class Observatiescore(OfTraject, Base):
    """What was seen: written by the leraar alone, and read by nobody else unless the leraar shares it."""

    __tablename__ = "observatiescore"
    # Of the leraar and nothing else: what is withdrawn takes no scores along, and is not held up by any.
    __table_args__ = (
        UniqueConstraint("observatie", name="observatiescore_observatie_key"),
        Index("observatiescore_traject_idx", "traject"),
    )

    leraar: Mapped[str] = mapped_column(ForeignKey("leraar.registratienummer"))
    observatie: Mapped[uuid.UUID]
    scores: Mapped[dict[str, Any]]
    toelichting: Mapped[str | None]
    gedeeld: Mapped[bool]


class Voortgangsgesprek(OfTraject, Base):
    """A talk on progress that was held."""

    __tablename__ = "voortgangsgesprek"
    __table_args__ = _of_traject(__tablename__)

    bestuur: Mapped[str] = mapped_column(ForeignKey("bestuur.nummer"))
    datum: Mapped[date]
    gevoerd_door: Mapped[str | None]


class OvernameInstemming(OfTraject, Base):
    """The leraar agrees that a bestuur takes the traject over before the other has closed its stay."""

    __tablename__ = "overname_instemming"
    # Whoever withdraws a traject may not see that the leraar agreed to anything, nor take that back.
    __table_args__ = _of_traject(
        __tablename__,
        UniqueConstraint("traject", "bestuur", name="overname_instemming_bestuur_key"),
        ondelete="CASCADE",
    )

    bestuur: Mapped[str] = mapped_column(ForeignKey("bestuur.nummer"))
    gegeven_op: Mapped[date]


FACTS: tuple[type[OfTraject], ...] = (
    Inductieperiode,
    Onderbreking,
    Verlenging,
    Inductieprogramma,
    Begeleiding,
    Observatie,
    Observatiescore,
    Voortgangsgesprek,
    OvernameInstemming,
)
