"""The blueprint of the slice, and what its routes share."""

from register_service.api.call import Answer, Call
from register_service.api.operation import RegisterBlueprint
from register_service.api.reading import Source, page
from register_service.core.errors import Forbidden, NotFound

blueprint = RegisterBlueprint("aanbod", __name__, "Aanbieders en de activiteiten die zij aanbieden")


def require_role(call: Call, *roles: str, detail: str) -> None:
    """Refuse a caller of another kind: a scope can be given to many. Raises Forbidden."""
    if call.caller.role not in roles:
        raise Forbidden(detail)


def history_page(call: Call, source: Source) -> Answer:
    """Answer with a page of history. Raises NotFound when there is none at all."""
    answer = page(call, source, id=call.path["id"])
    if answer.body.startswith(b'{"items":[]') and "cursor" not in call.query:
        raise NotFound
    return answer
