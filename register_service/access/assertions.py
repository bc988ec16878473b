"""`private_key_jwt`: a client proves who it is with a JWT that it signed itself (RFC 7523, section 3; RFC 7521)."""

import json
import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from joserfc import jws, jwt
from joserfc.errors import BadSignatureError, JoseError
from joserfc.jwk import Key

from register_service.access.client_keys import ASSERTION_ALGORITHMS, keys_for
from register_service.access.jose import PinnedAlgorithms, check_claims, epoch
from register_service.access.oauth import OAuthError, invalid_client

ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
MAX_AHEAD_SECONDS = 300
_JTI = re.compile(r"[\x21-\x7e]{1,255}")
_REGISTRY = PinnedAlgorithms(ASSERTION_ALGORITHMS)
_MALFORMED = (JoseError, AttributeError, KeyError, TypeError, ValueError, RecursionError)


@dataclass(frozen=True, slots=True)
class Assertion:
    """What is left of an assertion that was checked: its id, good for one time, until it expires."""

    jti: str
    expires_at: datetime


def claimed_client(assertion: str) -> str:
    """Read who an assertion says it comes from, before anything about it has been checked. Raises OAuthError."""
    try:
        client_id = json.loads(jws.extract_compact(assertion.encode("ascii"), registry=_REGISTRY).payload)["sub"]
    except _MALFORMED as error:
        raise invalid_client() from error
    if not isinstance(client_id, str):
        raise invalid_client()
    return client_id


def check_assertion(assertion: str, jwks: dict[str, Any], client_id: str, audiences: Collection[str]) -> Assertion:
    """Check signature and claims of an assertion. Raises OAuthError.

    Only once the signature holds does the answer say what else is wrong, so that strangers learn nothing.
    """
    claims = _verified_claims(assertion, jwks)
    if claims.get("iss") != client_id or claims.get("sub") != client_id:
        raise invalid_client("iss en sub van de client_assertion moeten de client_id zijn")
    if not _names_one_of(claims.get("aud"), audiences):
        raise invalid_client("aud van de client_assertion moet de issuer of het token-endpoint zijn")
    try:
        check_claims(claims, {"exp": {"essential": True}})
    except (JoseError, TypeError, ValueError) as error:
        raise invalid_client("De client_assertion is verlopen, nog niet geldig of heeft geen exp") from error
    if claims["exp"] > epoch() + MAX_AHEAD_SECONDS:
        raise invalid_client(f"exp van de client_assertion mag hoogstens {MAX_AHEAD_SECONDS} seconden vooruit liggen")
    if not isinstance(claims.get("jti"), str) or _JTI.fullmatch(claims["jti"]) is None:
        raise invalid_client("De client_assertion heeft een jti van 1 tot 255 zichtbare ASCII-tekens nodig")
    return Assertion(claims["jti"], datetime.fromtimestamp(claims["exp"], UTC))


def replayed() -> OAuthError:
    """Make the refusal of an assertion whose `jti` this client used before."""
    return invalid_client("Deze client_assertion is al gebruikt; maak er een met een nieuwe jti")


def _verified_claims(assertion: str, jwks: dict[str, Any]) -> dict[str, Any]:
    try:
        header = jws.extract_compact(assertion.encode("ascii"), registry=_REGISTRY).headers()
        for key in keys_for(jwks, header["alg"], header.get("kid")):
            claims = _claims_signed_by(key, assertion)
            if claims is not None:
                return claims
    except _MALFORMED as error:
        raise invalid_client() from error
    raise invalid_client()


def _claims_signed_by(key: Key, assertion: str) -> dict[str, Any] | None:
    try:
        return jwt.decode(assertion, key, registry=_REGISTRY).claims
    except BadSignatureError:
        return None


def _names_one_of(aud: Any, audiences: Collection[str]) -> bool:
    # A single audience: an assertion made for several servers could be passed on by one of them.
    if isinstance(aud, list) and len(aud) == 1:
        aud = aud[0]
    return isinstance(aud, str) and aud in audiences
