"""Fixtures of the pages: a register with one of everything, and browsers without scripts in which somebody signed in."""

import pytest

from tests.api.conftest import world
from tests.api.world import World
from tests.web.visitor import Visitor

__all__ = ["visitor", "world"]


@pytest.fixture
def visitor(world: World) -> Visitor:
    """Somebody who did not sign in."""
    return Visitor(world)
