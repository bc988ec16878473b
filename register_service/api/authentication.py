"""From the Authorization header to a caller: RFC 6750 over the register's own tokens."""

from flask import request

from register_service.access.caller import Caller
from register_service.access.scopes import PERSONAL, Scope
from register_service.access.tokens import TokenAuthority
from register_service.core.errors import Forbidden, Unauthenticated

REALM = 'Bearer realm="lerarenregister"'
_HOW_TO_GET = (
    "Vraag de beheerder om die aan uw client te geven.",
    "Die heeft alleen een persoon, met een persoonlijk token van de beheerder.",
)


# Whoever asks what is open to all: sees nothing that PostgreSQL keeps for a caller.
ANYBODY = Caller(client_id="", role="", bestuur=None, scopes=frozenset({Scope.OPEN}), jti="")


def authenticate(authority: TokenAuthority, scope: Scope) -> Caller:
    """Give the caller behind this request. Raises Unauthenticated (401), or Forbidden (403) when the scope is missing."""
    if scope is Scope.OPEN:
        return ANYBODY
    kind, _, raw = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "bearer" or not raw.strip():
        raise Unauthenticated(
            "Stuur een toegangstoken mee in de kop 'Authorization: Bearer ...'. U krijgt het bij /oauth/token.",
            headers={"WWW-Authenticate": REALM},
        )
    claims = authority.verify_token(raw.strip())
    if scope not in claims.scopes:
        raise Forbidden(
            f"Voor deze aanvraag is de scope '{scope}' nodig. {_HOW_TO_GET[scope in PERSONAL]}",
            headers={"WWW-Authenticate": f'{REALM}, error="insufficient_scope", scope="{scope}"'},
        )
    return Caller(claims.client_id, claims.role, claims.bestuur, claims.scopes, claims.jti, claims.leraar)
