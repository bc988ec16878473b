"""What goes in and comes out about whole dossiers."""

from marshmallow import fields

from register_service.aanstellingen.schemas import AanstellingSchema
from register_service.bevoegdheden.schemas import BevoegdheidSchema
from register_service.core.fields import Registratienummer, Text
from register_service.core.schema import ApiSchema
from register_service.leraren.schemas import LeraarSchema


class DossierSchema(LeraarSchema):
    """A whole dossier: the leraar with bevoegdheden and the aanstellingen that the caller may see."""

    bevoegdheden = fields.List(fields.Nested(BevoegdheidSchema), required=True)
    aanstellingen = fields.List(fields.Nested(AanstellingSchema), required=True)


class SamenvoegingInvoerSchema(ApiSchema):
    """Two dossiers of one person: `van` goes on as `naar`."""

    van = Registratienummer(required=True)
    naar = Registratienummer(required=True)
    reden = Text(200, required=True)


class SamenvoegingSchema(ApiSchema):
    """A merge that was made: `van` answers 308 with `naar` for ever."""

    van = Registratienummer(required=True)
    naar = Registratienummer(required=True)
