"""One register on a server of its own for each module, and a gunicorn over it."""

from collections.abc import Iterator

import pytest

from tests.helpers.live import LiveServer
from tests.trouble.servers import OwnServer, own_server
from tests.trouble.world import Caller, World, make_world


@pytest.fixture(scope="module")
def server() -> Iterator[OwnServer]:
    """A PostgreSQL that the module may stop, fill and kill."""
    with own_server() as running:
        yield running


@pytest.fixture(scope="module")
def world(server: OwnServer, tmp_path_factory: pytest.TempPathFactory) -> World:
    """A small register on `server`."""
    return make_world(server.url(), tmp_path_factory.mktemp("world"))


@pytest.fixture(scope="module")
def service(world: World) -> Iterator[LiveServer]:
    """gunicorn with one worker, so that every request meets the same pools."""
    with LiveServer(world.settings) as running:
        yield running


@pytest.fixture
def caller(world: World, service: LiveServer) -> Caller:
    """The bestuur's HR system."""
    return Caller(world, service)
