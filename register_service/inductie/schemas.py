"""What goes in and comes out about inductietrajecten."""

from typing import Any, ClassVar

from marshmallow import fields

from register_service.core.fields import Choice, Day, Flag, Registratienummer, Text
from register_service.core.schema import ApiSchema, Explained
from register_service.inductie.models import Resultaat, StopReden, VrijstellingGrond

VESTIGING: dict[str, Any] = {
    "pattern": "[0-9]{2}[A-Z]{2}[0-9]{2}",
    "hint": "Een vestigingscode is BRIN plus twee cijfers, zoals 00DI01.",
}
RESULTATEN = {"behaald": "de inductie is behaald", "niet-behaald": "de inductie is niet behaald"}
GRONDEN = {
    "elders-behaald": "de inductie is buiten dit register behaald",
    "ruime-ervaring": "de leraar gaf al jaren les",
    "overig": "een andere grond; geef een motivering",
}
STOPREDENEN = {
    "uit-dienst": "de leraar ging uit dienst",
    "buiten-regio": "de leraar gaat verder buiten de regio",
    "buiten-onderwijs": "de leraar verlaat het onderwijs",
    "op-verzoek": "de leraar vroeg erom",
    "overig": "een andere reden",
}
STATUSSEN = {
    "gepland": "begint later",
    "lopend": "loopt, en de dag telt mee",
    "onderbroken": "loopt, maar de dag telt niet mee: een onderbreking of een gat tussen twee verblijven",
    "afgerond": "afgerond; zie resultaat",
    "gestopt": "gestopt voor het einde",
    "vrijgesteld": "de leraar hoeft geen inductie te doen",
}
ACHTERSTALLIG = {
    "voortgangsgesprek": "een voortgangsgesprek is niet op tijd gehouden",
    "afronding": "de verwachte einddatum is voorbij zonder afronding",
    "programma": "een inductiejaar is begonnen zonder programma",
}

TRAJECT: Explained = {
    "id": ("De sleutel van het traject.", "01890000-0000-7000-8000-000000000010"),
    "leraar": ("Het registratienummer van de leraar.", "2657035144"),
    "sector": ("De sector van de vestiging waar het traject begon.", "vo"),
    "startdatum": ("De eerste dag; hoogstens vier maanden vooruit (regeling).", "2024-08-01"),
    "regeling": ("De regeling die op de startdatum gold en voor dit traject blijft gelden.", None),
    "vervolg_op": ("Het eerdere, gestopte traject waarvan de opgebouwde tijd meetelt.", None),
    "vrijstelling_grond": ("Waarom de leraar geen inductie hoeft te doen.", "elders-behaald"),
    "vrijstelling_motivering": ("Toelichting op de vrijstelling.", "Inductie behaald in Utrecht in 2023"),
    "afgerond_op": ("De dag van de afronding; niet in de toekomst.", "2027-07-31"),
    "resultaat": ("Het oordeel bij de afronding.", "behaald"),
    "motivering": ("Waarom; verplicht bij niet-behaald en bij vervroegd.", "Alle doelen zijn aantoonbaar gehaald"),
    "vervroegd": ("De afronding is eerder dan de normduur.", False),
    "meegedeeld_op": ("De dag waarop de leraar het oordeel hoorde; verplicht bij niet-behaald.", "2027-07-15"),
    "gestopt_op": ("De dag waarop het traject stopte.", "2026-01-31"),
    "stop_reden": ("Waarom het stopte.", "buiten-regio"),
    "vestiging": ("De vestiging: BRIN en twee cijfers.", "00DI01"),
    "vanaf": ("De eerste dag op de nieuwe vestiging; het huidige verblijf eindigt de dag ervoor.", "2025-08-01"),
    "leidinggevende": ("Het registratienummer van de direct leidinggevende; die is nooit begeleider.", "8501319231"),
    "leidinggevende_naam": (
        "De naam van de direct leidinggevende, als die niet in het register staat.",
        "T. Voorbeeld",
    ),
    "reden": ("Waarom; komt in de geschiedenis te staan.", "De startdatum stond een maand te vroeg"),
    "bestuur": ("Het bestuursnummer.", "41285"),
}
STAND: Explained = {
    "status": ("De status op de peildatum.", "lopend"),
    "peildatum": (
        "De dag waarvoor alles is berekend: geldigOp, anders vandaag; voor een bestuur waar de leraar al lang weg is, "
        "de laatste dag van diens verblijf.",
        "2026-11-23",
    ),
    "inductiejaar": ("Het jaar van de inductie: elke 12 opgebouwde maanden een; null voor de start.", 2),
    "opgebouwd": ("De tijd die meetelt.", None),
    "nodig": ("De tijd die nodig is: normduur en verlenging, min wat een eerder traject opleverde.", None),
    "dagen": ("In dagen.", 480),
    "maanden": ("Hele maanden.", 15),
    "restdagen": ("Dagen boven de hele maanden.", 23),
    "verwachte_einddatum": (
        "De dag waarop de opgebouwde tijd de normduur en verlenging bereikt; null: nog niet te zeggen, want er is een "
        "onderbreking of verblijf zonder vervolg.",
        "2027-07-31",
    ),
    "verlenging_maanden": ("Maanden verlenging in totaal.", 0),
    "vestiging": ("De vestiging op de peildatum: waar de leraar is, het laatst was, of begint.", "00DI01"),
    "gesprekken": ("Elk voortgangsgesprek dat nodig is: een per zes maanden (regeling).", None),
    "uiterlijk": ("De dag waarop het uiterlijk moet.", "2025-02-01"),
    "gehouden_op": ("De dag waarop het gehouden is.", "2025-01-20"),
    "te_doen": ("Wat er nu te doen is, het dringendste eerst.", None),
    "achterstallig": ("Wat te laat is.", None),
    "wat": ("Wat het is.", "voortgangsgesprek"),
    "sinds": ("Sinds welke dag.", "2025-02-02"),
    "signalen": ("Normen die niet gehaald worden. Een signaal houdt niets tegen.", None),
    "code": ("De code van de regel.", "lesreductie-onder-norm"),
    "naam": ("De naam van de regel.", "Lesreductie in het eerste jaar"),
    "bron": ("Waar de regel vandaan komt.", "cao VO 2023"),
    "tekst": ("Wat er aan de hand is, en wat u kunt doen.", None),
    "jaar": ("Het inductiejaar waar het over gaat.", 1),
    "verblijven": ("Waar de leraar was en is; van andere besturen alleen dit.", None),
    "id": ("De sleutel.", "01890000-0000-7000-8000-000000000011"),
    "bestuur": ("Het bestuursnummer.", "41285"),
    "begindatum": ("De eerste dag.", "2024-08-01"),
    "einddatum": ("De laatste dag; null: zonder einde.", None),
}


