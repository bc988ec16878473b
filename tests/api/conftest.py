"""Fixtures of the API's tests: a world per module, which its tests may add to but not take from."""

from collections.abc import Iterator

import pytest

from tests.api.world import World, make_world, written
from tests.conftest import make_settings
from tests.helpers.databases import DatabaseServer


@pytest.fixture(scope="module")
def world(pg_server: DatabaseServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A register with one of everything, for the tests of one module."""
    with pg_server.database() as name:
        world = make_world(make_settings(pg_server.url(name), tmp_path_factory.mktemp("world")))
        yield world
        world.app.extensions["register"].database.dispose()


@pytest.fixture
def nothing_is_written(world: World) -> Iterator[None]:
    """Check that a test left the journal and the idempotency keys as they were."""
    before = written(world)
    yield
    assert written(world) == before
