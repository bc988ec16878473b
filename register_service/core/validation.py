"""From marshmallow's messages to entries of `errors[]`."""

from collections.abc import Iterator, Mapping
from typing import Any

from marshmallow import Schema, ValidationError

from register_service.core.errors import FieldError


def load(schema: Schema, data: Any, place: str, errors: list[FieldError]) -> dict[str, Any]:
    """Validate `data` with a schema; add everything that is wrong to `errors` and give what is left."""
    try:
        return dict(schema.load(data))
    except ValidationError as error:
        errors.extend(_entries(error.messages_dict, place, ""))
        return {}


def _entries(messages: Mapping[Any, Any], place: str, prefix: str) -> Iterator[FieldError]:
    for key, value in messages.items():
        here = prefix if key == "_schema" else f"{prefix}/{escape(str(key))}"
        if isinstance(value, Mapping):
            yield from _entries(value, place, here)
            continue
        for message in value:
            code, _, detail = str(message).partition(": ")
            yield FieldError(place, here, code, detail)


def escape(part: str) -> str:
    """Escape one part of a JSON pointer (RFC 6901); what cannot be written as UTF-8 is shown as `?`."""
    return part.replace("~", "~0").replace("/", "~1").encode("utf-8", "replace").decode()
