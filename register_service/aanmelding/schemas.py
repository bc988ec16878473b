"""What goes in and comes out about koppelcodes, and what a page shows of accounts."""

from marshmallow import fields

from register_service.aanmelding.models import Koppelwijze
from register_service.core.fields import Choice, Moment, Registratienummer
from register_service.core.schema import ApiSchema, Explained

KOPPELCODE: Explained = {
    "id": ("De sleutel van de koppelcode; dit is niet de code zelf.", "01890000-0000-7000-8000-000000000009"),
    "leraar": ("Het registratienummer van de leraar.", "2657035144"),
    "bestuur": ("Het bestuur dat de code uitgaf; null: de beheerder van het register.", "41285"),
    "uitgegeven_op": ("Wanneer de code is uitgegeven.", "2026-08-01T09:30:00.123456Z"),
    "geldig_tot": ("Tot wanneer de code werkt: veertien dagen.", "2026-08-15T09:30:00.123456Z"),
    "code": (
        "De koppelcode. U ziet haar alleen nu; het register bewaart haar niet leesbaar. Geef haar aan de leraar zelf.",
        "K7PM-3XWQ-9TRA",
    ),
}


class KoppelcodeSchema(ApiSchema):
    """A code that still works, without the code itself."""

    about = "Een koppelcode die nog werkt. De code zelf staat er niet in."
    explained = KOPPELCODE

    id = fields.UUID(required=True)
    leraar = Registratienummer(required=True)
    bestuur = fields.String(required=True, allow_none=True)
    uitgegeven_op = Moment(required=True)
    geldig_tot = Moment(required=True)


class NieuweKoppelcodeSchema(KoppelcodeSchema):
    """A code that was made just now, with the code itself: the only time it is shown."""

    about = "Een nieuwe koppelcode. Dit is de enige keer dat u de code zelf ziet."

    code = fields.String(required=True)


class AccountSchema(ApiSchema):
    """An account with which a leraar signs in."""

    about = "Een account waarmee een leraar zich aanmeldt."

    id = fields.UUID(required=True)
    provider = fields.String(required=True)
    gekoppeld_met = Choice(Koppelwijze, codelist="Koppelwijze", required=True)
    gekoppeld_op = Moment(required=True)
    geweigerd_op = Moment(required=True, allow_none=True)
