"""What goes in and comes out about activiteiten."""

from typing import Any

from marshmallow import fields

from register_service.aanbod.schemas import VERDELING, soort, uren
from register_service.api.schemas import PageQuery
from register_service.core.fields import Choice, Day, Flag, Registratienummer, Text
from register_service.core.schema import ApiSchema, Explained
from register_service.professionalisering.models import GemeldDoor, Mediatype, Status

STATUSSEN = {
    "concept": "nog te wijzigen; telt nog niet",
    "ingediend": "wacht op het oordeel van een validator",
    "goedgekeurd": "telt",
    "afgewezen": "telt niet; `afwijzing` zegt waarom",
    "ingetrokken": "teruggenomen; telt niet",
}
MELDERS = {
    "leraar": "de leraar zelf, of de beheerder voor de leraar",
    "bestuur": "het HR-systeem van een bestuur",
    "aanbieder": "de aanbieder, die bevestigde dat de leraar er was",
}
INTREKKERS = {
    "leraar": "de leraar zelf",
    "bestuur": "het bestuur, dat ten onrechte bevestigde dat de leraar er was",
    "aanbieder": "de aanbieder, die ten onrechte bevestigde dat de leraar er was",
    "beheer": "de beheerder",
}
MEDIATYPES = {"application/pdf": "PDF", "image/png": "PNG", "image/jpeg": "JPEG"}

