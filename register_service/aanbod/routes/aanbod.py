"""Routes of aanbod: the catalogue, and its judgement by a validator."""

from sqlalchemy.orm import Session

from register_service.aanbod import queries, service
from register_service.aanbod.models import Aanbod
from register_service.aanbod.routes.blueprint import blueprint, history_page, require_role
from register_service.aanbod.schemas import (
    AanbodBeoordelingInvoerSchema,
    AanbodInvoerSchema,
    AanbodQuery,
    AanbodSchema,
    AanbodStandSchema,
    AanbodWijzigingSchema,
)
from register_service.access.scopes import Scope
from register_service.api.call import Answer, Call, etag_of
from register_service.api.reading import fetch_in, one, page, peek
from register_service.api.schemas import MomentQuery, PageQuery, history_schema, page_schema

ALL, ONE = "/aanbod", "/aanbod/{id}"
RULES = (
    "geen-halve-uren",
    "registeruren-buiten-grenzen",
    "verdeling-klopt-niet",
    "zelfstudie-te-veel",
    "aanbod-te-kort",
    "toets-ontbreekt",
    "einde-voor-begin",
)


@blueprint.write(
    ALL,
    scope=Scope.AANBOD_SCHRIJVEN,
    event="aanbod.toegevoegd",
    purpose="aanbod toevoegen",
    body=AanbodInvoerSchema,
    codes={400: (*RULES, "aanbieder-onbekend")},
    answer=AanbodSchema,
    status=201,
)
def add_aanbod(call: Call, session: Session) -> Answer:
    """Voeg aanbod toe: een aanbieder eigen aanbod, de beheerder dat van wie dan ook.

    Het staat in de catalogus van anderen zodra een validator het heeft gevalideerd.
    """
    _require_offerer(call)
    aanbod = service.add_aanbod(session, call.body, today=call.context.today)
    return _written(call, session, aanbod, status=201)


@blueprint.read(
    ALL,
    scope=Scope.AANBOD_LEZEN,
    purpose="aanbod raadplegen",
    query=AanbodQuery,
    answer=page_schema(AanbodSchema),
    page=True,
)
def list_aanbod(call: Call) -> Answer:
    """Som aanbod op, of zoek erin met 'zoek': dan staat voorop wat het best past.

    Filters gelden samen. Een aanbieder ziet alleen het eigen aanbod; validator en beheerder zien alles, anderen wat is
    gevalideerd.
    """
    return page(call, queries.list_source(call), **{name: call.query.get(name) for name in queries.FILTERS})


@blueprint.read(ONE, scope=Scope.AANBOD_LEZEN, purpose="aanbod raadplegen", query=MomentQuery, answer=AanbodSchema)
def get_aanbod(call: Call) -> Answer:
    """Haal één aanbod op."""
    return one(call, queries.AANBOD, id=call.path["id"])


@blueprint.write(
    ONE,
    method="PATCH",
    scope=Scope.AANBOD_SCHRIJVEN,
    event="aanbod.gewijzigd",
    purpose="aanbod wijzigen",
    body=AanbodWijzigingSchema,
    codes={400: (*RULES, "niets-te-wijzigen")},
    answer=AanbodSchema,
    needs_match=True,
)
def change_aanbod(call: Call, session: Session) -> Answer:
    """Wijzig aanbod (JSON Merge Patch).

    Na een wijziging van soort, titel, registeruren of hun verdeling, zelfstudie of toets, en als het op meer dagen geldt, is een
    nieuwe beoordeling nodig. Wie er al bij was, houdt de registeruren van toen.
    """
    _require_offerer(call)
    aanbod = _matched(call, session)
    service.change_aanbod(session, aanbod, call.body, today=call.context.today)
    return _written(call, session, aanbod)


@blueprint.write(
    ONE + "/_beoordeel",
    scope=Scope.AANBOD_BEOORDELEN,
    event="aanbod.beoordeeld",
    purpose="aanbod beoordelen",
    body=AanbodBeoordelingInvoerSchema,
    codes={400: ("reden-ontbreekt",)},
    answer=AanbodSchema,
    needs_match=True,
)
def judge_aanbod(call: Call, session: Session) -> Answer:
    """Valideer aanbod of wijs het af, met een reden (alleen een validator).

    Wie daarna volgens de aanbieder of de werkgever bij gevalideerd aanbod was, krijgt precies de registeruren ervan.
    """
    aanbod = _matched(call, session)
    service.judge_aanbod(session, aanbod, call.body, today=call.context.today)
    return _written(call, session, aanbod)


@blueprint.read(
    ONE + "/historie",
    scope=Scope.AANBOD_LEZEN,
    purpose="aanbod raadplegen",
    query=PageQuery,
    answer=page_schema(history_schema(AanbodStandSchema)),
    page=True,
)
def list_aanbod_historie(call: Call) -> Answer:
    """Haal op wie wat wanneer wijzigde aan aanbod, oudste eerst."""
    return history_page(call, queries.AANBOD_HISTORIE)


def _require_offerer(call: Call) -> None:
    detail = "Aanbod bijhouden kan alleen de aanbieder ervan, en de beheerder van het register."
    require_role(call, "aanbieder", "beheer", detail=detail)


def _matched(call: Call, session: Session) -> Aanbod:
    aanbod = service.aanbod_to_change(session, call.path["id"])
    call.require_match(etag_of(peek(session, queries.AANBOD, id=call.path["id"])))
    return aanbod


def _written(call: Call, session: Session, aanbod: Aanbod, status: int = 200) -> Answer:
    body = fetch_in(session, call, queries.AANBOD, id=str(aanbod.id))
    location = {"Location": f"/v1/aanbod/{aanbod.id}"} if status == 201 else {}
    return Answer(body, status, {"ETag": etag_of(body)} | location)
