"""What goes in and comes out about aanstellingen."""

from marshmallow import fields

from register_service.aanstellingen.models import AanstellingSoort, RedenEinde
from register_service.core.fields import Choice, Day, Fte, Registratienummer, Text
from register_service.core.schema import ApiSchema

_VESTIGING = {
    "pattern": "[0-9]{2}[A-Z]{2}[0-9]{2}",
    "hint": "Een vestigingscode is BRIN plus twee cijfers, zoals 00DI01.",
}


class AanstellingSchema(ApiSchema):
    """An appointment at one vestiging; dates inclusive."""

    id = fields.UUID(required=True)
    leraar = Registratienummer(required=True)
    bestuur = Text(5, pattern="[0-9]{5}", required=True)
    vestiging = Text(6, required=True, **_VESTIGING)
    functie = Text(100, required=True)
    soort = Choice(AanstellingSoort, required=True)
    begindatum = Day(required=True)
    einddatum = Day(required=True, allow_none=True)
    betrekkingsomvang = Fte(required=True, metadata={"description": "In fte, vier decimalen."})
    personeelsnummer = Text(50, required=True, allow_none=True)
    reden_einde = Choice(RedenEinde, required=True, allow_none=True)


class AanstellingInvoerSchema(ApiSchema):
    """An aanstelling to add."""

    vestiging = Text(6, required=True, **_VESTIGING)
    functie = Text(100, required=True)
    soort = Choice(AanstellingSoort, required=True)
    begindatum = Day(required=True)
    einddatum = Day(allow_none=True)
    betrekkingsomvang = Fte(required=True)
    personeelsnummer = Text(50, allow_none=True)
    reden_einde = Choice(RedenEinde, allow_none=True)


class AanstellingBijwerkenSchema(AanstellingInvoerSchema):
    """An aanstelling by the HR system's own key: personeelsnummer and begindatum. Written again it changes, never doubles."""

    leraar = Registratienummer(required=True)
    personeelsnummer = Text(50, required=True)


class AanstellingWijzigingSchema(ApiSchema):
    """What changes of an aanstelling (JSON Merge Patch)."""

    vestiging = Text(6, **_VESTIGING)
    functie = Text(100)
    soort = Choice(AanstellingSoort)
    begindatum = Day()
    einddatum = Day(allow_none=True)
    betrekkingsomvang = Fte()
    personeelsnummer = Text(50, allow_none=True)
    reden_einde = Choice(RedenEinde, allow_none=True)


class BeeindigingSchema(ApiSchema):
    """The end of an aanstelling: its last day, and why."""

    einddatum = Day(required=True)
    reden_einde = Choice(RedenEinde, required=True)
