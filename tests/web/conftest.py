"""Fixtures of the pages: a register with one of everything, and browsers without scripts in which somebody signed in."""

from collections.abc import Iterator

import pytest

from tests.api.world import World, make_world
from tests.conftest import make_settings
from tests.helpers.databases import DatabaseServer
from tests.web.visitor import Visitor


@pytest.fixture(scope="module")
def world(pg_server: DatabaseServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A register with one of everything, for the tests of one module."""
    with pg_server.database() as name:
        world = make_world(make_settings(pg_server.url(name), tmp_path_factory.mktemp("world")))
        yield world
        world.app.extensions["register"].database.dispose()


@pytest.fixture
def visitor(world: World) -> Visitor:
    """Somebody who did not sign in."""
    return Visitor(world)
