"""What comes out about who looked at a dossier."""

from marshmallow import fields

from register_service.api.schemas import PageQuery
from register_service.core.fields import Choice, Day, Moment, Registratienummer
from register_service.core.schema import ApiSchema, Explained

# Who a look can be by. Of a person no more than this shows: a validator or auditor does the work of the register.
KIJKERS = {
    "bestuur": "het HR-systeem van een bestuur",
    "beheer": "de beheerder van het register",
    "auditor": "een auditor",
    "aanbieder": "het systeem van een aanbieder",
    "validator": "een validator",
    "openbaar": "iemand zonder token, die het registratienummer en de achternaam wist",
}
INZAGE: Explained = {
    "id": ("Het nummer van de inzage.", 1042),
    "tijdstip": ("Wanneer er werd gekeken.", "2026-08-01T09:30:00.123456Z"),
    "registratienummer": (
        "Het registratienummer waaronder werd gekeken; na een samenvoeging kan dat het oude zijn.",
        "2657035144",
    ),
    "kijker": ("Wat voor iemand keek.", "bestuur"),
    "naam": ("De naam van het systeem dat keek; null: een persoon, of iedereen.", "HR van A"),
    "bestuur": ("Het bestuursnummer; null: niet namens een bestuur.", "41285"),
    "bestuur_naam": ("De naam van dat bestuur.", "Stichting Proefonderwijs A"),
    "doel": ("Waarvoor: de vraag die werd gesteld.", "dossier raadplegen"),
    "reden": ("Waarom, in de woorden van wie keek; null: niets opgegeven.", None),
    "onderdelen": ("Welke onderdelen van het dossier.", ["leraar", "bevoegdheden"]),
    "maand": ("De maand.", "2026-08"),
    "aantal": ("Hoe vaak.", 12),
    "eerste": ("De eerste keer in die maand.", "2026-08-01T09:30:00.123456Z"),
    "laatste": ("De laatste keer in die maand.", "2026-08-28T14:05:00.000000Z"),
}


class InzagenQuery(PageQuery):
    """A period, and paging. `geldigOp` is one day, `beschikbaarOp` what had been looked at by then."""

    vanaf = Day(metadata={"description": "Alleen vanaf deze dag.", "examples": ["2026-08-01"]})
    tot = Day(metadata={"description": "Alleen tot en met deze dag.", "examples": ["2027-07-31"]})


class KijkerSchema(ApiSchema):
    """Who looked, and for what."""

    explained = INZAGE

    kijker = Choice(tuple(KIJKERS), codelist="Kijker", meanings=KIJKERS, required=True)
    naam = fields.String(required=True, allow_none=True)
    bestuur = fields.String(required=True, allow_none=True)
    bestuur_naam = fields.String(required=True, allow_none=True)
    doel = fields.String(required=True)


class DossierInzageSchema(KijkerSchema):
    """One look."""

    about = "Eén keer dat iemand anders in het dossier keek."

    id = fields.Integer(required=True)
    tijdstip = Moment(required=True)
    registratienummer = Registratienummer(required=True)
    reden = fields.String(required=True, allow_none=True)
    onderdelen = fields.List(fields.String(), required=True)


class DossierInzagenAantalSchema(KijkerSchema):
    """Looks of one kind in one month."""

    about = "Hoe vaak dezelfde in een maand voor hetzelfde doel in het dossier keek."

    maand = fields.String(required=True)
    aantal = fields.Integer(required=True)
    eerste = Moment(required=True)
    laatste = Moment(required=True)
    onderdelen = fields.List(fields.String(), required=True)
