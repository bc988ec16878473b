"""What comes out about regelingen. They go in by command (`register regeling add`)."""

from marshmallow import fields

from register_service.api.schemas import PageQuery
from register_service.core.fields import Choice, Day
from register_service.core.schema import ApiSchema, Explained
from register_service.organisaties.schemas import SECTOREN
from register_service.regelingen.figures import EVERY_SECTOR

REGELING: Explained = {
    "id": ("De sleutel van de regeling.", "01890000-0000-7000-8000-000000000004"),
    "sector": ("De sector waarvoor de cijfers gelden.", "vo"),
    "geldig_vanaf": ("De eerste dag waarop de cijfers gelden.", "2026-08-01"),
    "geldig_tot": ("De laatste dag waarop ze gelden; null: tot er andere komen.", "2027-07-31"),
    "waarden": (
        "De cijfers, elk onder zijn naam: een getal, een tekst, true of false, of een lijst van getallen.",
        {"normduurMaanden": 36, "lesreductie": [20, 10], "deeltijdNaarRato": False},
    ),
}
FILTERS: Explained = {"sector": ("Alleen de regelingen van deze sector.", "vo")}
_SECTOREN = {EVERY_SECTOR: "de cijfers die voor elke sector gelden", **SECTOREN}


def _sector(*, required: bool) -> Choice:
    return Choice(_SECTOREN, codelist="RegelingSector", meanings=_SECTOREN, required=required)


class RegelingSchema(ApiSchema):
    """A dated set of figures."""

    about = "Een regeling: cijfers met de dagen waarop ze gelden."
    explained = REGELING

    id = fields.UUID(required=True)
    sector = _sector(required=True)
    geldig_vanaf = Day(required=True)
    geldig_tot = Day(required=True, allow_none=True)
    waarden = fields.Dict(keys=fields.String(), required=True)


class RegelingenQuery(PageQuery):
    """Filters of the list of regelingen. With `geldigOp`: those that hold on that day."""

    explained = FILTERS

    sector = _sector(required=False)
