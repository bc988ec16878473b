"""`private_key_jwt` (RFC 7523): good once, for us, for a short while, signed by a key we know."""

import threading
from typing import Any

import psycopg
import pytest
from authlib.oauth2.rfc7523 import private_key_jwt_sign
from flask import Flask
from joserfc.jwk import ECKey, Key, OctKey, OKPKey, RSAKey

from register_service.access.clients import ClientCredentials, create_client, replace_keys, revoke_client
from register_service.access.jose import epoch
from register_service.access.models import ClientSoort
from tests.access.conftest import (
    ASSERTION_TYPE,
    BESTUUR,
    ISSUER,
    TOKEN_URL,
    MovingClock,
    Post,
    assertion_fields,
    make_assertion,
)
from tests.access.test_token_endpoint import assert_granted, assert_refused


def key_of(algorithm: str) -> Key:
    if algorithm == "EdDSA":
        return OKPKey.generate_key("Ed25519")
    return ECKey.generate_key("P-256") if algorithm == "ES256" else RSAKey.generate_key(2048)


@pytest.mark.parametrize("algorithm", ["EdDSA", "ES256", "PS256", "RS256"])
def test_each_algorithm(owner: psycopg.Connection[Any], post_token: Post, algorithm: str) -> None:
    key = key_of(algorithm)
    jwks = {"keys": [key.as_dict(private=False)]}
    client = create_client(owner, naam="HR", soort=ClientSoort.BESTUUR, bestuur=BESTUUR, jwks=jwks)
    assert client.client_secret is None
    assertion = make_assertion(key, client.client_id, alg=algorithm)
    assert_granted(post_token(**assertion_fields(assertion)))


@pytest.mark.filterwarnings("ignore:EdDSA is deprecated")
def test_what_authlib_signs_is_accepted(post_token: Post, signer: ClientCredentials, private_key: OKPKey) -> None:
    assertion = private_key_jwt_sign(private_key, signer.client_id, TOKEN_URL, alg="EdDSA", expires_in=60)
    assert_granted(post_token(**assertion_fields(assertion)))


@pytest.mark.parametrize("audience", [ISSUER, TOKEN_URL, [TOKEN_URL]])
def test_our_names(post_token: Post, signer: ClientCredentials, private_key: OKPKey, audience: Any) -> None:
    assert_granted(post_token(**assertion_fields(make_assertion(private_key, signer.client_id, aud=audience))))


def test_client_id_beside_the_assertion(post_token: Post, signer: ClientCredentials, private_key: OKPKey) -> None:
    fields = assertion_fields(make_assertion(private_key, signer.client_id))
    assert_refused(post_token(**fields, client_id="ander"), "invalid_request", 400)
    assert_granted(post_token(**fields, client_id=signer.client_id))


@pytest.mark.parametrize(
    "changes",
    [
        {"iss": "ander"},
        {"iss": None},
        {"sub": None},
        {"sub": 7},
        {"sub": "\x00"},
        {"sub": "ander"},
        {"aud": "https://elders.example"},
        {"aud": [TOKEN_URL, "https://elders.example"]},
        {"aud": []},
        {"aud": {"a": 1}},
        {"aud": None},
        {"exp": None},
        {"exp": "straks"},
        {"exp": True},
        {"exp": 0},
        {"exp": -1},
        {"exp": float("inf")},
        {"exp": float("nan")},
        {"exp": 10**30},
        {"exp": 4_000_000_000},
        {"nbf": 4_000_000_000},
        {"iat": 4_000_000_000},
        {"iat": "nu"},
        {"jti": None},
        {"jti": ""},
        {"jti": 7},
        {"jti": "x" * 256},
        {"jti": "a\x00b"},
        {"jti": "\ud800"},
    ],
    ids=repr,
)
def test_wrong_claims(
    post_token: Post, signer: ClientCredentials, private_key: OKPKey, changes: dict[str, Any]
) -> None:
    assertion = make_assertion(private_key, signer.client_id, **changes)
    assert_refused(post_token(**assertion_fields(assertion)), "invalid_client", 401)


def test_no_more_than_five_minutes_ahead(
    moving_clock: MovingClock, post_token: Post, signer: ClientCredentials, private_key: OKPKey
) -> None:
    for ahead, status in ((300, 200), (301, 401), (1, 200), (0, 401)):
        assertion = make_assertion(private_key, signer.client_id, exp=epoch() + ahead)
        assert post_token(**assertion_fields(assertion)).status_code == status


def test_a_jti_is_good_for_one_time(post_token: Post, signer: ClientCredentials, private_key: OKPKey) -> None:
    assertion = make_assertion(private_key, signer.client_id)
    assert_granted(post_token(**assertion_fields(assertion)))
    assert_refused(post_token(**assertion_fields(assertion)), "invalid_client", 401)
    other = make_assertion(private_key, signer.client_id, jti="zelf-gekozen")
    assert_granted(post_token(**assertion_fields(other)))
    again = make_assertion(private_key, signer.client_id, jti="zelf-gekozen", exp=epoch() + 30)
    assert_refused(post_token(**assertion_fields(again)), "invalid_client", 401)


