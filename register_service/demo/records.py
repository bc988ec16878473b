"""The rows that the demo makes, column for column as the tables have them. Pure values."""

from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar
from uuid import UUID


class Record:
    """A row of one table; `table` names it and the dataclass fields are its columns."""

    table: ClassVar[str]

    @classmethod
    def columns(cls) -> tuple[str, ...]:
        """Give the columns in the order of `values`."""
        return tuple(field.name for field in fields(cls))  # type: ignore[arg-type]

    def values(self) -> tuple[Any, ...]:
        """Give the values in the order of `columns`."""
        return tuple(getattr(self, name) for name in self.columns())


@dataclass(frozen=True, slots=True)
class LeraarRecord(Record):
    """A generated person; nobody real."""

    table: ClassVar[str] = "leraar"
    id: UUID
    registratienummer: str
    voornamen: str
    roepnaam: str
    voorvoegsel: str | None
    achternaam: str
    geboortedatum: date
    emailadres: str
    eck_id: str | None
    geregistreerd_op: date


@dataclass(frozen=True, slots=True)
class BevoegdheidRecord(Record):
    """A generated qualification."""

    table: ClassVar[str] = "bevoegdheid"
    id: UUID
    leraar: str
    soort: str
    vak: str | None
    behaald_op: date
    geldig_tot: date | None
    instelling: str
    verificatie: str
    geverifieerd_door: str | None
    geverifieerd_op: date | None
    geverifieerd_tegen: str | None


@dataclass(frozen=True, slots=True)
class AanstellingRecord(Record):
    """A generated appointment; `betrekkingsomvang` in fte."""

    table: ClassVar[str] = "aanstelling"
    id: UUID
    leraar: str
    bestuur: str
    vestiging: str
    functie: str
    soort: str
    begindatum: date
    einddatum: date | None
    betrekkingsomvang: Decimal
    personeelsnummer: str
    reden_einde: str | None
