"""Small builders for tests of the domain: a register with two besturen, and callers who use it as clients do."""

import itertools
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

import psycopg
from flask import Flask
from werkzeug.test import TestResponse

from register_service.access import persons
from register_service.access.clients import OF_AANBIEDER
from register_service.access.models import ClientSoort
from register_service.access.scopes import CLIENT_SCOPES
from register_service.access.tokens import TokenAuthority, TokenClaims
from register_service.api.call import Services
from register_service.app import create_app
from register_service.core import clock
from register_service.core.context import SET_CONTEXT, Context, set_context
from register_service.core.db import Database
from register_service.core.figures_of_today import FiguresOfToday
from register_service.core.ids import new_registratienummer
from register_service.journal.keys import load_or_create_key
from register_service.journal.sealer import become_sealer, seal_once
from register_service.settings import Settings
from register_service.storage.opening import open_storage

A, B = "41285", "41300"
# Vestigingen of bestuur A, of bestuur B, of nobody; one closed since New Year's Day of 2026.
BIRTHDAY = "1984-05-06"
VESTIGING_A, VESTIGING_A2, VESTIGING_B = "00AA00", "00AA01", "00BB00"
VESTIGING_ZONDER, VESTIGING_GESLOTEN, VESTIGING_ONBEKEND = "00CC00", "00AA02", "99ZZ99"
CLIENTS = {"a": ("bestuur", A), "b": ("bestuur", B), "k": ("beheer", None)}

_ORGANISATIONS = f"""
insert into bestuur (nummer, naam) values ('{A}', 'Bestuur A'), ('{B}', 'Bestuur B');
insert into school (brin, naam, sector, bestuur)
    values ('00AA', 'School A', 'vo', '{A}'), ('00BB', 'School B', 'vo', '{B}'), ('00CC', 'School C', 'vo', null);
insert into vestiging (code, brin, sector, naam, bestuur, gesloten_op) values
    ('{VESTIGING_A}', '00AA', 'vo', 'A', '{A}', null), ('{VESTIGING_A2}', '00AA', 'vo', 'A twee', '{A}', null),
    ('{VESTIGING_GESLOTEN}', '00AA', 'vo', 'A dicht', '{A}', '2026-01-01'),
    ('{VESTIGING_B}', '00BB', 'vo', 'B', '{B}', null), ('{VESTIGING_ZONDER}', '00CC', 'vo', 'C', null, null);
insert into client (client_id, naam, soort, bestuur, scopes)
    values ('a', 'HR A', 'bestuur', '{A}', '{{}}'), ('b', 'HR B', 'bestuur', '{B}', '{{}}'),
           ('k', 'Beheer', 'beheer', null, '{{}}');
"""
_numbers = itertools.count(1)


class AnyDaysTokens(TokenAuthority):
    """Takes the name of a client as its token, on any day: tests move the clock, and tokens have tests of their own."""

    def __init__(self) -> None:
        """Need no keys."""

    def verify_token(self, raw: str) -> TokenClaims:
        """Give the claims of a client, of a person (`leraar:<registratienummer>`, see `Register.as_leraar` and
        `as_validator`) or of an aanbieder (`aanbieder:<kvkNummer>`, see `as_aanbieder`)."""
        soort, _, number = raw.partition(":")
        if soort == "aanbieder":
            return TokenClaims(raw, soort, None, OF_AANBIEDER, jti=f"token-{raw}", exp=0, kid="test")
        if number:
            scopes = persons.SCOPES[ClientSoort(soort)]
            return TokenClaims(raw, soort, None, scopes, jti=f"token-{raw}", exp=0, kid="test", leraar=number)
        role, bestuur = CLIENTS[raw]
        return TokenClaims(raw, role, bestuur, CLIENT_SCOPES, jti=f"token-{raw}", exp=0, kid="test")


_applications: list[Flask] = []


def _application(settings: Settings) -> Flask:
    # Making one takes longer than most tests; what differs per test is what it works with.
    if not _applications:
        _applications.append(create_app(settings))
    return _applications[0]


