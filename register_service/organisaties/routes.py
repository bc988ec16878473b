"""Routes of organisations: the same three for each kind."""

from collections.abc import Callable
from dataclasses import dataclass

from marshmallow import Schema

from register_service.access.scopes import Scope
from register_service.api.call import Answer, Call
from register_service.api.operation import RegisterBlueprint
from register_service.api.reading import Source, one, page
from register_service.api.schemas import MomentQuery, PageQuery, history_schema, page_schema
from register_service.core.errors import NotFound
from register_service.organisaties import queries
from register_service.organisaties.schemas import (
    BestuurSchema,
    DeelnameSchema,
    PartnerschapSchema,
    PartnerschapStandSchema,
    SchoolQuery,
    SchoolSchema,
    VestigingQuery,
    VestigingSchema,
)

blueprint = RegisterBlueprint("organisaties", __name__, "Partnerschappen, besturen, scholen en vestigingen")


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of organisation: its words, its path, its schemas and its sources."""

    single: str
    plural: str
    identifier: str
    schema: type[Schema]
    state: type[Schema]
    query: type[Schema]
    one: Source
    all: Source
    history: Source
    filters: tuple[str, ...] = ()


KINDS = (
    Kind("bestuur", "besturen", "bestuursnummer", BestuurSchema, BestuurSchema, PageQuery,
         queries.BESTUUR, queries.BESTUREN, queries.BESTUUR_HISTORIE),
    Kind("partnerschap", "partnerschappen", "id", PartnerschapSchema, PartnerschapStandSchema, PageQuery,
         queries.PARTNERSCHAP, queries.PARTNERSCHAPPEN, queries.PARTNERSCHAP_HISTORIE),
    Kind("school", "scholen", "brin", SchoolSchema, SchoolSchema, SchoolQuery,
         queries.SCHOOL, queries.SCHOLEN, queries.SCHOOL_HISTORIE, ("bestuur", "sector")),
    Kind("vestiging", "vestigingen", "vestigingscode", VestigingSchema, VestigingSchema, VestigingQuery,
         queries.VESTIGING, queries.VESTIGINGEN, queries.VESTIGING_HISTORIE, ("bestuur", "sector", "brin", "gemeente")),
)  # fmt: skip


@blueprint.read(
    "/partnerschappen/{id}/deelnames/historie",
    scope=Scope.ORGANISATIES_LEZEN,
    purpose="partnerschappen raadplegen",
    query=PageQuery,
    answer=page_schema(history_schema(DeelnameSchema)),
    page=True,
)
def list_deelname_historie(call: Call) -> Answer:
    """Haal op welke besturen wanneer aan een partnerschap deelnamen en wie dat vastlegde, oudste eerst."""
    return _known_page(call, queries.DEELNAME_HISTORIE, call.path["id"])


def _declare(kind: Kind) -> None:
    path = f"/{kind.plural}/{{{kind.identifier}}}"
    routes = (
        (f"/{kind.plural}", f"list_{kind.plural}", f"Som {kind.plural} op.", _list(kind), kind.query,
         page_schema(kind.schema), True),
        (path, f"get_{kind.single}", f"Haal één {kind.single} op.", _get(kind), MomentQuery, kind.schema, False),
        (f"{path}/historie", f"list_{kind.single}_historie",
         f"Haal op wie wat wanneer wijzigde aan een {kind.single}, oudste eerst.", _history(kind), PageQuery,
         page_schema(history_schema(kind.state)), True),
    )  # fmt: skip
    for rule, name, summary, handler, query, answer, paged in routes:
        handler.__name__, handler.__doc__ = name, summary
        blueprint.read(
            rule,
            scope=Scope.ORGANISATIES_LEZEN,
            purpose=f"{kind.plural} raadplegen",
            query=query,
            answer=answer,
            page=paged,
        )(handler)


def _list(kind: Kind) -> Callable[[Call], Answer]:
    return lambda call: page(call, kind.all, **{name: call.query.get(name) for name in kind.filters})


def _get(kind: Kind) -> Callable[[Call], Answer]:
    return lambda call: one(call, kind.one, key=call.path[kind.identifier])


def _history(kind: Kind) -> Callable[[Call], Answer]:
    return lambda call: _known_page(call, kind.history, call.path[kind.identifier])


def _known_page(call: Call, source: Source, key: str) -> Answer:
    answer = page(call, source, key=key)
    if answer.body.startswith(b'{"items":[]') and "cursor" not in call.query:
        raise NotFound
    return answer


for _kind in KINDS:
    _declare(_kind)
