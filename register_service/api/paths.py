"""The identifiers that stand in a URL, each with its form. A text of another form is an address that does not exist."""

from flask import Flask
from flask_smorest import Api
from werkzeug.routing import BaseConverter

_UUID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"

# parameter name -> (regular expression, description in the API document, example)
IDENTIFIERS = {
    "registratienummer": (
        r"[1-9][0-9]{9}",
        "Registratienummer van de leraar: tien cijfers, het laatste een controlecijfer.",
        "2657035144",
    ),
    "id": (_UUID, "Sleutel in het register (UUID).", "01890000-0000-7000-8000-000000000002"),
    "feit": (_UUID, "Sleutel van het feit in het traject (UUID).", "01890000-0000-7000-8000-000000000012"),
    "activiteit": (_UUID, "Sleutel van de activiteit (UUID).", "01890000-0000-7000-8000-000000000600"),
    "bewijsstuk": (_UUID, "Sleutel van het bewijsstuk (UUID).", "01890000-0000-7000-8000-000000000610"),
    "volgnummer": (r"[1-9][0-9]{0,4}", "Plaats in de trekking, vanaf 1.", "1"),
    "bestuursnummer": (r"[0-9]{5}", "Bestuursnummer van DUO: vijf cijfers.", "41285"),
    "brin": (r"[0-9]{2}[A-Z]{2}", "BRIN van de school.", "00DI"),
    "naam": (r"[a-z][a-z-]{0,49}", "Naam van het rapport.", "inductie"),
    "vestigingscode": (r"[0-9]{2}[A-Z]{2}[0-9]{2}", "Vestigingscode van DUO.", "00DI01"),
}


def converters() -> dict[str, type[BaseConverter]]:
    """Make a converter per identifier."""
    return {
        name: type(f"{name.capitalize()}Converter", (BaseConverter,), {"regex": regex, "part_isolating": True})
        for name, (regex, _, _) in IDENTIFIERS.items()
    }


def flask_rule(rule: str) -> str:
    """Turn `/leraren/{registratienummer}` into Flask's `/leraren/<registratienummer:registratienummer>`."""
    for name in IDENTIFIERS:
        rule = rule.replace(f"{{{name}}}", f"<{name}:{name}>")
    return rule


def register(app: Flask, api: Api) -> None:
    """Make the converters known to the router and their forms to the API document."""
    for name, converter in converters().items():
        app.url_map.converters[name] = converter
        form = IDENTIFIERS[name][0]
        schema = {"type": "string"} | ({"format": "uuid"} if form == _UUID else {"pattern": f"^{form}$"})
        api.register_converter(converter, lambda _converter, schema=schema: dict(schema))
