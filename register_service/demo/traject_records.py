"""The rows of inductietrajecten that the demo makes, column for column as the tables have them. Pure values."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar
from uuid import UUID

from register_service.demo.records import Record


@dataclass(frozen=True, slots=True)
class TrajectRecord(Record):
    """A traject; `verloop` is the JSON that the rules made of all its facts."""

    table: ClassVar[str] = "inductietraject"
    id: UUID
    leraar: str
    sector: str
    startdatum: date
    regeling: UUID
    vervolg_op: UUID | None
    vrijstelling_grond: str | None
    vrijstelling_motivering: str | None
    afgerond_op: date | None
    resultaat: str | None
    motivering: str | None
    vervroegd: bool
    meegedeeld_op: date | None
    gestopt_op: date | None
    stop_reden: str | None
    verloop: str


@dataclass(frozen=True, slots=True)
class FactRecord(Record):
    """What every fact has; `bestuur` wrote it."""

    id: UUID
    traject: UUID
    leraar: str
    bestuur: str


@dataclass(frozen=True, slots=True)
class PeriodeRecord(FactRecord):
    """A stay at a vestiging, and who is in charge there: somebody registered or a named person."""

    table: ClassVar[str] = "inductieperiode"
    vestiging: str
    begindatum: date
    einddatum: date | None
    gesloten_met_traject: bool
    leidinggevende: str | None
    leidinggevende_naam: str | None


@dataclass(frozen=True, slots=True)
class OnderbrekingRecord(FactRecord):
    """An interruption."""

    table: ClassVar[str] = "onderbreking"
    soort: str
    begindatum: date
    einddatum: date | None


@dataclass(frozen=True, slots=True)
class VerlengingRecord(FactRecord):
    """A decision to give more months."""

    table: ClassVar[str] = "verlenging"
    maanden: int
    motivering: str
    besluitdatum: date


@dataclass(frozen=True, slots=True)
class ProgrammaRecord(FactRecord):
    """The programme of a year: hours planned and realised per criterium, lesreductie in percent."""

    table: ClassVar[str] = "inductieprogramma"
    jaar: int
    lesreductie: Decimal | None
    werkdrukvermindering_gepland: Decimal | None
    enculturatie_gepland: Decimal | None
    professionele_ontwikkeling_gepland: Decimal | None
    observatie_en_begeleiding_gepland: Decimal | None
    intervisie_en_begeleiding_gepland: Decimal | None
    werkdrukvermindering_gerealiseerd: Decimal | None
    enculturatie_gerealiseerd: Decimal | None
    professionele_ontwikkeling_gerealiseerd: Decimal | None
    observatie_en_begeleiding_gerealiseerd: Decimal | None
    intervisie_en_begeleiding_gerealiseerd: Decimal | None


@dataclass(frozen=True, slots=True)
class BegeleidingRecord(FactRecord):
    """Somebody who guides."""

    table: ClassVar[str] = "begeleiding"
    rol: str
    begeleider: str | None
    begeleider_naam: str | None
    begindatum: date
    einddatum: date | None


@dataclass(frozen=True, slots=True)
class ObservatieRecord(FactRecord):
    """That a lesson was observed."""

    table: ClassVar[str] = "observatie"
    datum: date
    instrument: str
    observator: str | None
    observator_naam: str | None


@dataclass(frozen=True, slots=True)
class ScoreRecord(Record):
    """What was seen in a lesson, of the leraar alone unless shared; `scores` is JSON."""

    table: ClassVar[str] = "observatiescore"
    id: UUID
    traject: UUID
    leraar: str
    observatie: UUID
    scores: str
    toelichting: str | None
    gedeeld: bool


@dataclass(frozen=True, slots=True)
class GesprekRecord(FactRecord):
    """A voortgangsgesprek that was held."""

    table: ClassVar[str] = "voortgangsgesprek"
    datum: date
    gevoerd_door: str | None


@dataclass(frozen=True, slots=True)
class InstemmingRecord(FactRecord):
    """The leraar agrees that `bestuur` takes the traject over."""

    table: ClassVar[str] = "overname_instemming"
    gegeven_op: date
