"""What the authorization server tells the world about itself (RFC 8414, RFC 7517)."""

import pytest
from authlib.oauth2.rfc8414 import AuthorizationServerMetadata
from flask import Flask
from flask.testing import FlaskClient
from joserfc import jws
from joserfc.jwk import KeySet

from register_service.access.jose import PinnedAlgorithms
from register_service.access.keys import PUBLISH_BEFORE_USE, PUBLISHED_MAX_AGE
from register_service.access.token_endpoint import server_metadata
from tests.access.conftest import ISSUER


def test_metadata_is_valid(client: FlaskClient) -> None:
    answer = client.get("/.well-known/oauth-authorization-server")
    assert answer.mimetype == "application/json"
    assert answer.headers["Cache-Control"].startswith("public")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.json["issuer"] == ISSUER
    # Authlib wants https, and response types even of a server without an authorization endpoint.
    document = server_metadata("https://register.example")
    assert document["response_types_supported"] == []
    AuthorizationServerMetadata({**document, "response_types_supported": ["none"]}).validate()


@pytest.mark.parametrize(
    ("name", "method"), [("jwks_uri", "GET"), ("token_endpoint", "POST"), ("revocation_endpoint", "POST")]
)
def test_metadata_points_at_routes_that_are_there(app: Flask, client: FlaskClient, name: str, method: str) -> None:
    path = client.get("/.well-known/oauth-authorization-server").json[name].removeprefix(ISSUER)
    assert app.url_map.bind("127.0.0.1").test(path, method)


def test_the_jwks_verifies_a_token(app: Flask, client: FlaskClient) -> None:
    answer = client.get("/.well-known/jwks.json")
    assert answer.mimetype == "application/jwk-set+json"
    authority = app.extensions["register"].authority
    token = authority.issue_token(client_id="x", role="beheer", bestuur=None, scopes=[])
    keys = KeySet.import_key_set(answer.json)
    signed = jws.deserialize_compact(token, keys, registry=PinnedAlgorithms(["EdDSA"]))
    assert signed.headers()["kid"] == answer.json["keys"][0]["kid"]


def test_the_jwks_holds_nothing_private(client: FlaskClient) -> None:
    (key,) = client.get("/.well-known/jwks.json").json["keys"]
    assert key.keys() == {"kty", "crv", "x", "kid", "use", "alg"}


def test_a_new_key_is_in_the_jwks_at_once_and_caches_forget_before_it_signs(app: Flask, client: FlaskClient) -> None:
    keys = app.extensions["register"].authority.keys
    old = keys.signing()
    new = keys.rotate()
    assert [key["kid"] for key in client.get("/.well-known/jwks.json").json["keys"]] == [old.kid, new.kid]
    assert keys.signing().kid == old.kid
    assert PUBLISHED_MAX_AGE < PUBLISH_BEFORE_USE
    assert (
        f"max-age={int(PUBLISHED_MAX_AGE.total_seconds())}"
        in client.get("/.well-known/jwks.json").headers["Cache-Control"]
    )
