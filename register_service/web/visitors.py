"""Who looks at a page: from the cookie of a session to the caller that reads and writes go by."""

from urllib.parse import urlsplit

from flask import request

from register_service.access import sessions
from register_service.access.caller import Caller
from register_service.api.authentication import ANYBODY
from register_service.api.call import Services
from register_service.core.errors import Forbidden

NOBODY = ANYBODY
CSRF_FIELD = "csrf"


def find(services: Services) -> Caller | None:
    """Give who signed in, or None: no session, or one that ended."""
    token = sessions.read_cookie()
    return sessions.find(services.database, token) if token else None


def was_signed_in() -> bool:
    """Tell whether this request brought a session, which must have ended when `find` finds nobody."""
    return sessions.read_cookie() is not None


def csrf_token() -> str | None:
    """Give what the forms of this session carry."""
    token = sessions.read_cookie()
    return sessions.csrf_token(token) if token else None


def require_own_form() -> None:
    """Raise Forbidden when a form does not come from a page of this session."""
    require_form_of(sessions.read_cookie())


def require_form_of(token: str | None) -> None:
    """Raise Forbidden when a form was not made for whoever has this token in a cookie, or comes from another site."""
    given = request.form.get(CSRF_FIELD, "")
    origin = request.headers.get("Origin")
    elsewhere = origin is not None and urlsplit(origin).netloc != request.host
    if elsewhere or token is None or not sessions.is_csrf_token(given, token):
        raise Forbidden("Dit formulier hoort niet bij deze aanmelding. Open de pagina opnieuw en probeer het nog eens.")
