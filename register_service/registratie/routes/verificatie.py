"""Routes of public verification: the leraar allows it; anyone asks."""

from sqlalchemy.orm import Session

from register_service.access.scopes import Scope
from register_service.api.call import Answer, Call, answer_json, etag_of
from register_service.api.limiting import Limit
from register_service.api.reading import fetch_in
from register_service.api.schemas import MomentQuery, PageQuery, history_schema, page_schema
from register_service.core import clock
from register_service.core.errors import NotFound
from register_service.leraren.queries import history_of, of_leraar, require_leraar
from register_service.registratie import queries_verificatie as queries
from register_service.registratie import service_verificatie as service
from register_service.registratie.queries import represent_public
from register_service.registratie.routes.blueprint import blueprint
from register_service.registratie.schemas_verificatie import (
    OpenbareVerificatieSchema,
    ToestemmingGegevenSchema,
    ToestemmingSchema,
    VerificatieVraagSchema,
)

# Per address: a school that checks a day's applicants is let through, whoever tries names is not.
_PER_ADDRESS = Limit(60, 3600)

OF_LERAAR = "/leraren/{registratienummer}/verificatie"


@blueprint.read(
    "/verificaties",
    method="POST",
    scope=Scope.OPEN,
    purpose="openbare verificatie",
    body=VerificatieVraagSchema,
    answer=OpenbareVerificatieSchema,
    refusals=(404,),
    limit=_PER_ADDRESS,
)
def verify_leraar(call: Call) -> Answer:
    """Ga na of iemand geregistreerd en bevoegd is, met het nummer en de achternaam die u van die leraar kreeg.

    Een verkeerde naam, een onbekend nummer en een leraar die dit niet toestaat geven hetzelfde antwoord. De leraar ziet dat er
    iemand vroeg, niet wie.
    """
    with call.services.database.autocommit() as connection:
        values = {**call.body, "request_id": call.request_id}
        ((found, figures),) = connection.execute(queries.OPENBAAR, values).fetchall()
    if found is None:
        raise NotFound(
            "Bij dit nummer en deze achternaam is niets te laten zien. Kijk ze na, of vraag het de leraar zelf."
        )
    return answer_json(represent_public(found, figures, clock.today()))


@blueprint.read(
    OF_LERAAR,
    scope=Scope.VERIFICATIE_TOESTAAN,
    purpose="toestemming voor openbare verificatie raadplegen",
    query=MomentQuery,
    answer=ToestemmingSchema,
)
def get_toestemming(call: Call) -> Answer:
    """Haal op of u openbare verificatie toestaat."""
    return of_leraar(call, queries.TOESTEMMING, call.path["registratienummer"])


@blueprint.write(
    OF_LERAAR + "/_toestaan",
    scope=Scope.VERIFICATIE_TOESTAAN,
    event="verificatie.toegestaan",
    purpose="openbare verificatie toestaan",
    answer=ToestemmingSchema,
)
def allow_verificatie(call: Call, session: Session) -> Answer:
    """Sta als leraar toe dat iedereen met uw nummer en achternaam uw status en bevoegdheden opvraagt.

    Wie dat doet, ziet verder niets van uw dossier. U kunt het altijd weer intrekken; dat werkt meteen.
    """
    number = call.path["registratienummer"]
    require_leraar(session, number)
    service.allow(session, number, call.context.today)
    return _written(call, session, number)


@blueprint.write(
    OF_LERAAR + "/_weigeren",
    scope=Scope.VERIFICATIE_TOESTAAN,
    event="verificatie.geweigerd",
    purpose="openbare verificatie weigeren",
    answer=ToestemmingSchema,
)
def refuse_verificatie(call: Call, session: Session) -> Answer:
    """Trek als leraar uw toestemming in; wie daarna vraagt, krijgt hetzelfde antwoord als bij een onbekend nummer."""
    number = call.path["registratienummer"]
    require_leraar(session, number)
    service.refuse(session, number)
    return _written(call, session, number)


@blueprint.read(
    OF_LERAAR + "/historie",
    scope=Scope.VERIFICATIE_TOESTAAN,
    purpose="historie van toestemming raadplegen",
    query=PageQuery,
    answer=page_schema(history_schema(ToestemmingGegevenSchema)),
    page=True,
)
def list_toestemming_historie(call: Call) -> Answer:
    """Haal op wanneer u openbare verificatie toestond en weigerde."""
    return history_of(call, queries.HISTORIE, **call.path)


def _written(call: Call, session: Session, number: str) -> Answer:
    body = fetch_in(session, call, queries.TOESTEMMING, registratienummer=number)
    return Answer(body, 200, {"ETag": etag_of(body)})
