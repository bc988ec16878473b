"""What comes out of the timeline of a traject."""

from typing import ClassVar

from marshmallow import fields

from register_service.api.schemas import HISTORIE, HistorieSchema
from register_service.core.fields import Choice, Day, Flag
from register_service.core.schema import Explained
from register_service.inductie.timeline.entries import WAT

TIJDLIJN: Explained = {
    **HISTORIE,
    "datum": ("De dag waar het over gaat; null: het gaat over een jaar.", "2025-03-03"),
    "wat": ("Waar het over gaat.", "onderbreking"),
    "tekst": (
        "Wat er gebeurde, in één of meer zinnen.",
        "Onderbreking (zwangerschapsverlof) van 3 maart 2025 tot en met 27 juni 2025 vastgelegd.",
    ),
    "ingetrokken": ("Later is dit ingetrokken of heropend; het geldt dus niet meer.", False),
}


class TijdlijnRegelSchema(HistorieSchema):
    """An entry of the timeline: all that one request did, in words."""

    about = "Een regel van de tijdlijn: wie wat wanneer deed, in woorden."
    explained: ClassVar[Explained] = TIJDLIJN

    datum = Day(required=True, allow_none=True)
    wat = Choice(tuple(WAT), codelist="TijdlijnWat", meanings=WAT, required=True)
    tekst = fields.String(required=True)
    ingetrokken = Flag(required=True)
