"""The rows of who looked that the demo makes, and what for: in the words that the running service writes. Pure values."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Final, NamedTuple
from uuid import UUID

from register_service.demo.records import Record
from register_service.dossiers.queries import DOSSIER as DOSSIER_SOURCE
from register_service.inductie.queries import TRAJECT
from register_service.inductie.queries_tijdlijn import TIJDLIJN as TIJDLIJN_SOURCE
from register_service.leraren.queries import LERAAR
from register_service.professionalisering.queries import ACTIVITEIT
from register_service.professionalisering.queries_aanwezigen import AANWEZIGEN
from register_service.professionalisering.queries_beoordelingen import BEOORDELING
from register_service.registratie.queries import VOORTGANGEN
from register_service.registratie.queries_steekproef import INZAGE


@dataclass(frozen=True, slots=True)
class ClientRecord(Record):
    """A system that looked. It has no secret and no keys, so that nobody can be it."""

    table: ClassVar[str] = "client"
    id: UUID
    client_id: str
    naam: str
    soort: str
    bestuur: str | None
    aanbieder: UUID | None
    scopes: list[str]


@dataclass(frozen=True, slots=True)
class InzageRecord(Record):
    """One look at a dossier."""

    table: ClassVar[str] = "access_log"
    at: datetime
    leraar: str
    actor: str
    namens: str | None
    purpose: str
    reason: str | None
    parts: list[str]


class Doel(NamedTuple):
    """What a look is for, and which parts it shows. Tests hold both to the routes."""

    purpose: str
    parts: tuple[str, ...]


OPSOMMEN: Final = Doel("leraren opsommen", LERAAR.parts)
DOSSIER: Final = Doel("dossier raadplegen", DOSSIER_SOURCE.parts)
VOORTGANG: Final = Doel("voortgang van leraren raadplegen", VOORTGANGEN.parts)
TRAJECTEN: Final = Doel("inductietrajecten opsommen", TRAJECT.parts)
TIJDLIJN: Final = Doel("tijdlijn van inductietraject raadplegen", TIJDLIJN_SOURCE.parts)
MELDEN: Final = Doel("activiteit melden", ACTIVITEIT.parts)
INDIENEN: Final = Doel("activiteit indienen", ACTIVITEIT.parts)
BEVESTIGEN: Final = Doel("aanwezigheid bij aanbod bevestigen", AANWEZIGEN.parts)
BEOORDELEN: Final = Doel("te beoordelen activiteit raadplegen", BEOORDELING.parts)
GOEDKEUREN: Final = Doel("activiteit goedkeuren", BEOORDELING.parts)
AFWIJZEN: Final = Doel("activiteit afwijzen", BEOORDELING.parts)
STEEKPROEF: Final = Doel("herregistratie nakijken in een steekproef", INZAGE.parts)
# The parts as PostgreSQL's function openbare_verificatie logs them.
VERIFICATIE: Final = Doel("openbare verificatie", ("registratie", "bevoegdheden"))
ALL: Final = (
    OPSOMMEN, DOSSIER, VOORTGANG, TRAJECTEN, TIJDLIJN, MELDEN, INDIENEN, BEVESTIGEN, BEOORDELEN, GOEDKEUREN, AFWIJZEN, STEEKPROEF,
    VERIFICATIE,
)  # fmt: skip
