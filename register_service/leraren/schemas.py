"""What goes in and comes out about leraren."""

from marshmallow import fields

from register_service.api.schemas import PageQuery
from register_service.core.fields import Count, Day, Flag, Mail, Registratienummer, Text
from register_service.core.schema import ApiSchema


class LeraarSchema(ApiSchema):
    """A leraar as the register knows the person."""

    registratienummer = Registratienummer(required=True)
    voornamen = Text(200, required=True)
    roepnaam = Text(100, required=True, allow_none=True)
    voorvoegsel = Text(30, required=True, allow_none=True)
    achternaam = Text(200, required=True)
    geboortedatum = Day(required=True)
    emailadres = Mail(required=True, allow_none=True)
    eck_id = Text(200, required=True, allow_none=True, metadata={"description": "Pseudoniem in de onderwijsketen."})
    geregistreerd_op = Day(required=True, metadata={"description": "Dag van inschrijving in dit register."})


class LeraarInvoerSchema(ApiSchema):
    """A leraar to register."""

    voornamen = Text(200, required=True)
    roepnaam = Text(100, allow_none=True)
    voorvoegsel = Text(30, allow_none=True)
    achternaam = Text(200, required=True)
    geboortedatum = Day(required=True)
    emailadres = Mail(allow_none=True)
    eck_id = Text(200, allow_none=True)
    bevestigd_nieuw = Flag(
        metadata={
            "description": "U hebt gekeken: dit is niet een van de leraren die al zijn ingeschreven.",
            "default": False,
        }
    )


class LeraarWijzigingSchema(ApiSchema):
    """What changes of a leraar (JSON Merge Patch): only what is given; null empties a field."""

    voornamen = Text(200)
    roepnaam = Text(100, allow_none=True)
    voorvoegsel = Text(30, allow_none=True)
    achternaam = Text(200)
    geboortedatum = Day()
    emailadres = Mail(allow_none=True)
    eck_id = Text(200, allow_none=True)


class LerarenQuery(PageQuery):
    """Filters of the list of leraren. With `geldigOp`: who has an aanstelling that holds on that day."""

    vestiging = Text(6, pattern="[0-9]{2}[A-Z]{2}[0-9]{2}", hint="Een vestigingscode is BRIN plus twee cijfers.")


class LeraarZoekSchema(ApiSchema):
    """What to look for; at least one member besides `limiet` and `cursor`. All members given must match."""

    achternaam = Text(200, metadata={"description": "Ook als de spelling iets afwijkt."})
    voornamen = Text(200)
    geboortedatum = Day()
    emailadres = Mail()
    eck_id = Text(200)
    personeelsnummer = Text(50)
    limiet = Count(1, 500, metadata={"default": 100})
    cursor = Text(200)


class KoppelingInvoerSchema(ApiSchema):
    """A leraar who is already in the register, proved by the second factor that the leraar gave you."""

    registratienummer = Registratienummer(required=True)
    geboortedatum = Day(required=True)


class KandidatenVraagSchema(ApiSchema):
    """Somebody who may already be there."""

    voornamen = Text(200, required=True)
    roepnaam = Text(100, allow_none=True)
    achternaam = Text(200, required=True)
    geboortedatum = Day(required=True)
    eck_id = Text(200, allow_none=True)


class KandidaatSchema(ApiSchema):
    """A leraar who may be meant; `registratienummer` only when the caller may know it."""

    registratienummer = Registratienummer(required=True, allow_none=True)
    gelijkenis = fields.Float(
        required=True, metadata={"description": "0 tot 1, over de naam.", "minimum": 0, "maximum": 1}
    )
    zelfde_eck_id = fields.Boolean(required=True)


class KandidatenSchema(ApiSchema):
    """Everybody who may be meant, most likely first."""

    kandidaten = fields.List(fields.Nested(KandidaatSchema), required=True)
