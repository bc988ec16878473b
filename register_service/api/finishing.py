"""From what flask-smorest makes of the schemas to the document that people read: code lists by name, words with every part."""

from collections.abc import Iterator
from typing import Any

from register_service.api.paths import IDENTIFIERS

Json = dict[str, Any]

_VERSION = {
    "required": True,
    "description": "De volledige versie van deze API.",
    "schema": {"type": "string", "examples": ["1.0.0"]},
}


def finish(document: Json, about: dict[str, str]) -> Json:
    """Finish a document in place; `about` says, per schema, what it is."""
    paths = {path.removeprefix("/v1"): _in_order(item) for path, item in document["paths"].items()}
    tags = [tag["name"] for tag in document["tags"]]
    document["paths"] = dict(sorted(paths.items(), key=lambda pair: (tags.index(_tag(pair[1])), pair[0])))
    schemas = document["components"]["schemas"]
    for name, text in about.items():
        if name in schemas and text:
            schemas[name] = {"description": text, **schemas[name]}
    schemas.update(_name_codelists(document))
    _describe_identifiers(document)
    _add_version(document)
    _drop_unused(document)
    document["components"]["schemas"] = dict(sorted(document["components"]["schemas"].items()))
    return document


def _tag(item: Json) -> str:
    operation: Json = next(part for name, part in item.items() if name != "parameters")
    return str(operation["tags"][0])


def _in_order(item: Json) -> Json:
    order = ("parameters", "get", "post", "patch", "delete")
    return {name: item[name] for name in order if name in item}


def _nodes(value: Any) -> Iterator[Json]:
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    if isinstance(value, list):
        for part in value:
            yield from _nodes(part)


def _name_codelists(document: Json) -> Json:
    # Each list of values becomes a schema of its own, so that clients get one type for it, and referred to where it is used.
    found: Json = {}
    for node in _nodes(document):
        if "x-codelist" not in node or not isinstance(node["x-codelist"], str):
            continue
        name, meanings = node.pop("x-codelist"), node.pop("x-meanings", {})
        values = node.pop("enum")
        nullable = "null" in node.pop("type")
        for key in ("minLength", "maxLength", "pattern"):
            node.pop(key, None)
        found[name] = _codelist(name, values, meanings)
        reference = {"$ref": f"#/components/schemas/{name}"}
        node.update({"anyOf": [reference, {"type": "null"}]} if nullable else reference)
    return found


def _codelist(name: str, values: list[str], meanings: dict[str, str]) -> Json:
    lines = [f"- `{value}`: {meanings[value]}" for value in values if value in meanings]
    return {"type": "string", "description": "\n".join([f"Codelijst {name}.", *lines]), "enum": values}


def _describe_identifiers(document: Json) -> None:
    for item in document["paths"].values():
        for parameter in item.get("parameters", []):
            _, text, example = IDENTIFIERS[parameter["name"]]
            parameter["description"] = text
            parameter["schema"]["examples"] = [example]


def _add_version(document: Json) -> None:
    document["components"].setdefault("headers", {})["ApiVersion"] = _VERSION
    operations = [operation for item in document["paths"].values() for operation in item.values()]
    inline = [
        response
        for operation in operations
        if isinstance(operation, dict)
        for response in operation["responses"].values()
        if "$ref" not in response
    ]
    for response in [*inline, *document["components"]["responses"].values()]:
        version = {"API-Version": {"$ref": "#/components/headers/ApiVersion"}}
        response["headers"] = {**version, **response.get("headers", {})}


def _drop_unused(document: Json) -> None:
    # flask-smorest brings schemas along for errors and pages of its own.
    used = {node["$ref"] for node in _nodes(document) if isinstance(node.get("$ref"), str)}
    for kind in ("schemas", "responses", "parameters"):
        parts = document["components"][kind]
        document["components"][kind] = {
            name: part for name, part in parts.items() if f"#/components/{kind}/{name}" in used
        }
