"""Tests share one PostgreSQL: what asks about its sessions or locks must say which database it means."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
SHARED = ("pg_stat_activity", "pg_locks")


CARELESS = ["select pg_terminate_backend(pid) from pg_locks where true", "select from pg_stat_activity"]


def texts(source: str) -> Iterator[str]:
    """Give every text of a source, an f-string as one."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.JoinedStr):
            yield "".join(part.value for part in node.values if isinstance(part, ast.Constant))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def careless(source: str) -> list[str]:
    """Give the statements that look at, or end, the sessions of every test at once."""
    return [
        text
        for text in texts(source)
        if any(f"from {view} " in f"{text} " for view in SHARED) and "current_database()" not in text
    ]


@pytest.mark.parametrize("path", sorted(TESTS.rglob("*.py")), ids=lambda path: str(path.relative_to(TESTS)))
def test_no_test_reaches_another_tests_sessions(path: Path) -> None:
    found = careless(path.read_text())
    assert found == (CARELESS if path.name == Path(__file__).name else [])
