"""What comes out about organisations. They go in by command (`register organisaties import`, `register bestuur`)."""

from typing import Any

from marshmallow import fields

from register_service.api.schemas import PageQuery
from register_service.core.fields import Choice, Day, Text
from register_service.core.schema import ApiSchema, Explained
from register_service.organisaties.models import SECTORS

SECTOREN = {
    "po": "primair onderwijs",
    "so": "speciaal basisonderwijs, speciaal en voortgezet speciaal onderwijs",
    "vo": "voortgezet onderwijs",
    "mbo": "middelbaar beroepsonderwijs",
    "ho": "hoger onderwijs",
}
BESTUUR: Explained = {
    "nummer": ("Het bestuursnummer van DUO.", "41285"),
    "naam": ("De naam.", "Stichting Voorbeeldonderwijs"),
    "lid_sinds": ("Sinds wanneer het bestuur lid is van de alliantie.", "2019-01-01"),
    "lid_tot": ("De laatste dag van het lidmaatschap; null: zonder einde.", "2030-12-31"),
}
PARTNERSCHAP: Explained = {
    "id": ("De sleutel van het partnerschap.", "01890000-0000-7000-8000-000000000001"),
    "naam": ("De naam.", "Samen Opleiden Nijmegen"),
    "opleidingen": ("De lerarenopleidingen die meedoen.", ["HAN", "Radboud Docenten Academie"]),
    "deelnames": ("De besturen die meedoen of meededen.", None),
    "bestuur": ("Het bestuursnummer van DUO.", "41285"),
    "begindatum": ("De eerste dag.", "2020-01-01"),
    "einddatum": ("De laatste dag; null: zonder einde.", "2024-07-31"),
}
VESTIGING: Explained = {
    "code": ("De vestigingscode van DUO: BRIN en twee cijfers.", "00DI01"),
    "brin": ("Het BRIN van de school.", "00DI"),
    "bestuur": ("Het bestuursnummer van DUO; null als het bestuur onbekend is.", "41285"),
    "sector": ("De sector.", "vo"),
    "naam": ("De naam.", "Voorbeeldcollege"),
    "soort": ("De soort vestiging.", "hoofdvestiging"),
    "straat": ("De straat.", "Voorbeeldstraat"),
    "huisnummer": ("Het huisnummer, met toevoeging.", "12-a"),
    "postcode": ("De postcode.", "6511 AA"),
    "plaats": ("De plaats.", "Nijmegen"),
    "gemeente": ("De gemeente.", "Nijmegen"),
    "provincie": ("De provincie.", "Gelderland"),
    "denominatie": ("De denominatie.", "Openbaar"),
    "internetadres": ("De website.", "www.voorbeeldcollege.example"),
    "onderwijsstructuur": ("Wat er wordt gegeven.", "VWO/HAVO"),
    "gesloten_op": ("De dag waarop de vestiging sloot; null: open.", "2023-08-01"),
}

FILTERS: Explained = {
    "bestuur": ("Alleen wat bij dit bestuur hoort.", "41285"),
    "sector": ("Alleen wat in deze sector valt.", "vo"),
    "brin": ("Alleen de vestigingen van deze school.", "00DI"),
    "gemeente": ("Alleen de vestigingen in deze gemeente; hoofdletters maken niet uit.", "Nijmegen"),
}


def _sector(**how: Any) -> Choice:
    return Choice(SECTORS, codelist="Sector", meanings=SECTOREN, **how)


class BestuurSchema(ApiSchema):
    """A school board (bevoegd gezag)."""

    about = "Een schoolbestuur (bevoegd gezag)."
    explained = BESTUUR

    nummer = Text(5, pattern="[0-9]{5}", required=True)
    naam = Text(200, required=True)
    lid_sinds = Day(required=True, allow_none=True)
    lid_tot = Day(required=True, allow_none=True)


class DeelnameSchema(ApiSchema):
    """A bestuur's membership of a partnerschap."""

    about = "De deelname van een bestuur aan een partnerschap."
    explained = PARTNERSCHAP

    bestuur = Text(5, pattern="[0-9]{5}", required=True)
    begindatum = Day(required=True)
    einddatum = Day(required=True, allow_none=True)


class PartnerschapSchema(ApiSchema):
    """A Samen Opleiden partnership."""

    about = "Een partnerschap Samen Opleiden."
    explained = PARTNERSCHAP

    id = fields.UUID(required=True)
    naam = Text(200, required=True)
    opleidingen = fields.List(fields.String(), required=True)
    deelnames = fields.List(fields.Nested(DeelnameSchema), required=True)


class PartnerschapStandSchema(ApiSchema):
    """A partnerschap by itself, as its history shows it."""

    about = "Een partnerschap op zichzelf, zoals de historie het toont."
    explained = PARTNERSCHAP

    id = fields.UUID(required=True)
    naam = Text(200, required=True)
    opleidingen = fields.List(fields.String(), required=True)


class SchoolSchema(ApiSchema):
    """An institution."""

    about = "Een school (instelling)."
    explained = VESTIGING

    brin = Text(4, pattern="[0-9]{2}[A-Z]{2}", required=True)
    naam = Text(300, required=True)
    sector = _sector(required=True)
    bestuur = Text(5, required=True, allow_none=True)


class VestigingSchema(ApiSchema):
    """An establishment of a school; closed from `geslotenOp` on."""

    about = "Een vestiging van een school."
    explained = VESTIGING

    code = Text(6, pattern="[0-9]{2}[A-Z]{2}[0-9]{2}", required=True)
    brin = Text(4, pattern="[0-9]{2}[A-Z]{2}", required=True)
    bestuur = Text(5, required=True, allow_none=True)
    sector = _sector(required=True)
    naam = Text(300, required=True)
    soort = Text(50, required=True, allow_none=True)
    straat = Text(300, required=True, allow_none=True)
    huisnummer = Text(100, required=True, allow_none=True)
    postcode = Text(50, required=True, allow_none=True)
    plaats = Text(200, required=True, allow_none=True)
    gemeente = Text(200, required=True, allow_none=True)
    provincie = Text(200, required=True, allow_none=True)
    denominatie = Text(200, required=True, allow_none=True)
    internetadres = Text(500, required=True, allow_none=True)
    onderwijsstructuur = Text(200, required=True, allow_none=True)
    gesloten_op = Day(required=True, allow_none=True)


class SchoolQuery(PageQuery):
    """Filters of the list of scholen."""

    explained = FILTERS

    bestuur = Text(5, pattern="[0-9]{5}", hint="Een bestuursnummer heeft vijf cijfers.")
    sector = _sector()


class VestigingQuery(SchoolQuery):
    """Filters of the list of vestigingen. With `geldigOp`: those that were open on that day."""

    explained = FILTERS

    brin = Text(4, pattern="[0-9]{2}[A-Z]{2}", hint="Een BRIN is twee cijfers en twee hoofdletters.")
    gemeente = Text(200)
