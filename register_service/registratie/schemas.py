"""What goes in and comes out about the registratie of a leraar, and its progress."""

from typing import Any

from marshmallow import fields, validate

from register_service.core.fields import Choice, Count, Day, Flag, Moment, Registratienummer, Text
from register_service.core.schema import ApiSchema, Explained
from register_service.registratie.models import BerichtSoort, Grond
from register_service.registratie.rules.course import STATUSSEN
from register_service.registratie.rules.voortgang import EISEN

MOST_AT_ONCE = 500
_STATUS = {
    "aspirant": "heeft (nog) geen bevoegdheid waarmee een leraar wordt geregistreerd",
    "geregistreerd": "is geregistreerd",
    "onder-voorwaarden": "haalde de eisen niet en heeft zes maanden om dat te herstellen",
    "verlopen": "is niet meer geregistreerd: de eisen zijn niet op tijd gehaald",
    "doorgehaald": "is op verzoek doorgehaald",
}
_GRONDEN = {
    "eerste": "de eerste periode, of de eerste sinds de leraar weer bevoegd is",
    "verlengd": "de eisen van de vorige waren gehaald",
    "hersteld": "de eisen van de vorige zijn binnen zes maanden alsnog gehaald",
    "hervat": "hervat na doorhaling of verlopen",
}
_EISEN = {
    "registeruren": "goedgekeurde registeruren, alles bij elkaar",
    "primair": "vakinhoudelijk, vakdidactisch en pedagogisch samen",
    "vakinhoudelijk": "vakinhoudelijk; alleen in het vo is er een minimum",
    "werkuren": "uren werk volgens de aanstellingen, bij alle besturen",
}
_BERICHTEN = {
    "zes-maanden": "een half jaar voor het einde van de periode",
    "twaalf-weken": "twaalf weken voor het einde van de periode",
}
REGISTRATIE: Explained = {
    "registratienummer": ("Het registratienummer van de leraar.", "2657035144"),
    "peildatum": ("De dag waarvoor dit geldt.", "2026-11-25"),
    "status": ("De status op die dag; null: toen nog niet ingeschreven.", "geregistreerd"),
    "sinds": ("Sinds welke dag die status geldt.", "2023-08-01"),
    "geregistreerd_tot": ("Laatste dag van de lopende registratieperiode; null: er loopt er geen.", "2027-07-31"),
    "herstel_tot": ("Tot en met welke dag wat ontbreekt nog te herstellen is; null: dat is niet aan de orde.", None),
    "perioden": ("De registratieperioden die begonnen zijn, oudste eerst.", None),
    "standen": ("De statussen sinds de inschrijving, oudste eerst.", None),
    "id": ("De sleutel; null: nog niet vastgelegd, dat gebeurt elke nacht.", "01890000-0000-7000-8000-000000000006"),
    "begindatum": ("Eerste dag.", "2023-08-01"),
    "einddatum": ("Laatste dag, met uitstel.", "2027-07-31"),
    "grond": ("Waarom de periode begon.", "verlengd"),
    "uitstel_maanden": ("Hoeveel maanden uitstel erin zit.", 0),
    "vanaf": ("Eerste dag.", "2023-08-01"),
    "tot": ("Laatste dag; null: dat is nu zo.", None),
}
VOORTGANG: Explained = {
    **REGISTRATIE,
    "vanaf": ("Eerste dag waarover wordt geteld; null: er valt niets te halen.", "2023-08-01"),
    "tot": ("Laatste dag waarop alles gehaald moet zijn.", "2027-07-31"),
    "sector": ("De sector waarin het meest is gewerkt; die bepaalt het vakinhoudelijke minimum.", "vo"),
    "verstreken": ("Hoeveel procent van de tijd voorbij is.", 83),
    "percentage": ("Hoeveel procent is gehaald; voor een voortgangsbalk. 100 alleen als het gehaald is.", 71),
    "voldaan": ("Of het gehaald is.", False),
    "op_koers": ("Of van elke eis minstens zoveel is gehaald als er tijd voorbij is.", False),
    "ingediend": ("Registeruren die op een validator wachten.", 6.5),
    "eisen": ("Elke eis; leeg: er valt niets te halen.", None),
    "eis": ("Welke eis.", "registeruren"),
    "behaald": ("Uren die tellen.", 118.5),
    "nodig": ("Uren die nodig zijn.", 160),
    "ontbreekt": ("Uren die nog nodig zijn.", 41.5),
    "registratienummers": ("Van wie u de voortgang wilt; hoogstens 500.", ["2657035144"]),
    "items": ("De voortgang van wie u ziet.", None),
    "niet_gevonden": ("De nummers die niet bestaan of die u niet ziet.", []),
}
UITSTEL: Explained = {
    "id": ("De sleutel van het uitstel.", "01890000-0000-7000-8000-000000000007"),
    "periode": ("De registratieperiode.", "01890000-0000-7000-8000-000000000006"),
    "maanden": ("Hoeveel maanden; in een periode hoogstens 24 bij elkaar.", 6),
    "motivering": ("Waarom.", "Langdurige ziekte"),
    "besluitdatum": ("Op welke dag is besloten; uiterlijk op de laatste dag van de periode.", "2026-11-20"),
    "vanaf": ("Eerste dag van de doorhaling; vandaag of later.", "2026-12-01"),
}
BERICHT: Explained = {
    "id": ("De sleutel van het bericht.", "01890000-0000-7000-8000-000000000008"),
    "soort": ("Welk bericht.", "zes-maanden"),
    "einddatum": ("Het einde van de periode waarover het ging.", "2027-07-31"),
    "gemaakt_op": ("Op welke dag het klaarstond.", "2027-01-31"),
    "verzonden_op": ("Wanneer de mailserver het aannam; null: nog niet.", "2027-01-31T06:00:03.000000Z"),
    "vervallen_op": ("Sinds wanneer het niet meer nodig is; null: het is nodig.", None),
}


