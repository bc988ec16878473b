"""A register of its own for each test, and a leraar with an activiteit or none."""

from collections.abc import Iterator

import pytest

from register_service.settings import Settings
from tests.professionalisering.support import Teacher
from tests.support import Register, on_day


@pytest.fixture
def register(settings: Settings) -> Iterator[Register]:
    """A register with two besturen and their clients, on 1 September 2026."""
    register = Register(settings)
    with on_day(2026, 9, 1):
        yield register
    register.close()


@pytest.fixture
def teacher(register: Register) -> Teacher:
    """A leraar of bestuur A, whom bestuur B sees as well."""
    return Teacher.at(register).known_at_b()
