"""The provider itself, on Authlib: the code flow with PKCE, for one client. What it gave out lives in this process."""

import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from authlib.integrations.flask_oauth2 import AuthorizationServer
from authlib.oauth2.rfc6749 import ClientMixin, InvalidRequestError
from authlib.oauth2.rfc6749.grants import AuthorizationCodeGrant
from authlib.oauth2.rfc7636 import CodeChallenge
from authlib.oidc.core import AuthorizationCodeMixin, OpenIDCode, UserInfo
from flask import Flask
from joserfc.jwk import RSAKey

from register_service.runtime.demo_provider import CLIENT_ID

ALGORITHM: Final = "RS256"
_CODE_SECONDS: Final = 60


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody to choose."""

    subject: str
    naam: str
    rol: str
    omschrijving: str

    def get_user_id(self) -> str:
        """Give what Authlib calls the person."""
        return self.subject


@dataclass(frozen=True)
class Client(ClientMixin):
    """The register."""

    client_secret: str = field(repr=False)
    redirect_uri: str
    client_id: str = CLIENT_ID

    def get_client_id(self) -> str:
        """Give the id."""
        return self.client_id

    def get_default_redirect_uri(self) -> str:
        """Give the one address."""
        return self.redirect_uri

    def get_allowed_scope(self, scope: str | None) -> str:
        """Allow to ask who it is, and nothing else."""
        return "openid" if scope and "openid" in scope.split() else ""

    def check_redirect_uri(self, redirect_uri: str) -> bool:
        """Tell whether it is the one address, to the letter."""
        return redirect_uri == self.redirect_uri

    def check_client_secret(self, client_secret: str) -> bool:
        """Compare the secret, in the same time whatever it is."""
        return secrets.compare_digest(client_secret.encode(), self.client_secret.encode())

    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:  # noqa: ARG002 - Authlib's own signature
        """Tell how the client proves who it is."""
        return method == "client_secret_basic"

    def check_response_type(self, response_type: str) -> bool:
        """Know the code flow only."""
        return response_type == "code"

    def check_grant_type(self, grant_type: str) -> bool:
        """Know the code flow only."""
        return grant_type == "authorization_code"


@dataclass(frozen=True)
class Code(AuthorizationCodeMixin):
    """A code that was given out and not used yet."""

    person: Person
    redirect_uri: str
    nonce: str | None
    code_challenge: str
    code_challenge_method: str
    made_at: float = field(default_factory=time.time)

    def get_redirect_uri(self) -> str:
        """Give where it was sent."""
        return self.redirect_uri

    def get_scope(self) -> str:
        """Give what it is for."""
        return "openid"

    def get_nonce(self) -> str | None:
        """Give what the token must repeat."""
        return self.nonce

    def get_auth_time(self) -> int:
        """Give when somebody chose."""
        return int(self.made_at)

    def get_acr(self) -> None:
        """Say nothing of how sure it is."""

    def get_amr(self) -> None:
        """Say nothing of how."""


class _Grant(AuthorizationCodeGrant):
    TOKEN_ENDPOINT_AUTH_METHODS = ("client_secret_basic",)

    def save_authorization_code(self, code: str, request: Any) -> None:
        asked: Mapping[str, str] = request.payload.data
        self.server.codes[code] = Code(
            request.user,
            asked["redirect_uri"],
            asked.get("nonce"),
            asked.get("code_challenge", ""),
            asked.get("code_challenge_method", ""),
        )

    def query_authorization_code(self, code: str, client: Client) -> Code | None:  # noqa: ARG002 - there is one client
        found: Code | None = self.server.codes.get(code)
        return found if found and time.time() - found.made_at < _CODE_SECONDS else None

    def delete_authorization_code(self, authorization_code: Code) -> None:
        codes: dict[str, Code] = self.server.codes
        for code in [code for code, one in codes.items() if one is authorization_code]:
            del codes[code]

    def authenticate_user(self, authorization_code: Code) -> Person:
        return authorization_code.person


class _S256(CodeChallenge):
    SUPPORTED_CODE_CHALLENGE_METHOD = ("S256",)

    def validate_code_challenge(self, grant: Any, redirect_uri: str) -> None:
        if grant.request.payload.data.get("code_challenge_method") != "S256":
            raise InvalidRequestError("S256 is required")
        super().validate_code_challenge(grant, redirect_uri)


class _IdToken(OpenIDCode):
    def __init__(self, issuer: str, key: RSAKey) -> None:
        super().__init__(require_nonce=True)
        self._issuer, self._key = issuer, key

    def exists_nonce(self, nonce: str, request: Any) -> bool:  # noqa: ARG002 - Authlib's own signature
        return False

    def resolve_client_private_key(self, client: Client) -> RSAKey:  # noqa: ARG002
        return self._key

    def get_client_claims(self, client: Client) -> dict[str, Any]:  # noqa: ARG002
        return {"iss": self._issuer}

    def get_client_algorithm(self, client: Client) -> str:  # noqa: ARG002
        return ALGORITHM

    def get_encode_header(self, client: Client) -> dict[str, Any]:  # noqa: ARG002
        return {"alg": ALGORITHM, "kid": self._key.kid}

    def generate_user_info(self, user: Person, scope: str) -> UserInfo:  # noqa: ARG002
        return UserInfo(sub=user.subject)


class Server(AuthorizationServer):
    """Authlib's server for one client, which keeps its codes in memory."""

    def __init__(self, app: Flask, client: Client, issuer: str) -> None:
        self.key = RSAKey.generate_key(2048, {"kid": secrets.token_hex(4), "use": "sig", "alg": ALGORITHM})
        self.codes: dict[str, Code] = {}
        super().__init__(app, lambda asked: client if asked == client.client_id else None, lambda *_: None)
        self.register_grant(_Grant, [_IdToken(issuer, self.key), _S256(required=True)])
