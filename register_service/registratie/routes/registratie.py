"""Routes of the registratie of a leraar: how it stands, uitstel, doorhalen, hervatten, notices."""

from sqlalchemy.orm import Session

from register_service.access.scopes import Scope
from register_service.api.call import Answer, Call, etag_of
from register_service.api.reading import fetch_in, peek
from register_service.api.schemas import MomentQuery, PageQuery, history_schema, page_schema
from register_service.core.errors import Forbidden
from register_service.leraren.queries import history_of, of_leraar, refuse_bestuur, require_leraar
from register_service.registratie import queries, service
from register_service.registratie.routes.blueprint import blueprint
from register_service.registratie.schemas import (
    BerichtSchema,
    DoorhalingInvoerSchema,
    PeriodeToestandSchema,
    RegistratieSchema,
    UitstelInvoerSchema,
    UitstelSchema,
)

OF_LERAAR = "/leraren/{registratienummer}/registratie"
UITSTELLEN = OF_LERAAR + "/uitstellen"
UITSTEL = UITSTELLEN + "/{id}"
BERICHTEN = "/leraren/{registratienummer}/berichten"
_UITSTEL_CODES = {
    400: ("besluit-in-toekomst", "uitstel-voor-periode", "uitstel-te-laat", "uitstel-te-lang"),
    409: ("geen-periode", "periode-opgevolgd"),
}


@blueprint.read(
    OF_LERAAR,
    scope=Scope.REGISTRATIE_LEZEN,
    purpose="registratie raadplegen",
    query=MomentQuery,
    answer=RegistratieSchema,
)
def get_registratie(call: Call) -> Answer:
    """Haal op hoe de registratie ervoor staat: status, perioden en hoe het zo kwam.

    Met `geldigOp`: zoals het op die dag is of was. Alles volgt uit wat er is vastgelegd; wat de nacht nog moet vastleggen, staat
    er al bij.
    """
    return of_leraar(call, queries.REGISTRATIE, call.path["registratienummer"])


@blueprint.read(
    OF_LERAAR + "/historie",
    scope=Scope.REGISTRATIE_LEZEN,
    purpose="historie van registratie raadplegen",
    query=PageQuery,
    answer=page_schema(history_schema(PeriodeToestandSchema)),
    page=True,
)
def list_registratie_historie(call: Call) -> Answer:
    """Haal op wanneer welke periode is vastgelegd of gewijzigd, oudste eerst."""
    return history_of(call, queries.HISTORIE, **call.path)


@blueprint.write(
    OF_LERAAR + "/_doorhalen",
    scope=Scope.REGISTRATIE_SCHRIJVEN,
    event="registratie.doorgehaald",
    purpose="registratie doorhalen",
    body=DoorhalingInvoerSchema,
    codes={400: ("doorhaling-in-verleden",), 409: ("al-doorgehaald", "niet-geregistreerd")},
    answer=RegistratieSchema,
)
def strike_off(call: Call, session: Session) -> Answer:
    """Haal een registratie door, op verzoek van de leraar; de leraar kan dit ook zelf. Hervatten kan later."""
    number = _held(call, session)
    service.strike_off(session, number, call.body, call.context.today)
    return _registratie(call, session, number)


@blueprint.write(
    OF_LERAAR + "/_hervatten",
    scope=Scope.REGISTRATIE_SCHRIJVEN,
    event="registratie.hervat",
    purpose="registratie hervatten",
    codes={409: ("niet-doorgehaald", "eisen-niet-gehaald")},
    answer=RegistratieSchema,
)
def resume(call: Call, session: Session) -> Answer:
    """Hervat een registratie die is doorgehaald of verlopen.

    Loopt de periode nog, dan gaat die verder. Is zij voorbij, dan begint vandaag een nieuwe, als over de vier jaar tot vandaag
    aan alle eisen is voldaan.
    """
    number = _held(call, session)
    service.resume(session, number, call.context.today)
    return _registratie(call, session, number)


@blueprint.read(
    UITSTELLEN,
    scope=Scope.REGISTRATIE_LEZEN,
    purpose="uitstel raadplegen",
    query=MomentQuery,
    answer=page_schema(UitstelSchema),
)
def list_uitstellen(call: Call) -> Answer:
    """Som het uitstel op, met de reden. Een bestuur ziet de reden niet; wel staat het einde van de periode in de registratie."""
    refuse_bestuur(call, call.path["registratienummer"])
    return of_leraar(call, queries.UITSTELLEN, call.path["registratienummer"])


