"""A register of its own for each test."""

from collections.abc import Iterator

import pytest

from register_service.settings import Settings
from tests.support import Register


@pytest.fixture
def register(settings: Settings) -> Iterator[Register]:
    """A register with two besturen and their clients."""
    register = Register(settings)
    yield register
    register.close()
