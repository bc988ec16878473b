"""`POST /oauth/revoke` (RFC 7009): a client takes back its own token, everywhere at once."""

from typing import Any

import psycopg
import pytest
from flask.testing import FlaskClient
from joserfc.jwk import OKPKey

from register_service.access.clients import ClientCredentials
from register_service.access.purging import purge_expired
from register_service.app import create_app
from register_service.settings import Settings
from tests.access.conftest import MovingClock, Post, assertion_fields, make_assertion
from tests.access.test_token_endpoint import GRANT, assert_granted, assert_refused, basic


@pytest.fixture
def token(post_token: Post, hr: ClientCredentials) -> str:
    return assert_granted(post_token(basic=basic(hr), **GRANT))


def use(client: FlaskClient, token: str) -> int:
    return client.get("/v1/besturen", headers={"Authorization": f"Bearer {token}"}).status_code


def test_it_works_at_once_in_every_worker(
    client: FlaskClient, settings: Settings, post_token: Post, hr: ClientCredentials, token: str
) -> None:
    other_worker = create_app(settings).test_client()
    assert (use(client, token), use(other_worker, token)) == (200, 200)
    answer = post_token(path="/oauth/revoke", basic=basic(hr), token=token)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    assert (use(client, token), use(other_worker, token)) == (401, 401)


def test_one_token_goes_the_others_stay(
    client: FlaskClient, post_token: Post, hr: ClientCredentials, token: str
) -> None:
    other = assert_granted(post_token(basic=basic(hr), **GRANT))
    post_token(path="/oauth/revoke", basic=basic(hr), token=token)
    assert (use(client, token), use(client, other)) == (401, 200)


def test_twice_is_fine_and_so_is_what_is_no_token(post_token: Post, hr: ClientCredentials, token: str) -> None:
    for value in (token, token, "onzin", "\x00", "é"):
        answer = post_token(path="/oauth/revoke", basic=basic(hr), token=value, token_type_hint="refresh_token")
        assert answer.status_code == 200


def test_another_client_cannot(
    client: FlaskClient, post_token: Post, signer: ClientCredentials, private_key: OKPKey, token: str
) -> None:
    fields = assertion_fields(make_assertion(private_key, signer.client_id))
    assert_refused(post_token(path="/oauth/revoke", **fields, token=token), "invalid_grant", 400)
    assert use(client, token) == 200


def test_nobody_without_proof_can(client: FlaskClient, post_token: Post, hr: ClientCredentials, token: str) -> None:
    assert_refused(post_token(path="/oauth/revoke", token=token), "invalid_client", 401)
    assert_refused(post_token(path="/oauth/revoke", basic=(hr.client_id, "fout"), token=token), "invalid_client", 401)
    assert use(client, token) == 200


def test_the_token_must_be_named(post_token: Post, hr: ClientCredentials) -> None:
    assert_refused(post_token(path="/oauth/revoke", basic=basic(hr)), "invalid_request", 400)


def count(owner: psycopg.Connection[Any], table: str) -> int:
    row = owner.execute(f"select count(*) from {table}").fetchone()  # type: ignore[call-overload]
    return int(row[0])


def test_what_expired_is_purged_and_nothing_else(
    moving_clock: MovingClock,
    owner: psycopg.Connection[Any],
    post_token: Post,
    hr: ClientCredentials,
    signer: ClientCredentials,
    private_key: OKPKey,
    token: str,
) -> None:
    post_token(path="/oauth/revoke", basic=basic(hr), token=token)
    assert_granted(post_token(**assertion_fields(make_assertion(private_key, signer.client_id))))
    assert purge_expired(owner) == 0
    moving_clock.forward(minutes=20)
    assert purge_expired(owner) == 1
    assert (count(owner, "used_assertion"), count(owner, "revoked_token")) == (0, 1)
    moving_clock.forward(hours=1)
    assert purge_expired(owner) == 1
    assert (count(owner, "revoked_token"), count(owner, "client_secret")) == (0, 1)
