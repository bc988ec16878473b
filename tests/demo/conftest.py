"""The generated people, made once for all tests of the demo."""

import pytest

from register_service.demo.load import read_duo_files
from register_service.demo.people import Population, populate
from register_service.demo.region import Workplace, assign_besturen, workplaces


@pytest.fixture(scope="session")
def places() -> dict[str, list[Workplace]]:
    """Give the vestigingen of each bestuur of the region."""
    return workplaces(assign_besturen(read_duo_files()))


@pytest.fixture(scope="session")
def population(places: dict[str, list[Workplace]]) -> Population:
    """Give all leraren of the demo."""
    return populate(places)
