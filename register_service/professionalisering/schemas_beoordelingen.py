"""What goes in and comes out about judging: the activity, and nothing of whose it is (domain.md, Who sees what)."""

from marshmallow import fields

from register_service.aanbod.schemas import soort, uren
from register_service.core.fields import Choice, Count, Day, Flag, Key, Several, Text
from register_service.core.schema import ApiSchema, Explained
from register_service.professionalisering.models import GemeldDoor, Mediatype, Status
from register_service.professionalisering.schemas import (
    ACTIVITEIT,
    BEWIJSSTUK,
    MEDIATYPES,
    MELDERS,
    STATUSSEN,
)

MOST_DECISIONS = 500
# What a validator sees: what is offered, what the validator decided, and what the leraar took back after that.
JUDGEABLE = tuple(status for status in Status if status is not Status.CONCEPT)
BESLUITEN = {name: STATUSSEN[name] for name in ("goedgekeurd", "afgewezen")}

BEOORDELING: Explained = {
    **ACTIVITEIT,
    "kenmerk": (
        "Kenmerk van wat er te beoordelen is: verandert de activiteit of een bewijsstuk, dan verandert het kenmerk.",
        "5f1d6c0a2b7e4d3c9a8b7c6d5e4f3a2b",
    ),
    "reden": ("Waarom. De leraar leest het; noem geen namen van anderen.", "Het bewijsstuk noemt geen uren"),
    "besluit": ("Wat u besluit.", "goedgekeurd"),
    "beslissingen": ("Uw besluiten, hoogstens 500. Alles wordt vastgelegd, of niets.", None),
    "goedgekeurd": ("Hoeveel activiteiten u hebt goedgekeurd.", 41),
    "afgewezen": ("Hoeveel activiteiten u hebt afgewezen.", 2),
}


class BeoordelingBewijsstukSchema(ApiSchema):
    """A bewijsstuk as a validator sees it: the name of a file may name the leraar, so it is not there."""

    about = "Een bewijsstuk bij een activiteit die u beoordeelt."
    explained = BEWIJSSTUK

    id = fields.UUID(required=True)
    sha256 = Text(64, required=True)
    mediatype = Choice(Mediatype, codelist="Mediatype", meanings=MEDIATYPES, required=True)
    grootte = fields.Integer(required=True)


class BeoordelingSchema(ApiSchema):
    """An activiteit as a validator sees it: without the leraar, or the bestuur that reported it."""

    about = "Een activiteit om te beoordelen: de activiteit, en niets over de leraar."
    explained = BEOORDELING

    id = fields.UUID(required=True)
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
    status = Choice(JUDGEABLE, codelist="BeoordelingStatus", meanings=STATUSSEN, required=True)
    ingediend_op = Day(required=True)
    beoordeeld_op = Day(required=True, allow_none=True)
    afwijzing = Text(2000, required=True, allow_none=True)
    bewijsstukken = fields.List(fields.Nested(BeoordelingBewijsstukSchema), required=True)
    mogelijk_dubbel = fields.List(fields.UUID(), required=True)
    kenmerk = Text(32, required=True)


class BeoordelingenQuery(ApiSchema):
    """Paging of what is offered: it is about now, so there is no other day or moment to ask for."""

    limiet = Count(1, 500, metadata={"description": "Hoeveel per pagina.", "default": 100})
    cursor = Text(200, metadata={"description": "De waarde van 'volgende' uit de vorige pagina."})


class AfwijzingInvoerSchema(ApiSchema):
    """Why an activiteit is rejected."""

    about = "Waarom u een activiteit afwijst."
    explained = BEOORDELING

    reden = Text(2000, required=True)


class HerzieningInvoerSchema(ApiSchema):
    """Why a validator takes the own decision back."""

    about = "Waarom u terugkomt op uw besluit."
    explained = BEOORDELING

    reden = Text(2000, required=True)


class BeslissingSchema(ApiSchema):
    """A decision on one of many."""

    about = "Een besluit over een activiteit, zoals u haar zag."
    explained = BEOORDELING

    id = Key(required=True)
    kenmerk = Text(32, required=True)
    besluit = Choice(tuple(BESLUITEN), codelist="Besluit", meanings=BESLUITEN, required=True)
    reden = Text(2000)


class BeslissingenInvoerSchema(ApiSchema):
    """The decisions of a day's work."""

    about = "Uw besluiten over een aantal activiteiten tegelijk."
    explained = BEOORDELING

    beslissingen = Several(fields.Nested(BeslissingSchema), 1, MOST_DECISIONS, required=True)


class BeslissingenSchema(ApiSchema):
    """How many were decided."""

    about = "Hoeveel besluiten er zijn vastgelegd."
    explained = BEOORDELING

    goedgekeurd = fields.Integer(required=True)
    afgewezen = fields.Integer(required=True)
