"""The connection is lost around a COMMIT: never asked twice, and the client's own retry gets the first answer."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import text

from register_service.api import idempotency
from register_service.app import create_app
from tests.trouble.wire import Cut, Wire
from tests.trouble.world import PERSON, World, make_world, person

CANDIDATE = {name: value for name, value in PERSON.items() if name != "emailadres"}


@pytest.fixture
def world(database_url: str, tmp_path: Path) -> World:
    return make_world(database_url, tmp_path)


@pytest.fixture
def wire(world: World) -> Iterator[Wire]:
    with Wire(world.settings.database_url) as wire:
        yield wire


@pytest.fixture
def client(world: World, wire: Wire) -> Iterator[FlaskClient]:
    settings = replace(world.settings, app_database_url=wire.url(world.settings.app_database_url))
    app = create_app(settings)
    client = app.test_client()
    client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {world.token(settings.base_url)}"
    # A first connection commits for reasons of its own.
    assert client.post("/v1/leraren/_kandidaten", json=CANDIDATE).status_code == 200
    yield client
    app.extensions["register"].database.dispose()


@pytest.mark.parametrize(("cut", "kept"), [("before", 0), ("after", 1)])
def test_retried_with_its_key(cut: Cut, kept: int, client: FlaskClient, wire: Wire, world: World) -> None:
    wire.cut = cut
    lost = client.post("/v1/leraren", json=person(1), headers={"Idempotency-Key": "one"})
    assert lost.status_code == 503
    assert lost.get_json()["code"] == "onzeker-of-vastgelegd"
    assert int(lost.headers["Retry-After"]) > 0
    assert world.scalar("select count(*) from leraar") == kept

    wire.cut = None
    again = client.post("/v1/leraren", json=person(1), headers={"Idempotency-Key": "one"})
    assert again.status_code == 201
    assert again.headers.get("Idempotency-Replayed") == ("true" if kept else None)
    assert world.scalar("select count(*) from leraar") == 1
    assert again.get_json()["registratienummer"] == world.scalar("select registratienummer from leraar")
    assert again.headers["ETag"]
    assert again.headers["Location"] == f"/v1/leraren/{again.get_json()['registratienummer']}"


def test_a_key_that_is_purged_while_it_is_looked_up(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its 24 hours end between the claim and the answer; the next attempt finds it gone and does the work."""
    assert client.post("/v1/leraren", json=person(1), headers={"Idempotency-Key": "old"}).status_code == 201
    monkeypatch.setattr(idempotency, "_FIND", text(f"{idempotency._FIND.text} and false"))
    answer = client.post("/v1/leraren", json=person(1), headers={"Idempotency-Key": "old"})
    assert answer.status_code == 503
    assert answer.get_json()["code"] == "tijdelijk-niet-beschikbaar"


@pytest.mark.parametrize(("cut", "kept"), [("before", 0), ("after", 1)])
def test_without_a_key_nothing_is_done_twice(
    cut: Cut, kept: int, client: FlaskClient, wire: Wire, world: World
) -> None:
    wire.cut = cut
    assert client.post("/v1/leraren", json=person(1)).get_json()["code"] == "onzeker-of-vastgelegd"
    wire.cut = None
    assert client.get("/v1/leraren").status_code == 200
    assert world.scalar("select count(*) from leraar") == kept
