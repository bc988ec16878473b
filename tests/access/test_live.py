"""Over real HTTP, with two workers and a client that others wrote (Authlib)."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from authlib.integrations.requests_client import OAuth2Session
from authlib.oauth2.rfc7523 import PrivateKeyJWT
from joserfc.jwk import OKPKey

from register_service.access.clients import ClientCredentials, revoke_client
from register_service.access.jose import epoch
from register_service.settings import Settings
from tests.access.test_token_endpoint import basic
from tests.helpers.live import LiveServer

TRIES = range(12)


@pytest.fixture
def server(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[LiveServer]:
    # Authlib insists on https, which a test on the loopback address has no need of.
    monkeypatch.setenv("AUTHLIB_INSECURE_TRANSPORT", "1")
    with LiveServer(settings, workers=2, threads=2) as running:
        yield running


def statuses(server: LiveServer, session: OAuth2Session) -> set[int]:
    """Use a token a number of times, each over a new connection, so that every worker meets it."""
    headers = {"Connection": "close"}
    return {session.get(f"{server.url}/v1/besturen", headers=headers).status_code for _ in TRIES}


def test_authlib_with_a_secret_and_revocation_in_every_worker(server: LiveServer, hr: ClientCredentials) -> None:
    session = OAuth2Session(*basic(hr))
    session.fetch_token(f"{server.url}/oauth/token", grant_type="client_credentials", scope="organisaties:lezen")
    assert statuses(server, session) == {200}
    session.revoke_token(f"{server.url}/oauth/revoke", token=session.token["access_token"])
    assert statuses(server, session) == {401}


@pytest.mark.filterwarnings("ignore:EdDSA is deprecated")
def test_authlib_with_a_key_and_a_client_revoked_in_every_worker(
    server: LiveServer, owner: psycopg.Connection[Any], signer: ClientCredentials, private_key: OKPKey
) -> None:
    url = f"{server.url}/oauth/token"
    session = OAuth2Session(signer.client_id, private_key, token_endpoint_auth_method="private_key_jwt")
    # Authlib's own choice, an hour ahead, is more than we take.
    session.register_client_auth_method(PrivateKeyJWT(url, alg="EdDSA", claims={"exp": epoch() + 60}))
    session.fetch_token(url, grant_type="client_credentials")
    assert statuses(server, session) == {200}
    revoke_client(owner, signer.client_id)
    assert statuses(server, session) == {401}


def register(server: LiveServer, *arguments: str) -> str:
    command = [sys.executable, "-m", "register_service.cli.main", *arguments]
    environ = {**os.environ, **server.environ()}
    return subprocess.run(command, env=environ, capture_output=True, text=True, check=True).stdout


def test_keys_rotate_under_running_workers(server: LiveServer, hr: ClientCredentials) -> None:
    session = OAuth2Session(*basic(hr))
    session.fetch_token(f"{server.url}/oauth/token", grant_type="client_credentials")
    (old,) = json.loads(register(server, "sleutel", "list"))
    register(server, "sleutel", "rotate")
    assert statuses(server, session) == {200}
    register(server, "sleutel", "remove", old["kid"])
    session.fetch_token(f"{server.url}/oauth/token", grant_type="client_credentials")
    assert statuses(server, session) == {200}
