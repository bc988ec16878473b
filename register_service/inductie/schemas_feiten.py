"""What goes in and comes out about the facts of an inductietraject.

A fact is declared once, as it is entered; what is shown of it and what may change follow from that.
"""

from copy import copy
from typing import Any

from marshmallow import Schema, fields

from register_service.core.fields import Amount, Choice, Count, Day, Registratienummer, Text
from register_service.core.schema import ApiSchema, Explained
from register_service.inductie.models import BegeleidingRol, Instrument, OnderbrekingSoort
from register_service.inductie.schemas import VESTIGING

ONDERBREKINGEN = {
    "zwangerschapsverlof": "zwangerschaps- en bevallingsverlof",
    "ouderschapsverlof": "ouderschapsverlof",
    "ziekte": "ziekte",
    "onbetaald-verlof": "onbetaald verlof",
    "overig": "een andere reden",
}
ROLLEN = {
    "coach": "begeleidt de leraar; een tegelijk",
    "schoolopleider": "schoolopleider",
    "werkplekbegeleider": "werkplekbegeleider",
}
INSTRUMENTEN = {
    "ICALT": "International Comparative Analysis of Learning and Teaching",
    "DOT": "Digitale Observatie Tool",
    "eigen": "een eigen instrument van de school",
}

FEIT: Explained = {
    "id": ("De sleutel van het feit.", "01890000-0000-7000-8000-000000000012"),
    "traject": ("De sleutel van het traject.", "01890000-0000-7000-8000-000000000010"),
    "leraar": ("Het registratienummer van de leraar.", "2657035144"),
    "bestuur": ("Het bestuur dat het vastlegde; alleen dat bestuur en de leraar lezen het.", "41285"),
    "vestiging": ("De vestiging: BRIN en twee cijfers.", "00DI01"),
    "begindatum": ("De eerste dag.", "2025-03-01"),
    "einddatum": ("De laatste dag; null: zonder einde.", "2025-06-20"),
    "leidinggevende": ("Het registratienummer van de direct leidinggevende; die is nooit begeleider.", "8501319231"),
    "leidinggevende_naam": (
        "De naam van de direct leidinggevende, als die niet in het register staat.",
        "T. Voorbeeld",
    ),
    "soort": ("De soort onderbreking.", "zwangerschapsverlof"),
    "maanden": ("Hoeveel maanden erbij; samen hoogstens wat de regeling toestaat (12).", 6),
    "motivering": ("Waarom.", "Er is meer tijd nodig om de doelen te halen"),
    "besluitdatum": ("De dag van het besluit: voor de verwachte einddatum.", "2027-05-01"),
    "jaar": ("Het inductiejaar; een programma per jaar.", 1),
    "lesreductie": ("Minder lessen, in procenten; de norm staat in de regeling (jaar 1: 20, jaar 2: 10).", 20),
    "werkdrukvermindering_gepland": ("Geplande uren voor werkdrukvermindering; null: niet ingevuld.", 120),
    "werkdrukvermindering_gerealiseerd": ("Gerealiseerde uren voor werkdrukvermindering; null: niet ingevuld.", 120),
    "enculturatie_gepland": ("Geplande uren voor enculturatie in de school; null: niet ingevuld.", 20),
    "enculturatie_gerealiseerd": ("Gerealiseerde uren voor enculturatie in de school; null: niet ingevuld.", 20),
    "professionele_ontwikkeling_gepland": ("Geplande uren voor professionele ontwikkeling; null: niet ingevuld.", 40),
    "professionele_ontwikkeling_gerealiseerd": (
        "Gerealiseerde uren voor professionele ontwikkeling; null: niet ingevuld.",
        40,
    ),
    "observatie_en_begeleiding_gepland": (
        "Geplande uren voor observatie en begeleiding; null: niet ingevuld.",
        30,
    ),
    "observatie_en_begeleiding_gerealiseerd": (
        "Gerealiseerde uren voor observatie en begeleiding; null: niet ingevuld.",
        30,
    ),
    "intervisie_en_begeleiding_gepland": (
        "Geplande uren voor intervisie en begeleiding; null: niet ingevuld.",
        24.5,
    ),
    "intervisie_en_begeleiding_gerealiseerd": (
        "Gerealiseerde uren voor intervisie en begeleiding; null: niet ingevuld.",
        24.5,
    ),
    "rol": ("De rol van de begeleider.", "coach"),
    "begeleider": ("Het registratienummer van de begeleider; dit of begeleiderNaam.", "8501319231"),
    "begeleider_naam": ("De naam van de begeleider, als die niet in het register staat.", "S. Voorbeeld"),
    "datum": ("De dag; niet in de toekomst.", "2025-01-20"),
    "instrument": ("Het instrument.", "ICALT"),
    "observator": ("Het registratienummer van wie observeerde; dit of observatorNaam.", "8501319231"),
    "observator_naam": ("De naam van wie observeerde, als die niet in het register staat.", "S. Voorbeeld"),
    "gevoerd_door": ("Wie het gesprek voerde.", "T. Voorbeeld"),
}


