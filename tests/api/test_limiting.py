"""So many requests in so much time, and what the API document says of it. Who is limited: tests/leraren/test_guessing.py."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from flask import Flask

from register_service.api.call import Call
from register_service.api.limiting import Limit, key_of, limited
from register_service.core import clock
from register_service.core.db import Database
from register_service.core.errors import NotFound, TooMany
from register_service.settings import Settings

NOON = datetime(2026, 9, 1, 12, tzinfo=UTC)
DOCUMENT: dict[str, Any] = json.loads((Path(__file__).parents[2] / "openapi" / "openapi.json").read_text("utf-8"))


@pytest.fixture
def database(settings: Settings) -> Iterator[Database]:
    database = Database(settings.app_database_url)
    with clock.fixed_at(NOON):
        yield database
    database.dispose()


def ask(database: Database, key: str, limit: Limit, error: Exception | None = None) -> str:
    """Ask something once; tell how it went."""
    try:
        with limited(database, key, limit):
            if error is not None:
                raise error
    except TooMany as refused:
        return f"over {refused.headers['Retry-After']}"
    except (NotFound, ZeroDivisionError):
        return "failed"
    return "done"


def test_everything_counts(database: Database) -> None:
    limit = Limit(most=3, seconds=60)
    seen = [ask(database, "a", limit, error) for error in (None, NotFound(), ZeroDivisionError(), None)]
    assert seen == ["done", "failed", "failed", "over 60"]
    assert ask(database, "b", limit) == "done"


def test_or_misses_only(database: Database) -> None:
    limit = Limit(most=1, seconds=60, misses_only=True)
    seen = [ask(database, "a", limit, error) for error in (None, ZeroDivisionError(), NotFound(), None)]
    assert seen == ["done", "failed", "failed", "over 60"]


def test_the_window_slides_and_a_refusal_does_not_count(database: Database) -> None:
    limit = Limit(most=2, seconds=60)
    moments = {0: "done", 40: "done", 50: "over 10", 60: "done", 61: "over 39", 100: "done"}
    for seconds, expected in moments.items():
        with clock.fixed_at(NOON + timedelta(seconds=seconds)):
            assert ask(database, "a", limit) == expected, seconds


@pytest.mark.parametrize(
    ("client", "address", "who"),
    [
        ("hr", "192.0.2.7", "hr"),
        ("", "192.0.2.7", "192.0.2.7"),
        ("", "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
    ],
)
def test_a_key_is_of_the_client_or_else_of_the_address(client: str, address: str, who: str) -> None:
    call = SimpleNamespace(operation=SimpleNamespace(name="POST /x"), caller=SimpleNamespace(client_id=client))
    with Flask(__name__).test_request_context(environ_base={"REMOTE_ADDR": address}):
        assert key_of(cast(Call, call)) == f"POST /x {who}"


def test_the_document_tells_of_429() -> None:
    responses = DOCUMENT["paths"]["/leraren/_koppel"]["post"]["responses"]
    assert responses["429"] == {"$ref": "#/components/responses/Fout429"}
    refusal = DOCUMENT["components"]["responses"]["Fout429"]
    assert "Retry-After" in refusal["headers"]
    assert refusal["content"]["application/problem+json"]["example"]["code"] == "te-veel-aanvragen"