def status_field(**how: Any) -> Choice:
    """Make a field with a status."""
    return Choice(STATUSSEN, codelist="RegistratieStatus", meanings=_STATUS, **how)


class RegistratieperiodeSchema(ApiSchema):
    """A period."""

    about = "Een registratieperiode."
    explained = REGISTRATIE

    id = fields.UUID(required=True, allow_none=True)
    begindatum = Day(required=True)
    einddatum = Day(required=True)
    grond = Choice(Grond, codelist="RegistratieGrond", meanings=_GRONDEN, required=True)
    uitstel_maanden = fields.Integer(required=True)


class PeriodeToestandSchema(ApiSchema):
    """A period as the journal has it."""

    about = "Een registratieperiode zoals zij is vastgelegd."
    explained = REGISTRATIE

    id = fields.UUID(required=True)
    begindatum = Day(required=True)
    einddatum = Day(required=True)
    grond = Choice(Grond, codelist="RegistratieGrond", meanings=_GRONDEN, required=True)


class RegistratiestandSchema(ApiSchema):
    """A status and its days."""

    about = "Een status en de dagen waarop zij gold."
    explained = REGISTRATIE

    status = status_field(required=True)
    vanaf = Day(required=True)
    tot = Day(required=True, allow_none=True)


class RegistratieSchema(ApiSchema):
    """How the registratie of a leraar stands on a day."""

    about = "Hoe de registratie van een leraar er op een dag voor staat."
    explained = REGISTRATIE

    registratienummer = Registratienummer(required=True)
    peildatum = Day(required=True)
    status = status_field(required=True, allow_none=True)
    sinds = Day(required=True, allow_none=True)
    geregistreerd_tot = Day(required=True, allow_none=True)
    herstel_tot = Day(required=True, allow_none=True)
    perioden = fields.List(fields.Nested(RegistratieperiodeSchema), required=True)
    standen = fields.List(fields.Nested(RegistratiestandSchema), required=True)


class EisSchema(ApiSchema):
    """A requirement."""

    about = "Een eis voor herregistratie."
    explained = VOORTGANG

    eis = Choice(EISEN, codelist="EisSoort", meanings=_EISEN, required=True)
    behaald = fields.Float(required=True)
    nodig = fields.Float(required=True)
    ontbreekt = fields.Float(required=True)
    percentage = fields.Integer(required=True)
    voldaan = Flag(required=True)


class VoortgangSchema(ApiSchema):
    """Progress towards the next period."""

    about = "Hoe ver een leraar is op weg naar de volgende registratieperiode."
    explained = VOORTGANG

    registratienummer = Registratienummer(required=True)
    peildatum = Day(required=True)
    status = status_field(required=True, allow_none=True)
    vanaf = Day(required=True, allow_none=True)
    tot = Day(required=True, allow_none=True)
    sector = fields.String(required=True, allow_none=True)
    verstreken = fields.Integer(required=True)
    percentage = fields.Integer(required=True)
    voldaan = Flag(required=True)
    op_koers = Flag(required=True)
    ingediend = fields.Float(required=True)
    eisen = fields.List(fields.Nested(EisSchema), required=True)


class VoortgangVraagSchema(ApiSchema):
    """Of whom."""

    about = "Van wie u de voortgang wilt."
    explained = VOORTGANG

    registratienummers = fields.List(
        Registratienummer(),
        required=True,
        validate=validate.Length(1, MOST_AT_ONCE, error="ongeldige-waarde: Geef 1 tot en met 500 registratienummers."),
    )


class VoortgangLijstSchema(ApiSchema):
    """Progress of many."""

    about = "De voortgang van wie u vroeg, in de volgorde van het registratienummer."
    explained = VOORTGANG

    items = fields.List(fields.Nested(VoortgangSchema), required=True)
    niet_gevonden = fields.List(Registratienummer(), required=True)


class UitstelInvoerSchema(ApiSchema):
    """A decision to give more time."""

    about = "Een besluit om een periode langer te laten duren."
    explained = UITSTEL

    maanden = Count(1, 120, required=True)
    motivering = Text(2000, required=True)
    besluitdatum = Day(required=True)


class UitstelSchema(UitstelInvoerSchema):
    """The same, recorded."""

    about = "Uitstel van het einde van een registratieperiode."

    id = fields.UUID(required=True)
    periode = fields.UUID(required=True)


class DoorhalingInvoerSchema(ApiSchema):
    """A request to be struck off."""

    about = "Een verzoek om doorhaling."
    explained = UITSTEL

    vanaf = Day(metadata={"description": "Eerste dag; zonder: vandaag."})
    motivering = Text(2000)


class BerichtSchema(ApiSchema):
    """A notice."""

    about = "Een bericht aan de leraar over het einde van een periode."
    explained = BERICHT

    id = fields.UUID(required=True)
    soort = Choice(BerichtSoort, codelist="BerichtSoort", meanings=_BERICHTEN, required=True)
    einddatum = Day(required=True)
    gemaakt_op = Day(required=True)
    verzonden_op = Moment(required=True, allow_none=True)
    vervallen_op = Moment(required=True, allow_none=True)
