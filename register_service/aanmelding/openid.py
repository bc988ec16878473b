"""OpenID Connect with one provider (Core 1.0; Discovery 1.0): where it is, its keys, and who it says somebody is.

The code flow with PKCE (RFC 7636), state and nonce. What the provider publishes is remembered for an hour; keys are asked for
anew when a token names one that we do not know. Raises ProviderUnavailable and ProviderRefused, and nothing else.
"""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final, cast
from urllib.parse import quote

import httpx
from authlib.oauth2 import OAuth2Error
from authlib.oauth2.client import OAuth2Client
from authlib.oidc.core.claims import CodeIDToken
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet

from register_service.aanmelding.errors import ProviderRefused, ProviderUnavailable
from register_service.aanmelding.fetching import open_http
from register_service.access.jose import CLOCK_LEEWAY_SECONDS, PinnedAlgorithms, epoch
from register_service.providers import Provider, is_secure

REMEMBERED_SECONDS: Final = 3600
# A provider that is asked for new keys more often than this is asked by somebody who makes keys up.
KEYS_AGAIN_SECONDS: Final = 10
# Signatures that only the provider can make: never "none", nor one that our own secret would do for.
_ALGORITHMS: Final = PinnedAlgorithms(["RS256", "PS256", "ES256", "EdDSA"])
_NEEDED: Final = ("authorization_endpoint", "token_endpoint", "jwks_uri")
_OPTIONAL: Final = ("userinfo_endpoint", "end_session_endpoint")


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a provider publishes of itself, as far as we use it, and since when we know (seconds since 1970)."""

    at: int
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    userinfo_endpoint: str | None = None
    end_session_endpoint: str | None = None


@dataclass(frozen=True, slots=True)
class _Keys:
    at: int
    keys: KeySet


class OpenIdClient:
    """The register as a client of one provider. One per process; safe between threads."""

    def __init__(self, provider: Provider, base_url: str) -> None:
        self.provider = provider
        self.redirect_uri = f"{base_url}/aanmelden/{provider.name}/terug"
        self._metadata: Metadata | None = None
        self._keys: _Keys | None = None
        self._lock = threading.Lock()

    def authorization_url(self, *, state: str, nonce: str, verifier: str) -> str:
        """Give the address at the provider to which a browser goes to sign in."""
        with open_http() as http:
            endpoint = self._published(http).authorization_endpoint
            url, _ = self._client(http).create_authorization_url(endpoint, state, verifier, nonce=nonce)
        return str(url)

    def claims_of(self, code: str, *, nonce: str, verifier: str) -> dict[str, Any]:
        """Give what the provider says of whoever came back with a code: of the ID token, and of userinfo if it is asked."""
        with open_http() as http:
            metadata = self._published(http)
            answer = self._token(http, metadata, code, verifier)
            claims = self._id_token(http, metadata, answer, nonce)
            return {**self._userinfo(http, metadata, answer, claims["sub"]), **claims}

    def sign_out_url(self) -> str | None:
        """Give the address at the provider where one signs out there too; None if there is none, or it cannot be asked now."""
        try:
            with open_http() as http:
                return self._published(http).end_session_endpoint
        except ProviderUnavailable:
            return None

    def _published(self, http: httpx.Client) -> Metadata:
        known = self._metadata
        if known is None or epoch() - known.at >= REMEMBERED_SECONDS:
            address = f"{self.provider.issuer.rstrip('/')}/.well-known/openid-configuration"
            known = _read_metadata(_json(_get(http, address)), self.provider.issuer)
            self._metadata = known
        return known

    def _token(self, http: httpx.Client, metadata: Metadata, code: str, verifier: str) -> dict[str, Any]:
        given = self._proof()
        with _answering():
            try:
                answer = self._client(http).fetch_token(
                    metadata.token_endpoint, code=code, code_verifier=verifier, redirect_uri=self.redirect_uri, **given
                )
            except OAuth2Error as error:
                raise ProviderRefused("token_refused") from error
        return dict(answer)

    def _proof(self) -> dict[str, Any]:
        provider = self.provider
        if provider.client_auth == "client_secret_post":
            return {"client_id": provider.client_id, "client_secret": provider.client_secret, "auth": httpx.Auth()}
        # As RFC 6749, section 2.3.1, has it; Authlib leaves the encoding out.
        return {"auth": httpx.BasicAuth(quote(provider.client_id, safe=""), quote(provider.client_secret, safe=""))}

    def _client(self, http: httpx.Client) -> Any:
        # Authlib's own client on httpx warns that it is to go; what is below it takes any session.
        provider = self.provider
        return OAuth2Client(
            http,
            provider.client_id,
            scope=provider.scope,
            redirect_uri=self.redirect_uri,
            code_challenge_method="S256",
        )

    def _id_token(
        self, http: httpx.Client, metadata: Metadata, answer: Mapping[str, Any], nonce: str
    ) -> dict[str, Any]:
        raw = answer.get("id_token")
        if not isinstance(raw, str):
            raise ProviderRefused("no_id_token")
        try:
            token = self._decoded(http, metadata, raw)
            client_id = self.provider.client_id
            options = {
                "iss": {"essential": True, "value": self.provider.issuer},
                "aud": {"essential": True, "value": client_id},
            }
            params = {"nonce": nonce, "client_id": client_id, "access_token": answer.get("access_token")}
            CodeIDToken(token.claims, token.header, options, params).validate(epoch(), CLOCK_LEEWAY_SECONDS)
        except JoseError as error:
            raise ProviderRefused(error.error or "id_token") from error
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
            raise ProviderRefused("id_token") from error
        if not isinstance(token.claims["sub"], str) or not token.claims["sub"]:
            raise ProviderRefused("sub")
        return token.claims

    def _decoded(self, http: httpx.Client, metadata: Metadata, raw: str) -> jwt.Token:
        keys = self._known_keys(http, metadata, REMEMBERED_SECONDS)
        try:
            return jwt.decode(raw, keys.keys, registry=_ALGORITHMS)
        except (InvalidKeyIdError, ValueError):
            # The provider may have a new key since. (joserfc raises ValueError where no key fits.)
            renewed = self._known_keys(http, metadata, KEYS_AGAIN_SECONDS)
            if renewed is keys:
                raise
            return jwt.decode(raw, renewed.keys, registry=_ALGORITHMS)

    def _known_keys(self, http: httpx.Client, metadata: Metadata, seconds: int) -> _Keys:
        with self._lock:
            if self._keys is None or epoch() - self._keys.at >= seconds:
                self._keys = _Keys(epoch(), _read_keys(_json(_get(http, metadata.jwks_uri))))
            return self._keys

    def _userinfo(
        self, http: httpx.Client, metadata: Metadata, answer: Mapping[str, Any], subject: str
    ) -> dict[str, Any]:
        if not self.provider.userinfo or metadata.userinfo_endpoint is None:
            return {}
        bearer = {"Authorization": f"Bearer {answer.get('access_token')}"}
        claims = _json(_get(http, metadata.userinfo_endpoint, bearer))
        # Section 5.3.2: of somebody else it must not be used.
        if claims.get("sub") != subject:
            raise ProviderRefused("userinfo_sub")
        return claims


@contextmanager
def _answering() -> Iterator[None]:
    """Turn whatever a provider makes of HTTP and JSON into the one thing that matters."""
    try:
        yield
    except httpx.TimeoutException as error:
        raise ProviderUnavailable("timeout") from error
    except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as error:
        raise ProviderUnavailable("connection") from error
    except (ValueError, TypeError, AttributeError, KeyError, RecursionError) as error:
        raise ProviderUnavailable("nonsense") from error


def _get(http: httpx.Client, address: str, headers: Mapping[str, str] | None = None) -> httpx.Response:
    with _answering():
        answer = http.get(address, headers={"Accept": "application/json", **(headers or {})})
        if answer.status_code != httpx.codes.OK:
            raise ProviderUnavailable(f"status_{answer.status_code}")
        return answer


def _json(answer: httpx.Response) -> dict[str, Any]:
    with _answering():
        value = answer.json()
        if not isinstance(value, dict):
            raise ProviderUnavailable("nonsense")
        return cast(dict[str, Any], value)


def _read_metadata(published: Mapping[str, Any], issuer: str) -> Metadata:
    # Discovery, section 4.3: exactly the one that was asked.
    if published.get("issuer") != issuer:
        raise ProviderUnavailable("issuer")
    found = {name: published[name] for name in (*_NEEDED, *_OPTIONAL) if published.get(name) is not None}
    if not set(_NEEDED) <= found.keys():
        raise ProviderUnavailable("metadata")
    if not all(isinstance(address, str) and _is_address(address) for address in found.values()):
        raise ProviderUnavailable("metadata")
    return Metadata(epoch(), **found)


def _is_address(value: str) -> bool:
    try:
        return is_secure(value)
    except ValueError:
        return False


def _read_keys(published: Mapping[str, Any]) -> KeySet:
    with _answering():
        usable = [
            key
            for key in published["keys"]
            if key.get("use", "sig") == "sig" and key.get("kty") in ("RSA", "EC", "OKP")
        ]
        try:
            return KeySet.import_key_set({"keys": usable})
        except JoseError as error:
            raise ProviderUnavailable("nonsense") from error
