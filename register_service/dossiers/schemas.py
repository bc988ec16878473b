"""What goes in and comes out about whole dossiers."""

from marshmallow import fields

from register_service.aanstellingen.schemas import AanstellingSchema
from register_service.bevoegdheden.schemas import BevoegdheidSchema
from register_service.core.fields import Registratienummer, Text
from register_service.core.schema import ApiSchema, Explained
from register_service.leraren.schemas import LERAAR, LeraarSchema

DOSSIER: Explained = {
    **LERAAR,
    "bevoegdheden": ("Alle bevoegdheden van de leraar, of die op 'geldigOp' golden.", None),
    "aanstellingen": ("De aanstellingen die u mag zien: die bij uw bestuur.", None),
}
SAMENVOEGING: Explained = {
    "van": ("Het registratienummer dat vervalt; het blijft verwijzen.", "3799217887"),
    "naar": ("Het registratienummer dat blijft.", "2657035144"),
    "reden": ("Waarom; komt in de geschiedenis te staan.", "Dezelfde persoon, twee keer ingeschreven"),
}


class DossierSchema(LeraarSchema):
    """A whole dossier: the leraar with bevoegdheden and the aanstellingen that the caller may see."""

    about = "Het hele dossier van een leraar."
    explained = DOSSIER

    bevoegdheden = fields.List(fields.Nested(BevoegdheidSchema), required=True)
    aanstellingen = fields.List(fields.Nested(AanstellingSchema), required=True)


class SamenvoegingInvoerSchema(ApiSchema):
    """Two dossiers of one person: `van` goes on as `naar`."""

    about = "Twee dossiers van één persoon: 'van' gaat verder als 'naar'."
    explained = SAMENVOEGING

    van = Registratienummer(required=True)
    naar = Registratienummer(required=True)
    reden = Text(200, required=True)


class SamenvoegingSchema(ApiSchema):
    """A merge that was made: `van` answers 308 with `naar` for ever."""

    about = "Een samenvoeging: 'van' verwijst voortaan (308) naar 'naar'."
    explained = SAMENVOEGING

    van = Registratienummer(required=True)
    naar = Registratienummer(required=True)
