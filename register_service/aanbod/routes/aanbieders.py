"""Routes of aanbieders, whom the keeper adds."""

from sqlalchemy.orm import Session

from register_service.aanbod import queries, service
from register_service.aanbod.models import Aanbieder
from register_service.aanbod.routes.blueprint import blueprint, history_page, require_role
from register_service.aanbod.schemas import (
    AanbiederInvoerSchema,
    AanbiederQuery,
    AanbiederSchema,
    AanbiederWijzigingSchema,
)
from register_service.access.scopes import Scope
from register_service.api.call import Answer, Call, etag_of
from register_service.api.reading import fetch_in, one, page, peek
from register_service.api.schemas import MomentQuery, PageQuery, history_schema, page_schema

ALL, ONE = "/aanbieders", "/aanbieders/{id}"


@blueprint.write(
    ALL,
    scope=Scope.AANBOD_SCHRIJVEN,
    event="aanbieder.toegevoegd",
    purpose="aanbieder toevoegen",
    body=AanbiederInvoerSchema,
    codes={400: ("kvk-nummer-onbekend",), 409: ("aanbieder-bestaat",)},
    answer=AanbiederSchema,
    status=201,
)
def add_aanbieder(call: Call, session: Session) -> Answer:
    """Voeg een aanbieder toe (alleen de beheerder).

    Kijk in het Handelsregister na of het KvK-nummer van deze aanbieder is: aan het nummer zelf is dat niet te zien.
    """
    _require_keeper(call)
    return _written(call, session, service.add_aanbieder(session, call.body), status=201)


@blueprint.read(
    ALL,
    scope=Scope.AANBOD_LEZEN,
    purpose="aanbieders raadplegen",
    query=AanbiederQuery,
    answer=page_schema(AanbiederSchema),
    page=True,
)
def list_aanbieders(call: Call) -> Answer:
    """Som aanbieders op, in de volgorde waarin ze zijn toegevoegd."""
    return page(call, queries.AANBIEDERS, kvk_nummer=call.query.get("kvk_nummer"))


@blueprint.read(
    ONE, scope=Scope.AANBOD_LEZEN, purpose="aanbieders raadplegen", query=MomentQuery, answer=AanbiederSchema
)
def get_aanbieder(call: Call) -> Answer:
    """Haal één aanbieder op."""
    return one(call, queries.AANBIEDER, id=call.path["id"])


@blueprint.write(
    ONE,
    method="PATCH",
    scope=Scope.AANBOD_SCHRIJVEN,
    event="aanbieder.gewijzigd",
    purpose="aanbieder wijzigen",
    body=AanbiederWijzigingSchema,
    codes={400: ("niets-te-wijzigen",)},
    answer=AanbiederSchema,
    needs_match=True,
)
def change_aanbieder(call: Call, session: Session) -> Answer:
    """Wijzig naam of website van een aanbieder (JSON Merge Patch; alleen de beheerder)."""
    _require_keeper(call)
    aanbieder = service.aanbieder_to_change(session, call.path["id"])
    call.require_match(etag_of(peek(session, queries.AANBIEDER, id=call.path["id"])))
    service.change_aanbieder(session, aanbieder, call.body)
    return _written(call, session, aanbieder)


@blueprint.read(
    ONE + "/historie",
    scope=Scope.AANBOD_LEZEN,
    purpose="aanbieders raadplegen",
    query=PageQuery,
    answer=page_schema(history_schema(AanbiederSchema)),
    page=True,
)
def list_aanbieder_historie(call: Call) -> Answer:
    """Haal op wie wat wanneer wijzigde aan een aanbieder, oudste eerst."""
    return history_page(call, queries.AANBIEDER_HISTORIE)


def _require_keeper(call: Call) -> None:
    require_role(call, "beheer", detail="Aanbieders bijhouden kan alleen de beheerder van het register.")


def _written(call: Call, session: Session, aanbieder: Aanbieder, status: int = 200) -> Answer:
    body = fetch_in(session, call, queries.AANBIEDER, id=str(aanbieder.id))
    location = {"Location": f"/v1/aanbieders/{aanbieder.id}"} if status == 201 else {}
    return Answer(body, status, {"ETag": etag_of(body)} | location)
