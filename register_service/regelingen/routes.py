"""Routes of regelingen."""

from register_service.access.scopes import Scope
from register_service.api.call import Answer, Call
from register_service.api.operation import RegisterBlueprint
from register_service.api.reading import one, page
from register_service.api.schemas import MomentQuery, PageQuery, history_schema, page_schema
from register_service.core.errors import NotFound
from register_service.regelingen import queries
from register_service.regelingen.schemas import RegelingenQuery, RegelingSchema

blueprint = RegisterBlueprint("regelingen", __name__, "De cijfers van het register, per sector en met hun datum")


@blueprint.read(
    "/regelingen",
    scope=Scope.ORGANISATIES_LEZEN,
    purpose="regelingen raadplegen",
    query=RegelingenQuery,
    answer=page_schema(RegelingSchema),
    page=True,
)
def list_regelingen(call: Call) -> Answer:
    """Som de regelingen op: per sector, oudste eerst.

    Met `geldigOp`: welke cijfers op die dag gelden. Een regeling waarvan de eerste dag voorbij is, verandert niet meer.
    """
    return page(call, queries.REGELINGEN, sector=call.query.get("sector"))


@blueprint.read(
    "/regelingen/{id}",
    scope=Scope.ORGANISATIES_LEZEN,
    purpose="regelingen raadplegen",
    query=MomentQuery,
    answer=RegelingSchema,
)
def get_regeling(call: Call) -> Answer:
    """Haal één regeling op."""
    return one(call, queries.REGELING, id=call.path["id"])


@blueprint.read(
    "/regelingen/{id}/historie",
    scope=Scope.ORGANISATIES_LEZEN,
    purpose="regelingen raadplegen",
    query=PageQuery,
    answer=page_schema(history_schema(RegelingSchema)),
    page=True,
)
def list_regeling_historie(call: Call) -> Answer:
    """Haal op wie een regeling wanneer vastlegde of afsloot, oudste eerst."""
    answer = page(call, queries.HISTORIE, id=call.path["id"])
    if answer.body.startswith(b'{"items":[]') and "cursor" not in call.query:
        raise NotFound
    return answer
