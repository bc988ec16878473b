"""Access tokens: JWTs (RFC 9068) signed with Ed25519, checked once and then remembered by their SHA-256.

`verify_token` asks no database: a token or client that was taken back is refused by the statement that tells PostgreSQL
who the caller is, in the same round trip as the read itself.
"""

import threading
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

from joserfc import jwt
from joserfc.errors import BadSignatureError, ExpiredTokenError, JoseError
from joserfc.jwk import GuestProtocol, OKPKey
from joserfc.jwt import ClaimsOption

from register_service.access.jose import PinnedAlgorithms, check_claims, epoch
from register_service.access.keys import CLOCK_SKEW, PERSON_LIFETIME, TOKEN_LIFETIME, KeyStore
from register_service.access.models import PERSONS, ClientSoort
from register_service.access.scopes import Scope, parse_scopes, scope_text
from register_service.core.errors import Unauthenticated
from register_service.core.ids import new_id

ALGORITHM = "EdDSA"
TOKEN_TYPE = "at+jwt"  # noqa: S105 - a media type (RFC 9068, section 2.1)
# Ours have some 700 characters; a longer one was not made here and is not worth hashing.
MAX_TOKEN_LENGTH = 4096
REMEMBERED_TOKENS = 10_000

_REGISTRY = PinnedAlgorithms([ALGORITHM])
_HEADER_NAMES = {"alg", "kid", "typ"}


class InvalidToken(Unauthenticated):
    """401: a token that is malformed, expired or not ours (RFC 6750, section 3.1). `description` is Dutch in ASCII."""

    code = "ongeldig-token"

    def __init__(self, description: str) -> None:
        challenge = f'Bearer realm="lerarenregister", error="invalid_token", error_description="{description}"'
        super().__init__(
            f"{description}. Vraag een nieuw token aan bij /oauth/token.", headers={"WWW-Authenticate": challenge}
        )
        self.description = description


@dataclass(frozen=True, slots=True)
class TokenClaims:
    """What a token says about its caller. `role`: a ClientSoort. `exp`: seconds since 1970."""

    client_id: str
    role: str
    bestuur: str | None
    scopes: frozenset[Scope]
    jti: str
    exp: int
    kid: str
    leraar: str | None = None

    @property
    def expires_at(self) -> datetime:
        """Give the moment from which the token no longer holds."""
        return datetime.fromtimestamp(self.exp, UTC)


class TokenAuthority:
    """Makes and checks the tokens of one issuer. One per process; safe between threads."""

    def __init__(self, issuer: str, keys: KeyStore, *, lifetime: timedelta = TOKEN_LIFETIME) -> None:
        """Take the public base URL as `issuer`. Raises ValueError for a lifetime longer than keys are kept for."""
        if not timedelta(0) < lifetime <= TOKEN_LIFETIME:
            raise ValueError(f"lifetime must be at most {TOKEN_LIFETIME}")
        self.issuer = issuer.rstrip("/")
        self.audience = f"{self.issuer}/v1"
        self.keys = keys
        self.lifetime = lifetime
        self._required: dict[str, ClaimsOption] = {
            "iss": {"essential": True, "value": self.issuer},
            "aud": {"essential": True, "value": self.audience},
            **{name: {"essential": True} for name in ("sub", "jti", "exp", "iat")},
        }
        self._remembered: dict[bytes, TokenClaims] = {}
        self._lock = threading.Lock()

    def issue_token(
        self,
        *,
        client_id: str,
        role: str,
        bestuur: str | None,
        scopes: Iterable[Scope],
        leraar: str | None = None,
        lifetime: timedelta | None = None,
    ) -> str:
        """Make a token for a client that has proved who it is, or for a person (`leraar`: a registratienummer).

        Raises ValueError for a `lifetime` longer than the kind of caller may have.
        """
        lifetime = self.lifetime if lifetime is None else lifetime
        if not timedelta(0) < lifetime <= _longest(leraar):
            raise ValueError(f"lifetime must be at most {_longest(leraar)}")
        key = self.keys.signing()
        issued_at = epoch()
        claims: dict[str, Any] = {
            "iss": self.issuer,
            "aud": self.audience,
            "sub": client_id,
            "client_id": client_id,
            "jti": str(new_id()),
            "iat": issued_at,
            "exp": issued_at + int(lifetime.total_seconds()),
            "scope": scope_text(scopes),
            "soort": role,
        }
        if bestuur is not None:
            claims["bestuur"] = bestuur
        if leraar is not None:
            claims["leraar"] = leraar
        header = {"alg": ALGORITHM, "typ": TOKEN_TYPE, "kid": key.kid}
        return jwt.encode(header, claims, key.private, registry=_REGISTRY)

    def verify_token(self, raw: str) -> TokenClaims:
        """Read a token that this issuer signed and that has not expired. Raises InvalidToken."""
        if len(raw) > MAX_TOKEN_LENGTH or not raw.isascii():
            raise InvalidToken("Het token is geen token van dit register")
        digest = sha256(raw.encode()).digest()
        claims = self._remembered.get(digest)
        if claims is None or not self.keys.trusts(claims.kid):
            claims = self._check(raw)
            self._remember(digest, claims)
        if claims.exp <= epoch():
            raise InvalidToken("Het token is verlopen")
        return claims

    def _remember(self, digest: bytes, claims: TokenClaims) -> None:
        with self._lock:
            if len(self._remembered) >= REMEMBERED_TOKENS:
                # The oldest first: a dict keeps the order in which tokens came.
                del self._remembered[next(iter(self._remembered))]
            self._remembered[digest] = claims

    def _check(self, raw: str) -> TokenClaims:
        try:
            token = jwt.decode(raw, self._key_of, registry=_REGISTRY)
            check_claims(token.claims, self._required)
            claims = _read_claims(token)
            if claims.exp > epoch() + (_longest(claims.leraar) + CLOCK_SKEW).total_seconds():
                raise InvalidToken("Het token geldt langer dan is toegestaan")
            return claims
        except ExpiredTokenError as error:
            raise InvalidToken("Het token is verlopen") from error
        except BadSignatureError as error:
            raise InvalidToken("De handtekening van het token klopt niet") from error
        except (JoseError, AttributeError, KeyError, TypeError, ValueError, RecursionError) as error:
            raise InvalidToken("Het token is geen token van dit register") from error

    def _key_of(self, signature: GuestProtocol) -> OKPKey:
        header = signature.headers()
        if header.keys() != _HEADER_NAMES or header["typ"] != TOKEN_TYPE:
            raise InvalidToken("Het token is geen toegangstoken van dit register")
        key = self.keys.public(header["kid"])
        if key is None:
            raise InvalidToken("Het token is met een onbekende sleutel ondertekend")
        return key


def _longest(leraar: str | None) -> timedelta:
    return TOKEN_LIFETIME if leraar is None else PERSON_LIFETIME


def _read_claims(token: jwt.Token) -> TokenClaims:
    claims = token.claims
    leraar = claims.get("leraar")
    if (claims["soort"] in PERSONS) != isinstance(leraar, str):
        raise ValueError("leraar")
    return TokenClaims(
        client_id=claims["client_id"],
        role=ClientSoort(claims["soort"]).value,
        bestuur=claims.get("bestuur"),
        scopes=parse_scopes(claims["scope"].split()),
        jti=claims["jti"],
        exp=int(claims["exp"]),
        kid=token.header["kid"],
        leraar=leraar,
    )
