"""What goes in and comes out about aanstellingen."""

from typing import Any

from marshmallow import fields

from register_service.aanstellingen.models import AanstellingSoort, RedenEinde
from register_service.core.fields import Choice, Day, Fte, Registratienummer, Text
from register_service.core.schema import ApiSchema, Explained

_VESTIGING = {
    "pattern": "[0-9]{2}[A-Z]{2}[0-9]{2}",
    "hint": "Een vestigingscode is BRIN plus twee cijfers, zoals 00DI01.",
}

SOORTEN = {
    "regulier": "een gewone aanstelling",
    "vervanging": "vervanging van een afwezige collega",
    "zij-instroom": "met een geschiktheidsverklaring, terwijl de leraar een opleiding volgt",
    "in-opleiding": "als student van een lerarenopleiding",
}
REDENEN = {
    "ander-bestuur-in-regio": "naar een ander bestuur in de regio",
    "buiten-regio": "naar een school buiten de regio",
    "buiten-onderwijs": "naar werk buiten het onderwijs",
    "pensioen": "met pensioen",
    "overig": "om een andere reden",
}
AANSTELLING: Explained = {
    "id": ("De sleutel van de aanstelling.", "01890000-0000-7000-8000-000000000003"),
    "leraar": ("Het registratienummer van de leraar.", "2657035144"),
    "bestuur": ("Het bestuursnummer van de werkgever; volgt uit uw client.", "41285"),
    "vestiging": ("De vestiging: BRIN en twee cijfers. Zij hoort bij uw bestuur.", "00DI01"),
    "functie": ("De functie.", "docent Duits"),
    "soort": ("De soort aanstelling.", "regulier"),
    "begindatum": ("De eerste dag.", "2026-08-01"),
    "einddatum": ("De laatste dag; null: zonder einde.", "2027-07-31"),
    "betrekkingsomvang": (
        "De omvang in fte: meer dan 0, hoogstens wat de regeling toestaat (1.2), vier decimalen.",
        0.8,
    ),
    "personeelsnummer": ("Het nummer in uw personeelssysteem; met de begindatum uniek binnen uw bestuur.", "P-10412"),
    "reden_einde": ("Waarom de aanstelling eindigt; hoort bij een einddatum.", "ander-bestuur-in-regio"),
}


def _soort(**how: Any) -> Choice:
    return Choice(AanstellingSoort, codelist="AanstellingSoort", meanings=SOORTEN, **how)


def _reden_einde(**how: Any) -> Choice:
    return Choice(RedenEinde, codelist="RedenEinde", meanings=REDENEN, **how)


class AanstellingSchema(ApiSchema):
    """An appointment at one vestiging; dates inclusive."""

    about = "Een aanstelling op één vestiging; datums tellen mee (van en tot en met)."
    explained = AANSTELLING

    id = fields.UUID(required=True)
    leraar = Registratienummer(required=True)
    bestuur = Text(5, pattern="[0-9]{5}", required=True)
    vestiging = Text(6, required=True, **_VESTIGING)
    functie = Text(100, required=True)
    soort = _soort(required=True)
    begindatum = Day(required=True)
    einddatum = Day(required=True, allow_none=True)
    betrekkingsomvang = Fte(required=True)
    personeelsnummer = Text(50, required=True, allow_none=True)
    reden_einde = _reden_einde(required=True, allow_none=True)


class AanstellingInvoerSchema(ApiSchema):
    """An aanstelling to add."""

    about = "Een aanstelling om toe te voegen."
    explained = AANSTELLING

    vestiging = Text(6, required=True, **_VESTIGING)
    functie = Text(100, required=True)
    soort = _soort(required=True)
    begindatum = Day(required=True)
    einddatum = Day(allow_none=True)
    betrekkingsomvang = Fte(required=True)
    personeelsnummer = Text(50, allow_none=True)
    reden_einde = _reden_einde(allow_none=True)


class AanstellingBijwerkenSchema(AanstellingInvoerSchema):
    """An aanstelling by the HR system's own key: personeelsnummer and begindatum. Written again it changes, never doubles."""

    about = "Een aanstelling op uw eigen sleutel: personeelsnummer en begindatum. Nog een keer sturen wijzigt, verdubbelt nooit."
    explained = AANSTELLING

    leraar = Registratienummer(required=True)
    personeelsnummer = Text(50, required=True)


class AanstellingWijzigingSchema(ApiSchema):
    """What changes of an aanstelling (JSON Merge Patch)."""

    about = "Wat er aan een aanstelling verandert (JSON Merge Patch): alleen wat u geeft; null maakt een veld leeg."
    explained = AANSTELLING

    vestiging = Text(6, **_VESTIGING)
    functie = Text(100)
    soort = _soort()
    begindatum = Day()
    einddatum = Day(allow_none=True)
    betrekkingsomvang = Fte()
    personeelsnummer = Text(50, allow_none=True)
    reden_einde = _reden_einde(allow_none=True)


class BeeindigingSchema(ApiSchema):
    """The end of an aanstelling: its last day, and why."""

    about = "Het einde van een aanstelling: de laatste dag, en waarom."
    explained = AANSTELLING

    einddatum = Day(required=True)
    reden_einde = _reden_einde(required=True)
