"""What goes in and comes out about bevoegdheden."""

from typing import Any

from marshmallow import fields

from register_service.bevoegdheden.models import BevoegdheidSoort, Verificatie
from register_service.bevoegdheden.vakken import VAKKEN
from register_service.core.fields import Choice, Day, Registratienummer, Text
from register_service.core.schema import ApiSchema, Explained

SOORTEN = {
    "pabo": "leraar basisonderwijs; heeft geen vak",
    "tweedegraads": "voortgezet onderwijs (onderbouw, vmbo) en mbo; in een vak",
    "eerstegraads": "voortgezet onderwijs, alle leerjaren; in een vak",
    "pdg": "pedagogisch-didactisch getuigschrift, mbo; heeft geen vak",
    "beperkt": "een beperkte bevoegdheid; in een vak",
    "geschiktheidsverklaring": "zij-instroom; geldt twee jaar",
    "erkend-buitenland": "een buitenlandse bevoegdheid die in Nederland is erkend",
}
VERIFICATIES = {
    "niet-geverifieerd": "nog niet vergeleken met de bron",
    "geverifieerd": "vergeleken met de bron en juist bevonden",
    "afgewezen": "vergeleken met de bron en niet juist bevonden",
}
BEVOEGDHEID: Explained = {
    "id": ("De sleutel van de bevoegdheid.", "01890000-0000-7000-8000-000000000002"),
    "leraar": ("Het registratienummer van de leraar.", "2657035144"),
    "soort": ("De soort bevoegdheid.", "tweedegraads"),
    "vak": ("Het vak; verplicht bij tweedegraads, eerstegraads en beperkt.", "duits"),
    "behaald_op": ("De dag van behalen; niet in de toekomst, en de leraar is dan minstens 16 jaar.", "2015-07-01"),
    "geldig_tot": ("De laatste dag waarop de bevoegdheid geldt; null: zonder einde.", "2027-07-01"),
    "instelling": ("De instelling die het getuigschrift gaf.", "Hogeschool van Arnhem en Nijmegen"),
    "verificatie": ("Of de bevoegdheid met de bron is vergeleken.", "geverifieerd"),
    "geverifieerd_door": ("Wie de bevoegdheid met de bron vergeleek.", "client:hr-41285"),
    "geverifieerd_op": ("De dag waarop de bevoegdheid met de bron is vergeleken.", "2026-08-15"),
    "geverifieerd_tegen": ("Waarmee de bevoegdheid is vergeleken.", "diplomaregister"),
    "tegen": ("Waarmee u de bevoegdheid hebt vergeleken.", "diplomaregister"),
}


def _soort(**how: Any) -> Choice:
    return Choice(BevoegdheidSoort, codelist="BevoegdheidSoort", meanings=SOORTEN, **how)


def _vak(**how: Any) -> Text:
    return Text(20, metadata={"enum": list(VAKKEN), "x_codelist": "Vak", "x_meanings": VAKKEN}, **how)


class BevoegdheidSchema(ApiSchema):
    """A qualification of a leraar."""

    about = "Waarvoor een leraar bevoegd is, en of dat is nagekeken."
    explained = BEVOEGDHEID

    id = fields.UUID(required=True)
    leraar = Registratienummer(required=True)
    soort = _soort(required=True)
    vak = _vak(required=True, allow_none=True)
    behaald_op = Day(required=True)
    geldig_tot = Day(required=True, allow_none=True)
    instelling = Text(200, required=True, allow_none=True)
    verificatie = Choice(Verificatie, codelist="Verificatie", meanings=VERIFICATIES, required=True)
    geverifieerd_door = Text(200, required=True, allow_none=True)
    geverifieerd_op = Day(required=True, allow_none=True)
    geverifieerd_tegen = Text(200, required=True, allow_none=True)


class BevoegdheidInvoerSchema(ApiSchema):
    """A bevoegdheid to add; its verificatie is a step of its own."""

    about = "Een bevoegdheid om toe te voegen; nakijken is een eigen stap (_verifieer)."
    explained = BEVOEGDHEID

    soort = _soort(required=True)
    vak = _vak(allow_none=True)
    behaald_op = Day(required=True)
    geldig_tot = Day(allow_none=True)
    instelling = Text(200, allow_none=True)


class BevoegdheidWijzigingSchema(ApiSchema):
    """What changes of a bevoegdheid (JSON Merge Patch). Ending it is setting `geldigTot`."""

    about = "Wat er aan een bevoegdheid verandert (JSON Merge Patch); beëindigen is geldigTot invullen."
    explained = BEVOEGDHEID

    soort = _soort()
    vak = _vak(allow_none=True)
    behaald_op = Day()
    geldig_tot = Day(allow_none=True)
    instelling = Text(200, allow_none=True)


class VerificatieInvoerSchema(ApiSchema):
    """The outcome of comparing a bevoegdheid with its source."""

    about = "De uitslag van het vergelijken van een bevoegdheid met de bron."
    explained = BEVOEGDHEID

    verificatie = Choice(
        (Verificatie.GEVERIFIEERD, Verificatie.AFGEWEZEN),
        codelist="VerificatieUitslag",
        meanings=VERIFICATIES,
        required=True,
    )
    tegen = Text(200, required=True)
