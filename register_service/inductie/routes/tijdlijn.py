"""The route of the timeline: who did what when, in words."""

from register_service.access.scopes import Scope
from register_service.api.call import Answer, Call
from register_service.api.schemas import PageQuery, page_schema
from register_service.inductie.queries_tijdlijn import TIJDLIJN
from register_service.inductie.routes.blueprint import ONE, blueprint, history_page
from register_service.inductie.schemas_tijdlijn import TijdlijnRegelSchema


@blueprint.read(
    ONE + "/tijdlijn",
    scope=Scope.INDUCTIE_LEZEN,
    purpose="tijdlijn van inductietraject raadplegen",
    query=PageQuery,
    answer=page_schema(TijdlijnRegelSchema),
    page=True,
)
def list_tijdlijn(call: Call) -> Answer:
    """Lees wie wat wanneer deed in een traject, in woorden, oudste eerst; ook wat later is ingetrokken.

    Wat één aanvraag deed, is één regel. Van wat een ander bestuur vastlegde ziet u niets; de leraar ziet alles.
    """
    return history_page(call, TIJDLIJN, id=call.path["id"])
