"""The whole dossier in one statement."""

from register_service.aanstellingen.queries import OF_LERAAR_JSON as AANSTELLINGEN_JSON
from register_service.api.reading import Source
from register_service.bevoegdheden.queries import OF_LERAAR_JSON as BEVOEGDHEDEN_JSON
from register_service.core.representation import json_object
from register_service.dossiers.schemas import DossierSchema

_DOSSIER_JSON = json_object(DossierSchema, "l", bevoegdheden=BEVOEGDHEDEN_JSON, aanstellingen=AANSTELLINGEN_JSON)

DOSSIER = Source(
    f"select l.registratienummer as leraar, {_DOSSIER_JSON} as body from leraar l "
    "where l.registratienummer = %(registratienummer)s and l.samengevoegd_met is null",
    tables=("leraar", "bevoegdheid", "aanstelling"),
    parts=("leraar", "bevoegdheden", "aanstellingen"),
    of_dossier=True,
)
