"""Routes of the traject itself: start, exemption, move, takeover, correction, end, and opening it again."""

from sqlalchemy.orm import Session

from register_service.access.scopes import Scope
from register_service.api.call import Answer, Call
from register_service.api.reading import one
from register_service.api.schemas import MomentQuery, PageQuery, history_schema, page_schema
from register_service.core.errors import Conflict, Forbidden, NotFound
from register_service.inductie import queries
from register_service.inductie.models import Inductietraject
from register_service.inductie.routes.blueprint import (
    MANAGER,
    ONE,
    PLACE,
    RULES,
    blueprint,
    history_page,
    matched,
    written,
)
from register_service.inductie.schemas import (
    AfrondingInvoerSchema,
    HeropeningSchema,
    InductietrajectSchema,
    InductietrajectToestandSchema,
    InstemmingSchema,
    StartCorrectieSchema,
    StartInvoerSchema,
    StopInvoerSchema,
    VerplaatsingSchema,
    VrijstellingInvoerSchema,
)
from register_service.inductie.service import ending, starting, stays
from register_service.leraren.queries import of_leraar, require_leraar

OF_LERAAR = "/leraren/{registratienummer}/inductietrajecten"
_EXISTS = ("inductie-bestaat", "inductie-behaald", "inductie-vrijgesteld")


@blueprint.write(
    OF_LERAAR,
    scope=Scope.INDUCTIE_SCHRIJVEN,
    event="inductietraject.gestart",
    purpose="inductietraject starten",
    body=StartInvoerSchema,
    codes={
        400: (*PLACE, "regeling-ontbreekt", "registratienummer-onbekend", *RULES),
        409: (*_EXISTS, "periode-overlapt"),
    },
    answer=InductietrajectSchema,
    status=201,
)
def start_traject(call: Call, session: Session) -> Answer:
    """Start het inductietraject van een leraar op een vestiging van uw bestuur.

    De leraar heeft op de startdatum een bevoegdheid (of is zij-instromer of in opleiding) en een aanstelling op die vestiging.
    Stopte een eerder traject, dan telt de opgebouwde tijd daarvan mee.
    """
    number = call.path["registratienummer"]
    # For oneself: an aanstelling that comes meanwhile would not be among the facts, nor know that there is a traject.
    require_leraar(session, number, to_change=True)
    traject = starting.start_traject(session, number, call.body, bestuur=call.caller.bestuur)
    return written(call, session, traject.id, 201)


@blueprint.write(
    OF_LERAAR + "/_vrijstel",
    scope=Scope.INDUCTIE_SCHRIJVEN,
    event="inductietraject.vrijgesteld",
    purpose="vrijstelling van inductie vastleggen",
    body=VrijstellingInvoerSchema,
    codes={400: (*PLACE, "regeling-ontbreekt", *RULES), 409: _EXISTS},
    answer=InductietrajectSchema,
    status=201,
)
def exempt(call: Call, session: Session) -> Answer:
    """Leg vast dat een leraar geen inductie hoeft te doen, en waarom."""
    number = call.path["registratienummer"]
    require_leraar(session, number)
    traject = starting.exempt(session, number, call.body, bestuur=call.caller.bestuur)
    return written(call, session, traject.id, 201)


@blueprint.read(
    OF_LERAAR,
    scope=Scope.INDUCTIE_LEZEN,
    purpose="inductietrajecten raadplegen",
    query=MomentQuery,
    answer=page_schema(InductietrajectSchema),
)
def list_inductietrajecten_of_leraar(call: Call) -> Answer:
    """Som de inductietrajecten van een leraar op, oudste eerst."""
    return of_leraar(call, queries.OF_LERAAR, call.path["registratienummer"])


@blueprint.read(
    ONE,
    scope=Scope.INDUCTIE_LEZEN,
    purpose="inductietraject raadplegen",
    query=MomentQuery,
    answer=InductietrajectSchema,
)
def get_inductietraject(call: Call) -> Answer:
    """Haal een inductietraject op, en hoe het er vandaag of op 'geldigOp' voor staat."""
    return one(call, queries.TRAJECT, id=call.path["id"])


