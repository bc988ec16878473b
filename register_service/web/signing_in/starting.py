"""Choosing a provider, and off to it."""

import re
from typing import Any

import structlog
from flask import Response, request

from register_service.aanmelding.errors import ProviderUnavailable
from register_service.aanmelding.rules import safe_next
from register_service.access import sessions
from register_service.api.call import Call
from register_service.api.limiting import Limit, address, limited
from register_service.web.page import page
from register_service.web.rendering import HEADERS, render
from register_service.web.signing_in.blueprint import BROWSER, blueprint, client_of, failure, services, sign_ins

log = structlog.get_logger(__name__)

# A school has one address, and a team signs in at the start of the day.
STARTS = Limit(300, 600)
_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}", re.ASCII)


@page(blueprint, "/aanmelden", role=None, purpose="aanmelden")
def choose(_call: Call) -> Any:
    """Show through whom one can sign in; `next` is where somebody wanted to go, `verlopen` that a session ended."""
    return render(
        "aanmelden.html",
        providers=[client.provider for client in sign_ins().clients.values()],
        next=safe_next(request.args.get("next")),
        expired="verlopen" in request.args,
    )


@blueprint.get("/aanmelden/<provider>")
def start(provider: str) -> Response:
    """Send a browser to a provider, and remember that it went."""
    client = client_of(provider)
    browser = sessions.read_cookie(BROWSER) or ""
    if _TOKEN.fullmatch(browser) is None:
        browser = sessions.new_token()
    database = services().database
    try:
        with limited(database, f"aanmelden {address()}", STARTS):
            url = sign_ins().begin(database, client, browser, request.args.get("next", ""))
    except ProviderUnavailable as error:
        return away(provider, error)
    response = Response(status=303, headers={"Location": url, **HEADERS})
    sessions.set_cookie(response, browser, BROWSER)
    return response


def away(provider: str, error: ProviderUnavailable) -> Response:
    """Give the page for a provider that cannot be reached, and tell the keeper by the log."""
    log.warning("provider_unavailable", provider=provider, reason=error.reason)
    naam = client_of(provider).provider.naam
    response = failure(
        503,
        f"{naam} is niet bereikbaar",
        f"Aanmelden via {naam} lukt nu niet. Aan uw gegevens is niets veranderd.",
        "Wacht een paar minuten en probeer het dan opnieuw.",
    )
    response.headers["Retry-After"] = "120"
    return response


def to(path: str) -> Response:
    """Lead to a path of ours, keeping nothing of this page."""
    return Response(status=303, headers={"Location": path, **HEADERS})
