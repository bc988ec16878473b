"""The base of every schema: camelCase outside, snake_case inside, unknown fields refused."""

from typing import Any

from marshmallow import RAISE, Schema, fields


def camel_case(name: str) -> str:
    """Turn `einde_reden` into `eindeReden`."""
    head, *tail = name.split("_")
    return head + "".join(part.capitalize() for part in tail)


class ApiSchema(Schema):
    """Base of requests and answers."""

    class Meta:
        """Unknown fields are errors: a typing mistake must not be lost, and a BSN never enters."""

        unknown = RAISE

    error_messages = {
        "unknown": "onbekend-veld: Dit veld bestaat niet; haal het weg.",
        "type": "ongeldig-type: Geef een JSON-object.",
    }

    def on_bind_field(self, field_name: str, field_obj: fields.Field[Any]) -> None:
        """Give every field its name in JSON."""
        field_obj.data_key = field_obj.data_key or camel_case(field_name)