class PeriodeInvoerSchema(ApiSchema):
    """A stay; it comes from a start, a move or a takeover, and is corrected here."""

    about = "Een verblijf op een vestiging, zoals uw bestuur het vastlegde."
    explained = FEIT

    vestiging = Text(6, required=True, **VESTIGING)
    begindatum = Day(required=True)
    einddatum = Day(allow_none=True)
    leidinggevende = Registratienummer(allow_none=True)
    leidinggevende_naam = Text(100, allow_none=True)


class OnderbrekingInvoerSchema(ApiSchema):
    """An interruption to note."""

    about = "Een onderbreking; zonder einddatum duurt zij nog."
    explained = FEIT

    soort = Choice(OnderbrekingSoort, codelist="OnderbrekingSoort", meanings=ONDERBREKINGEN, required=True)
    begindatum = Day(required=True)
    einddatum = Day(allow_none=True)


class VerlengingInvoerSchema(ApiSchema):
    """A decision to give a traject more months."""

    about = "Een besluit om een traject te verlengen."
    explained = FEIT

    maanden = Count(1, 99, required=True)
    motivering = Text(2000, required=True)
    besluitdatum = Day(required=True)


def _uren() -> Amount:
    return Amount("0", "999.99", allow_none=True)


class ProgrammaInvoerSchema(ApiSchema):
    """The programme of an induction year."""

    about = "Het programma van een inductiejaar: lesreductie, en uren per criterium van de cao."
    explained = FEIT

    jaar = Count(1, 9, required=True)
    lesreductie = Amount("0", "100", allow_none=True)
    werkdrukvermindering_gepland = _uren()
    werkdrukvermindering_gerealiseerd = _uren()
    enculturatie_gepland = _uren()
    enculturatie_gerealiseerd = _uren()
    professionele_ontwikkeling_gepland = _uren()
    professionele_ontwikkeling_gerealiseerd = _uren()
    observatie_en_begeleiding_gepland = _uren()
    observatie_en_begeleiding_gerealiseerd = _uren()
    intervisie_en_begeleiding_gepland = _uren()
    intervisie_en_begeleiding_gerealiseerd = _uren()


class BegeleiderInvoerSchema(ApiSchema):
    """Somebody who guides the starter: by number, or by name."""

    about = "Een begeleider: met registratienummer, of met naam. Nooit de leraar zelf, nooit de direct leidinggevende."
    explained = FEIT

    rol = Choice(BegeleidingRol, codelist="BegeleidingRol", meanings=ROLLEN, required=True)
    begeleider = Registratienummer(allow_none=True)
    begeleider_naam = Text(100, allow_none=True)
    begindatum = Day(required=True)
    einddatum = Day(allow_none=True)


class ObservatieInvoerSchema(ApiSchema):
    """That a lesson was observed."""

    about = "Dat er een les is geobserveerd. Wat er is gezien, hoort er niet bij: dat blijft bij de leraar."
    explained = FEIT

    datum = Day(required=True)
    instrument = Choice(Instrument, codelist="Instrument", meanings=INSTRUMENTEN, required=True)
    observator = Registratienummer(allow_none=True)
    observator_naam = Text(100, allow_none=True)


class VoortgangsgesprekInvoerSchema(ApiSchema):
    """A talk on progress that was held."""

    about = "Een voortgangsgesprek dat is gehouden."
    explained = FEIT

    datum = Day(required=True)
    gevoerd_door = Text(100, allow_none=True)


class FeitSchema(ApiSchema):
    """What is shown of every fact: whose it is."""

    explained = FEIT

    id = fields.UUID(required=True)
    traject = fields.UUID(required=True)
    leraar = Registratienummer(required=True)
    bestuur = Text(5, pattern="[0-9]{5}", required=True)


def state_schema(entry: type[ApiSchema]) -> type[Schema]:
    """Make the schema of what is shown of a fact: every field of its entry, always there, and whose it is."""
    return type(_name(entry, ""), (FeitSchema,), {**_copied(entry, required=True), "about": entry.about})


def change_schema(entry: type[ApiSchema]) -> type[Schema]:
    """Make the schema of what changes of a fact (JSON Merge Patch): every field of its entry, none of them required."""
    about = f"{entry.about} Alleen wat u geeft, verandert (JSON Merge Patch); null maakt een veld leeg."
    members: dict[str, Any] = {**_copied(entry, required=False), "about": about, "explained": FEIT}
    return type(_name(entry, "Wijziging"), (ApiSchema,), members)


def _name(entry: type[ApiSchema], what: str) -> str:
    return entry.__name__.removesuffix("InvoerSchema") + f"{what}Schema"


def _copied(entry: type[ApiSchema], *, required: bool) -> dict[str, Any]:
    members: dict[str, Any] = {}
    for name, field in entry._declared_fields.items():
        members[name] = copy(field)
        members[name].required = required
    return members
