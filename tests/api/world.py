"""A small register with one of everything, and callers with tokens, for tests of the API."""

import itertools
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import psycopg
from flask import Flask
from werkzeug.test import TestResponse

from register_service.access import persons
from register_service.access.clients import OF_AANBIEDER
from register_service.access.models import ClientSoort
from register_service.access.scopes import GRANTABLE, Scope
from register_service.app import create_app
from register_service.core import clock
from register_service.core.context import set_context
from register_service.journal.keys import load_or_create_key
from register_service.journal.sealer import become_sealer, seal_once
from register_service.settings import Settings
from tests.api import activiteiten, catalogus, koppelcodes, registraties, trajecten
from tests.api.contract import Contract

BESTUUR_A, BESTUUR_B = "41285", "41300"
PARTNERSCHAP = "01890000-0000-7000-8000-000000000001"
BEVOEGDHEID = "01890000-0000-7000-8000-000000000002"
AANSTELLING = "01890000-0000-7000-8000-000000000003"
REGELING = "01890000-0000-7000-8000-000000000004"
# A leraar with every field filled, one with every optional field empty, one merged into the first, one of bestuur B only.
VOL, LEEG, SAMENGEVOEGD, VAN_B = "2657035144", "8501319231", "3799217887", "5789843618"
ONBEKEND = "7776531435"
# Who judges, with a token of one's own; and who offers activities.
VALIDATOR, AANBIEDER = "6041829379", catalogus.AANBIEDER
BIRTHDAY = "1984-05-06"

PERSONS = {"l": (ClientSoort.LERAAR, VOL), "v": (ClientSoort.VALIDATOR, VALIDATOR)}

# The family names of those whose name matters, by number; whoever is registered through `new_leraar` joins them.
ACHTERNAMEN = {VOL: 'Proefpersoon "Ünal" \\ Zn'}

_DATA = Path(__file__).with_name("world.sql")
_numbers = itertools.count(1)


@dataclass(frozen=True)
class File:
    """A body that is a file; given as `json`, it is sent as what it is."""

    content: bytes
    mediatype: str = "application/pdf"