ACTIVITEIT: Explained = {
    **VERDELING,
    "id": ("De sleutel van de activiteit.", "01890000-0000-7000-8000-000000000600"),
    "leraar": ("Het registratienummer van de leraar.", "2657035144"),
    "aanbieder": ("Wie de activiteit aanbood of verzorgde.", "Stichting Proefscholing"),
    "begindatum": ("De eerste dag.", "2026-03-02"),
    "einddatum": ("De laatste dag; om in te dienen niet in de toekomst.", "2026-03-16"),
    "gemeld_door": ("Wie de activiteit meldde.", "leraar"),
    "bestuur": ("Het bestuur dat haar meldde; null: een ander.", "41285"),
    "aanbod": ("Het aanbod waar de leraar bij was; null: geen.", None),
    "status": ("De status.", "ingediend"),
    "ingediend_op": ("De dag van indienen.", "2026-03-20"),
    "beoordeeld_op": ("De dag van het besluit; die telt voor de registratie.", "2026-03-25"),
    "beoordeeld_door": (
        "Het registratienummer van de validator. Alleen de leraar en de beheerder zien het; null ook bij bevestigd aanbod.",
        "6041829379",
    ),
    "afwijzing": ("Waarom zij is afgewezen.", "Het bewijsstuk noemt geen uren"),
    "ingetrokken_door": ("Wie haar introk; null: zij is niet ingetrokken.", "leraar"),
    "gedeeld": ("Of de leraar haar laat zien aan werkgevers die haar niet meldden.", False),
    "bewijsstukken": ("De bewijsstukken, oudste eerst.", None),
    "mogelijk_dubbel": (
        "De sleutels van activiteiten van dezelfde leraar die er veel op lijken: dezelfde soort, dagen die overlappen, een titel "
        "die lijkt. Alleen die u ziet.",
        ["01890000-0000-7000-8000-000000000601"],
    ),
}
BEWIJSSTUK: Explained = {
    "id": ("De sleutel van het bewijsstuk.", "01890000-0000-7000-8000-000000000610"),
    "activiteit": ("De sleutel van de activiteit.", "01890000-0000-7000-8000-000000000600"),
    "sha256": (
        "SHA-256 van de inhoud, hexadecimaal.",
        "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    ),
    "mediatype": ("Wat het is, naar de inhoud.", "application/pdf"),
    "grootte": ("Hoeveel bytes.", 48213),
    "bestandsnaam": ("De naam waaronder het is ingestuurd.", "certificaat.pdf"),
}


def status_field(**how: Any) -> Choice:
    """Make the field of the state of an activiteit."""
    return Choice(Status, codelist="ActiviteitStatus", meanings=STATUSSEN, **how)


class BewijsstukSchema(ApiSchema):
    """A file that shows an activiteit was done."""

    about = "Een bewijsstuk bij een activiteit: een PDF, PNG of JPEG."
    explained = BEWIJSSTUK

    id = fields.UUID(required=True)
    activiteit = fields.UUID(required=True)
    sha256 = Text(64, required=True)
    mediatype = Choice(Mediatype, codelist="Mediatype", meanings=MEDIATYPES, required=True)
    grootte = fields.Integer(required=True)
    bestandsnaam = Text(200, required=True, allow_none=True)


class ActiviteitToestandSchema(ApiSchema):
    """An activiteit as its row has it."""

    about = "Een activiteit zoals zij is vastgelegd."
    explained = ACTIVITEIT

    id = fields.UUID(required=True)
    leraar = Registratienummer(required=True)
    soort = soort(required=True)
    titel = Text(200, required=True)
    aanbieder = Text(200, required=True, allow_none=True)
    begindatum = Day(required=True)
    einddatum = Day(required=True)
    registeruren = uren(required=True)
    vakinhoudelijk = uren(required=True)
    vakdidactisch = uren(required=True)
    pedagogisch = uren(required=True)
    overig = uren(required=True)
    zelfstudie = uren(required=True)
    toets = Flag(required=True)
    gemeld_door = Choice(GemeldDoor, codelist="GemeldDoor", meanings=MELDERS, required=True)
    bestuur = Text(5, required=True, allow_none=True)
    aanbod = fields.UUID(required=True, allow_none=True)
    status = status_field(required=True)
    ingediend_op = Day(required=True, allow_none=True)
    beoordeeld_op = Day(required=True, allow_none=True)
    beoordeeld_door = Registratienummer(required=True, allow_none=True)
    afwijzing = Text(2000, required=True, allow_none=True)
    ingetrokken_door = Choice(
        tuple(INTREKKERS), codelist="IngetrokkenDoor", meanings=INTREKKERS, required=True, allow_none=True
    )
    gedeeld = Flag(required=True)


class ActiviteitSchema(ActiviteitToestandSchema):
    """An activiteit, with what belongs to it and what it may be the same as."""

    about = "Wat een leraar deed om zich te professionaliseren, en wat ervan is gevonden."

    bewijsstukken = fields.List(fields.Nested(BewijsstukSchema), required=True)
    mogelijk_dubbel = fields.List(fields.UUID(), required=True)


class ActiviteitInvoerSchema(ApiSchema):
    """An activiteit to report; it begins as concept."""

    about = "Een activiteit om te melden. Zij begint als concept; indienen is een eigen stap (_indienen)."
    explained = ACTIVITEIT

    soort = soort(required=True)
    titel = Text(200, required=True)
    aanbieder = Text(200, allow_none=True)
    begindatum = Day(required=True)
    einddatum = Day(required=True)
    registeruren = uren(required=True)
    vakinhoudelijk = uren(load_default=0)
    vakdidactisch = uren(load_default=0)
    pedagogisch = uren(load_default=0)
    overig = uren(load_default=0)
    zelfstudie = uren(load_default=0)
    toets = Flag(load_default=False)


class ActiviteitWijzigingSchema(ApiSchema):
    """What changes of an activiteit (JSON Merge Patch)."""

    about = "Wat er aan een activiteit verandert (JSON Merge Patch)."
    explained = ACTIVITEIT

    soort = soort()
    titel = Text(200)
    aanbieder = Text(200, allow_none=True)
    begindatum = Day()
    einddatum = Day()
    registeruren = uren()
    vakinhoudelijk = uren()
    vakdidactisch = uren()
    pedagogisch = uren()
    overig = uren()
    zelfstudie = uren()
    toets = Flag()


class ActiviteitenQuery(PageQuery):
    """Filters and paging of the activiteiten of a leraar."""

    status = status_field(metadata={"description": "Alleen activiteiten met deze status."})
    soort = soort(metadata={"description": "Alleen activiteiten van deze soort."})