@blueprint.read(
    ONE + "/historie",
    scope=Scope.INDUCTIE_LEZEN,
    purpose="historie van inductietraject raadplegen",
    query=PageQuery,
    answer=page_schema(history_schema(InductietrajectToestandSchema)),
    page=True,
)
def list_inductietraject_historie(call: Call) -> Answer:
    """Haal op wie wat wanneer besliste over een traject, oudste eerst; ook na intrekken."""
    return history_page(call, queries.HISTORIE, id=call.path["id"])


@blueprint.write(
    ONE,
    method="PATCH",
    scope=Scope.INDUCTIE_SCHRIJVEN,
    event="inductietraject.gecorrigeerd",
    purpose="startdatum van inductietraject corrigeren",
    body=StartCorrectieSchema,
    codes={
        400: ("regeling-ontbreekt", *RULES),
        409: ("verblijf-van-ander-bestuur", "periode-overlapt"),
    },
    answer=InductietrajectSchema,
    needs_match=True,
)
def correct_start(call: Call, session: Session) -> Answer:
    """Corrigeer een verkeerde startdatum; alles wat eruit volgt, wordt opnieuw berekend of in zijn geheel geweigerd."""
    held = matched(call, session)
    stays.correct_start(session, held, call.body["startdatum"], bestuur=call.caller.bestuur)
    return written(call, session, held.traject.id)


@blueprint.write(
    ONE,
    method="DELETE",
    scope=Scope.INDUCTIE_SCHRIJVEN,
    event="inductietraject.ingetrokken",
    purpose="inductietraject intrekken",
    codes={409: ("feiten-van-ander-bestuur", "vervolg-bestaat")},
    status=204,
    needs_match=True,
)
def withdraw_traject(call: Call, session: Session) -> Answer:
    """Trek een traject of vrijstelling in die bij vergissing is ingevoerd; de historie bewaart alles."""
    starting.withdraw(session, matched(call, session), bestuur=call.caller.bestuur)
    return Answer(b"", 204)


@blueprint.write(
    ONE + "/_verplaats",
    scope=Scope.INDUCTIE_SCHRIJVEN,
    event="inductietraject.verplaatst",
    purpose="leraar verder laten gaan op een andere vestiging",
    body=VerplaatsingSchema,
    codes={
        400: (*PLACE, "overgang-voor-begin", *MANAGER, *RULES),
        409: ("traject-afgesloten", "verblijf-bij-ander-bestuur", "periode-overlapt"),
    },
    answer=InductietrajectSchema,
    needs_match=True,
)
def move(call: Call, session: Session) -> Answer:
    """Ga verder op een andere vestiging van uw bestuur; het huidige verblijf eindigt de dag ervoor."""
    held = matched(call, session)
    stays.move(session, held, call.body, bestuur=call.caller.bestuur)
    return written(call, session, held.traject.id)


@blueprint.write(
    ONE + "/_overnemen",
    scope=Scope.INDUCTIE_SCHRIJVEN,
    event="inductietraject.overgenomen",
    purpose="inductietraject overnemen",
    body=VerplaatsingSchema,
    codes={
        400: (*PLACE, "overgang-voor-begin", *MANAGER, *RULES),
        409: ("traject-afgesloten", "verblijf-al-bij-uw-bestuur", "overname-zonder-instemming", "periode-overlapt"),
    },
    answer=InductietrajectSchema,
    needs_match=True,
)
def take_over(call: Call, session: Session) -> Answer:
    """Neem een traject over van een ander bestuur.

    Dat kan als dat bestuur zijn verblijf heeft afgesloten, of als de leraar ermee instemt.
    """
    if call.caller.bestuur is None:
        raise Forbidden("Overnemen kan alleen een client van een bestuur.")
    held = matched(call, session)
    stays.take_over(session, held, call.body, bestuur=call.caller.bestuur)
    return written(call, session, held.traject.id)


