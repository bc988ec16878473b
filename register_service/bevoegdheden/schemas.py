"""What goes in and comes out about bevoegdheden."""

from marshmallow import fields

from register_service.bevoegdheden.models import BevoegdheidSoort, Verificatie
from register_service.core.fields import Choice, Day, Registratienummer, Text
from register_service.core.schema import ApiSchema


class BevoegdheidSchema(ApiSchema):
    """A qualification of a leraar."""

    id = fields.UUID(required=True)
    leraar = Registratienummer(required=True)
    soort = Choice(BevoegdheidSoort, required=True)
    vak = Text(20, required=True, allow_none=True, metadata={"description": "Code uit de vakkenlijst."})
    behaald_op = Day(required=True)
    geldig_tot = Day(
        required=True, allow_none=True, metadata={"description": "Laatste dag waarop de bevoegdheid geldt."}
    )
    instelling = Text(200, required=True, allow_none=True)
    verificatie = Choice(Verificatie, required=True)
    geverifieerd_door = Text(200, required=True, allow_none=True)
    geverifieerd_op = Day(required=True, allow_none=True)
    geverifieerd_tegen = Text(200, required=True, allow_none=True)


class BevoegdheidInvoerSchema(ApiSchema):
    """A bevoegdheid to add; its verificatie is a step of its own."""

    soort = Choice(BevoegdheidSoort, required=True)
    vak = Text(20, allow_none=True)
    behaald_op = Day(required=True)
    geldig_tot = Day(allow_none=True)
    instelling = Text(200, allow_none=True)


class BevoegdheidWijzigingSchema(ApiSchema):
    """What changes of a bevoegdheid (JSON Merge Patch). Ending it is setting `geldigTot`."""

    soort = Choice(BevoegdheidSoort)
    vak = Text(20, allow_none=True)
    behaald_op = Day()
    geldig_tot = Day(allow_none=True)
    instelling = Text(200, allow_none=True)


class VerificatieInvoerSchema(ApiSchema):
    """The outcome of comparing a bevoegdheid with its source."""

    verificatie = Choice((Verificatie.GEVERIFIEERD, Verificatie.AFGEWEZEN), required=True)
    tegen = Text(
        200, required=True, metadata={"description": "Waartegen, zoals 'diplomaregister' of 'origineel diploma'."}
    )
