"""A register of its own for each test."""

from collections.abc import Iterator

import pytest

from register_service.settings import Settings
from tests.inductie.support import Starter
from tests.support import Register, on_day


@pytest.fixture
def register(settings: Settings) -> Iterator[Register]:
    """A register with two besturen and their clients."""
    register = Register(settings)
    yield register
    register.close()


@pytest.fixture
def starter(register: Register) -> Iterator[Starter]:
    """A leraar of bestuur A with a bevoegdheid and an aanstelling, on 1 September 2026; no traject yet."""
    with on_day(2026, 9, 1):
        yield Starter.at(register)
