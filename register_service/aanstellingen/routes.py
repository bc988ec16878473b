"""Routes of aanstellingen: below the leraar, and as a list of the bestuur."""

from uuid import UUID

import orjson
from sqlalchemy.orm import Session

from register_service.aanstellingen import following, queries, service
from register_service.aanstellingen.following import Change
from register_service.aanstellingen.models import Aanstelling
from register_service.aanstellingen.schemas import (
    AanstellingBijwerkenSchema,
    AanstellingInvoerSchema,
    AanstellingSchema,
    AanstellingWijzigingSchema,
    BeeindigingSchema,
)
from register_service.access.scopes import Scope
from register_service.api.call import Answer, Call, etag_of
from register_service.api.operation import RegisterBlueprint
from register_service.api.reading import change_in, fetch_in, page, peek
from register_service.api.schemas import MomentQuery, PageQuery, history_schema, page_schema
from register_service.core.errors import Forbidden, Invalid, NotFound
from register_service.core.fields import Text
from register_service.leraren.queries import follow_leraar, history_of, of_leraar, require_leraar

blueprint = RegisterBlueprint("aanstellingen", __name__, "Wie waar werkt, als wat en hoeveel")

ALL = "/leraren/{registratienummer}/aanstellingen"
ONE = ALL + "/{id}"
CODES = {
    400: (
        "vestiging-onbekend",
        "vestiging-van-ander-bestuur",
        "vestiging-gesloten",
        "einde-voor-begin",
        "reden-zonder-einddatum",
        "betrekkingsomvang-te-groot",
    ),
    409: ("aanstelling-overlapt", "personeelsnummer-bestaat"),
}
CHANGE_CODES = {**CODES, 400: (*CODES[400], "niets-te-wijzigen")}


class AanstellingenQuery(PageQuery):
    """Filters of the list of aanstellingen."""

    vestiging = Text(
        6,
        pattern="[0-9]{2}[A-Z]{2}[0-9]{2}",
        hint="Een vestigingscode is BRIN plus twee cijfers.",
        metadata={"description": "Alleen de aanstellingen op deze vestiging.", "examples": ["00DI01"]},
    )


@blueprint.write(
    "/aanstellingen/_bijwerken",
    scope=Scope.AANSTELLINGEN_SCHRIJVEN,
    event="aanstelling.bijgewerkt",
    purpose="aanstelling bijwerken",
    body=AanstellingBijwerkenSchema,
    codes={**CODES, 409: ("aanstelling-overlapt", "personeelsnummer-van-andere-leraar")},
    answer=AanstellingSchema,
    refusals=(404,),
)
def upsert_aanstelling(call: Call, session: Session) -> Answer:
    """Werk een aanstelling bij op uw eigen sleutel: personeelsnummer en begindatum.

    Bestaat zij nog niet, dan wordt zij toegevoegd; bestaat zij al, dan wordt zij gelijk aan wat u stuurt. Nog een keer sturen
    verdubbelt nooit. Een registratienummer dat is samengevoegd, staat voor het dossier waarin het verder gaat.
    """
    if call.caller.bestuur is None:
        raise Forbidden("Bijwerken op personeelsnummer kan alleen een client van een bestuur.")
    values = dict(call.body)
    number = follow_leraar(session, values.pop("leraar"))
    aanstelling, _new = service.upsert_aanstelling(
        session, number, values, bestuur=call.caller.bestuur, figures=call.figures
    )
    return _written(call, session, aanstelling)


@blueprint.read(
    "/aanstellingen",
    scope=Scope.AANSTELLINGEN_LEZEN,
    purpose="aanstellingen opsommen",
    query=AanstellingenQuery,
    answer=page_schema(AanstellingSchema),
    page=True,
)
def list_aanstellingen(call: Call) -> Answer:
    """Som de aanstellingen van uw bestuur op."""
    of_caller = call.caller.role == "leraar" and not call.query.get("beschikbaar_op")
    bestuur, vestiging = call.caller.bestuur, call.query.get("vestiging")
    return page(
        call, queries.list_source(bestuur, vestiging, of_caller=of_caller), bestuur=bestuur, vestiging=vestiging
    )


@blueprint.write(
    ALL,
    scope=Scope.AANSTELLINGEN_SCHRIJVEN,
    event="aanstelling.toegevoegd",
    purpose="aanstelling toevoegen",
    body=AanstellingInvoerSchema,
    codes=CODES,
    answer=AanstellingSchema,
    status=201,
)
def add_aanstelling(call: Call, session: Session) -> Answer:
    """Voeg een aanstelling toe op een vestiging van uw bestuur.

    Twee aanstellingen van één leraar op één vestiging overlappen niet. Datums tellen mee: van en tot en met.
    """
    number = call.path["registratienummer"]
    try:
        row = service.new_aanstelling(session, number, call.body, bestuur=call.caller.bestuur, figures=call.figures)
        concerned = tuple(follower.concerned for follower in following.FOLLOWERS)
        body, concerns = change_in(session, call, queries.added(concerned), **row)
    except (Invalid, NotFound):
        # That there is no such leraar, or that the dossier has moved, comes before anything else.
        require_leraar(session, number)
        raise
    if concerns == "true":
        following.tell(session, number, Change(None, row))
    return _answer(number, row["id"], body, status=201)


