"""What goes in and comes out about steekproeven."""

from marshmallow import fields

from register_service.aanbod.models import ActiviteitSoort
from register_service.aanbod.schemas import SOORTEN, VERDELING
from register_service.core.fields import Choice, Day, Flag, Moment, Text
from register_service.core.schema import ApiSchema, Explained
from register_service.registratie.models import Uitslag

STEEKPROEF: Explained = {
    "id": ("De sleutel van de steekproef.", "01890000-0000-7000-8000-000000000005"),
    "vanaf": ("Eerste dag waarop een nieuwe registratieperiode begon om mee te doen.", "2026-01-01"),
    "tot": ("Laatste dag.", "2026-12-31"),
    "peilmoment": (
        "Het tijdstip van het controlepunt: getrokken is uit wat toen bekend was.",
        "2027-01-04T09:00:00.000000Z",
    ),
    "size": ("Hoeveel regels het journaal bij dat controlepunt had.", 104_200),
    "root": ("De wortel van het controlepunt, hexadecimaal.", "9f2c"),
    "zaad": ("Het zaad van de trekking.", "loterij-2027-01"),
    "methode": (
        "Hoe is getrokken. sha256-v1: de herregistraties met de laagste SHA-256 van '<zaad>:<periode>'.",
        "sha256-v1",
    ),
    "omvang": ("Uit hoeveel herregistraties is getrokken.", 1210),
    "aantal": ("Hoeveel er zijn getrokken.", 25),
}
TREKKING: Explained = {
    "volgnummer": ("De plaats in de trekking, vanaf 1.", 3),
    "periode": ("De registratieperiode die werd getrokken.", "01890000-0000-7000-8000-000000000006"),
    "uitslag": ("Wat het nakijken opleverde; null: nog niet nagekeken.", "akkoord"),
    "toelichting": ("Wat er is gezien; de leraar kan dit lezen.", "Alle bewijsstukken passen bij de activiteiten."),
    "beoordeeld_op": ("Op welke dag.", "2027-01-20"),
}
INZAGE: Explained = {
    **VERDELING,
    "id": ("De sleutel van de activiteit.", "01890000-0000-7000-8000-000000000600"),
    "aanbieder": ("Bij wie.", "Stichting Voorbeeldscholing"),
    "betrekkingsomvang": ("Hoeveel, in fte.", 0.8),
    "beoordeeld_op": ("De dag van de goedkeuring.", "2024-02-03"),
    "reden": ("Waarom u kijkt; de leraar kan dit lezen.", "Steekproef 2026, trekking 3"),
    "begindatum": ("Eerste dag.", "2022-01-01"),
    "einddatum": ("Laatste dag.", "2025-12-31"),
    "activiteiten": ("De goedgekeurde activiteiten die in die periode eindigden.", None),
    "aanstellingen": ("Het werk in die periode, bij alle besturen.", None),
    "bewijsstukken": ("Hoeveel bewijsstukken erbij zitten.", 1),
}
_UITSLAGEN = {
    Uitslag.AKKOORD.value: "de herregistratie klopt",
    Uitslag.NIET_AKKOORD.value: "er klopt iets niet; zie de toelichting",
}


class SteekproefSchema(ApiSchema):
    """A draw, as it is published."""

    about = "Een steekproef van herregistraties: wie het controlepunt en het zaad heeft, kan haar opnieuw trekken."
    explained = STEEKPROEF

    id = fields.UUID(required=True)
    vanaf = Day(required=True)
    tot = Day(required=True)
    peilmoment = Moment(required=True)
    size = fields.Integer(required=True)
    root = fields.String(required=True)
    zaad = fields.String(required=True)
    methode = fields.String(required=True)
    omvang = fields.Integer(required=True)
    aantal = fields.Integer(required=True)


class TrekkingSchema(ApiSchema):
    """One that was drawn; whose it is stays out of it."""

    about = "Een getrokken herregistratie, zonder naam of registratienummer."
    explained = TREKKING

    volgnummer = fields.Integer(required=True)
    periode = fields.UUID(required=True)
    uitslag = Choice(Uitslag, codelist="Uitslag", meanings=_UITSLAGEN, required=True, allow_none=True)
    toelichting = fields.String(required=True, allow_none=True)
    beoordeeld_op = Day(required=True, allow_none=True)


class UitslagInvoerSchema(ApiSchema):
    """What came of the look."""

    about = "De uitslag van het nakijken van één getrokken herregistratie."
    explained = TREKKING

    uitslag = Choice(Uitslag, codelist="Uitslag", meanings=_UITSLAGEN, required=True)
    toelichting = Text(2000)


class InzageInvoerSchema(ApiSchema):
    """Why somebody looks."""

    about = "Waarom u naar deze herregistratie kijkt."
    explained = INZAGE

    reden = Text(200, required=True)


class InzageActiviteitSchema(ApiSchema):
    """An activiteit as whoever checks sees it."""

    about = "Een goedgekeurde activiteit, zoals wie nakijkt haar ziet."
    explained = INZAGE

    id = fields.UUID(required=True)
    soort = Choice(ActiviteitSoort, codelist="ActiviteitSoort", meanings=SOORTEN, required=True)
    titel = fields.String(required=True)
    aanbieder = fields.String(required=True, allow_none=True)
    begindatum = Day(required=True)
    einddatum = Day(required=True)
    registeruren = fields.Float(required=True)
    vakinhoudelijk = fields.Float(required=True)
    vakdidactisch = fields.Float(required=True)
    pedagogisch = fields.Float(required=True)
    overig = fields.Float(required=True)
    zelfstudie = fields.Float(required=True)
    toets = Flag(required=True)
    beoordeeld_op = Day(required=True)
    bewijsstukken = fields.Integer(required=True)


class InzageWerkSchema(ApiSchema):
    """Work that counted, whatever the bestuur."""

    about = "Een aanstelling, zonder bestuur of vestiging."
    explained = INZAGE

    begindatum = Day(required=True)
    einddatum = Day(required=True, allow_none=True)
    betrekkingsomvang = fields.Float(required=True)


class InzageSchema(ApiSchema):
    """What there is to look at."""

    about = "Waarop de herregistratie berust: activiteiten en werk in de periode ervoor."
    explained = INZAGE

    begindatum = Day(required=True)
    einddatum = Day(required=True)
    activiteiten = fields.List(fields.Nested(InzageActiviteitSchema), required=True)
    aanstellingen = fields.List(fields.Nested(InzageWerkSchema), required=True)
