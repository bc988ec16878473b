"""Routes of bevoegdheden, below the leraar."""

from sqlalchemy.orm import Session

from register_service.access.scopes import Scope
from register_service.api.call import Answer, Call, etag_of
from register_service.api.operation import RegisterBlueprint
from register_service.api.reading import fetch_in, peek
from register_service.api.schemas import MomentQuery, PageQuery, history_schema, page_schema
from register_service.bevoegdheden import queries, service
from register_service.bevoegdheden.models import Bevoegdheid
from register_service.bevoegdheden.schemas import (
    BevoegdheidInvoerSchema,
    BevoegdheidSchema,
    BevoegdheidWijzigingSchema,
    VerificatieInvoerSchema,
)
from register_service.leraren.queries import history_of, of_leraar, require_leraar

blueprint = RegisterBlueprint("bevoegdheden", __name__, "Waarvoor een leraar bevoegd is")

ALL = "/leraren/{registratienummer}/bevoegdheden"
ONE = ALL + "/{id}"
CODES = {
    400: (
        "vak-verplicht",
        "vak-niet-van-toepassing",
        "vak-onbekend",
        "behaald-in-toekomst",
        "te-jong-voor-bevoegdheid",
        "einde-voor-begin",
        "geschiktheidsverklaring-te-lang",
    ),
    409: ("bevoegdheid-bestaat",),
}


@blueprint.write(
    ALL,
    scope=Scope.BEVOEGDHEDEN_SCHRIJVEN,
    event="bevoegdheid.toegevoegd",
    purpose="bevoegdheid toevoegen",
    body=BevoegdheidInvoerSchema,
    codes=CODES,
    answer=BevoegdheidSchema,
    status=201,
)
def add_bevoegdheid(call: Call, session: Session) -> Answer:
    """Voeg een bevoegdheid toe.

    `vak` is een code uit de vakkenlijst en hoort bij tweedegraads, eerstegraads en beperkt. Een geschiktheidsverklaring geldt
    twee jaar; laat `geldigTot` weg, dan vult het register de laatste dag in.
    """
    number = call.path["registratienummer"]
    require_leraar(session, number)
    bevoegdheid = service.add_bevoegdheid(session, number, call.body, today=call.context.today, figures=call.figures)
    return _written(call, session, bevoegdheid, status=201)


@blueprint.read(
    ALL,
    scope=Scope.BEVOEGDHEDEN_LEZEN,
    purpose="bevoegdheden raadplegen",
    query=MomentQuery,
    answer=page_schema(BevoegdheidSchema),
)
def list_bevoegdheden(call: Call) -> Answer:
    """Som alle bevoegdheden van een leraar op."""
    return of_leraar(call, queries.OF_LERAAR, call.path["registratienummer"])


@blueprint.read(
    ONE,
    scope=Scope.BEVOEGDHEDEN_LEZEN,
    purpose="bevoegdheid raadplegen",
    query=MomentQuery,
    answer=BevoegdheidSchema,
)
def get_bevoegdheid(call: Call) -> Answer:
    """Haal één bevoegdheid op."""
    return of_leraar(call, queries.BEVOEGDHEID, **call.path)


@blueprint.write(
    ONE,
    method="PATCH",
    scope=Scope.BEVOEGDHEDEN_SCHRIJVEN,
    event="bevoegdheid.gewijzigd",
    purpose="bevoegdheid wijzigen",
    body=BevoegdheidWijzigingSchema,
    codes={**CODES, 400: (*CODES[400], "niets-te-wijzigen")},
    answer=BevoegdheidSchema,
    needs_match=True,
)
def change_bevoegdheid(call: Call, session: Session) -> Answer:
    """Wijzig of beëindig een bevoegdheid (JSON Merge Patch).

    Beëindigen is `geldigTot` invullen. Na een wijziging van soort, vak, datum of instelling is een nieuwe verificatie nodig.
    """
    bevoegdheid = _matched(call, session)
    service.change_bevoegdheid(session, bevoegdheid, call.body, today=call.context.today, figures=call.figures)
    return _written(call, session, bevoegdheid)


@blueprint.write(
    ONE + "/_verifieer",
    scope=Scope.BEVOEGDHEDEN_VERIFIEREN,
    event="bevoegdheid.geverifieerd",
    purpose="bevoegdheid verifiëren",
    body=VerificatieInvoerSchema,
    answer=BevoegdheidSchema,
    needs_match=True,
)
def verify_bevoegdheid(call: Call, session: Session) -> Answer:
    """Leg vast dat u de bevoegdheid hebt vergeleken met de bron."""
    bevoegdheid = _matched(call, session)
    service.verify_bevoegdheid(session, bevoegdheid, call.body, by=call.context.actor, on=call.context.today)
    return _written(call, session, bevoegdheid)


@blueprint.write(
    ONE,
    method="DELETE",
    scope=Scope.BEVOEGDHEDEN_SCHRIJVEN,
    event="bevoegdheid.ingetrokken",
    purpose="bevoegdheid intrekken",
    status=204,
    needs_match=True,
)
def withdraw_bevoegdheid(call: Call, session: Session) -> Answer:
    """Trek een bevoegdheid in die bij vergissing is ingevoerd; de historie bewaart haar."""
    service.withdraw_bevoegdheid(session, _matched(call, session))
    return Answer(b"", 204)


@blueprint.read(
    ONE + "/historie",
    scope=Scope.BEVOEGDHEDEN_LEZEN,
    purpose="historie van bevoegdheid raadplegen",
    query=PageQuery,
    answer=page_schema(history_schema(BevoegdheidSchema)),
    page=True,
)
def list_bevoegdheid_historie(call: Call) -> Answer:
    """Haal op wie wat wanneer wijzigde aan een bevoegdheid, oudste eerst; ook na intrekken."""
    return history_of(call, queries.HISTORIE, **call.path)


def _matched(call: Call, session: Session) -> Bevoegdheid:
    require_leraar(session, call.path["registratienummer"])
    bevoegdheid = service.bevoegdheid_to_change(session, call.path["registratienummer"], call.path["id"])
    call.require_match(etag_of(peek(session, queries.BEVOEGDHEID, **call.path)))
    return bevoegdheid


def _written(call: Call, session: Session, bevoegdheid: Bevoegdheid, status: int = 200) -> Answer:
    body = fetch_in(session, call, queries.BEVOEGDHEID, registratienummer=bevoegdheid.leraar, id=str(bevoegdheid.id))
    location = f"/v1/leraren/{bevoegdheid.leraar}/bevoegdheden/{bevoegdheid.id}"
    return Answer(body, status, {"ETag": etag_of(body)} | ({"Location": location} if status == 201 else {}))
