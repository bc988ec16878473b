"""Routes of steekproeven: they are drawn by command (`register steekproef trek`), and looked at here."""

from sqlalchemy.orm import Session

from register_service.access.scopes import Scope
from register_service.api.call import Answer, Call, etag_of
from register_service.api.reading import Source, fetch_in, one, page, peek
from register_service.api.schemas import MomentQuery, PageQuery, history_schema, page_schema
from register_service.core.errors import NotFound
from register_service.registratie import queries_steekproef as queries
from register_service.registratie import service_steekproef as service
from register_service.registratie.routes.blueprint import blueprint
from register_service.registratie.schemas_steekproef import (
    InzageInvoerSchema,
    InzageSchema,
    SteekproefSchema,
    TrekkingSchema,
    UitslagInvoerSchema,
)

ALL = "/steekproeven"
ONE = ALL + "/{id}"
DRAWN = ONE + "/trekkingen"
ONE_DRAWN = DRAWN + "/{volgnummer}"


@blueprint.read(
    ALL,
    scope=Scope.STEEKPROEVEN_LEZEN,
    purpose="steekproeven raadplegen",
    query=PageQuery,
    answer=page_schema(SteekproefSchema),
    page=True,
)
def list_steekproeven(call: Call) -> Answer:
    """Som de steekproeven op, oudste eerst."""
    return page(call, queries.STEEKPROEVEN)


@blueprint.read(
    ONE,
    scope=Scope.STEEKPROEVEN_LEZEN,
    purpose="steekproef raadplegen",
    query=MomentQuery,
    answer=SteekproefSchema,
)
def get_steekproef(call: Call) -> Answer:
    """Haal één steekproef op, met het zaad en het controlepunt waarmee iedereen haar opnieuw kan trekken."""
    return one(call, queries.STEEKPROEF, **call.path)


@blueprint.read(
    ONE + "/historie",
    scope=Scope.STEEKPROEVEN_LEZEN,
    purpose="historie van steekproef raadplegen",
    query=PageQuery,
    answer=page_schema(history_schema(SteekproefSchema)),
    page=True,
)
def list_steekproef_historie(call: Call) -> Answer:
    """Haal op wie een steekproef wanneer trok, en waarom."""
    return _history(call, queries.HISTORIE)


@blueprint.read(
    DRAWN,
    scope=Scope.STEEKPROEVEN_LEZEN,
    purpose="trekkingen raadplegen",
    query=PageQuery,
    answer=page_schema(TrekkingSchema),
    page=True,
)
def list_trekkingen(call: Call) -> Answer:
    """Som op wat er is getrokken, in de volgorde van de trekking, met de uitslag."""
    return page(call, queries.TREKKINGEN, **call.path)


@blueprint.read(
    ONE_DRAWN,
    scope=Scope.STEEKPROEVEN_LEZEN,
    purpose="trekking raadplegen",
    query=MomentQuery,
    answer=TrekkingSchema,
)
def get_trekking(call: Call) -> Answer:
    """Haal één getrokken herregistratie op."""
    return one(call, queries.TREKKING, **call.path)


@blueprint.read(
    ONE_DRAWN + "/historie",
    scope=Scope.STEEKPROEVEN_LEZEN,
    purpose="historie van trekking raadplegen",
    query=PageQuery,
    answer=page_schema(history_schema(TrekkingSchema)),
    page=True,
)
def list_trekking_historie(call: Call) -> Answer:
    """Haal op wie wanneer een uitslag vastlegde, oudste eerst."""
    return _history(call, queries.TREKKING_HISTORIE)


@blueprint.read(
    ONE_DRAWN + "/_inzage",
    method="POST",
    scope=Scope.STEEKPROEVEN_LEZEN,
    purpose="herregistratie nakijken in een steekproef",
    body=InzageInvoerSchema,
    answer=InzageSchema,
)
def look_at_trekking(call: Call) -> Answer:
    """Kijk waarop een getrokken herregistratie berust.

    Uw reden staat bij de leraar in het overzicht van wie er keek. Een validator ziet niets van zichzelf, noch van wie bij
    hetzelfde bestuur werkte.
    """
    answer = one(call, queries.INZAGE, **call.path)
    answer.headers.pop("ETag", None)
    return answer


@blueprint.write(
    ONE_DRAWN + "/_beoordeel",
    scope=Scope.STEEKPROEVEN_BEOORDELEN,
    event="steekproef.beoordeeld",
    purpose="uitslag van steekproef vastleggen",
    body=UitslagInvoerSchema,
    answer=TrekkingSchema,
    needs_match=True,
    codes={409: ("steekproef-niet-onafhankelijk",)},
)
def judge_trekking(call: Call, session: Session) -> Answer:
    """Leg vast wat het nakijken opleverde. Een latere uitslag vervangt een eerdere; de historie bewaart beide."""
    trekking = service.trekking_to_judge(session, call.path["id"], call.path["volgnummer"])
    call.require_match(etag_of(peek(session, queries.TREKKING, **call.path)))
    service.judge_trekking(session, trekking, call.body, by=call.caller.leraar, on=call.context.today)
    body = fetch_in(session, call, queries.TREKKING, **call.path)
    return Answer(body, 200, {"ETag": etag_of(body)})


def _history(call: Call, source: Source) -> Answer:
    answer = page(call, source, **call.path)
    if answer.body.startswith(b'{"items":[]') and "cursor" not in call.query:
        raise NotFound
    return answer
