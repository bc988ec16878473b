"""The base of every schema: camelCase outside, snake_case inside, unknown fields refused."""

from collections.abc import Mapping
from typing import Any, ClassVar

from marshmallow import RAISE, Schema, fields


def camel_case(name: str) -> str:
    """Turn `einde_reden` into `eindeReden`."""
    head, *tail = name.split("_")
    return head + "".join(part.capitalize() for part in tail)


# Per field: what it is, in Dutch, and an example; both for the API document.
Explained = Mapping[str, tuple[str, object]]


class ApiSchema(Schema):
    """Base of requests and answers.

    `about` says in Dutch what it is; `explained` does so for fields, whose own metadata goes before.
    """

    about: ClassVar[str] = ""
    explained: ClassVar[Explained] = {}

    class Meta:
        """Unknown fields are errors: a typing mistake must not be lost, and a BSN never enters."""

        unknown = RAISE

    error_messages = {
        "unknown": "onbekend-veld: Dit veld bestaat niet; haal het weg.",
        "type": "ongeldig-type: Geef een JSON-object.",
    }

    def on_bind_field(self, field_name: str, field_obj: fields.Field[Any]) -> None:
        """Give every field its name in JSON and its place in the API document."""
        field_obj.data_key = field_obj.data_key or camel_case(field_name)
        if field_name in self.explained:
            text, example = self.explained[field_name]
            examples = {"examples": [example]} if example is not None else {}
            field_obj.metadata = {"description": text, **examples, **field_obj.metadata}
