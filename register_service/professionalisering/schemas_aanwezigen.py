"""What goes in and comes out about who was at aanbod."""

from marshmallow import fields

from register_service.core.fields import Day, Registratienummer, Several, Text
from register_service.core.schema import ApiSchema, Explained
from register_service.professionalisering.rules_aanwezigen import MOST
from register_service.professionalisering.schemas import status_field

AANWEZIGE: Explained = {
    "id": ("De sleutel van de activiteit.", "01890000-0000-7000-8000-000000000600"),
    "registratienummer": ("Het registratienummer, van de leraar zelf gekregen.", "2657035144"),
    "achternaam": ("De achternaam; hoofdletters, accenten en voorvoegsels maken niet uit.", "Voorbeeld"),
    "begindatum": ("De eerste dag.", "2026-09-01"),
    "einddatum": ("De laatste dag, niet in de toekomst.", "2026-10-06"),
    "status": ("Of het telt (goedgekeurd) of is ingetrokken.", "goedgekeurd"),
    "aanwezigen": ("Wie erbij waren.", None),
    "toegevoegd": ("Hoeveel leraren er een goedgekeurde activiteit bij hebben.", 24),
    "bestond": ("Bij hoeveel leraren niets verandert, omdat dit al was bevestigd.", 1),
}


class AanwezigeInvoerSchema(ApiSchema):
    """Somebody who was there, known by number and name."""

    about = "Iemand die erbij was: het registratienummer, en ter controle de achternaam."
    explained = AANWEZIGE

    registratienummer = Registratienummer(required=True)
    achternaam = Text(200, required=True)


class AanwezigenInvoerSchema(ApiSchema):
    """Who was there, and when."""

    about = "Wie erbij waren, en wanneer het was."
    explained = AANWEZIGE

    begindatum = Day(required=True)
    einddatum = Day(required=True)
    aanwezigen = Several(fields.Nested(AanwezigeInvoerSchema), 1, MOST, required=True)


class AanwezigenSchema(ApiSchema):
    """What a confirmation came to; counts, which show nobody."""

    about = "Wat er door een bevestiging veranderde."
    explained = AANWEZIGE

    toegevoegd = fields.Integer(required=True)
    bestond = fields.Integer(required=True)


class AanwezigeSchema(ApiSchema):
    """Somebody who was there, as far as it concerns who confirmed it."""

    about = "Iemand die erbij was."
    explained = AANWEZIGE

    id = fields.UUID(required=True)
    registratienummer = Registratienummer(required=True)
    begindatum = Day(required=True)
    einddatum = Day(required=True)
    status = status_field(required=True)
