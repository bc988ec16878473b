"""Routes of who was at aanbod, below the aanbod: for its aanbieder, and for besturen about their own leraren."""

from sqlalchemy.orm import Session

from register_service.access.scopes import Scope
from register_service.api.call import Answer, Call, answer_json, etag_of
from register_service.api.reading import log_looked, log_looked_in_vain, one, page_below, peek
from register_service.api.schemas import MomentQuery, PageQuery, page_schema
from register_service.core.errors import Forbidden, Invalid
from register_service.professionalisering.queries_aanwezigen import AANWEZIGE, AANWEZIGEN
from register_service.professionalisering.routes.blueprint import blueprint
from register_service.professionalisering.schemas_aanwezigen import (
    AanwezigenInvoerSchema,
    AanwezigenSchema,
    AanwezigeSchema,
)
from register_service.professionalisering.service import aanwezigen

ALL = "/aanbod/{id}/aanwezigen"
ONE = ALL + "/{activiteit}"


@blueprint.write(
    ALL + "/_bevestig",
    scope=Scope.AANBOD_BEVESTIGEN,
    event="aanwezigheid.bevestigd",
    purpose="aanwezigheid bij aanbod bevestigen",
    body=AanwezigenInvoerSchema,
    codes={
        400: ("einde-voor-begin", "einddatum-in-toekomst", "buiten-geldigheid", "onbekende-leraar", "dubbel"),
        409: ("aanbod-niet-gevalideerd",),
    },
    answer=AanwezigenSchema,
)
def confirm_aanwezigen(call: Call, session: Session) -> Answer:
    """Bevestig wie er bij gevalideerd aanbod waren: als aanbieder ervan, of als bestuur voor leraren die u ziet.

    Elke leraar krijgt een goedgekeurde activiteit met precies de registeruren van het aanbod. Alles of niets: klopt er iets
    niet, dan noemt 'errors' alles wat er mis is. Nog eens bevestigen verandert niets; wat een leraar zelf introk, komt er niet
    door terug.
    """
    if call.caller.role not in ("aanbieder", "bestuur"):
        raise Forbidden("Dit kan alleen de aanbieder van het aanbod, en een bestuur voor de eigen leraren.")
    identifier, today = call.path["id"], call.context.today
    found = aanwezigen.find(session, identifier, call.body["aanwezigen"])
    leraren = sorted(set(found.values()))
    try:
        aanwezigen.require_right(session, identifier, call.body, found, today=today)
    except Invalid:
        log_looked_in_vain(call, leraren, AANWEZIGEN.parts)
        raise
    done = aanwezigen.confirm(session, identifier, call.body, leraren, bestuur=call.caller.bestuur, today=today)
    log_looked(session, call, leraren, AANWEZIGEN.parts)
    return answer_json(done)


@blueprint.read(
    ALL,
    scope=Scope.AANBOD_BEVESTIGEN,
    purpose="aanwezigheid bij aanbod raadplegen",
    query=PageQuery,
    answer=page_schema(AanwezigeSchema),
    page=True,
)
def list_aanwezigen(call: Call) -> Answer:
    """Som op wie er bij het aanbod waren, naar de eerste dag; als bestuur wie u bevestigde, en wie het u laat zien."""
    return page_below(call, AANWEZIGEN, id=call.path["id"])


@blueprint.read(
    ONE,
    scope=Scope.AANBOD_BEVESTIGEN,
    purpose="aanwezigheid bij aanbod raadplegen",
    query=MomentQuery,
    answer=AanwezigeSchema,
)
def get_aanwezige(call: Call) -> Answer:
    """Haal op of één leraar bij het aanbod was."""
    return one(call, AANWEZIGE, **call.path)


@blueprint.write(
    ONE,
    method="DELETE",
    scope=Scope.AANBOD_BEVESTIGEN,
    event="aanwezigheid.ingetrokken",
    purpose="bevestigde aanwezigheid intrekken",
    codes={409: ("door-ander-gemeld", "al-ingetrokken")},
    status=204,
    needs_match=True,
)
def withdraw_aanwezige(call: Call, session: Session) -> Answer:
    """Trek in wat u bij vergissing bevestigde: de activiteit telt niet meer, en de historie bewaart haar.

    Daarna kunt u opnieuw bevestigen, met andere gegevens.
    """
    held = aanwezigen.hold(session, call.path["id"], call.path["activiteit"])
    call.require_match(etag_of(peek(session, AANWEZIGE, **call.path)))
    aanwezigen.withdraw(session, held)
    return Answer(b"", 204)