@blueprint.write(
    ONE + "/_instemmen",
    scope=Scope.INDUCTIE_DELEN,
    event="overname.ingestemd",
    purpose="instemmen met overname",
    body=InstemmingSchema,
    codes={409: ("bestuur-onbekend", "traject-afgesloten")},
    answer=InductietrajectSchema,
)
def agree(call: Call, session: Session) -> Answer:
    """Stem als leraar in met overname van uw traject door een bestuur. Nog een keer verandert niets."""
    traject = _own_traject(call, session)
    stays.agree(session, traject.id, traject.leraar, call.body["bestuur"])
    return written(call, session, traject.id)


@blueprint.write(
    ONE + "/_herroepen",
    scope=Scope.INDUCTIE_DELEN,
    event="overname.instemming-ingetrokken",
    purpose="instemming met overname intrekken",
    body=InstemmingSchema,
    codes={409: ("traject-afgesloten",)},
    answer=InductietrajectSchema,
)
def disagree(call: Call, session: Session) -> Answer:
    """Trek als leraar uw instemming met overname in; een overname die al gedaan is, blijft."""
    traject = _own_traject(call, session)
    stays.disagree(session, traject.id, call.body["bestuur"])
    return written(call, session, traject.id)


@blueprint.write(
    ONE + "/_afronden",
    scope=Scope.INDUCTIE_SCHRIJVEN,
    event="inductietraject.afgerond",
    purpose="inductietraject afronden",
    body=AfrondingInvoerSchema,
    codes={400: RULES, 409: ("traject-afgesloten", "afronding-door-ander-bestuur")},
    answer=InductietrajectSchema,
    needs_match=True,
)
def finish(call: Call, session: Session) -> Answer:
    """Rond een traject af met een oordeel; alleen het bestuur van het laatste verblijf."""
    held = matched(call, session)
    ending.finish(session, held, call.body, bestuur=call.caller.bestuur)
    return written(call, session, held.traject.id)


@blueprint.write(
    ONE + "/_stop",
    scope=Scope.INDUCTIE_SCHRIJVEN,
    event="inductietraject.gestopt",
    purpose="inductietraject stoppen",
    body=StopInvoerSchema,
    codes={400: RULES, 409: ("traject-afgesloten", "afronding-door-ander-bestuur")},
    answer=InductietrajectSchema,
    needs_match=True,
)
def stop(call: Call, session: Session) -> Answer:
    """Stop een traject voor het einde; een later traject neemt de opgebouwde tijd over."""
    held = matched(call, session)
    ending.stop(session, held, call.body, bestuur=call.caller.bestuur)
    return written(call, session, held.traject.id)


@blueprint.write(
    ONE + "/_heropen",
    scope=Scope.INDUCTIE_SCHRIJVEN,
    event="inductietraject.heropend",
    purpose="inductietraject heropenen",
    body=HeropeningSchema,
    codes={
        400: RULES,
        409: (
            "niet-afgesloten",
            "afronding-door-ander-bestuur",
            "vervolg-bestaat",
            "inductie-bestaat",
            "periode-overlapt",
        ),
    },
    answer=InductietrajectSchema,
    needs_match=True,
)
def reopen(call: Call, session: Session) -> Answer:
    """Heropen een traject dat was afgerond of gestopt, met de reden; het oordeel blijft in de historie staan."""
    held = matched(call, session)
    ending.reopen(session, held, bestuur=call.caller.bestuur)
    return written(call, session, held.traject.id)


def _own_traject(call: Call, session: Session) -> Inductietraject:
    if call.caller.role != "leraar":
        raise Forbidden("Dit kan alleen de leraar zelf.")
    traject = session.get(Inductietraject, call.path["id"])
    if traject is None:
        raise NotFound
    if traject.afgerond_op or traject.gestopt_op or traject.vrijstelling_grond:
        raise Conflict("Dit traject is al afgesloten; er valt niets over te nemen.", code="traject-afgesloten")
    return traject
