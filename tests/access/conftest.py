"""A bestuur with a client, and ways to ask for tokens on its behalf."""

import base64
import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from flask.testing import FlaskClient
from joserfc import jws
from joserfc.jwk import OKPKey
from werkzeug.test import TestResponse

from register_service.access.clients import ClientCredentials, create_client
from register_service.access.jose import PinnedAlgorithms, epoch
from register_service.access.keys import KeyStore
from register_service.access.models import ClientSoort
from register_service.access.tokens import TokenAuthority
from register_service.core import clock
from register_service.core.ids import new_id

ISSUER = "http://127.0.0.1:8000"
TOKEN_URL = f"{ISSUER}/oauth/token"
BESTUUR = "41285"
ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
REGISTRY = PinnedAlgorithms(["EdDSA", "ES256", "PS256", "RS256", "HS256", "none"])
START = datetime(2026, 11, 23, 9, tzinfo=UTC)

Post = Callable[..., TestResponse]


class MovingClock:
    """A clock that moves when told to."""

    def __init__(self) -> None:
        self.moment = START

    def now(self) -> datetime:
        return self.moment

    def forward(self, **span: float) -> None:
        self.moment += timedelta(**span)


@pytest.fixture
def moving_clock() -> Iterator[MovingClock]:
    """A clock for the whole process that moves when told to."""
    moving = MovingClock()
    previous = clock.set_clock(moving)
    yield moving
    clock.set_clock(previous)


@pytest.fixture
def keys(tmp_path: Path) -> KeyStore:
    """A store that looks at its directory every time."""
    return KeyStore(tmp_path / "tokens", reload_seconds=0)


@pytest.fixture
def authority(keys: KeyStore) -> TokenAuthority:
    return TokenAuthority(ISSUER, keys)


@pytest.fixture
def owner(database_url: str) -> Iterator[psycopg.Connection[Any]]:
    """A connection of the owner, in autocommit, with one bestuur in the register."""
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute("insert into bestuur (nummer, naam) values (%s, 'Stichting Proef')", (BESTUUR,))
        yield connection


@pytest.fixture
def hr(owner: psycopg.Connection[Any]) -> ClientCredentials:
    """The HR system of the bestuur, with a secret."""
    return create_client(owner, naam="HR", soort=ClientSoort.BESTUUR, bestuur=BESTUUR)


@pytest.fixture
def private_key() -> OKPKey:
    return OKPKey.generate_key("Ed25519", {"kid": "hr-1"})


@pytest.fixture
def signer(owner: psycopg.Connection[Any], private_key: OKPKey) -> ClientCredentials:
    """An HR system that proves who it is with a key."""
    jwks = {"keys": [private_key.as_dict(private=False)]}
    return create_client(owner, naam="HR met sleutel", soort=ClientSoort.BESTUUR, bestuur=BESTUUR, jwks=jwks)


@pytest.fixture
def post_token(client: FlaskClient) -> Post:
    """Post a form to the token endpoint: fields by name, `basic=(id, secret)`, `path=` for another endpoint."""

    def post(*, basic: tuple[str, str] | None = None, path: str = "/oauth/token", **fields: str) -> TestResponse:
        headers = {"Authorization": basic_header(*basic)} if basic else {}
        return client.post(path, data=fields, headers=headers, content_type="application/x-www-form-urlencoded")

    return post


def basic_header(client_id: str, secret: str) -> str:
    """Write the Authorization header of client_secret_basic."""
    return "Basic " + base64.b64encode(f"{client_id}:{secret}".encode()).decode()


def make_assertion(
    key: Any, client_id: str, *, alg: str = "EdDSA", header: dict[str, Any] | None = None, **changes: Any
) -> str:
    """Sign an assertion for client_id; `changes` replace claims, None leaves one out."""
    claims = {
        "iss": client_id,
        "sub": client_id,
        "aud": TOKEN_URL,
        "exp": epoch() + 60,
        "jti": str(new_id()),
        **changes,
    }
    kept = {name: value for name, value in claims.items() if value is not None}
    # Plain json, which escapes what joserfc would refuse to write.
    return jws.serialize_compact({"alg": alg, **(header or {})}, json.dumps(kept), key, registry=REGISTRY)


def assertion_fields(assertion: str) -> dict[str, str]:
    """Give the form fields of private_key_jwt."""
    return {
        "grant_type": "client_credentials",
        "client_assertion_type": ASSERTION_TYPE,
        "client_assertion": assertion,
    }
