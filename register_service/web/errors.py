"""Errors as pages, for whoever asked for a page: the same refusals as of the API, with their words."""

from collections.abc import Callable
from typing import Any

import orjson
from flask import Flask, Response, request
from gunicorn.http.errors import ParseException  # type: ignore[import-untyped]
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException

from register_service.api import problems
from register_service.core.errors import DomainError, Unauthenticated
from register_service.web.page import to_sign_in
from register_service.web.rendering import render

# What is for programs; everything else is for people.
_OF_PROGRAMS = ("/v1", "/oauth", "/health", "/metrics", "/bewijsstukken", "/.well-known")
# What a person can do about it, where the words of the API are about requests.
_ADVICE = {
    400: "Het adres van deze pagina klopt niet. Ga naar de startpagina en kies daar opnieuw.",
    404: "Deze pagina bestaat niet, of u mag hem niet zien. Kijk het adres na, of begin bij de startpagina.",
    405: "Deze pagina kunt u zo niet openen. Ga terug en probeer het opnieuw.",
    413: "U stuurde meer dan wij kunnen aannemen. Ga terug en probeer het met minder.",
    500: "Er ging bij ons iets mis. U kunt er niets aan doen. Probeer het later opnieuw.",
    503: "Het register is even niet bereikbaar. Wacht een minuut en probeer het dan opnieuw.",
}
_TITLES = {404: "Pagina niet gevonden", 405: "Dit kan hier niet", 500: "Er ging iets mis", 503: "Even niet bereikbaar"}


def is_for_people() -> bool:
    """Tell whether this request is for a page."""
    # Who mistypes the address of a program is a program all the same.
    path = "/" + request.path.lstrip("/").lower()
    return not any(path == start or path.startswith(f"{start}/") for start in _OF_PROGRAMS)


def _as_page(refuse: Callable[[Any], Response]) -> Callable[[Any], Response]:
    def handle(error: Exception) -> Response:
        # What is logged of it is the same, whoever asked.
        refusal = refuse(error)
        if not is_for_people() or refusal.status_code < 400:
            return refusal
        if isinstance(error, Unauthenticated):
            return to_sign_in(expired=True)
        return _page_of(refusal)

    return handle


def _page_of(refusal: Response) -> Response:
    problem = orjson.loads(refusal.get_data())
    status = refusal.status_code
    response = render(
        "fout.html",
        status,
        title=_TITLES.get(status, problem["title"]),
        advice=_ADVICE.get(status, problem["detail"]),
        mistakes=[entry["detail"] for entry in problem.get("errors", ())],
    )
    response.headers.update({name: value for name, value in refusal.headers if name in ("Allow", "Retry-After")})
    return response


def register(app: Flask) -> None:
    """Put pages before the answers of the API, which has registered its handlers already."""
    for kind, refuse in (
        (DomainError, problems.of_domain_error),
        (HTTPException, problems.of_http_exception),
        (PoolTimeout, problems.of_pool_timeout),
        (ParseException, problems.of_unreadable_body),
        (Exception, problems.of_anything),
    ):
        app.register_error_handler(kind, _as_page(refuse))