class Register:
    """An application over a database of its own, and callers `a` and `b` (besturen) and `k` (keeper)."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.app = _application(settings)
        self.database = Database(settings.app_database_url)
        services = Services(self.database, FiguresOfToday(self.database), AnyDaysTokens(), open_storage(settings))
        self.app.extensions["register"] = services
        self.as_owner(_ORGANISATIONS)

    def close(self) -> None:
        """Let go of the database."""
        self.database.dispose()

    def send(
        self, method: str, path: str, body: object = None, *, who: str = "a", match: str | None = None, **headers: str
    ) -> TestResponse:
        """Send a request below /v1 as a caller; headers as keywords, `Idempotency_Key` for `Idempotency-Key`."""
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        sent["Authorization"] = f"Bearer {who}"
        if match is not None:
            sent["If-Match"] = match
        return self.app.test_client().open(f"/v1{path}", method=method, json=body, headers=sent)

    def get(self, path: str, who: str = "a") -> TestResponse:
        """Read something."""
        return self.send("GET", path, who=who)

    def post(self, path: str, body: object, who: str = "a", **headers: str) -> TestResponse:
        """Post something."""
        return self.send("POST", path, body, who=who, **headers)

    def change(self, path: str, body: object, who: str = "a", method: str = "PATCH", step: str = "") -> TestResponse:
        """Change something against its present state; `step` is a path below it, such as `/_beeindig`."""
        etag = self.get(path, who).headers["ETag"]
        return self.send(method, path + step, body, who=who, match=etag)

    def delete(self, path: str, who: str = "a") -> TestResponse:
        """Withdraw something."""
        return self.change(path, None, who, method="DELETE")

    def leraar(self, who: str = "a", **fields: object) -> str:
        """Register somebody through the API and give the number."""
        answer = self.post("/leraren", {**person(), "bevestigdNieuw": True, **fields}, who)
        assert answer.status_code == 201, answer.text
        return str(the(answer)["registratienummer"])

    def aanstelling(self, number: str, who: str = "a", **fields: object) -> str:
        """Add an aanstelling through the API and give its path below /v1."""
        answer = self.post(f"/leraren/{number}/aanstellingen", {**AANSTELLING, **_place(who), **fields}, who)
        assert answer.status_code == 201, answer.text
        return answer.headers["Location"].removeprefix("/v1")

    def bevoegdheid(self, number: str, who: str = "a", **fields: object) -> str:
        """Add a bevoegdheid through the API and give its path below /v1."""
        answer = self.post(f"/leraren/{number}/bevoegdheden", {**BEVOEGDHEID, **fields}, who)
        assert answer.status_code == 201, answer.text
        return answer.headers["Location"].removeprefix("/v1")

    def as_leraar(self, number: str) -> str:
        """Give a leraar a token and return it, to be used as `who`; the same one at every call."""
        return self._as_person("leraar", number)

    def as_validator(self, number: str) -> str:
        """Do the same for a validator, known by the own registratienummer."""
        return self._as_person("validator", number)

    def _as_person(self, soort: str, number: str) -> str:
        raw = f"{soort}:{number}"
        self.as_owner(
            "insert into client (client_id, naam, soort, leraar, scopes) values (%s, 'test', %s, %s, '{}')"
            " on conflict (client_id) do nothing",
            raw,
            soort,
            number,
        )
        return raw

    def as_aanbieder(self, kvk_nummer: str) -> str:
        """Add an aanbieder, unless it is there, and its client, and return the token of that one."""
        raw = f"aanbieder:{kvk_nummer}"
        self.as_owner(
            "insert into aanbieder (kvk_nummer, naam) values (%s, 'Aanbieder ' || %s) on conflict (kvk_nummer) do nothing",
            kvk_nummer,
            kvk_nummer,
        )
        self.as_owner(
            "insert into client (client_id, naam, soort, aanbieder, scopes)"
            " select %s, 'test', 'aanbieder', id, '{}' from aanbieder where kvk_nummer = %s on conflict (client_id) do nothing",
            raw,
            kvk_nummer,
        )
        return raw

    def as_owner(self, statement: str, *parameters: object) -> None:
        """Change something by hand, in a transaction of the owner."""
        with self.owner() as connection:
            connection.execute(statement, parameters or None)

    @contextmanager
    def owner(self, *, reason: str | None = None) -> Iterator[psycopg.Connection[Any]]:
        """Open a transaction of the owner that says who acts."""
        with psycopg.connect(self.settings.database_url) as connection:
            set_context(connection, actor="beheer:test", event="test", today=clock.today(), reason=reason)
            yield connection

    def rows(self, statement: str, *parameters: object) -> list[tuple[Any, ...]]:
        """Ask the database something, as its owner."""
        with psycopg.connect(self.settings.database_url) as connection:
            return connection.execute(statement, parameters or None).fetchall()

    @contextmanager
    def app_role(
        self, bestuur: str | None = None, role: str = "bestuur", leraar: str | None = None
    ) -> Iterator[psycopg.Connection[Any]]:
        """Open a transaction of the role that serves requests: as a bestuur, as a leraar, or as nobody at all."""
        with psycopg.connect(self.settings.app_database_url) as connection:
            if bestuur is not None or leraar is not None:
                role = "leraar" if leraar else role
                day = clock.today()
                context = Context(
                    role=role, actor="client:test", event="test", today=day, bestuur=bestuur, leraar=leraar
                )
                connection.execute(SET_CONTEXT, context.parameters())
            yield connection

    def seal(self) -> str:
        """Seal what is committed now and give the last sealed moment, as `beschikbaarOp` takes it."""
        with psycopg.connect(self.settings.database_url) as connection:
            assert become_sealer(connection)
            seal_once(connection, load_or_create_key(self.settings.key_dir))
        ((moment,),) = self.rows("select sealed_until from seal_horizon")
        return format(moment.astimezone(UTC), "%Y-%m-%dT%H:%M:%S.%fZ")


AANSTELLING: dict[str, object] = {
    "functie": "docent",
    "soort": "regulier",
    "begindatum": "2020-08-01",
    "betrekkingsomvang": 0.8,
}
BEVOEGDHEID: dict[str, object] = {"soort": "tweedegraads", "vak": "duits", "behaaldOp": "2015-07-01"}


def _place(who: str) -> dict[str, object]:
    return {"vestiging": VESTIGING_B if who == "b" else VESTIGING_A}


def person() -> dict[str, object]:
    """Give a generated person: every call another name."""
    letters = "".join(chr(ord("a") + int(digit)) for digit in f"{next(_numbers):06d}")
    return {"voornamen": f"Test {letters}", "achternaam": f"{letters[::-1]} {letters}", "geboortedatum": BIRTHDAY}


_given: set[str] = set()


def absent_number() -> str:
    """Give a well-formed registratienummer that nobody has, and that was not given before: two draws may be the same."""
    while (number := new_registratienummer()) in _given:
        pass
    _given.add(number)
    return number


@contextmanager
def on_day(year: int, month: int, day: int) -> Iterator[None]:
    """Let it be noon in the Netherlands on a day, for whoever asks the clock."""
    with clock.fixed_at(datetime.combine(date(year, month, day), time(11), UTC)):
        yield


def the(answer: TestResponse) -> dict[str, Any]:
    """Give the JSON object of an answer."""
    value = answer.json
    assert isinstance(value, dict), answer.text
    return value


def code(answer: TestResponse) -> str:
    """Give the one code of a refusal: that of its only field error, or its own."""
    body = the(answer)
    errors = body.get("errors")
    if errors is None:
        return str(body["code"])
    assert len(errors) == 1, errors
    return str(errors[0]["code"])


@dataclass(frozen=True)
class Refusal:
    """What a rule answers: status and code, and the place in the body where it belongs to one."""

    status: int
    code: str
    location: str | None = None

    @classmethod
    def of(cls, answer: TestResponse) -> "Refusal":
        """Read it from an answer."""
        errors = the(answer).get("errors")
        return cls(answer.status_code, code(answer), errors[0]["location"] if errors else None)


def at_once(*actions: Callable[[], TestResponse]) -> list[TestResponse]:
    """Send requests at the same time, each on a connection of its own, and give the answers."""
    with ThreadPoolExecutor(len(actions)) as pool:
        return [future.result() for future in [pool.submit(action) for action in actions]]


def whole(answer: TestResponse) -> tuple[int, list[tuple[str, str]], bytes]:
    """Give all of an answer that a caller can see."""
    return answer.status_code, sorted(answer.headers), answer.data
