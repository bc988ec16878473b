"""What goes in and comes out about aanbieders and their aanbod."""

from typing import Any

from marshmallow import fields

from register_service.aanbod.models import ActiviteitSoort, Beoordeling
from register_service.aanbod.rules import KVK_NUMMER
from register_service.api.schemas import PageQuery
from register_service.core.fields import Amount, Choice, Day, Flag, Key, Text
from register_service.core.schema import ApiSchema, Explained

SOORTEN = {
    "opleiding": "een opleiding",
    "cursus": "een cursus of training",
    "studiedag": "een studiedag",
    "conferentie": "een conferentie of congres",
    "binnenschools": "professionalisering binnen de school",
    "buitenschools": "professionalisering buiten de school",
    "zelfstudie": "zelfstudie; telt alleen met een toets of een bewijsstuk",
}
BEOORDELINGEN = {
    "open": "nog niet beoordeeld, of gewijzigd sinds de beoordeling",
    "gevalideerd": "een validator heeft het goedgekeurd: wie erbij was, krijgt de registeruren",
    "afgewezen": "een validator heeft het afgewezen, met een reden",
}
AANBIEDER: Explained = {
    "id": ("De sleutel van de aanbieder.", "01890000-0000-7000-8000-000000000501"),
    "kvk_nummer": ("Het nummer in het Handelsregister: acht cijfers.", "68727720"),
    "naam": ("De naam.", "Stichting Voorbeeldscholing"),
    "internetadres": ("De website.", "https://voorbeeldscholing.example"),
}
# Also of an activiteit, which is split in the same way.
VERDELING: Explained = {
    "soort": ("De soort activiteit.", "cursus"),
    "titel": ("De titel.", "Formatief handelen in de wiskundeles"),
    "registeruren": ("De registeruren (RU): hele of halve uren.", 12.5),
    "vakinhoudelijk": ("Hoeveel daarvan vakinhoudelijk zijn.", 4),
    "vakdidactisch": ("Hoeveel daarvan vakdidactisch zijn.", 6.5),
    "pedagogisch": ("Hoeveel daarvan pedagogisch zijn.", 2),
    "overig": ("Hoeveel daarvan iets anders zijn; de vier zijn samen precies de registeruren.", 0),
    "zelfstudie": ("Hoeveel van de registeruren zelfstudie zijn.", 3),
    "toets": ("Of de activiteit eindigt met een toets.", True),
}
AANBOD: Explained = {
    **VERDELING,
    "id": ("De sleutel van het aanbod.", "01890000-0000-7000-8000-000000000511"),
    "aanbieder": ("De sleutel van de aanbieder.", "01890000-0000-7000-8000-000000000501"),
    "aanbieder_naam": ("De naam van de aanbieder.", "Stichting Voorbeeldscholing"),
    "omschrijving": ("Wat het inhoudt.", "Vier bijeenkomsten over toetsen om van te leren."),
    "geldig_vanaf": ("De eerste dag waarop het wordt gegeven.", "2026-08-01"),
    "geldig_tot": ("De laatste dag waarop het wordt gegeven; null: zonder einde.", "2028-07-31"),
    "beoordeling": ("Wat een validator ervan vond.", "gevalideerd"),
    "beoordeeld_op": ("De dag van de beoordeling; null: die is er niet.", "2026-06-15"),
    "afwijzing": ("Waarom het is afgewezen; null: dat is het niet.", None),
    "reden": ("Waarom; verplicht bij afwijzen, de aanbieder leest dit.", "De omschrijving noemt geen leerdoelen."),
}
AANBOD_INVOER: Explained = {
    **AANBOD,
    "aanbieder": ("De sleutel van de aanbieder. Een aanbieder laat dit weg.", "01890000-0000-7000-8000-000000000501"),
}
AANBIEDER_FILTER: Explained = {"kvk_nummer": ("Alleen de aanbieder met dit KvK-nummer.", "68727720")}
AANBOD_FILTERS: Explained = {
    "zoek": (
        "Zoek in titel en omschrijving, het best passende eerst. Verbuigingen en accenten maken niet uit; "
        '"tussen aanhalingstekens" staat bij elkaar, -woord komt er niet in voor, en tussen twee woorden kan "or" staan.',
        "cursussen formatief toetsen",
    ),
    "soort": ("Alleen activiteiten van deze soort.", "cursus"),
    "aanbieder": ("Alleen van deze aanbieder.", "01890000-0000-7000-8000-000000000501"),
    "beoordeling": ("Alleen wat zo is beoordeeld.", "gevalideerd"),
}
# More than any regeling allows, so that the regeling has the last word.
_MOST = "9999.5"


def soort(**how: Any) -> Choice:
    """Give the field of the kind of an activiteit."""
    return Choice(ActiviteitSoort, codelist="ActiviteitSoort", meanings=SOORTEN, **how)