class InductietrajectToestandSchema(ApiSchema):
    """The row of a traject: what was decided about it as a whole."""

    about = "Wat er over een inductietraject als geheel is vastgelegd."
    explained = TRAJECT

    id = fields.UUID(required=True)
    leraar = Registratienummer(required=True)
    sector = Text(4, required=True)
    startdatum = Day(required=True)
    regeling = fields.UUID(required=True)
    vervolg_op = fields.UUID(required=True, allow_none=True)
    vrijstelling_grond = Choice(
        VrijstellingGrond, codelist="VrijstellingGrond", meanings=GRONDEN, required=True, allow_none=True
    )
    vrijstelling_motivering = Text(2000, required=True, allow_none=True)
    afgerond_op = Day(required=True, allow_none=True)
    resultaat = Choice(Resultaat, codelist="Resultaat", meanings=RESULTATEN, required=True, allow_none=True)
    motivering = Text(2000, required=True, allow_none=True)
    vervroegd = Flag(required=True)
    meegedeeld_op = Day(required=True, allow_none=True)
    gestopt_op = Day(required=True, allow_none=True)
    stop_reden = Choice(StopReden, codelist="StopReden", meanings=STOPREDENEN, required=True, allow_none=True)


class OpgebouwdSchema(ApiSchema):
    """Credited time, in days and in months."""

    about = "Tijd die meetelt, in dagen en in maanden."
    explained = STAND

    dagen = fields.Integer(required=True)
    maanden = fields.Integer(required=True)
    restdagen = fields.Integer(required=True)


class NodigSchema(ApiSchema):
    """Time that is needed, in months and in days."""

    about = "Tijd die nodig is."
    explained = STAND

    maanden = fields.Integer(required=True)
    dagen = fields.Integer(required=True)


class GesprekStandSchema(ApiSchema):
    """A voortgangsgesprek that is due, and whether it was held."""

    about = "Een voortgangsgesprek dat nodig is, en of het gehouden is."
    explained = STAND

    uiterlijk = Day(required=True)
    status = Choice(
        ("gehouden", "verwacht", "achterstallig"),
        codelist="GesprekStatus",
        required=True,
        metadata={"description": "Of het gesprek gehouden is.", "examples": ["gehouden"]},
    )
    gehouden_op = Day(required=True, allow_none=True)


class TeDoenSchema(ApiSchema):
    """Something to do, and by when."""

    about = "Iets wat te doen is, en uiterlijk wanneer."
    explained = STAND

    wat = fields.String(required=True)
    uiterlijk = Day(required=True, allow_none=True)


class AchterstalligSchema(ApiSchema):
    """Something that is late, and since when."""

    about = "Iets wat te laat is, en sinds wanneer."
    explained = STAND

    wat = Choice(tuple(ACHTERSTALLIG), codelist="Achterstand", meanings=ACHTERSTALLIG, required=True)
    sinds = Day(required=True)


