"""Every error as problem+json (RFC 9457), those of the framework and of the database too."""

from collections.abc import Mapping
from http import HTTPStatus

import orjson
import structlog
from flask import Flask, Response, request
from gunicorn.http.errors import ParseException  # type: ignore[import-untyped]
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import BadRequest, HTTPException

from register_service.core.errors import DomainError, Moved, Unavailable

log = structlog.get_logger()

PROBLEM_JSON = "application/problem+json"

# Dutch for what the framework itself refuses; anything else keeps the standard phrase.
_TITLES = {
    400: ("ongeldige-aanvraag", "Ongeldige aanvraag", "De aanvraag kan niet worden gelezen."),
    404: ("niet-gevonden", "Niet gevonden", "Dit adres bestaat niet. Adressen eindigen nooit op een schuine streep."),
    405: ("methode-niet-toegestaan", "Methode niet toegestaan", "Gebruik een methode die in de kop 'Allow' staat."),
    413: ("te-groot", "De aanvraag is te groot", "Stuur minder gegevens in één aanvraag."),
    414: ("adres-te-lang", "Het adres is te lang", "Maak het adres korter."),
    431: ("koppen-te-groot", "De koppen zijn te groot", "Stuur kleinere koppen mee."),
}


def problem(
    status: int,
    code: str,
    title: str,
    detail: str,
    *,
    members: Mapping[str, object] | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Make a problem+json answer. It names nothing of the request, so that two refusals for one reason are the same bytes."""
    body = {
        "type": f"urn:lerarenregister:fout:{code}",
        "title": title,
        "status": status,
        "detail": detail,
        "code": code,
    }
    response = Response(orjson.dumps({**body, **(members or {})}), status, mimetype=PROBLEM_JSON)
    response.headers.update(headers or {})
    return response


def of_domain_error(error: DomainError) -> Response:
    """Turn an error of the domain into its answer."""
    members = {**error.members, **({"errors": [entry.as_dict() for entry in error.errors]} if error.errors else {})}
    headers = dict(error.headers)
    if isinstance(error, Unavailable):
        _log_cause(error)
    if isinstance(error, Moved):
        headers["Location"] = request.full_path.rstrip("?").replace(error.old, error.new)
    return problem(error.status, error.code, error.title, error.detail, members=members, headers=headers)


def _log_cause(error: Unavailable) -> None:
    # The operator must be able to see why; the text of a database error may quote a row, so only its kind is told.
    cause = error.__cause__
    original = getattr(cause, "orig", cause)
    log.warning(
        "unavailable", code=error.code, kind=type(original).__name__, sqlstate=getattr(original, "sqlstate", None)
    )


def of_http_exception(error: HTTPException) -> Response:
    """Turn an error of the framework into problem+json; `Allow` and the like are kept."""
    status = error.code or 500
    if status < 400 and error.response is not None:
        return error.get_response()  # type: ignore[return-value]
    phrase = HTTPStatus(status).phrase
    code, title, detail = _TITLES.get(status, (phrase.lower().replace(" ", "-"), phrase, phrase))
    kept = {
        name: value for name, value in error.get_headers() if name.lower() not in ("content-type", "content-length")
    }
    return problem(status, code, title, detail, headers=kept)


def of_pool_timeout(error: PoolTimeout) -> Response:
    """All connections are in use: come back in a moment."""
    refusal = Unavailable(retry_after=1)
    refusal.__cause__ = error
    return of_domain_error(refusal)


def of_unreadable_body(_error: ParseException) -> Response:
    """A chunked body that is none: gunicorn finds out only when the application reads it."""
    return of_http_exception(BadRequest())


def of_anything(error: Exception) -> Response:
    """Answer what nobody foresaw. The log gets the traceback; values, which may be personal, are left out of it."""
    log.error("unexpected error", kind=type(error).__name__, exc_info=_without_values(error))
    detail = "Er ging bij ons iets mis; er is niets vastgelegd. Probeer het later opnieuw of meld het de beheerder."
    return problem(500, "interne-fout", "Interne fout", detail)


def _without_values(error: Exception) -> Exception:
    # A database error quotes the row that it refused.
    bare = RuntimeError(type(error).__name__)
    return bare.with_traceback(error.__traceback__)


def register(app: Flask) -> None:
    """Put the handlers in place."""
    app.register_error_handler(DomainError, of_domain_error)
    app.register_error_handler(HTTPException, of_http_exception)
    app.register_error_handler(PoolTimeout, of_pool_timeout)
    app.register_error_handler(ParseException, of_unreadable_body)
    app.register_error_handler(Exception, of_anything)
