"""The code by which somebody whom the register does not know yet shows whose dossier it is."""

from datetime import date
from typing import Any

import structlog
from flask import Response, request

from register_service.aanmelding import rules
from register_service.aanmelding.service import Arrival, Newcomer, Outcome, link, newcomer
from register_service.access import sessions
from register_service.api.call import Call
from register_service.api.limiting import Limit, address, limited
from register_service.core.errors import NotFound, TooMany
from register_service.web import visitors
from register_service.web.page import page
from register_service.web.rendering import render
from register_service.web.signing_in.arriving import outcome_of
from register_service.web.signing_in.blueprint import NEWCOMER, blueprint, services, sign_ins
from register_service.web.signing_in.starting import to

log = structlog.get_logger(__name__)

# Wrong codes in an hour: of one account, and of one address, where a whole school may sit.
PER_ACCOUNT = Limit(rules.MOST_TRIES, 3600, misses_only=True)
PER_ADDRESS = Limit(60, 3600, misses_only=True)


@page(blueprint, "/koppelen", role=None, purpose="account koppelen")
def ask(_call: Call) -> Any:
    """Ask for the code; whoever did not come here by signing in, or took too long, does that first."""
    token, who = _who()
    return _form(token, who) if token and who else to("/aanmelden")


@blueprint.post("/koppelen")
def take() -> Response:
    """Try a code. Whatever is wrong with it, and however often it was tried, the answer is the same."""
    token, who = _who()
    if token is None or who is None:
        return to("/aanmelden")
    visitors.require_form_of(token)
    try:
        arrival = _tried(token, who)
    except (NotFound, TooMany):
        return _form(token, who, wrong=True)
    return outcome_of(arrival)


def _tried(token: str, who: Newcomer) -> Arrival:
    database = services().database
    account, place = f"koppelen {who.provider} {who.subject}", f"koppelen {address()}"
    with limited(database, place, PER_ADDRESS), limited(database, account, PER_ACCOUNT):
        arrival = link(database, token, who, request.form.get("code", "")[:100], _birthday())
        if arrival.outcome is Outcome.WRONG:
            raise NotFound
        return arrival


def _who() -> tuple[str | None, Newcomer | None]:
    token = sessions.read_cookie(NEWCOMER)
    return token, newcomer(services().database, token) if token else None


def _birthday() -> date | None:
    try:
        return date.fromisoformat(request.form.get("geboortedatum", ""))
    except ValueError:
        return None


def _form(token: str, who: Newcomer, *, wrong: bool = False) -> Response:
    return render(
        "koppelen.html",
        400 if wrong else 200,
        form_token=sessions.csrf_token(token),
        naam=sign_ins().clients[who.provider].provider.naam if who.provider in sign_ins().clients else who.provider,
        leraar="leraar" in who.roles,
        auditor="auditor" in who.roles,
        wrong=wrong,
    )
