"""Lists an HR officer works from: the trajecten that the caller sees, by how they stand, and how many there are."""

from register_service.access.scopes import Scope
from register_service.api.call import Answer, Call
from register_service.api.reading import one, page
from register_service.api.schemas import page_schema
from register_service.inductie.queries_aantallen import counting_source
from register_service.inductie.queries_lijst import list_source, values
from register_service.inductie.routes.blueprint import blueprint
from register_service.inductie.schemas import InductietrajectSchema
from register_service.inductie.schemas_lijst import (
    InductieAantallenSchema,
    InductieFilterQuery,
    InductietrajectenQuery,
)


@blueprint.read(
    "/inductietrajecten",
    scope=Scope.INDUCTIE_LEZEN,
    purpose="inductietrajecten opsommen",
    query=InductietrajectenQuery,
    answer=page_schema(InductietrajectSchema),
    page=True,
)
def list_inductietrajecten(call: Call) -> Answer:
    """Som de inductietrajecten op van de leraren die u ziet, en hoe ze er vandaag of op 'geldigOp' voor staan.

    Filters gelden samen. De trajecten staan in de volgorde waarin ze zijn vastgelegd. Is een leraar langer dan een jaar bij uw
    bestuur weg, dan staat het traject hier niet meer; met de sleutel blijft te lezen wat uw bestuur vastlegde.
    """
    return page(call, list_source(call), **values(call))


@blueprint.read(
    "/inductietrajecten/_aantallen",
    scope=Scope.INDUCTIE_LEZEN,
    purpose="inductietrajecten tellen",
    query=InductieFilterQuery,
    answer=InductieAantallenSchema,
)
def count_inductietrajecten(call: Call) -> Answer:
    """Tel de inductietrajecten die de lijst met deze filters geeft: in totaal, en per status, achterstand, sector en vestiging.

    Bij de aantallen van een filter telt dat filter zelf niet mee, de andere wel: zo ziet u wat een andere keuze oplevert.
    """
    return one(call, counting_source(call), **values(call))