def test_a_jti_is_used_up_everywhere(
    app: Flask, post_token: Post, signer: ClientCredentials, private_key: OKPKey
) -> None:
    fields = assertion_fields(make_assertion(private_key, signer.client_id))
    assert_granted(post_token(**fields))
    assert_refused(post_token(path="/oauth/revoke", **fields, token="x"), "invalid_client", 401)


def ask_at_once(app: Flask, fields: dict[str, str], times: int) -> list[int]:
    """Send the same form from several threads at the same moment; give the statuses, sorted."""
    barrier = threading.Barrier(times)
    statuses: list[int] = []

    def ask() -> None:
        client = app.test_client()
        barrier.wait()
        statuses.append(client.post("/oauth/token", data=fields).status_code)

    threads = [threading.Thread(target=ask) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(statuses)


def test_of_requests_at_once_with_one_jti_one_wins(app: Flask, signer: ClientCredentials, private_key: OKPKey) -> None:
    for _ in range(5):
        fields = assertion_fields(make_assertion(private_key, signer.client_id))
        assert ask_at_once(app, fields, 4) == [200, 401, 401, 401]


def test_another_key(post_token: Post, signer: ClientCredentials) -> None:
    for header in ({}, {"kid": "hr-1"}):
        stranger = OKPKey.generate_key("Ed25519")
        assertion = make_assertion(stranger, signer.client_id, header=header)
        assert_refused(post_token(**assertion_fields(assertion)), "invalid_client", 401)


def test_a_key_sent_along_counts_for_nothing(post_token: Post, signer: ClientCredentials) -> None:
    stranger = OKPKey.generate_key("Ed25519")
    header = {"jwk": stranger.as_dict(private=False)}
    assertion = make_assertion(stranger, signer.client_id, header=header)
    assert_refused(post_token(**assertion_fields(assertion)), "invalid_client", 401)


@pytest.mark.parametrize("algorithm", ["none", "HS256"])
def test_unsafe_algorithms(post_token: Post, signer: ClientCredentials, private_key: OKPKey, algorithm: str) -> None:
    secret = OctKey.import_key(str(private_key.as_dict(private=False)["x"]))
    assertion = make_assertion(secret, signer.client_id, alg=algorithm)
    assert_refused(post_token(**assertion_fields(assertion)), "invalid_client", 401)


def test_an_unknown_kid(post_token: Post, signer: ClientCredentials, private_key: OKPKey) -> None:
    assertion = make_assertion(private_key, signer.client_id, header={"kid": "hr-2"})
    assert_refused(post_token(**assertion_fields(assertion)), "invalid_client", 401)


@pytest.mark.parametrize("assertion", ["x", "a.b.c", "e30.e30.e30", "é.é.é", "\x00", "." * 50, "x" * 9000])
def test_what_is_no_assertion(post_token: Post, signer: ClientCredentials, assertion: str) -> None:
    assert_refused(post_token(**assertion_fields(assertion)), "invalid_client", 401)


def test_both_fields_belong_together(post_token: Post, signer: ClientCredentials, private_key: OKPKey) -> None:
    grant = {"grant_type": "client_credentials"}
    assertion = make_assertion(private_key, signer.client_id)
    assert_refused(post_token(**grant, client_assertion=assertion), "invalid_client", 401)
    assert_refused(post_token(**grant, client_assertion_type=ASSERTION_TYPE), "invalid_client", 401)
    saml = "urn:ietf:params:oauth:client-assertion-type:saml2-bearer"
    refused = post_token(**grant, client_assertion=assertion, client_assertion_type=saml)
    assert_refused(refused, "invalid_client", 401)


def test_a_client_without_keys(post_token: Post, hr: ClientCredentials, private_key: OKPKey) -> None:
    assertion = make_assertion(private_key, hr.client_id)
    assert_refused(post_token(**assertion_fields(assertion)), "invalid_client", 401)


def test_a_revoked_client(
    owner: psycopg.Connection[Any], post_token: Post, signer: ClientCredentials, private_key: OKPKey
) -> None:
    revoke_client(owner, signer.client_id)
    assertion = make_assertion(private_key, signer.client_id)
    assert_refused(post_token(**assertion_fields(assertion)), "invalid_client", 401)


def test_a_client_renews_its_keys_without_a_gap(
    owner: psycopg.Connection[Any], post_token: Post, signer: ClientCredentials, private_key: OKPKey
) -> None:
    new = OKPKey.generate_key("Ed25519", {"kid": "hr-2"})
    replace_keys(owner, signer.client_id, {"keys": [key.as_dict(private=False) for key in (private_key, new)]})
    for key in (private_key, new):
        assert_granted(post_token(**assertion_fields(make_assertion(key, signer.client_id))))
    replace_keys(owner, signer.client_id, {"keys": [new.as_dict(private=False)]})
    assertion = make_assertion(private_key, signer.client_id)
    assert_refused(post_token(**assertion_fields(assertion)), "invalid_client", 401)
