"""What comes out about organisations. They go in by command (`register organisaties import`, `register bestuur`)."""

from marshmallow import fields

from register_service.api.schemas import PageQuery
from register_service.core.fields import Choice, Day, Text
from register_service.core.schema import ApiSchema
from register_service.organisaties.models import SECTORS


class BestuurSchema(ApiSchema):
    """A school board (bevoegd gezag)."""

    nummer = Text(5, pattern="[0-9]{5}", required=True)
    naam = Text(200, required=True)
    lid_sinds = Day(required=True, allow_none=True)
    lid_tot = Day(required=True, allow_none=True)


class DeelnameSchema(ApiSchema):
    """A bestuur's membership of a partnerschap."""

    bestuur = Text(5, pattern="[0-9]{5}", required=True)
    begindatum = Day(required=True)
    einddatum = Day(required=True, allow_none=True)


class PartnerschapSchema(ApiSchema):
    """A Samen Opleiden partnership."""

    id = fields.UUID(required=True)
    naam = Text(200, required=True)
    opleidingen = fields.List(fields.String(), required=True)
    deelnames = fields.List(fields.Nested(DeelnameSchema), required=True)


class PartnerschapStandSchema(ApiSchema):
    """A partnerschap by itself, as its history shows it."""

    id = fields.UUID(required=True)
    naam = Text(200, required=True)
    opleidingen = fields.List(fields.String(), required=True)


class SchoolSchema(ApiSchema):
    """An institution."""

    brin = Text(4, pattern="[0-9]{2}[A-Z]{2}", required=True)
    naam = Text(300, required=True)
    sector = Choice(SECTORS, required=True)
    bestuur = Text(5, required=True, allow_none=True)


class VestigingSchema(ApiSchema):
    """An establishment of a school; closed from `geslotenOp` on."""

    code = Text(6, pattern="[0-9]{2}[A-Z]{2}[0-9]{2}", required=True)
    brin = Text(4, pattern="[0-9]{2}[A-Z]{2}", required=True)
    bestuur = Text(5, required=True, allow_none=True)
    sector = Choice(SECTORS, required=True)
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

    bestuur = Text(5, pattern="[0-9]{5}", hint="Een bestuursnummer heeft vijf cijfers.")
    sector = Choice(SECTORS)


class VestigingQuery(SchoolQuery):
    """Filters of the list of vestigingen. With `geldigOp`: those that were open on that day."""

    brin = Text(4, pattern="[0-9]{2}[A-Z]{2}", hint="Een BRIN is twee cijfers en twee hoofdletters.")
    gemeente = Text(200)
