"""Routes of public verification: the leraar allows it; anyone asks."""

from sqlalchemy.orm import Session

from register_service.access.scopes import Scope
from register_service.api.call import Answer, Call, etag_of
from register_service.api.reading import fetch_in
from register_service.api.schemas import MomentQuery, PageQuery, history_schema, page_schema
from register_service.leraren.queries import history_of, of_leraar, require_leraar
from register_service.registratie import queries_verificatie as queries
from register_service.registratie import service_verificatie as service
from register_service.registratie.routes.blueprint import blueprint
from register_service.registratie.schemas_verificatie import ToestemmingGegevenSchema, ToestemmingSchema

OF_LERAAR = "/leraren/{registratienummer}/verificatie"


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
