"""The authorization server: tokens for client credentials (RFC 6749, 4.4), revocation (RFC 7009), metadata (RFC 8414)."""

from typing import Any

import orjson
from flask import Blueprint, Flask, Response, request

from register_service.access.client_authentication import ProvenClient, authenticate_client
from register_service.access.client_keys import ASSERTION_ALGORITHMS
from register_service.access.keys import PUBLISHED_MAX_AGE
from register_service.access.oauth import OAuthError, invalid_request, json_response, read_form
from register_service.access.scopes import CLIENT_SCOPES, Scope, UnknownScopes, parse_scopes, scope_text
from register_service.access.tokens import ALGORITHM, InvalidToken, TokenAuthority
from register_service.core.db import Database

GRANT_TYPE = "client_credentials"
AUTH_METHODS = ("client_secret_basic", "client_secret_post", "private_key_jwt")
TOKEN_PATH = "/oauth/token"  # noqa: S105 - a path
REVOKE_PATH = "/oauth/revoke"
METADATA_PATH = "/.well-known/oauth-authorization-server"
JWKS_PATH = "/.well-known/jwks.json"

_REVOKE = "insert into revoked_token (jti, expires_at) values (%s, %s) on conflict do nothing"


def register(app: Flask) -> None:
    """Add the routes, which use the application's database and token authority; make the first key if there is none."""
    services = app.extensions["register"]
    services.authority.keys.ensure()
    server = AuthorizationServer(services.authority, services.database)
    blueprint = Blueprint("oauth", __name__)
    blueprint.add_url_rule(TOKEN_PATH, "token", server.token, methods=["POST"])
    blueprint.add_url_rule(REVOKE_PATH, "revoke", server.revoke, methods=["POST"])
    blueprint.add_url_rule(METADATA_PATH, "metadata", server.metadata, methods=["GET"])
    blueprint.add_url_rule(JWKS_PATH, "jwks", server.jwks, methods=["GET"])
    blueprint.register_error_handler(OAuthError, OAuthError.response)
    app.register_blueprint(blueprint)


class AuthorizationServer:
    """The four routes, over one token authority and one database."""

    def __init__(self, authority: TokenAuthority, database: Database) -> None:
        self.authority = authority
        self._database = database

    def token(self) -> Response:
        """Give a token to a client that proves who it is."""
        form = read_form(request)
        _check_grant_type(form)
        client = self._authenticate(form)
        scopes = _requested_scopes(form, client)
        token = self.authority.issue_token(
            client_id=client.client_id, role=client.soort, bestuur=client.bestuur, scopes=scopes
        )
        return json_response(
            {
                "access_token": token,
                "token_type": "Bearer",
                "expires_in": int(self.authority.lifetime.total_seconds()),
                "scope": scope_text(scopes),
            }
        )

    def revoke(self) -> Response:
        """Take a token back at the request of the client that got it; a token that does not hold is taken back already."""
        form = read_form(request)
        client = self._authenticate(form)
        if "token" not in form:
            raise invalid_request("De parameter token ontbreekt")
        try:
            claims = self.authority.verify_token(form["token"])
        except InvalidToken:
            return json_response({})
        if claims.client_id != client.client_id:
            raise OAuthError("invalid_grant", "Dit token is aan een andere client gegeven")
        with self._database.autocommit() as connection:
            connection.execute(_REVOKE, (claims.jti, claims.expires_at))
        return json_response({})

    def metadata(self) -> Response:
        """Tell a client all it needs to know to get a token."""
        return _public(server_metadata(self.authority.issuer), "application/json")

    def jwks(self) -> Response:
        """Give the public halves of the keys that sign tokens now, signed some that still hold, or will sign soon."""
        keys = [
            key.private.as_dict(private=False, kid=key.kid, use="sig", alg=ALGORITHM)
            for key in self.authority.keys.published()
        ]
        return _public({"keys": keys}, "application/jwk-set+json")

    def _authenticate(self, form: dict[str, str]) -> ProvenClient:
        issuer = self.authority.issuer
        audiences = (issuer, issuer + TOKEN_PATH)
        with self._database.autocommit() as connection:
            return authenticate_client(connection, request.headers.get("Authorization"), form, audiences)


def server_metadata(issuer: str) -> dict[str, Any]:
    """Give the metadata of the authorization server (RFC 8414, section 2)."""
    methods, algorithms = list(AUTH_METHODS), list(ASSERTION_ALGORITHMS)
    return {
        "issuer": issuer,
        "token_endpoint": issuer + TOKEN_PATH,
        "revocation_endpoint": issuer + REVOKE_PATH,
        "jwks_uri": issuer + JWKS_PATH,
        "scopes_supported": sorted(scope.value for scope in CLIENT_SCOPES),
        # Required, though there is no authorization endpoint for it to speak of.
        "response_types_supported": [],
        "grant_types_supported": [GRANT_TYPE],
        "token_endpoint_auth_methods_supported": methods,
        "token_endpoint_auth_signing_alg_values_supported": algorithms,
        "revocation_endpoint_auth_methods_supported": methods,
        "revocation_endpoint_auth_signing_alg_values_supported": algorithms,
        "ui_locales_supported": ["nl-NL"],
    }


def _check_grant_type(form: dict[str, str]) -> None:
    if "grant_type" not in form:
        raise invalid_request("De parameter grant_type ontbreekt")
    if form["grant_type"] != GRANT_TYPE:
        raise OAuthError("unsupported_grant_type", f"Alleen grant_type={GRANT_TYPE} wordt ondersteund")


def _requested_scopes(form: dict[str, str], client: ProvenClient) -> frozenset[Scope]:
    if "scope" not in form:
        return client.scopes
    try:
        scopes = parse_scopes(form["scope"].split(" "))
    except UnknownScopes as error:
        raise OAuthError("invalid_scope", "Er is een onbekende scope gevraagd") from error
    if not scopes <= client.scopes:
        raise OAuthError("invalid_scope", "Deze client mag niet alle gevraagde scopes hebben")
    return scopes


def _public(body: dict[str, Any], mimetype: str) -> Response:
    response = Response(orjson.dumps(body), mimetype=mimetype)
    response.headers["Cache-Control"] = f"public, max-age={int(PUBLISHED_MAX_AGE.total_seconds())}"
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response