def uren(**how: Any) -> Amount:
    """Give a field of registeruren; that they are whole or half is a rule, which says so in words."""
    default = {"default": how["load_default"]} if "load_default" in how else {}
    return Amount("0", _MOST, metadata={"multipleOf": 0.5, **default}, **how)


def _beoordeling(**how: Any) -> Choice:
    return Choice(Beoordeling, codelist="AanbodBeoordeling", meanings=BEOORDELINGEN, **how)


def _kvk_nummer(**how: Any) -> Text:
    return Text(8, pattern=KVK_NUMMER, hint="Een KvK-nummer heeft acht cijfers.", **how)


class AanbiederSchema(ApiSchema):
    """Who offers activities."""

    about = "Wie activiteiten aanbiedt."
    explained = AANBIEDER

    id = fields.UUID(required=True)
    kvk_nummer = _kvk_nummer(required=True)
    naam = Text(200, required=True)
    internetadres = Text(500, required=True, allow_none=True)


class AanbiederInvoerSchema(ApiSchema):
    """An aanbieder to add."""

    about = "Een aanbieder om toe te voegen."
    explained = AANBIEDER

    kvk_nummer = _kvk_nummer(required=True)
    naam = Text(200, required=True)
    internetadres = Text(500, allow_none=True)


class AanbiederWijzigingSchema(ApiSchema):
    """What changes of an aanbieder (JSON Merge Patch); another KvK number is another aanbieder."""

    about = (
        "Wat er aan een aanbieder verandert (JSON Merge Patch). Met een ander KvK-nummer is het een andere aanbieder."
    )
    explained = AANBIEDER

    naam = Text(200)
    internetadres = Text(500, allow_none=True)


class AanbiederQuery(PageQuery):
    """Filters of the list of aanbieders."""

    explained = AANBIEDER_FILTER

    kvk_nummer = _kvk_nummer()


class AanbodStandSchema(ApiSchema):
    """An aanbod by itself, as its history shows it."""

    about = "Aanbod op zichzelf, zoals de historie het toont."
    explained = AANBOD

    id = fields.UUID(required=True)
    aanbieder = fields.UUID(required=True)
    soort = soort(required=True)
    titel = Text(200, required=True)
    omschrijving = Text(4000, required=True, allow_none=True)
    registeruren = uren(required=True)
    vakinhoudelijk = uren(required=True)
    vakdidactisch = uren(required=True)
    pedagogisch = uren(required=True)
    overig = uren(required=True)
    zelfstudie = uren(required=True)
    toets = Flag(required=True)
    geldig_vanaf = Day(required=True)
    geldig_tot = Day(required=True, allow_none=True)
    beoordeling = _beoordeling(required=True)
    beoordeeld_op = Day(required=True, allow_none=True)
    afwijzing = Text(2000, required=True, allow_none=True)


class AanbodSchema(AanbodStandSchema):
    """An activity in the catalogue."""

    about = "Een activiteit in de catalogus."

    aanbieder_naam = Text(200, required=True)


class AanbodInvoerSchema(ApiSchema):
    """An aanbod to add; its judgement is a step of its own."""

    about = "Aanbod om toe te voegen; beoordelen is een eigen stap (_beoordeel)."
    explained = AANBOD_INVOER

    aanbieder = Key()
    soort = soort(required=True)
    titel = Text(200, required=True)
    omschrijving = Text(4000, allow_none=True)
    registeruren = uren(required=True)
    vakinhoudelijk = uren(load_default=0)
    vakdidactisch = uren(load_default=0)
    pedagogisch = uren(load_default=0)
    overig = uren(load_default=0)
    zelfstudie = uren(load_default=0)
    toets = Flag(load_default=False)
    geldig_vanaf = Day(required=True)
    geldig_tot = Day(allow_none=True)


class AanbodWijzigingSchema(ApiSchema):
    """What changes of an aanbod (JSON Merge Patch)."""

    about = "Wat er aan aanbod verandert (JSON Merge Patch)."
    explained = AANBOD

    soort = soort()
    titel = Text(200)
    omschrijving = Text(4000, allow_none=True)
    registeruren = uren()
    vakinhoudelijk = uren()
    vakdidactisch = uren()
    pedagogisch = uren()
    overig = uren()
    zelfstudie = uren()
    toets = Flag()
    geldig_vanaf = Day()
    geldig_tot = Day(allow_none=True)


class AanbodBeoordelingInvoerSchema(ApiSchema):
    """The judgement of a validator."""

    about = "Wat u als validator van het aanbod vindt."
    explained = AANBOD

    beoordeling = Choice(
        (Beoordeling.GEVALIDEERD, Beoordeling.AFGEWEZEN),
        codelist="AanbodUitslag",
        meanings=BEOORDELINGEN,
        required=True,
    )
    reden = Text(2000)


class AanbodQuery(PageQuery):
    """Filters of the catalogue. With `geldigOp`: what was offered on that day."""

    explained = AANBOD_FILTERS

    zoek = Text(200)
    soort = soort()
    aanbieder = Key()
    beoordeling = _beoordeling()
