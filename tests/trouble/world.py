"""A small register with one bestuur and one client, and a way to talk HTTP to it that hides nothing."""

import http.client
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from register_service.access.clients import ClientCredentials, create_client
from register_service.access.keys import KeyStore
from register_service.access.models import ClientSoort
from register_service.access.tokens import TokenAuthority
from register_service.settings import Settings
from tests.conftest import make_settings
from tests.helpers.live import LiveServer

BESTUUR, VESTIGING = "41285", "00AA00"
# More than any answer may take; a request that hangs ends in an error here.
PATIENCE = 60.0

# Values that nobody would log by chance.
PERSON = {
    "voornamen": "Zwaanhilde Quirina",
    "achternaam": "Xylofoonsma",
    "geboortedatum": "1987-06-05",
    "emailadres": "zwaanhilde.xylofoonsma@geheimpost.example",
}


@dataclass(frozen=True)
class Reply:
    """An answer, whole."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """Read the body."""
        return json.loads(self.body)


@dataclass(frozen=True)
class World:
    """Settings of a seeded register and the credentials of its one client."""

    settings: Settings
    client: ClientCredentials

    def token(self, base_url: str) -> str:
        """Make a token as the service at `base_url` would."""
        authority = TokenAuthority(base_url, KeyStore(self.settings.key_dir / "tokens"))
        return authority.issue_token(
            client_id=self.client.client_id, role="bestuur", bestuur=BESTUUR, scopes=self.client.scopes
        )

    def scalar(self, statement: str, *parameters: object) -> Any:
        """Ask the database itself, as its owner."""
        with psycopg.connect(self.settings.database_url, autocommit=True, connect_timeout=10) as connection:
            row = connection.execute(statement, parameters).fetchone()  # type: ignore[call-overload]
        assert row is not None
        return row[0]


def make_world(database_url: str, folder: Path) -> World:
    """Seed a migrated database."""
    with psycopg.connect(database_url) as connection:
        connection.execute("insert into bestuur (nummer, naam) values (%s, 'Stichting Proef')", (BESTUUR,))
        connection.execute(
            "insert into school (brin, naam, sector, bestuur) values ('00AA', 'De Proef', 'po', %s)", (BESTUUR,)
        )
        connection.execute(
            "insert into vestiging (code, brin, sector, naam, bestuur) values (%s, '00AA', 'po', 'De Proef', %s)",
            (VESTIGING, BESTUUR),
        )
        client = create_client(connection, naam="HR-systeem", soort=ClientSoort.BESTUUR, bestuur=BESTUUR)
    return World(make_settings(database_url, folder), client)


class Caller:
    """One client of one service. A request opens a connection of its own, so that no trouble is hidden by another's."""

    def __init__(self, world: World, service: LiveServer) -> None:
        self.world, self.service = world, service
        self.token = world.token(service.url)

    def ask(self, method: str, path: str, body: object = None, headers: Mapping[str, str] | None = None) -> Reply:
        """Send one request with the token. Raises OSError or HTTPException when there is no whole answer."""
        sent = (
            dict(headers or {})
            if path.startswith("/oauth/")
            else {"Authorization": f"Bearer {self.token}", **(headers or {})}
        )
        data: bytes | None = None
        if isinstance(body, bytes):
            data = body
        elif body is not None:
            data = json.dumps(body).encode()
            sent.setdefault("Content-Type", "application/json")
        connection = http.client.HTTPConnection("127.0.0.1", self.service.port, timeout=PATIENCE)
        try:
            connection.request(method, path, data, sent)
            answer = connection.getresponse()
            return Reply(answer.status, dict(answer.headers), answer.read())
        finally:
            connection.close()

    def register(self, nth: int, key: str | None = None) -> Reply:
        """Register a leraar; the same number is the same request."""
        headers = {"Idempotency-Key": key} if key else {}
        return self.ask("POST", "/v1/leraren", person(nth), headers)

    def sign_in(self) -> Reply:
        """Ask for a token with the secret."""
        client = self.world.client
        form = f"grant_type=client_credentials&client_id={client.client_id}&client_secret={client.client_secret}"
        return self.ask("POST", "/oauth/token", form.encode(), {"Content-Type": "application/x-www-form-urlencoded"})


def person(nth: int) -> dict[str, object]:
    """Give the nth person, confirmed to be nobody else."""
    name = "".join(chr(ord("a") + int(digit)) for digit in str(nth))
    return {**PERSON, "achternaam": f"{PERSON['achternaam']} {name}", "bevestigdNieuw": True}


def aanstelling(nth: int) -> dict[str, object]:
    """Give an aanstelling whose day depends on `nth`, one day long, so that different ones never overlap."""
    day = f"{2000 + nth // 336:04}-{nth // 28 % 12 + 1:02}-{nth % 28 + 1:02}"
    return {
        "vestiging": VESTIGING, "functie": "leraar", "soort": "regulier", "begindatum": day, "einddatum": day,
        "redenEinde": "overig", "betrekkingsomvang": 0.5, "personeelsnummer": f"P{nth}",
    }  # fmt: skip
