"""The committed document: in step with the code, the same wherever it is made, and with words for every part."""

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from register_service.access.scopes import GRANTABLE
from register_service.api.answers import GENERAL_CODES
from tests.api.routes import OPERATIONS
from tests.api.world import World

ROOT = Path(__file__).parents[2]
COMMITTED = ROOT / "openapi" / "openapi.json"


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    """The committed document."""
    loaded: dict[str, Any] = json.loads(COMMITTED.read_text(encoding="utf-8"))
    return loaded


def _nodes(value: Any, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(value, dict):
        yield path, value
        value = list(value.items())
    elif isinstance(value, list):
        value = list(enumerate(value))
    else:
        return
    for key, part in value:
        yield from _nodes(part, f"{path}/{key}")


def test_it_is_in_step_with_the_code_and_made_without_a_word_of_warning() -> None:
    command = [sys.executable, "-W", "error::UserWarning", "-m", "register_service", "openapi"]
    made = subprocess.run([*command, "--check", str(COMMITTED)], capture_output=True, text=True, cwd=ROOT)
    assert (made.returncode, made.stdout, made.stderr) == (0, "", "")


def test_it_is_the_same_whatever_the_order_of_sets(document: dict[str, Any]) -> None:
    command = [sys.executable, "-m", "register_service", "openapi"]
    for seed in ("1", "2"):
        environment = {"PYTHONHASHSEED": seed, "PATH": "/usr/bin:/bin"}
        made = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT, env=environment)
        assert made.stdout == COMMITTED.read_text(encoding="utf-8")


def test_it_holds_every_operation_with_its_scope(world: World, document: dict[str, Any]) -> None:
    documented = {
        (method.upper(), path): operation
        for path, item in document["paths"].items()
        for method, operation in item.items()
        if method != "parameters"
    }
    assert documented.keys() == {(operation.method, operation.rule) for operation in OPERATIONS}
    for operation in OPERATIONS:
        found = documented[operation.method, operation.rule]
        assert found["security"] == ([] if operation.open else [{"oauth2": [str(operation.scope)]}])
        assert found["summary"] and found["description"] and found["tags"]
    scopes = document["components"]["securitySchemes"]["oauth2"]["flows"]["clientCredentials"]["scopes"]
    assert set(scopes) == {str(scope) for scope in GRANTABLE}
    identifiers = [operation["operationId"] for operation in documented.values()]
    assert len(identifiers) == len(set(identifiers))


def test_every_schema_property_parameter_and_header_says_what_it_is(document: dict[str, Any]) -> None:
    silent = [
        f"/components/schemas/{name}"
        for name, one in document["components"]["schemas"].items()
        if "description" not in one
    ]
    for path, node in _nodes(document):
        if isinstance(node.get("properties"), dict):
            silent += [f"{path}/{name}" for name, one in node["properties"].items() if not one.get("description")]
        if "in" in node and "name" in node and not node.get("description"):
            silent.append(path)
    assert silent == []


def test_examples_are_instances(world: World, document: dict[str, Any]) -> None:
    checked = 0
    for name, schema in document["components"]["schemas"].items():
        for property_, one in schema.get("properties", {}).items():
            for example in one.get("examples", []):
                wrong = [
                    error for error in world.contract.errors(name, {property_: example}) if "required" not in error
                ]
                assert wrong == [], (name, property_)
                checked += 1
    assert checked > 150


def test_there_is_no_bsn_in_it(document: dict[str, Any]) -> None:
    names = {name for _, node in _nodes(document) for name in node}
    assert not {name for name in names if "bsn" in name.lower() or "burgerservice" in name.lower()}


def _codes_in(source: str) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        position = {"FieldError": 2, "_error": 1}.get(name)
        if position is not None and len(node.args) > position and isinstance(node.args[position], ast.Constant):
            found.add(str(node.args[position].value))  # type: ignore[attr-defined]
        found |= {
            str(word.value.value)
            for word in node.keywords
            if word.arg == "code" and isinstance(word.value, ast.Constant)
        }
    return found


def test_every_code_that_a_rule_can_answer_with_is_in_it(document: dict[str, Any]) -> None:
    from register_service.app import RULES

    sources = [
        path
        for folder in (
            "aanbod",
            "aanstellingen",
            "api",
            "bevoegdheden",
            "dossiers",
            "inductie",
            "leraren",
            "organisaties",
            "professionalisering",
        )
        for path in (ROOT / "register_service" / folder).rglob("*.py")
    ]
    codes = set().union(*(_codes_in(path.read_text(encoding="utf-8")) for path in sources))
    codes |= {code for rules in RULES for code, _ in rules.CONSTRAINTS.values()}
    text = json.dumps(document, ensure_ascii=False)
    assert len(codes) > 25
    assert {code for code in codes if f"`{code}`" not in text} == set()


def test_the_general_codes_are_those_of_the_fields() -> None:
    source = (ROOT / "register_service" / "core" / "fields.py").read_text(encoding="utf-8")
    messages = {
        node.value.partition(": ")[0]
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and ": " in node.value
        and "\n" not in node.value
    }
    assert {code for code in messages if code.replace("-", "").isalpha() and code.islower()} <= GENERAL_CODES.keys()
