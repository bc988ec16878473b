"""`POST /oauth/token`: client credentials with a secret, and every way in which RFC 6749 wants it refused."""

import hmac
from dataclasses import replace
from pathlib import Path
from typing import Any

import psycopg
import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from register_service.access import client_authentication
from register_service.access.clients import ClientCredentials, revoke_client, rotate_secret
from register_service.access.oauth import MAX_FORM_BYTES
from register_service.access.scopes import Scope
from register_service.app import create_app
from register_service.settings import Settings
from tests.access.conftest import BESTUUR, Post, basic_header

GRANT = {"grant_type": "client_credentials"}


def secret_fields(hr: ClientCredentials, **more: str) -> dict[str, str]:
    assert hr.client_secret is not None
    return {**GRANT, "client_id": hr.client_id, "client_secret": hr.client_secret, **more}


def basic(hr: ClientCredentials) -> tuple[str, str]:
    assert hr.client_secret is not None
    return hr.client_id, hr.client_secret


def assert_refused(answer: TestResponse, error: str, status: int) -> None:
    """Hold a refusal to RFC 6749, section 5.2."""
    assert (answer.status_code, answer.json["error"]) == (status, error)
    assert answer.mimetype == "application/json"
    assert answer.headers["Cache-Control"] == "no-store"
    assert all(c.isascii() and c.isprintable() and c not in '"\\' for c in answer.json["error_description"])
    assert ("WWW-Authenticate" in answer.headers) == (status == 401)


def assert_granted(answer: TestResponse) -> str:
    """Hold an answer to RFC 6749, section 5.1, and give the token."""
    assert answer.status_code == 200, answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Pragma"] == "no-cache"
    assert answer.mimetype == "application/json"
    assert answer.json["token_type"] == "Bearer"
    assert 0 < answer.json["expires_in"] <= 3600
    return str(answer.json["access_token"])


def test_a_secret_in_the_header(app: Flask, post_token: Post, hr: ClientCredentials) -> None:
    token = assert_granted(post_token(basic=basic(hr), **GRANT))
    claims = app.extensions["register"].authority.verify_token(token)
    assert (claims.client_id, claims.role, claims.bestuur) == (hr.client_id, "bestuur", BESTUUR)
    assert claims.scopes == hr.scopes


def test_a_secret_in_the_body(post_token: Post, hr: ClientCredentials) -> None:
    assert_granted(post_token(**secret_fields(hr)))


def test_the_token_opens_the_api(client: FlaskClient, post_token: Post, hr: ClientCredentials) -> None:
    token = assert_granted(post_token(basic=basic(hr), **GRANT))
    assert client.get("/v1/besturen", headers={"Authorization": f"Bearer {token}"}).status_code == 200


def test_all_scopes_unless_asked_otherwise(post_token: Post, hr: ClientCredentials) -> None:
    assert set(post_token(basic=basic(hr), **GRANT).json["scope"].split()) == hr.scopes
    assert set(post_token(basic=basic(hr), **GRANT, scope="").json["scope"].split()) == hr.scopes


def test_fewer_scopes_when_asked(app: Flask, post_token: Post, hr: ClientCredentials) -> None:
    answer = post_token(basic=basic(hr), **GRANT, scope="leraren:lezen")
    assert answer.json["scope"] == "leraren:lezen"
    claims = app.extensions["register"].authority.verify_token(answer.json["access_token"])
    assert claims.scopes == {Scope.LERAREN_LEZEN}


@pytest.mark.parametrize(
    "scope",
    ["alles", "leraren:samenvoegen", "leraren:lezen leraren:samenvoegen", " ", "open", "leraren:lezen  x", "\x00"],
)
def test_scopes_one_may_not_have(post_token: Post, hr: ClientCredentials, scope: str) -> None:
    assert_refused(post_token(basic=basic(hr), **GRANT, scope=scope), "invalid_scope", 400)


def test_a_wrong_secret_and_an_unknown_client_get_the_same_answer(post_token: Post, hr: ClientCredentials) -> None:
    wrong = post_token(basic=(hr.client_id, "fout"), **GRANT)
    unknown = post_token(basic=("onbekend", "fout"), **GRANT)
    assert_refused(wrong, "invalid_client", 401)
    assert wrong.headers["WWW-Authenticate"].startswith("Basic ")
    assert (wrong.data, wrong.headers["WWW-Authenticate"]) == (unknown.data, unknown.headers["WWW-Authenticate"])


