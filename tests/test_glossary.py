"""Every name that the outside or the database sees stands in GLOSSARY.md, and nothing stands there for nothing."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from register_service import tables

ROOT = Path(__file__).parents[1]
WORDS = set(
    re.findall(
        r"`([a-z0-9_]+)`", "\n".join(re.findall(r"^\| (`.*?) \|", (ROOT / "GLOSSARY.md").read_text(), re.MULTILINE))
    )
)
DOCUMENT: dict[str, Any] = json.loads((ROOT / "openapi" / "openapi.json").read_text(encoding="utf-8"))


def snake_case(name: str) -> str:
    return re.sub(r"([A-Z])", lambda match: "_" + match[1].lower(), name)


def table_words() -> set[str]:
    return {
        word
        for table in tables.metadata.tables.values()
        for word in (table.name, *(column.name for column in table.columns))
    }


def json_words(part: object = DOCUMENT) -> Iterator[str]:
    if isinstance(part, dict):
        properties = part.get("properties")
        yield from (snake_case(name) for name in (properties if isinstance(properties, dict) else {}))
        for value in part.values():
            yield from json_words(value)
    elif isinstance(part, list):
        for value in part:
            yield from json_words(value)


def path_words() -> Iterator[str]:
    for path, item in DOCUMENT["paths"].items():
        yield from (segment.strip("_{}") for segment in path.split("/") if segment)
        for operation in item.values():
            parameters = operation.get("parameters", []) if isinstance(operation, dict) else []
            yield from (snake_case(p["name"]) for p in parameters if p.get("in") == "query")


def test_every_table_and_column_is_in_the_glossary() -> None:
    assert table_words() - WORDS == set()


def test_every_json_field_is_in_the_glossary() -> None:
    assert set(json_words()) - WORDS == set()


def test_every_path_segment_and_query_parameter_is_in_the_glossary() -> None:
    assert set(path_words()) - WORDS == set()


def test_the_glossary_has_no_word_that_nothing_is_named() -> None:
    used = table_words() | set(json_words()) | set(path_words())
    assert used - WORDS == set()
    assert WORDS - used == set()