@blueprint.read(
    ALL,
    scope=Scope.AANSTELLINGEN_LEZEN,
    purpose="aanstellingen raadplegen",
    query=MomentQuery,
    answer=page_schema(AanstellingSchema),
)
def list_aanstellingen_of_leraar(call: Call) -> Answer:
    """Som de aanstellingen van een leraar bij uw bestuur op."""
    return of_leraar(call, queries.OF_LERAAR, call.path["registratienummer"])


@blueprint.read(
    ONE,
    scope=Scope.AANSTELLINGEN_LEZEN,
    purpose="aanstelling raadplegen",
    query=MomentQuery,
    answer=AanstellingSchema,
)
def get_aanstelling(call: Call) -> Answer:
    """Haal één aanstelling op."""
    return of_leraar(call, queries.AANSTELLING, **call.path)


@blueprint.write(
    ONE,
    method="PATCH",
    scope=Scope.AANSTELLINGEN_SCHRIJVEN,
    event="aanstelling.gewijzigd",
    purpose="aanstelling wijzigen",
    body=AanstellingWijzigingSchema,
    codes=CHANGE_CODES,
    answer=AanstellingSchema,
    needs_match=True,
)
def change_aanstelling(call: Call, session: Session) -> Answer:
    """Wijzig een aanstelling (JSON Merge Patch)."""
    aanstelling = _matched(call, session)
    service.change_aanstelling(session, aanstelling, call.body, bestuur=call.caller.bestuur, figures=call.figures)
    return _written(call, session, aanstelling)


@blueprint.write(
    ONE + "/_beeindig",
    scope=Scope.AANSTELLINGEN_SCHRIJVEN,
    event="aanstelling.beeindigd",
    purpose="aanstelling beëindigen",
    body=BeeindigingSchema,
    codes={400: CODES[400], 409: ("aanstelling-overlapt",)},
    answer=AanstellingSchema,
    needs_match=True,
)
def end_aanstelling(call: Call, session: Session) -> Answer:
    """Beëindig een aanstelling: de laatste dag, en waarom."""
    aanstelling = _matched(call, session)
    service.change_aanstelling(session, aanstelling, call.body, bestuur=call.caller.bestuur, figures=call.figures)
    return _written(call, session, aanstelling)


@blueprint.write(
    ONE,
    method="DELETE",
    scope=Scope.AANSTELLINGEN_SCHRIJVEN,
    event="aanstelling.ingetrokken",
    purpose="aanstelling intrekken",
    status=204,
    needs_match=True,
)
def withdraw_aanstelling(call: Call, session: Session) -> Answer:
    """Trek een aanstelling in die bij vergissing is ingevoerd; de historie bewaart haar."""
    service.withdraw_aanstelling(session, _matched(call, session))
    return Answer(b"", 204)


@blueprint.read(
    ONE + "/historie",
    scope=Scope.AANSTELLINGEN_LEZEN,
    purpose="historie van aanstelling raadplegen",
    query=PageQuery,
    answer=page_schema(history_schema(AanstellingSchema)),
    page=True,
)
def list_aanstelling_historie(call: Call) -> Answer:
    """Haal op wie wat wanneer wijzigde aan een aanstelling, oudste eerst; ook na intrekken."""
    return history_of(call, queries.HISTORIE, **call.path)


def _matched(call: Call, session: Session) -> Aanstelling:
    require_leraar(session, call.path["registratienummer"])
    aanstelling = service.aanstelling_to_change(session, call.path["registratienummer"], call.path["id"])
    call.require_match(etag_of(peek(session, queries.AANSTELLING, **call.path)))
    return aanstelling


def _written(call: Call, session: Session, aanstelling: Aanstelling) -> Answer:
    try:
        body = fetch_in(
            session, call, queries.AANSTELLING, registratienummer=aanstelling.leraar, id=str(aanstelling.id)
        )
    except NotFound:
        # An end entered late can be the last that the bestuur sees of this leraar; the change holds all the same.
        body = orjson.dumps(AanstellingSchema().dump(aanstelling), default=float)
    return _answer(aanstelling.leraar, aanstelling.id, body)


def _answer(leraar: str, identifier: UUID, body: bytes, status: int = 200) -> Answer:
    location = {"Location": f"/v1/leraren/{leraar}/aanstellingen/{identifier}"} if status == 201 else {}
    return Answer(body, status, {"ETag": etag_of(body)} | location)
