"""The blueprint of the slice, and what its routes share."""

from uuid import UUID

from sqlalchemy.orm import Session

from register_service.api.call import Answer, Call, etag_of
from register_service.api.operation import RegisterBlueprint
from register_service.api.reading import Source, fetch_in, page, peek
from register_service.core.errors import NotFound
from register_service.inductie import queries
from register_service.inductie.service import saving
from register_service.inductie.service.saving import Held

blueprint = RegisterBlueprint(
    "inductietrajecten", __name__, "De inductie van startende leraren, van start tot afronding"
)

ONE = "/inductietrajecten/{id}"

# What every write of a traject can meet: the rules look at the whole of it.
RULES = (
    "startdatum-te-ver-vooruit", "aanstelling-ontbreekt", "bevoegdheid-ontbreekt", "periode-overlapt", "verblijf-voor-start",
    "einde-voor-begin", "feit-na-einde", "onderbreking-buiten-traject", "onderbreking-overlapt", "verlenging-te-lang",
    "verlenging-te-laat", "datum-in-toekomst", "begeleiding-buiten-traject", "coach-overlapt", "observatie-buiten-verblijf",
    "gesprek-buiten-traject", "programma-dubbel", "afronding-voor-verblijf", "afronding-te-vroeg", "vervroegd-ontbreekt",
    "motivering-ontbreekt", "meegedeeld-ontbreekt",
)  # fmt: skip
PLACE = ("vestiging-onbekend", "vestiging-van-ander-bestuur")
MANAGER = ("registratienummer-onbekend", "begeleider-is-leidinggevende")


def matched(call: Call, session: Session) -> Held:
    """Hold the traject of the path, in the state that the caller knows. Raises NotFound or PreconditionFailed."""
    held = saving.hold(session, call.path["id"])
    call.require_match(etag_of(peek(session, queries.TRAJECT, id=call.path["id"])))
    return held


def written(call: Call, session: Session, identifier: UUID | str, status: int = 200) -> Answer:
    """Answer a write with the traject as it is now."""
    body = fetch_in(session, call, queries.TRAJECT, id=str(identifier))
    location = {"Location": f"/v1/inductietrajecten/{identifier}"} if status == 201 else {}
    return Answer(body, status, {"ETag": etag_of(body)} | location)


def history_page(call: Call, source: Source, **values: str) -> Answer:
    """Answer with a page of history. Raises NotFound when there is none at all."""
    answer = page(call, source, **values)
    if answer.body.startswith(b'{"items":[]') and "cursor" not in call.query:
        raise NotFound
    return answer