class SignaalSchema(ApiSchema):
    """A norm that is missed: the rule's name and source, and what to do."""

    about = "Een norm die niet gehaald wordt, met de naam en de bron van de regel."
    explained = STAND

    code = fields.String(required=True)
    naam = fields.String(required=True)
    bron = fields.String(required=True)
    tekst = fields.String(required=True)
    jaar = fields.Integer(required=True, allow_none=True)
    sinds = Day(required=True, allow_none=True)


class VerblijfSchema(ApiSchema):
    """A stay, as everybody who sees the traject may know it."""

    about = "Een verblijf op een vestiging."
    explained = STAND

    id = fields.UUID(required=True)
    bestuur = Text(5, required=True)
    vestiging = Text(6, required=True)
    begindatum = Day(required=True)
    einddatum = Day(required=True, allow_none=True)


class InductietrajectSchema(InductietrajectToestandSchema):
    """A traject, and how it stands on a day."""

    about = "Een inductietraject, en hoe het er op een dag voor staat."
    explained: ClassVar[Explained] = {**STAND, **TRAJECT, "vestiging": STAND["vestiging"]}

    status = Choice(tuple(STATUSSEN), codelist="InductieStatus", meanings=STATUSSEN, required=True)
    peildatum = Day(required=True)
    inductiejaar = fields.Integer(required=True, allow_none=True)
    opgebouwd = fields.Nested(OpgebouwdSchema, required=True)
    nodig = fields.Nested(NodigSchema, required=True)
    verwachte_einddatum = Day(required=True, allow_none=True)
    verlenging_maanden = fields.Integer(required=True)
    vestiging = Text(6, required=True, allow_none=True)
    verblijven = fields.List(fields.Nested(VerblijfSchema), required=True)
    gesprekken = fields.List(fields.Nested(GesprekStandSchema), required=True)
    te_doen = fields.List(fields.Nested(TeDoenSchema), required=True)
    achterstallig = fields.List(fields.Nested(AchterstalligSchema), required=True)
    signalen = fields.List(fields.Nested(SignaalSchema), required=True)


class StartInvoerSchema(ApiSchema):
    """A traject to start, at a vestiging of the caller's bestuur."""

    about = "Een inductietraject om te starten, op een vestiging van uw bestuur."
    explained = TRAJECT

    vestiging = Text(6, required=True, **VESTIGING)
    startdatum = Day(required=True)
    leidinggevende = Registratienummer(allow_none=True)
    leidinggevende_naam = Text(100, allow_none=True)


class VrijstellingInvoerSchema(ApiSchema):
    """An exemption to note."""

    about = "Een vrijstelling van inductie om vast te leggen."
    explained = TRAJECT

    vestiging = Text(6, required=True, **VESTIGING)
    startdatum = Day(required=True)
    vrijstelling_grond = Choice(VrijstellingGrond, codelist="VrijstellingGrond", meanings=GRONDEN, required=True)
    vrijstelling_motivering = Text(2000, allow_none=True)


class StartCorrectieSchema(ApiSchema):
    """A startdatum to correct."""

    about = "Een startdatum om te corrigeren; alles wat eruit volgt, wordt opnieuw berekend."
    explained = TRAJECT

    startdatum = Day(required=True)
    reden = Text(200, required=True)


class VerplaatsingSchema(ApiSchema):
    """A move to another vestiging, or a takeover, from a day on."""

    about = "Verder op een andere vestiging, vanaf een dag."
    explained = TRAJECT

    vestiging = Text(6, required=True, **VESTIGING)
    vanaf = Day(required=True)
    leidinggevende = Registratienummer(allow_none=True)
    leidinggevende_naam = Text(100, allow_none=True)


class AfrondingInvoerSchema(ApiSchema):
    """The judgement at the end."""

    about = "Het oordeel aan het einde."
    explained = TRAJECT

    afgerond_op = Day(required=True)
    resultaat = Choice(Resultaat, codelist="Resultaat", meanings=RESULTATEN, required=True)
    motivering = Text(2000, allow_none=True)
    vervroegd = Flag()
    meegedeeld_op = Day(allow_none=True)


class StopInvoerSchema(ApiSchema):
    """A stop before the end."""

    about = "Een traject dat stopt voor het einde."
    explained = TRAJECT

    gestopt_op = Day(required=True)
    stop_reden = Choice(StopReden, codelist="StopReden", meanings=STOPREDENEN, required=True)


class HeropeningSchema(ApiSchema):
    """Why a traject that ended goes on."""

    about = "Waarom een traject dat was afgesloten, verder gaat."
    explained = TRAJECT

    reden = Text(200, required=True)


class InstemmingSchema(ApiSchema):
    """The bestuur that may take a traject over."""

    about = "Het bestuur dat het traject mag overnemen."
    explained = TRAJECT

    bestuur = Text(5, pattern="[0-9]{5}", hint="Een bestuursnummer heeft vijf cijfers.", required=True)
