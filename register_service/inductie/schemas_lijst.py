"""What the lists of inductietrajecten are asked, and what the counts say."""

from marshmallow import fields

from register_service.api.schemas import MomentQuery, PageQuery
from register_service.core.fields import Choice, Day, Registratienummer, Text
from register_service.core.schema import ApiSchema, Explained
from register_service.inductie.schemas import ACHTERSTALLIG, STATUSSEN, VESTIGING
from register_service.organisaties.schemas import SECTOREN

# Of the filter `achterstallig`: whatever of it.
ANY_KIND = "alles"
AANTALLEN: Explained = {
    "peildatum": ("De dag waarvoor geteld is: geldigOp, anders vandaag.", "2026-11-23"),
    "totaal": ("Hoeveel trajecten aan alle filters voldoen.", 12),
    "status": ("Per status; het filter 'status' telt hier niet mee.", None),
    "achterstallig": (
        "Per soort achterstand; het filter 'achterstallig' telt hier niet mee. Een traject kan er meer hebben.",
        None,
    ),
    "sector": ("Per sector; het filter 'sector' telt hier niet mee.", None),
    "vestiging": (
        "Per vestiging waar de leraar op de peildatum is, was of begint; het filter 'vestiging' telt hier niet mee.",
        None,
    ),
    "waarde": ("De waarde, zoals het filter die kent.", "lopend"),
    "aantal": ("Hoeveel trajecten.", 12),
}


class InductieFilterQuery(MomentQuery):
    """The filters; all of them about one day."""

    geldig_op = Day(metadata={"description": "De dag waar het over gaat. Zonder: vandaag.", "examples": ["2026-11-23"]})
    status = Choice(
        tuple(STATUSSEN), codelist="InductieStatus", meanings=STATUSSEN,
        metadata={"description": "Alleen trajecten met deze status op de peildatum."},
    )  # fmt: skip
    vestiging = Text(
        6,
        **VESTIGING,
        metadata={
            "description": "Alleen van deze vestiging: waar de leraar op de peildatum is, het laatst was, of gaat beginnen.",
            "examples": ["00DI01"],
        },
    )
    sector = Choice(
        tuple(SECTOREN), codelist="Sector", meanings=SECTOREN,
        metadata={"description": "Alleen trajecten in deze sector."},
    )  # fmt: skip
    verwachte_einddatum_voor = Day(
        metadata={
            "description": "Alleen met een verwachte einddatum voor deze dag; die dag zelf niet.",
            "examples": ["2027-02-01"],
        }
    )
    achterstallig = Choice(
        (*ACHTERSTALLIG, ANY_KIND),
        codelist="AchterstalligFilter",
        meanings=ACHTERSTALLIG | {ANY_KIND: "een van deze, welke ook"},
        metadata={"description": "Alleen waar dit op de peildatum achterstallig is."},
    )
    begeleider = Registratienummer(
        metadata={
            "description": "Alleen met deze begeleider op de peildatum, voor zover uw bestuur die begeleiding vastlegde.",
            "examples": ["8501319231"],
        }
    )


class InductietrajectenQuery(InductieFilterQuery, PageQuery):
    """Filters and paging of the list."""


class AantalSchema(ApiSchema):
    """A value, and how many trajecten have it."""

    about = "Een waarde, en hoeveel trajecten die hebben."
    explained = AANTALLEN

    waarde = fields.String(required=True)
    aantal = fields.Integer(required=True)


class InductieAantallenSchema(ApiSchema):
    """How many trajecten there are, in all and per value of a filter."""

    about = "Hoeveel trajecten er zijn: in totaal, en per waarde van een filter zonder dat filter zelf."
    explained = AANTALLEN

    peildatum = Day(required=True)
    totaal = fields.Integer(required=True)
    status = fields.List(fields.Nested(AantalSchema), required=True)
    achterstallig = fields.List(fields.Nested(AantalSchema), required=True)
    sector = fields.List(fields.Nested(AantalSchema), required=True)
    vestiging = fields.List(fields.Nested(AantalSchema), required=True)
