"""Routes of validators: what is offered, and their decisions. No answer says whose activiteit it is."""

from sqlalchemy.orm import Session

from register_service.access.scopes import Scope
from register_service.api.call import Answer, Call, answer_json, etag_of
from register_service.api.reading import fetch_in, one, page, peek
from register_service.api.schemas import page_schema
from register_service.professionalisering.models import Activiteit
from register_service.professionalisering.queries_beoordelingen import AANGEBODEN, BEOORDELING
from register_service.professionalisering.routes.blueprint import blueprint
from register_service.professionalisering.schemas_beoordelingen import (
    AfwijzingInvoerSchema,
    BeoordelingenQuery,
    BeoordelingSchema,
    BeslissingenInvoerSchema,
    BeslissingenSchema,
    HerzieningInvoerSchema,
)
from register_service.professionalisering.service import beoordelingen

ALL = "/beoordelingen"
ONE = ALL + "/{id}"
_MERGED = "eigen-dossier-samengevoegd"


@blueprint.read(
    ALL,
    scope=Scope.PROFESSIONALISERING_BEOORDELEN,
    purpose="te beoordelen activiteiten opsommen",
    query=BeoordelingenQuery,
    answer=page_schema(BeoordelingSchema),
    page=True,
)
def list_beoordelingen(call: Call) -> Answer:
    """Som de activiteiten op die u te beoordelen krijgt, het langst ingediend eerst.

    Nooit die van uzelf, nooit die van een leraar met een aanstelling bij een bestuur waar u er sinds het begin van de activiteit
    ook een had, en nooit wat zo'n bestuur meldde.
    """
    return page(call, AANGEBODEN)


@blueprint.read(
    ONE,
    scope=Scope.PROFESSIONALISERING_BEOORDELEN,
    purpose="te beoordelen activiteit raadplegen",
    answer=BeoordelingSchema,
)
def get_beoordeling(call: Call) -> Answer:
    """Haal een activiteit op die u te beoordelen krijgt, of waarover u besloot."""
    return one(call, BEOORDELING, **call.path)


@blueprint.write(
    ONE + "/_goedkeuren",
    scope=Scope.PROFESSIONALISERING_BEOORDELEN,
    event="activiteit.goedgekeurd",
    purpose="activiteit goedkeuren",
    codes={409: ("al-besloten", "zelfstudie-zonder-bewijs", _MERGED)},
    answer=BeoordelingSchema,
    needs_match=True,
)
def approve_activiteit(call: Call, session: Session) -> Answer:
    """Keur een activiteit goed; vanaf vandaag telt zij mee."""
    activiteit = _matched(call, session)
    beoordelingen.approve(session, activiteit, today=call.context.today)
    return _written(call, session)


@blueprint.write(
    ONE + "/_afwijzen",
    scope=Scope.PROFESSIONALISERING_BEOORDELEN,
    event="activiteit.afgewezen",
    purpose="activiteit afwijzen",
    body=AfwijzingInvoerSchema,
    codes={409: ("al-besloten", _MERGED)},
    answer=BeoordelingSchema,
    needs_match=True,
)
def reject_activiteit(call: Call, session: Session) -> Answer:
    """Wijs een activiteit af, en zeg waarom; wie haar meldde, kan haar verbeteren en opnieuw indienen."""
    activiteit = _matched(call, session)
    beoordelingen.reject(session, activiteit, call.body["reden"], today=call.context.today)
    return _written(call, session)


@blueprint.write(
    ONE + "/_herzien",
    scope=Scope.PROFESSIONALISERING_BEOORDELEN,
    event="activiteit.herzien",
    purpose="besluit over activiteit herzien",
    body=HerzieningInvoerSchema,
    codes={409: ("geen-besluit", "niet-meer-onafhankelijk", _MERGED)},
    answer=BeoordelingSchema,
    needs_match=True,
)
def revise_activiteit(call: Call, session: Session) -> Answer:
    """Kom terug op uw eigen besluit, en zeg waarom; de activiteit wacht dan weer op een oordeel."""
    activiteit = _matched(call, session)
    beoordelingen.revise(session, activiteit)
    return _written(call, session)


@blueprint.write(
    ALL + "/_beslis",
    scope=Scope.PROFESSIONALISERING_BEOORDELEN,
    event="activiteit.beoordeeld",
    purpose="activiteiten beoordelen",
    body=BeslissingenInvoerSchema,
    codes={
        400: ("dubbel", "reden-ontbreekt", "reden-niet-van-toepassing"),
        409: ("beslissingen-geweigerd", "niet-aangeboden", "activiteit-gewijzigd", "zelfstudie-zonder-bewijs", _MERGED),
    },
    answer=BeslissingenSchema,
)
def decide_activiteiten(call: Call, session: Session) -> Answer:
    """Leg uw besluiten over een aantal activiteiten tegelijk vast: alle, of geen.

    Geef bij elk het `kenmerk` dat u zag. Kan een besluit niet, dan noemt `errors` elk dat niet kan, met zijn plaats.
    """
    beoordelingen.require_validator(call.caller.role)
    return answer_json(beoordelingen.decide(session, call.body["beslissingen"], today=call.context.today))


def _matched(call: Call, session: Session) -> Activiteit:
    beoordelingen.require_validator(call.caller.role)
    activiteit = beoordelingen.hold(session, call.path["id"])
    call.require_match(etag_of(peek(session, BEOORDELING, id=call.path["id"])))
    return activiteit


def _written(call: Call, session: Session) -> Answer:
    body = fetch_in(session, call, BEOORDELING, id=call.path["id"])
    return Answer(body, 200, {"ETag": etag_of(body)})