@dataclass
class World:
    """An application over a database that holds `world.sql`, and the tokens of callers: `a` and `b` (besturen),
    `k` (keeper), `l` (the leraar VOL), `v` (a validator) and `p` (an aanbieder)."""

    settings: Settings
    app: Flask
    contract: Contract
    tokens: dict[str, str] = field(default_factory=dict)

    def issue(self, client: str, scopes: frozenset[Scope] = GRANTABLE) -> str:
        """Make a token for a client of the world."""
        authority = self.app.extensions["register"].authority
        if client in PERSONS:
            soort, number = PERSONS[client]
            scopes = scopes & persons.SCOPES[soort]
            return str(
                authority.issue_token(client_id=client, role=soort.value, bestuur=None, scopes=scopes, leraar=number)
            )
        if client == "p":
            scopes = scopes & OF_AANBIEDER
            return str(authority.issue_token(client_id="p", role="aanbieder", bestuur=None, scopes=scopes))
        role, bestuur = {"a": ("bestuur", BESTUUR_A), "b": ("bestuur", BESTUUR_B)}.get(client, ("beheer", None))
        return str(authority.issue_token(client_id=client, role=role, bestuur=bestuur, scopes=scopes))

    def leraar(self, number: str) -> str:
        """Give a leraar a token and return its name among `tokens`; the same one at every call."""
        who = f"l-{number}"
        if number == VOL:
            return "l"
        if who not in self.tokens:
            values = "values (%s, 'persoonlijk token', 'leraar', %s, '{}')"
            self.execute(f"insert into client (client_id, naam, soort, leraar, scopes) {values}", who, number)
            scopes = persons.SCOPES[ClientSoort.LERAAR]
            self.tokens[who] = self.app.extensions["register"].authority.issue_token(
                client_id=who, role="leraar", bestuur=None, scopes=scopes, leraar=number
            )
        return who

    def headers(self, who: str | None) -> dict[str, str]:
        """Give the Authorization header of a caller; none for None or anybody."""
        return {"Authorization": f"Bearer {self.tokens[who]}"} if who and who != registraties.ANYBODY else {}

    def send(
        self, method: str, path: str, *, who: str | None = "a", headers: Mapping[str, str] | None = None, **how: Any
    ) -> TestResponse:
        """Send a request as a caller; whatever the test is about, the answer must be one that the document promises."""
        sent = {**self.headers(who), **(headers or {})}
        if isinstance(file := how.get("json"), File):
            how = {**how, "json": None, "data": file.content, "content_type": file.mediatype}
        answer = self.app.test_client().open(path, method=method, headers=sent, **how)
        self.contract.check(method, answer.request.path, answer)
        return answer

    def query(self, statement: str, *parameters: object) -> list[tuple[Any, ...]]:
        """Ask the database something, as its owner."""
        with psycopg.connect(self.settings.database_url) as connection:
            return connection.execute(statement, parameters).fetchall()  # type: ignore[arg-type]

    def execute(self, statement: str, *parameters: object) -> None:
        """Change something, as the owner."""
        with psycopg.connect(self.settings.database_url) as connection:
            set_context(connection, actor="beheer:test", event="test", today=date(2026, 11, 23))
            connection.execute(statement, parameters or None)  # type: ignore[arg-type]

    def seal(self) -> None:
        """Seal what is committed now."""
        with psycopg.connect(self.settings.database_url) as connection:
            assert become_sealer(connection)
            seal_once(connection, load_or_create_key(self.settings.key_dir))

    def new_leraar(self, who: str = "a", **fields: object) -> str:
        """Register somebody new through the API and give the registratienummer."""
        body = {**person(), **fields, "bevestigdNieuw": True}
        answer = self.send("POST", "/v1/leraren", who=who, json=body)
        assert answer.status_code == 201, answer.text
        number = str(answer.json["registratienummer"])  # type: ignore[index]
        ACHTERNAMEN[number] = str(body["achternaam"])
        return number

    def etag(self, path: str, who: str = "a") -> str:
        """Give the present entity tag of a resource."""
        return self.send("GET", path, who=who).headers["ETag"]


def make_world(settings: Settings) -> World:
    """Fill an empty database and start the application over it."""
    app = create_app(settings)
    world = World(settings, app, Contract(app))
    world.execute(_DATA.read_text(encoding="utf-8"))
    world.execute(catalogus.RESTORED)
    world.execute(activiteiten.RESTORED)
    world.execute(registraties.RESTORED)
    world.execute(koppelcodes.RESTORED)
    trajecten.fill(world)
    world.seal()
    world.tokens.update({who: world.issue(who) for who in "abklvp"})
    return world


def person() -> dict[str, object]:
    """Give a generated person whom nobody resembles: every call another name."""
    number = next(_numbers)
    letters = "".join(chr(ord("a") + int(digit)) for digit in f"{number:06d}")
    return {"voornamen": f"Test {letters}", "achternaam": f"{letters[::-1]} {letters}", "geboortedatum": BIRTHDAY}


def aanstelling(**changes: object) -> dict[str, object]:
    """Give an aanstelling to add at a vestiging of bestuur A."""
    body = {
        "vestiging": "00AA00",
        "functie": "docent",
        "soort": "regulier",
        "begindatum": "2020-08-01",
        "betrekkingsomvang": 0.8,
    }
    return {**body, **changes}


def bevoegdheid(**changes: object) -> dict[str, object]:
    """Give a bevoegdheid to add."""
    return {"soort": "tweedegraads", "vak": "duits", "behaaldOp": "2015-07-01", **changes}


def written(world: World) -> tuple[int, int]:
    """Give the numbers of journal rows and idempotency keys, which grow with every write."""
    ((journal, keys),) = world.query("select (select count(*) from journal), (select count(*) from idempotency_key)")
    return journal, keys


def today() -> date:
    """Give the day of the test."""
    return clock.today()
