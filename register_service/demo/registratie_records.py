"""The rows of the registratie that the demo makes, column for column as the tables have them. Pure values."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from register_service.demo.records import Record


@dataclass(frozen=True, slots=True)
class RegistratieperiodeRecord(Record):
    """A period that the rules gave; uitstel is in `einddatum`."""

    table: ClassVar[str] = "registratieperiode"
    id: UUID
    leraar: str
    begindatum: date
    einddatum: date
    grond: str


@dataclass(frozen=True, slots=True)
class UitstelRecord(Record):
    """More months for one period."""

    table: ClassVar[str] = "uitstel"
    id: UUID
    leraar: str
    periode: UUID
    maanden: int
    motivering: str
    besluitdatum: date


@dataclass(frozen=True, slots=True)
class DoorhalingRecord(Record):
    """Struck off on request; `tot`: resumed on the day after."""

    table: ClassVar[str] = "doorhaling"
    id: UUID
    leraar: str
    vanaf: date
    tot: date | None
    motivering: str | None


@dataclass(frozen=True, slots=True)
class BerichtRecord(Record):
    """A notice that was sent."""

    table: ClassVar[str] = "bericht"
    id: UUID
    leraar: str
    periode: UUID
    soort: str
    einddatum: date
    gemaakt_op: date
    pogingen: int
    afgegeven_op: datetime
    verzonden_op: datetime


@dataclass(frozen=True, slots=True)
class ToestemmingRecord(Record):
    """Anyone with number and achternaam may ask for the status of this leraar."""

    table: ClassVar[str] = "verificatietoestemming"
    id: UUID
    leraar: str
    gegeven_op: date
