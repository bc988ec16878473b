"""An owner's connection per test, in a database that a module shares: each test rolls back."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import psycopg
import pytest

from register_service.core.context import set_context


@pytest.fixture
def connection(module_database_url: str) -> Iterator[psycopg.Connection[Any]]:
    """Give a connection in an open transaction, with the journal's context of an import."""
    with psycopg.connect(module_database_url) as owner:
        set_context(owner, actor="beheer:cli", event="organisaties.import", today=date(2026, 11, 1), reason="test")
        yield owner
        owner.rollback()
