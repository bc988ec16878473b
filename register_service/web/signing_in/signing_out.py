"""Signing out: here at once, and at the provider for whoever wants that too."""

from typing import Any
from urllib.parse import urlencode

import structlog
from flask import Response, current_app, request

from register_service.access import sessions
from register_service.api.call import Call
from register_service.web import visitors
from register_service.web.page import page
from register_service.web.rendering import render
from register_service.web.signing_in.blueprint import NEWCOMER, blueprint, services, sign_ins
from register_service.web.signing_in.starting import to

log = structlog.get_logger(__name__)


@blueprint.post("/afmelden")
def sign_out() -> Response:
    """End the session. One that ended by itself is no reason to complain."""
    token = sessions.read_cookie()
    ended = None
    if token:
        visitors.require_own_form()
        ended = sessions.end(services().database, token)
    response = to(f"/afgemeld?{urlencode({'bij': ended.provider})}" if ended else "/afgemeld")
    for name in (sessions.COOKIE, NEWCOMER):
        sessions.drop_cookie(response, name)
    if ended:
        log.info("signed_out", provider=ended.provider, account=str(ended.account))
    return response


@page(blueprint, "/afgemeld", role=None, purpose="afmelden")
def signed_out(_call: Call) -> Any:
    """Tell that it is done, and how to sign out at the provider too: that ends more than the register, so it is a choice."""
    client = sign_ins().clients.get(request.args.get("bij", ""))
    address = client.sign_out_url() if client else None
    if client is None or address is None:
        return render("afgemeld.html", naam=client.provider.naam if client else None)
    # Without the ID token as a hint: the register keeps none. (OpenID Connect RP-Initiated Logout 1.0, section 2.)
    asked = {
        "client_id": client.provider.client_id,
        "post_logout_redirect_uri": f"{current_app.config['BASE_URL']}/afgemeld",
    }
    return render("afgemeld.html", naam=client.provider.naam, address=f"{address}?{urlencode(asked)}")
