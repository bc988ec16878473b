"""Back from a provider: to a session, to the page that asks for a code, or to a page that says what is wrong."""

from collections.abc import Mapping
from types import MappingProxyType

import structlog
from flask import Response, request

from register_service.aanmelding.errors import NotForThem, ProviderRefused, ProviderUnavailable, StateUnknown
from register_service.aanmelding.openid import OpenIdClient
from register_service.aanmelding.service import Arrival, Outcome
from register_service.access import sessions
from register_service.web.signing_in.blueprint import (
    BROWSER,
    NEWCOMER,
    blueprint,
    client_of,
    failure,
    services,
    sign_ins,
)
from register_service.web.signing_in.starting import away, to

log = structlog.get_logger(__name__)

_ASK = "Komt u er niet uit? Vraag de personeelsadministratie van uw school om hulp."
_NOT_YOU = "U bent niet aangemeld"
# What each outcome without a session means to whoever it happens to: a title, and what to do.
REFUSALS: Mapping[Outcome, tuple[str, ...]] = MappingProxyType(
    {
        Outcome.OTHER_ROLE: (
            _NOT_YOU,
            "U kunt zich niet meer op deze manier aanmelden. Kies een andere manier om u aan te melden.",
            _ASK,
        ),
        Outcome.OTHER_ECK_ID: (
            _NOT_YOU,
            "Dit account hoort bij iemand anders dan de vorige keer. Daarom melden wij u niet aan.",
            "Gebruikt u het account van een ander, of heeft uw school u een nieuw account gegeven? Meld u af en gebruik uw eigen "
            "account. De beheerder van het register ziet dat dit is gebeurd.",
            _ASK,
        ),
        Outcome.OTHER_ACCOUNT: (
            _NOT_YOU,
            "U hebt zich eerder aangemeld met een ander account. Bij uw dossier hoort één account per aanbieder.",
            "Meld u aan met dat account. Hebt u het niet meer? Vraag de beheerder van het register om het te ontkoppelen; die "
            "ziet dat u het hebt geprobeerd.",
            _ASK,
        ),
        Outcome.LINKED_ALREADY: (
            "U hebt al toegang",
            "Uw account is al gekoppeld. Meld u opnieuw aan.",
        ),
        Outcome.EXPIRED: (
            "Het duurde te lang",
            "U bent een half uur bezig geweest. Meld u opnieuw aan en vul dan de code in.",
        ),
    }
)


@blueprint.get("/aanmelden/<provider>/terug")
def arrive(provider: str) -> Response:
    """Take whoever comes back from a provider to where that leads."""
    client = client_of(provider)
    try:
        arrival = sign_ins().finish(
            services().database, client, sessions.read_cookie(BROWSER), request.args.to_dict(flat=True)
        )
    except ProviderUnavailable as error:
        return away(provider, error)
    except (StateUnknown, ProviderRefused, NotForThem) as error:
        log.warning("sign_in_failed", provider=provider, kind=type(error).__name__, reason=error.reason)
        return _failed(client, error)
    return outcome_of(arrival)


def outcome_of(arrival: Arrival) -> Response:
    """Give what follows from a sign-in: a session and the page somebody came for, the page for a code, or a refusal."""
    if arrival.outcome in (Outcome.SIGNED_IN, Outcome.LINKED) and arrival.token:
        return _signed_in(arrival.token, arrival.next)
    if arrival.outcome is Outcome.UNKNOWN and arrival.token:
        response = to("/koppelen")
        sessions.set_cookie(response, arrival.token, NEWCOMER)
        return response
    title, *advice = REFUSALS[arrival.outcome]
    return failure(403, title, *advice)


def _signed_in(token: str, following: str) -> Response:
    # Whoever was signed in here before no longer is: the session is a new one, and the old one ends.
    before = sessions.read_cookie()
    if before:
        sessions.end(services().database, before)
    response = to(following)
    sessions.set_cookie(response, token)
    sessions.drop_cookie(response, NEWCOMER)
    return response


def _failed(client: OpenIdClient, error: StateUnknown | ProviderRefused | NotForThem) -> Response:
    naam = client.provider.naam
    if isinstance(error, NotForThem):
        return failure(
            403,
            _NOT_YOU,
            f"Met dit account van {naam} kunt u het register niet in. Leraren melden zich aan met hun account als medewerker.",
            _ASK,
        )
    if isinstance(error, StateUnknown):
        return failure(
            400,
            "Begin opnieuw met aanmelden",
            "U bent langer dan tien minuten bezig geweest, of u opende een oude pagina.",
        )
    if error.reason == "access_denied":
        return failure(400, _NOT_YOU, f"U bent gestopt met aanmelden, of {naam} gaf geen toestemming.")
    return failure(
        400,
        "Aanmelden is niet gelukt",
        f"Het antwoord van {naam} klopt niet. U kunt er niets aan doen. Probeer het opnieuw; de beheerder van het register ziet "
        "dat het mis ging.",
    )
