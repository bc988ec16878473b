"""The generated people, made once for all tests of the demo."""

import uuid
from collections.abc import Callable
from datetime import date

import pytest

from register_service.demo.load import read_duo_files
from register_service.demo.people import Population, populate
from register_service.demo.region import Workplace, assign_besturen, workplaces
from register_service.demo.traject_draft import Draft, Regeling
from register_service.demo.trajecten import draw_trajecten
from register_service.inductie.rules.norms import read_norms

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


@pytest.fixture(scope="session")
def places() -> dict[str, list[Workplace]]:
    """Give the vestigingen of each bestuur of the region."""
    return workplaces(assign_besturen(read_duo_files()))


@pytest.fixture(scope="session")
def population(places: dict[str, list[Workplace]]) -> Population:
    """Give all leraren of the demo."""
    return populate(places)


@pytest.fixture(scope="session")
def draw_again(places: dict[str, list[Workplace]], population: Population) -> Callable[[], list[Draft]]:
    """Give what draws all trajecten of the demo."""
    sectors = {place.code: place.sector for list_ in places.values() for place in list_}
    regelingen = [
        Regeling(uuid.uuid5(uuid.NAMESPACE_DNS, sector), sector, date(1900, 1, 1), None, read_norms(INDUCTIE))
        for sector in ("po", "so", "vo", "mbo", "ho")
    ]
    return lambda: draw_trajecten(population, sectors, regelingen)


@pytest.fixture(scope="session")
def trajecten(draw_again: Callable[[], list[Draft]]) -> list[Draft]:
    """Give all trajecten of the demo."""
    return draw_again()
