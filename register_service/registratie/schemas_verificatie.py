"""What goes in and comes out about public verification."""

from marshmallow import fields

from register_service.bevoegdheden.models import BevoegdheidSoort
from register_service.bevoegdheden.schemas import BEVOEGDHEID, SOORTEN
from register_service.core.fields import Choice, Day, Flag, Registratienummer, Text
from register_service.core.schema import ApiSchema, Explained
from register_service.registratie.schemas import status_field

VERIFICATIE: Explained = {
    **{name: BEVOEGDHEID[name] for name in ("soort", "vak", "behaald_op", "geldig_tot")},
    "status": ("De status van vandaag.", "geregistreerd"),
    "toegestaan": ("Of iedereen met uw nummer en achternaam uw status en bevoegdheden mag opvragen.", True),
    "gegeven_op": ("Sinds wanneer; null: het is niet toegestaan.", "2026-09-01"),
    "registratienummer": ("Het registratienummer dat de leraar u gaf.", "2657035144"),
    "achternaam": (
        "De achternaam, met of zonder voorvoegsel; hoofdletters en accenten doen er niet toe.",
        "Voorbeeld",
    ),
    "sinds": ("Sinds welke dag die status geldt.", "2024-08-01"),
    "geregistreerd_tot": ("Laatste dag van de lopende registratieperiode; null: er loopt er geen.", "2028-07-31"),
    "bevoegdheden": ("De bevoegdheden van deze leraar.", None),
    "geverifieerd": ("Of de bevoegdheid is vergeleken met de bron.", True),
}


class ToestemmingSchema(ApiSchema):
    """Whether public verification is allowed."""

    about = "Of de leraar openbare verificatie toestaat."
    explained = VERIFICATIE

    toegestaan = Flag(required=True)
    gegeven_op = Day(required=True, allow_none=True)


class ToestemmingGegevenSchema(ApiSchema):
    """A permission as the journal has it."""

    about = "Een toestemming voor openbare verificatie."
    explained = VERIFICATIE

    gegeven_op = Day(required=True)


class VerificatieVraagSchema(ApiSchema):
    """What somebody knows of a leraar."""

    about = "Nummer en achternaam van de leraar naar wie u vraagt."
    explained = VERIFICATIE

    registratienummer = Registratienummer(required=True)
    achternaam = Text(200, required=True)


class GeverifieerdeBevoegdheidSchema(ApiSchema):
    """A bevoegdheid as anyone may see it."""

    about = "Een bevoegdheid, zoals iedereen die mag zien."
    explained = VERIFICATIE

    soort = Choice(BevoegdheidSoort, codelist="BevoegdheidSoort", meanings=SOORTEN, required=True)
    vak = fields.String(required=True, allow_none=True)
    behaald_op = Day(required=True)
    geldig_tot = Day(required=True, allow_none=True)
    geverifieerd = Flag(required=True)


class OpenbareVerificatieSchema(ApiSchema):
    """The answer to anyone."""

    about = "Status en bevoegdheden van een leraar die dat toestaat."
    explained = VERIFICATIE

    status = status_field(required=True)
    sinds = Day(required=True)
    geregistreerd_tot = Day(required=True, allow_none=True)
    bevoegdheden = fields.List(fields.Nested(GeverifieerdeBevoegdheidSchema), required=True)