@blueprint.write(
    UITSTELLEN,
    scope=Scope.REGISTRATIE_SCHRIJVEN,
    event="uitstel.gegeven",
    purpose="uitstel geven",
    body=UitstelInvoerSchema,
    codes=_UITSTEL_CODES,
    answer=UitstelSchema,
    status=201,
)
def give_uitstel(call: Call, session: Session) -> Answer:
    """Geef de laatste periode uitstel: hele maanden, bij elkaar hoogstens 24, besloten voordat de periode voorbij is."""
    number = _held(call, session)
    _require_keeper(call)
    uitstel = service.give_uitstel(session, number, call.body, call.context.today)
    body = fetch_in(session, call, queries.UITSTEL, registratienummer=number, id=str(uitstel.id))
    location = f"/v1/leraren/{number}/registratie/uitstellen/{uitstel.id}"
    return Answer(body, 201, {"ETag": etag_of(body), "Location": location})


@blueprint.read(
    UITSTEL,
    scope=Scope.REGISTRATIE_LEZEN,
    purpose="uitstel raadplegen",
    query=MomentQuery,
    answer=UitstelSchema,
)
def get_uitstel(call: Call) -> Answer:
    """Haal één uitstel op."""
    refuse_bestuur(call, call.path["registratienummer"])
    return of_leraar(call, queries.UITSTEL, **call.path)


@blueprint.write(
    UITSTEL,
    method="DELETE",
    scope=Scope.REGISTRATIE_SCHRIJVEN,
    event="uitstel.ingetrokken",
    purpose="uitstel intrekken",
    codes={409: ("uitstel-al-gebruikt",)},
    status=204,
    needs_match=True,
)
def withdraw_uitstel(call: Call, session: Session) -> Answer:
    """Trek uitstel in dat bij vergissing is vastgelegd, zolang het niet is gebruikt; de historie bewaart het."""
    number = _held(call, session)
    _require_keeper(call)
    uitstel = service.uitstel_to_withdraw(session, number, call.path["id"])
    call.require_match(etag_of(peek(session, queries.UITSTEL, **call.path)))
    service.withdraw_uitstel(session, number, uitstel, call.context.today)
    return Answer(b"", 204)


@blueprint.read(
    UITSTEL + "/historie",
    scope=Scope.REGISTRATIE_LEZEN,
    purpose="historie van uitstel raadplegen",
    query=PageQuery,
    answer=page_schema(history_schema(UitstelSchema)),
    page=True,
)
def list_uitstel_historie(call: Call) -> Answer:
    """Haal op wie wanneer uitstel gaf of introk; ook na intrekken."""
    refuse_bestuur(call, call.path["registratienummer"])
    return history_of(call, queries.UITSTEL_HISTORIE, **call.path)


@blueprint.read(
    BERICHTEN,
    scope=Scope.REGISTRATIE_LEZEN,
    purpose="berichten raadplegen",
    query=MomentQuery,
    answer=page_schema(BerichtSchema),
)
def list_berichten(call: Call) -> Answer:
    """Som op welke berichten de leraar kreeg over het einde van de registratie. Een bestuur ziet die niet."""
    refuse_bestuur(call, call.path["registratienummer"])
    return of_leraar(call, queries.BERICHTEN, call.path["registratienummer"])


@blueprint.read(
    BERICHTEN + "/historie",
    scope=Scope.REGISTRATIE_LEZEN,
    purpose="historie van berichten raadplegen",
    query=PageQuery,
    answer=page_schema(history_schema(BerichtSchema)),
    page=True,
)
def list_berichten_historie(call: Call) -> Answer:
    """Haal op wanneer elk bericht werd gemaakt en verzonden."""
    refuse_bestuur(call, call.path["registratienummer"])
    return history_of(call, queries.BERICHTEN_HISTORIE, **call.path)


def _held(call: Call, session: Session) -> str:
    number = call.path["registratienummer"]
    require_leraar(session, number, to_change=True)
    return number


def _registratie(call: Call, session: Session, number: str) -> Answer:
    body = fetch_in(session, call, queries.REGISTRATIE, registratienummer=number)
    return Answer(body, 200, {"ETag": etag_of(body)})


def _require_keeper(call: Call) -> None:
    if call.caller.role != "beheer":
        raise Forbidden("Uitstel geven of intrekken kan alleen de beheerder van het register; vraag het daar aan.")
