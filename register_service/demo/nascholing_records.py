"""The rows of aanbod and activiteiten that the demo makes, column for column as the tables have them. Pure values."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar
from uuid import UUID

from register_service.demo.records import Record


@dataclass(frozen=True, slots=True)
class AanbiederRecord(Record):
    """A made-up aanbieder."""

    table: ClassVar[str] = "aanbieder"
    id: UUID
    kvk_nummer: str
    naam: str
    internetadres: str


@dataclass(frozen=True, slots=True)
class VerdeeldRecord(Record):
    """What aanbod and activiteit share: what it is, and its registeruren."""

    id: UUID
    soort: str
    titel: str
    registeruren: Decimal
    vakinhoudelijk: Decimal
    vakdidactisch: Decimal
    pedagogisch: Decimal
    overig: Decimal
    zelfstudie: Decimal
    toets: bool


@dataclass(frozen=True, slots=True)
class AanbodRecord(VerdeeldRecord):
    """An activity in the catalogue."""

    table: ClassVar[str] = "aanbod"
    aanbieder: UUID
    omschrijving: str
    geldig_vanaf: date
    geldig_tot: date | None
    beoordeling: str
    beoordeeld_door: str | None
    beoordeeld_op: date | None
    afwijzing: str | None


@dataclass(frozen=True, slots=True)
class ActiviteitRecord(VerdeeldRecord):
    """What one leraar did. What was withdrawn stands here as it was before: see `Nascholing.ingetrokken`."""

    table: ClassVar[str] = "activiteit"
    leraar: str
    gemeld_door: str
    bestuur: str | None
    aanbod: UUID | None
    aanbieder: str | None
    begindatum: date
    einddatum: date
    status: str
    ingediend_op: date | None
    beoordeeld_op: date | None
    beoordeeld_door: str | None
    afwijzing: str | None
    gedeeld: bool
