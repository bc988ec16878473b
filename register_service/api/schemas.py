"""Schemas that every slice shares: query parameters of reads, pages, history."""

from functools import cache
from typing import Any

from marshmallow import Schema, fields

from register_service.core.fields import Choice, Count, Day, Moment, Text
from register_service.core.schema import ApiSchema


class MomentQuery(ApiSchema):
    """The two axes of time, on every read."""

    geldig_op = Day(
        metadata={"description": "Toon wat op deze dag gold. Zonder: alles, ook wat voorbij is of nog komt."}
    )
    beschikbaar_op = Moment(
        metadata={
            "description": "Toon het register zoals het op dit verzegelde tijdstip bekend was. Een tijdstip dat nog niet "
            "verzegeld is (hoogstens ongeveer een seconde terug) geeft 400."
        }
    )


class PageQuery(MomentQuery):
    """Parameters of a list."""

    limiet = Count(1, 500, metadata={"description": "Hoeveel per pagina.", "default": 100})
    cursor = Text(200, metadata={"description": "De waarde van 'volgende' uit de vorige pagina."})


class HistorieSchema(ApiSchema):
    """One entry of the history of an object; `toestand` is added per resource."""

    volgnummer = fields.Integer(required=True, metadata={"description": "Nummer van de regel in het journaal."})
    tijdstip = Moment(required=True)
    verzegeld_op = Moment(
        required=True, allow_none=True, metadata={"description": "Sinds wanneer bekend; null: wordt nog verzegeld."}
    )
    handeling = Choice(("aangemaakt", "gewijzigd", "verwijderd"), required=True)
    gebeurtenis = fields.String(required=True)
    actor = fields.String(required=True, metadata={"description": "Wie: een client, een medewerker of een opdracht."})
    namens = fields.String(required=True, allow_none=True, metadata={"description": "Voor wie, zoals bestuur:41285."})
    reden = fields.String(required=True, allow_none=True)


@cache
def history_schema(state: type[Schema]) -> type[Schema]:
    """Make the schema of one history entry of a resource: who did what when, and the state after it."""
    name = state.__name__.removesuffix("Schema")
    toestand = fields.Nested(
        state, required=True, allow_none=True, metadata={"description": "Hoe het daarna was; null na verwijderen."}
    )
    return type(f"{name}HistorieSchema", (HistorieSchema,), {"toestand": toestand})


@cache
def page_schema(item: type[Schema]) -> type[Schema]:
    """Make the schema of a page of `item`."""
    name = item.__name__.removesuffix("Schema")
    members: dict[str, Any] = {
        "items": fields.List(fields.Nested(item), required=True),
        "volgende": fields.String(
            required=True, allow_none=True, metadata={"description": "Cursor van de volgende pagina, of null."}
        ),
    }
    return type(f"{name}PaginaSchema", (ApiSchema,), members)