def test_an_unknown_client_costs_as_many_comparisons(
    post_token: Post, hr: ClientCredentials, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared: list[int] = []

    def counted(one: bytes, other: bytes) -> bool:
        compared.append(1)
        return hmac.compare_digest(one, other)

    monkeypatch.setattr(client_authentication, "compare_digest", counted)
    counts = []
    for credentials in (("onbekend", "fout"), (hr.client_id, "fout"), basic(hr)):
        compared.clear()
        post_token(basic=credentials, **GRANT)
        counts.append(len(compared))
    assert len(set(counts)) == 1


@pytest.mark.parametrize("client_id", ["", "\x00", "x" * 200, "onbekend'; drop table client", "\ud7ff", "é"])
def test_strange_client_ids(post_token: Post, hr: ClientCredentials, client_id: str) -> None:
    assert_refused(post_token(**GRANT, client_id=client_id, client_secret="x"), "invalid_client", 401)


@pytest.mark.parametrize(
    "header", ["Basic", "Basic !", "Basic eA==", "Basic /////w==", "Bearer x", "Digest x", "", " ", "Basic \xe9"]
)
def test_strange_authorization_headers(client: FlaskClient, header: str) -> None:
    answer = client.post("/oauth/token", data=GRANT, headers={"Authorization": header})
    assert_refused(answer, "invalid_client", 401)


def test_no_authentication(post_token: Post) -> None:
    assert_refused(post_token(**GRANT), "invalid_client", 401)
    assert_refused(post_token(**GRANT, client_id="x"), "invalid_client", 401)


def test_the_header_is_form_encoded(client: FlaskClient, hr: ClientCredentials) -> None:
    client_id, secret = basic(hr)
    encoded = "".join(f"%{byte:02X}" for byte in secret.encode())
    headers = {"Authorization": basic_header(client_id, encoded)}
    assert_granted(client.post("/oauth/token", data=GRANT, headers=headers))


def test_one_way_of_authenticating_at_a_time(post_token: Post, hr: ClientCredentials) -> None:
    twice = post_token(basic=basic(hr), **secret_fields(hr))
    assert_refused(twice, "invalid_request", 400)
    other = post_token(basic=basic(hr), **GRANT, client_assertion="x")
    assert_refused(other, "invalid_request", 400)


def test_the_same_client_id_in_header_and_body_is_fine(post_token: Post, hr: ClientCredentials) -> None:
    assert_granted(post_token(basic=basic(hr), **GRANT, client_id=hr.client_id))
    assert_refused(post_token(basic=basic(hr), **GRANT, client_id="ander"), "invalid_request", 400)


def test_grant_types(post_token: Post, hr: ClientCredentials) -> None:
    assert_refused(post_token(basic=basic(hr)), "invalid_request", 400)
    assert_refused(post_token(basic=basic(hr), grant_type=""), "invalid_request", 400)
    for other in ("password", "authorization_code", "refresh_token", "\x00"):
        assert_refused(post_token(basic=basic(hr), grant_type=other), "unsupported_grant_type", 400)


def test_unknown_parameters_are_ignored(post_token: Post, hr: ClientCredentials) -> None:
    assert_granted(post_token(basic=basic(hr), **GRANT, resource="https://elders.example"))


def form(client: FlaskClient, body: Any, **options: Any) -> TestResponse:
    return client.post("/oauth/token", **{"data": body, "content_type": "application/x-www-form-urlencoded", **options})


@pytest.mark.parametrize(
    "body",
    [
        b"grant_type=client_credentials&grant_type=client_credentials",
        b"grant_type=client_credentials&client_id=a&client_id=b",
        b"grant_type=%ff",
        b"grant_type=\xff",
        b"&".join(b"a%d=1" % number for number in range(100)),
        b"",
        b"{}",
    ],
)
def test_malformed_bodies(client: FlaskClient, body: bytes) -> None:
    assert_refused(form(client, body), "invalid_request", 400)


def test_other_media_types(client: FlaskClient) -> None:
    assert_refused(client.post("/oauth/token", json=GRANT), "invalid_request", 415)
    assert_refused(client.post("/oauth/token", data=GRANT, content_type="multipart/form-data"), "invalid_request", 415)
    assert_refused(client.post("/oauth/token"), "invalid_request", 415)


def test_a_charset_is_allowed(client: FlaskClient, hr: ClientCredentials) -> None:
    answer = form(
        client,
        b"grant_type=client_credentials",
        content_type="application/x-www-form-urlencoded; charset=UTF-8",
        headers={"Authorization": basic_header(*basic(hr))},
    )
    assert_granted(answer)


def test_an_oversized_body(client: FlaskClient) -> None:
    assert_refused(form(client, b"a=" + b"x" * MAX_FORM_BYTES), "invalid_request", 413)


def test_secrets_do_not_belong_in_urls(client: FlaskClient, hr: ClientCredentials) -> None:
    answer = client.post("/oauth/token", data=GRANT, query_string={"client_id": "a", "client_secret": "b"})
    assert_refused(answer, "invalid_request", 400)


def test_only_post(client: FlaskClient) -> None:
    assert client.get("/oauth/token").status_code == 405


def test_two_secrets_hold_while_one_is_renewed(
    owner: psycopg.Connection[Any], post_token: Post, hr: ClientCredentials
) -> None:
    second = rotate_secret(owner, hr.client_id)
    assert_granted(post_token(basic=basic(hr), **GRANT))
    assert_granted(post_token(basic=(hr.client_id, second), **GRANT))
    third = rotate_secret(owner, hr.client_id, drop_old=True)
    assert_granted(post_token(basic=(hr.client_id, third), **GRANT))
    for old in (basic(hr)[1], second):
        assert_refused(post_token(basic=(hr.client_id, old), **GRANT), "invalid_client", 401)


def test_a_revoked_client_gets_no_token_and_its_tokens_stop_at_once(
    owner: psycopg.Connection[Any], client: FlaskClient, post_token: Post, hr: ClientCredentials
) -> None:
    headers = {"Authorization": f"Bearer {assert_granted(post_token(basic=basic(hr), **GRANT))}"}
    assert client.get("/v1/besturen", headers=headers).status_code == 200
    revoke_client(owner, hr.client_id)
    refused = client.get("/v1/besturen", headers=headers)
    assert refused.status_code == 401
    assert 'error="invalid_token"' in refused.headers["WWW-Authenticate"]
    assert_refused(post_token(basic=basic(hr), **GRANT), "invalid_client", 401)


def test_no_secret_and_no_token_is_stored_or_logged_anywhere(
    owner: psycopg.Connection[Any], post_token: Post, hr: ClientCredentials, capfd: pytest.CaptureFixture[str]
) -> None:
    client_id, secret = basic(hr)
    token = assert_granted(post_token(basic=(client_id, secret), **GRANT))
    post_token(basic=(client_id, secret + "x"), **GRANT)
    post_token(client_id=secret, client_secret=client_id, **GRANT)
    post_token(path="/oauth/revoke", basic=(client_id, secret), token=token)
    tables = owner.execute("select tablename from pg_tables where schemaname = 'public'").fetchall()
    stored = "".join(
        str(row) for (table,) in tables for row in owner.execute(f'select t::text from "{table}" t').fetchall()
    )
    said = "".join(capfd.readouterr())
    assert "client_authentication_failed" in said
    for place in (stored, said, repr(hr)):
        assert secret not in place
        assert secret.encode().hex() not in place
        assert token not in place
        assert token.rsplit(".", 1)[1] not in place


def test_connections_that_died_are_replaced(
    client: FlaskClient, hr: ClientCredentials, owner: psycopg.Connection[Any]
) -> None:
    headers = {"Authorization": basic_header(*basic(hr))}
    assert_granted(client.post("/oauth/token", data=GRANT, headers=headers))
    owner.execute(
        "select pg_terminate_backend(pid) from pg_stat_activity"
        " where usename = 'register_app' and datname = current_database()"
    )
    assert_granted(client.post("/oauth/token", data=GRANT, headers=headers))


def test_a_database_that_is_gone_is_503(settings: Settings, tmp_path: Path) -> None:
    url = f"postgresql://register_app@/register?host={tmp_path}"
    client = create_app(replace(settings, app_database_url=url)).test_client()
    answer = client.post("/oauth/token", data={**GRANT, "client_id": "x", "client_secret": "x"})
    assert answer.status_code == 503
    assert "Retry-After" in answer.headers
    assert client.get("/.well-known/jwks.json").status_code == 200
