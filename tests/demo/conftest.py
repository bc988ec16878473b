"""The generated people, made once for all tests of the demo; and one register with all of it, to read."""

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import psycopg
import pytest
from psycopg import Connection

from register_service.core.context import set_context
from register_service.demo.load import EVENT, REASON, read_duo_files
from register_service.demo.nascholing import Nascholing, draw_nascholing
from register_service.demo.people import Population, populate
from register_service.demo.region import Workplace, assign_besturen, workplaces
from register_service.demo.traject_draft import Draft, Regeling
from register_service.demo.trajecten import draw_trajecten
from register_service.inductie.rules.norms import read_norms
from register_service.registratie.rules.norms import Regelingen, read_regelingen
from tests.helpers import demo as helpers_demo
from tests.helpers.databases import DatabaseServer

# The figures of domain.md, as migration 0002 gives them to every sector.
INDUCTIE = {
    "normduurMaanden": 36,
    "verlengingMaximaalMaanden": 12,
    "startVooruitMaanden": 4,
    "onderbrekingMinimaalDagen": 30,
    "vervroegdMinimaalMaanden": 12,
    "gesprekMaanden": 6,
    "lesreductie": [20, 10],
    "deeltijdNaarRato": False,
}
# And those of the registratie, as migration 0007 gives them.
REGISTRATIE = {
    "registratieJaren": 4,
    "registeruren": 160,
    "primairUren": 100,
    "werkuren": 1328,
    "jaaruren": 1659,
    "voorwaardenMaanden": 6,
    "uitstelMaximaalMaanden": 24,
    "meldingMaanden": 6,
    "meldingWeken": 12,
    "registrerendeSoorten": ["pabo", "tweedegraads", "eerstegraads", "pdg", "beperkt", "erkend-buitenland"],
    "activiteitMaximaalUren": 1680,
    "aanbodMinimaalUren": 3,
    "gelijkenisTitel": 0.5,
}
SECTORS = ("po", "so", "vo", "mbo", "ho")


@dataclass(frozen=True, slots=True)
class Loaded:
    """A register with the whole demo in it, and what the load told. Each test reads it over a connection of its own."""

    connection: Connection[Any]
    lines: list[str]

    def one(self, query: str, *values: object) -> int:
        """Give the one number that a query gives."""
        row = self.connection.execute(query, values or None).fetchone()  # type: ignore[arg-type]
        assert row is not None
        return int(row[0])


@pytest.fixture(scope="session")
def demo_database(pg_server: DatabaseServer) -> Iterator[tuple[str, list[str]]]:
    """Load the demo once for all tests that read it; give the URL of the database and what the load told."""
    with helpers_demo.demo_database(pg_server) as loaded_database:
        yield loaded_database


@pytest.fixture
def loaded(demo_database: tuple[str, list[str]]) -> Iterator[Loaded]:
    """Read the loaded demo as the keeper does, over a connection of the test's own; nothing of it is kept."""
    url, lines = demo_database
    with psycopg.connect(url) as connection:
        set_context(connection, actor="beheer:cli", event=EVENT, today=helpers_demo.LOADED_ON, reason=REASON)
        yield Loaded(connection, list(lines))
        connection.rollback()


@pytest.fixture(scope="session")
def places() -> dict[str, list[Workplace]]:
    """Give the vestigingen of each bestuur of the region."""
    return workplaces(assign_besturen(read_duo_files()))


@pytest.fixture(scope="session")
def sectors(places: dict[str, list[Workplace]]) -> dict[str, str]:
    """Give the sector of each vestiging."""
    return {place.code: place.sector for list_ in places.values() for place in list_}


@pytest.fixture(scope="session")
def population(places: dict[str, list[Workplace]]) -> Population:
    """Give all leraren of the demo."""
    return populate(places)


@pytest.fixture(scope="session")
def draw_again(sectors: dict[str, str], population: Population) -> Callable[[], list[Draft]]:
    """Give what draws all trajecten of the demo."""
    regelingen = [
        Regeling(uuid.uuid5(uuid.NAMESPACE_DNS, sector), sector, date(1900, 1, 1), None, read_norms(INDUCTIE))
        for sector in SECTORS
    ]
    return lambda: draw_trajecten(population, sectors, regelingen)


@pytest.fixture(scope="session")
def trajecten(draw_again: Callable[[], list[Draft]]) -> list[Draft]:
    """Give all trajecten of the demo."""
    return draw_again()


@pytest.fixture(scope="session")
def regelingen() -> Regelingen:
    """Give the figures of the registratie."""
    per_sector = [
        {"sector": sector, "geldigVanaf": "1900-01-01", "waarden": {"vakinhoudelijkUren": 40 if sector == "vo" else 0}}
        for sector in SECTORS
    ]
    return read_regelingen([{"sector": "alle", "geldigVanaf": "1900-01-01", "waarden": REGISTRATIE}, *per_sector])


@pytest.fixture(scope="session")
def draw_nascholing_again(
    sectors: dict[str, str], population: Population, regelingen: Regelingen
) -> Callable[[], Nascholing]:
    """Give what draws all aanbod, activiteiten and registraties of the demo."""
    return lambda: draw_nascholing(population, sectors, regelingen)


@pytest.fixture(scope="session")
def nascholing(draw_nascholing_again: Callable[[], Nascholing]) -> Nascholing:
    """Give all aanbod, activiteiten and registraties of the demo."""
    return draw_nascholing_again()
