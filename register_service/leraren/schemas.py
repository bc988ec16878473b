"""What goes in and comes out about leraren."""

from marshmallow import fields

from register_service.api.schemas import PageQuery
from register_service.core.fields import Count, Day, Flag, Mail, Registratienummer, Text
from register_service.core.schema import ApiSchema, Explained

LERAAR: Explained = {
    "registratienummer": ("Het nummer van de leraar in dit register: tien cijfers, met controlecijfer.", "2657035144"),
    "voornamen": ("Alle voornamen voluit.", "Johanna Maria"),
    "roepnaam": ("Hoe de leraar wordt genoemd.", "Anna"),
    "voorvoegsel": ("Wat voor de achternaam staat.", "van der"),
    "achternaam": ("De achternaam, zonder voorvoegsel.", "Berg"),
    "geboortedatum": ("De geboortedatum; bij inschrijving is een leraar 16 tot en met 100 jaar oud.", "1984-05-06"),
    "emailadres": ("Het e-mailadres.", "j.berg@school.example"),
    "eck_id": (
        "Het pseudoniem van de leraar in de onderwijsketen; hoort bij één leraar.",
        "https://ketenid.nl/202601/a1b2c3",
    ),
    "geregistreerd_op": ("De dag van inschrijving in dit register.", "2026-08-01"),
    "bevestigd_nieuw": ("U hebt gekeken: dit is niet een van de leraren die al zijn ingeschreven.", True),
    "vestiging": ("Alleen wie een aanstelling op deze vestiging heeft.", "00DI01"),
    "personeelsnummer": ("Het nummer in uw personeelssysteem, precies zo geschreven.", "P-10412"),
    "limiet": ("Hoeveel per pagina.", 100),
    "cursor": ("De waarde van 'volgende' uit de vorige pagina.", None),
    "gelijkenis": ("Hoezeer de namen lijken: 0 tot en met 1.", 0.85),
    "zelfde_eck_id": ("Of het eckId gelijk is.", False),
    "kandidaten": ("Wie bedoeld kan zijn, de meest waarschijnlijke eerst.", None),
}


class LeraarSchema(ApiSchema):
    """A leraar as the register knows the person."""

    about = "Een leraar, zoals het register de persoon kent."
    explained = LERAAR

    registratienummer = Registratienummer(required=True)
    voornamen = Text(200, required=True)
    roepnaam = Text(100, required=True, allow_none=True)
    voorvoegsel = Text(30, required=True, allow_none=True)
    achternaam = Text(200, required=True)
    geboortedatum = Day(required=True)
    emailadres = Mail(required=True, allow_none=True)
    eck_id = Text(200, required=True, allow_none=True)
    geregistreerd_op = Day(required=True)


class LeraarInvoerSchema(ApiSchema):
    """A leraar to register."""

    about = "Een leraar om in te schrijven."
    explained = LERAAR

    voornamen = Text(200, required=True)
    roepnaam = Text(100, allow_none=True)
    voorvoegsel = Text(30, allow_none=True)
    achternaam = Text(200, required=True)
    geboortedatum = Day(required=True)
    emailadres = Mail(allow_none=True)
    eck_id = Text(200, allow_none=True)
    bevestigd_nieuw = Flag(metadata={"default": False})


class LeraarWijzigingSchema(ApiSchema):
    """What changes of a leraar (JSON Merge Patch): only what is given; null empties a field."""

    about = "Wat er aan een leraar verandert (JSON Merge Patch): alleen wat u geeft; null maakt een veld leeg."
    explained = LERAAR

    voornamen = Text(200)
    roepnaam = Text(100, allow_none=True)
    voorvoegsel = Text(30, allow_none=True)
    achternaam = Text(200)
    geboortedatum = Day()
    emailadres = Mail(allow_none=True)
    eck_id = Text(200, allow_none=True)


class LerarenQuery(PageQuery):
    """Filters of the list of leraren. With `geldigOp`: who has an aanstelling that holds on that day."""

    explained = LERAAR

    vestiging = Text(6, pattern="[0-9]{2}[A-Z]{2}[0-9]{2}", hint="Een vestigingscode is BRIN plus twee cijfers.")


class LeraarZoekSchema(ApiSchema):
    """What to look for; at least one member besides `limiet` and `cursor`. All members given must match."""

    about = "Waarop u zoekt: minstens één gegeven. Alle gegevens samen moeten kloppen."
    explained = LERAAR

    achternaam = Text(200, metadata={"description": "De achternaam; ook als de spelling iets afwijkt."})
    voornamen = Text(200)
    geboortedatum = Day()
    emailadres = Mail()
    eck_id = Text(200)
    personeelsnummer = Text(50)
    limiet = Count(1, 500, metadata={"default": 100})
    cursor = Text(200)


class KoppelingInvoerSchema(ApiSchema):
    """A leraar who is already in the register, proved by the second factor that the leraar gave you."""

    about = "Een leraar die al is ingeschreven, met de geboortedatum als bewijs dat u de leraar kent."
    explained = LERAAR

    registratienummer = Registratienummer(required=True)
    geboortedatum = Day(required=True)


class KandidatenVraagSchema(ApiSchema):
    """Somebody who may already be there."""

    about = "Iemand die misschien al is ingeschreven."
    explained = LERAAR

    voornamen = Text(200, required=True)
    roepnaam = Text(100, allow_none=True)
    achternaam = Text(200, required=True)
    geboortedatum = Day(required=True)
    eck_id = Text(200, allow_none=True)


class KandidaatSchema(ApiSchema):
    """A leraar who may be meant; `registratienummer` only when the caller may know it."""

    about = "Een leraar die bedoeld kan zijn."
    explained = LERAAR

    registratienummer = Registratienummer(
        required=True,
        allow_none=True,
        metadata={"description": "Het registratienummer; null als u het niet mag weten: vraag het de leraar."},
    )
    gelijkenis = fields.Float(required=True, metadata={"minimum": 0, "maximum": 1})
    zelfde_eck_id = fields.Boolean(required=True)


class KandidatenSchema(ApiSchema):
    """Everybody who may be meant, most likely first."""

    about = "Iedereen die bedoeld kan zijn."
    explained = LERAAR

    kandidaten = fields.List(fields.Nested(KandidaatSchema), required=True)
