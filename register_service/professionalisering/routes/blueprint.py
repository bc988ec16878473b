"""The blueprint of the slice, and what its routes share."""

from sqlalchemy.orm import Session

from register_service.api.call import Answer, Call, etag_of
from register_service.api.operation import RegisterBlueprint
from register_service.api.reading import fetch_in, peek
from register_service.leraren.queries import require_leraar
from register_service.professionalisering.models import Activiteit
from register_service.professionalisering.queries import ACTIVITEIT
from register_service.professionalisering.service import activiteiten

blueprint = RegisterBlueprint(
    "professionalisering", __name__, "Wat leraren doen om zich te professionaliseren, en wat ervan is gevonden"
)

OF_LERAAR = "/leraren/{registratienummer}/activiteiten"
ONE = OF_LERAAR + "/{id}"


def held(call: Call, session: Session) -> Activiteit:
    """Hold the activiteit of the path, and its dossier. Raises NotFound, Moved, or Conflict when it can be read only."""
    number = call.path["registratienummer"]
    require_leraar(session, number)
    return activiteiten.hold(session, number, call.path["id"])


def matched(call: Call, session: Session) -> Activiteit:
    """Do the same, in the state that the caller knows. Raises PreconditionFailed too."""
    activiteit = held(call, session)
    call.require_match(etag_of(peek(session, ACTIVITEIT, registratienummer=activiteit.leraar, id=str(activiteit.id))))
    return activiteit


def written(call: Call, session: Session, activiteit: Activiteit, status: int = 200) -> Answer:
    """Answer a write with the activiteit as it is now."""
    body = fetch_in(session, call, ACTIVITEIT, registratienummer=activiteit.leraar, id=str(activiteit.id))
    location = {"Location": f"/v1/leraren/{activiteit.leraar}/activiteiten/{activiteit.id}"} if status == 201 else {}
    return Answer(body, status, {"ETag": etag_of(body)} | location)
