"""Schemas that every slice shares: query parameters of reads, pages, history."""

from functools import cache
from typing import Any

from marshmallow import Schema, fields

from register_service.core.fields import Choice, Count, Day, Moment, Text
from register_service.core.schema import ApiSchema, Explained


class MomentQuery(ApiSchema):
    """The two axes of time, on every read."""

    geldig_op = Day(
        metadata={
            "description": "Toon wat op deze dag gold. Zonder: alles, ook wat voorbij is of nog komt.",
            "examples": ["2026-08-01"],
        }
    )
    beschikbaar_op = Moment(
        metadata={
            "description": "Toon het register zoals het op dit verzegelde tijdstip bekend was. Een tijdstip dat nog niet "
            "verzegeld is (hoogstens ongeveer een seconde terug) geeft 400.",
            "examples": ["2026-08-01T12:00:00Z"],
        }
    )


class PageQuery(MomentQuery):
    """Parameters of a list."""

    limiet = Count(1, 500, metadata={"description": "Hoeveel per pagina.", "default": 100})
    cursor = Text(200, metadata={"description": "De waarde van 'volgende' uit de vorige pagina."})


HISTORIE: Explained = {
    "volgnummer": ("Het nummer van de regel in het journaal.", 1042),
    "tijdstip": ("Wanneer het is vastgelegd.", "2026-08-01T09:30:00.123456Z"),
    "verzegeld_op": ("Sinds wanneer het bekend is; null: het wordt nog verzegeld.", "2026-08-01T09:30:01.000000Z"),
    "handeling": ("Wat er gebeurde.", "gewijzigd"),
    "gebeurtenis": ("De gebeurtenis.", "leraar.gewijzigd"),
    "actor": ("Wie het deed: een client, een medewerker of een opdracht.", "client:hr-41285"),
    "namens": ("Voor wie.", "bestuur:41285"),
    "reden": ("Waarom.", "Doorgegeven door de school"),
}


class HistorieSchema(ApiSchema):
    """One entry of the history of an object; `toestand` is added per resource."""

    explained = HISTORIE

    volgnummer = fields.Integer(required=True)
    tijdstip = Moment(required=True)
    verzegeld_op = Moment(required=True, allow_none=True)
    handeling = Choice(("aangemaakt", "gewijzigd", "verwijderd"), codelist="Handeling", required=True)
    gebeurtenis = fields.String(required=True)
    actor = fields.String(required=True)
    namens = fields.String(required=True, allow_none=True)
    reden = fields.String(required=True, allow_none=True)


@cache
def history_schema(state: type[Schema]) -> type[Schema]:
    """Make the schema of one history entry of a resource: who did what when, and the state after it."""
    name = state.__name__.removesuffix("Schema")
    toestand = fields.Nested(
        state, required=True, allow_none=True, metadata={"description": "Hoe het daarna was; null na verwijderen."}
    )
    return type(
        f"{name}HistorieSchema",
        (HistorieSchema,),
        {"toestand": toestand, "about": "Een regel uit de historie: wie wat wanneer deed, en waarom."},
    )


@cache
def page_schema(item: type[Schema]) -> type[Schema]:
    """Make the schema of a page of `item`."""
    name = item.__name__.removesuffix("Schema")
    members: dict[str, Any] = {
        "about": "Een pagina van een lijst.",
        "items": fields.List(
            fields.Nested(item), required=True, metadata={"description": "Wat er op deze pagina staat."}
        ),
        "volgende": fields.String(
            required=True,
            allow_none=True,
            metadata={"description": "De cursor van de volgende pagina; null: dit is de laatste."},
        ),
    }
    return type(f"{name}PaginaSchema", (ApiSchema,), members)
