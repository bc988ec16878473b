"""Who looks at a page: from the cookie of a session to the caller that reads and writes go by."""

from register_service.access.caller import Caller
from register_service.api.authentication import ANYBODY
from register_service.api.call import Services
from register_service.core.errors import Forbidden

NOBODY = ANYBODY


def find(services: Services) -> Caller | None:
    """Give who signed in, or None: no session, or one that ended."""
    return None


def was_signed_in() -> bool:
    """Tell whether this request brought a session, which must have ended when `find` finds nobody."""
    return False


def csrf_token(caller: Caller) -> str:
    """Give what the forms of this session carry."""
    return ""


def require_own_form(caller: Caller) -> None:
    """Raise Forbidden when a form does not come from a page of this session."""
    raise Forbidden("Dit formulier is verlopen. Open de pagina opnieuw en probeer het nog eens.")
