"""An observed lesson, what the leraar kept of it, and everything that anybody can read."""

import re
from dataclasses import dataclass
from typing import Any

import psycopg
import pytest
from psycopg import sql
from werkzeug.test import TestResponse

from register_service.api.operation import Operation
from register_service.app import SLICES
from tests import support
from tests.inductie.feiten import every_fact
from tests.inductie.support import Starter
from tests.support import A, B, Register

# In no other text of the register.
MARKER = "Qwxzkvatr"
KEPT = {"scores": {f"heldere uitleg {MARKER}": 3.5}, "toelichting": f"Rustiger {MARKER} beginnen"}
# Not who looked: of that there is more after each walk.
READS: tuple[Operation, ...] = tuple(
    one for slice_ in SLICES for one in slice_.operations if not one.writes and "/inzagen" not in one.rule
)
_RELATIONS = """
select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'v', 'm', 'p', 'f') order by relname
"""
_SEARCHES = {"_zoek": {"achternaam": "x"}, "_kandidaten": {**support.person(), "achternaam": "x"}}


@dataclass
class Lesson:
    """A starter with one fact of every kind, `facts`; `leraar` is the starter as a caller."""

    starter: Starter
    facts: dict[str, str]
    leraar: str

    @classmethod
    def at(cls, starter: Starter) -> "Lesson":
        """Let bestuur A observe a lesson of somebody whom bestuur B knows as well."""
        starter.started().known_at_b()
        return cls(starter, every_fact(starter), starter.register.as_leraar(starter.number))

    @property
    def register(self) -> Register:
        """The register it is in."""
        return self.starter.register

    @property
    def path(self) -> str:
        """The path of the scores."""
        return f"{self.facts['observaties']}/scores"

    def keep(self, who: str | None = None, **fields: Any) -> TestResponse:
        """Let the leraar keep scores."""
        return self.register.post(self.path, {**KEPT, **fields}, who or self.leraar)

    def kept(self, **fields: Any) -> "Lesson":
        """Let the leraar keep scores, and see that it went well."""
        answer = self.keep(**fields)
        assert answer.status_code == 201, answer.text
        return self

    def share(self) -> TestResponse:
        """Let the leraar share the scores."""
        return self.register.change(self.path, None, self.leraar, method="POST", step="/_deel")

    def unshare(self) -> TestResponse:
        """Let the leraar share them no longer."""
        return self.register.post(f"{self.path}/_afschermen", None, self.leraar)

    def readable(self, who: str, *moments: str) -> dict[str, tuple[int, bytes]]:
        """Give what a caller gets from every route that reads, now and as known at moments, by address."""
        found = {}
        for operation in READS:
            for path in self._addresses(operation):
                for query in ("", *(f"?beschikbaarOp={moment}" for moment in moments)):
                    body = _SEARCHES.get(path.rpartition("/")[2], {}) if operation.body is not None else None
                    if query and body is not None:
                        continue
                    answer = self.register.send(operation.method, path + query, body, who=who)
                    assert answer.status_code in (200, 308, 400, 403, 404), (path, answer.text)
                    found[f"{operation.method} {path}{query}"] = (answer.status_code, answer.data)
        return found

    def where(self, who: str, *moments: str) -> set[str]:
        """Give the addresses at which a caller finds the marker."""
        return {address for address, (_, data) in self.readable(who, *moments).items() if MARKER.encode() in data}

    def _addresses(self, operation: Operation) -> set[str]:
        rule = operation.rule.replace("{registratienummer}", self.starter.number)
        rule = rule.replace("{id}", self.starter.path.split("/")[-1])
        for name, value in (("bestuursnummer", A), ("brin", "00AA"), ("vestigingscode", "00AA00")):
            rule = rule.replace(f"{{{name}}}", value)
        # What this starter has none of: any id will do.
        rule = rule.replace("{volgnummer}", "1")
        rule = re.sub(r"\{(?!feit\})\w+\}", self.starter.path.split("/")[-1], rule)
        # A fact under its own kind, and the observatie also where it does not belong.
        facts = {self.facts["observaties"], self.facts.get((rule.split("/") + [""] * 3)[3], self.facts["observaties"])}
        paths = {rule.replace("{feit}", fact.split("/")[-1]) for fact in facts}
        assert not [path for path in paths if "{" in path], paths
        return paths

    def in_database(self, who: dict[str, Any]) -> set[str]:
        """Give the tables and views in which the role of the service finds the marker, as a caller."""
        found = set()
        with self.register.app_role(**who) as connection:
            for (name,) in self.register.rows(_RELATIONS):
                if MARKER in str(content(connection, "public", name)):
                    found.add(name)
            if MARKER in str(content(connection, "pg_catalog", "pg_stats")):
                found.add("pg_stats")
        return found


def content(connection: psycopg.Connection[Any], schema: str, name: str) -> list[Any]:
    """Give all rows that a connection sees of a table; none when it may not look at all."""
    try:
        with connection.transaction():
            return connection.execute(
                sql.SQL("select t::text from {} t").format(sql.Identifier(schema, name))
            ).fetchall()
    except psycopg.errors.InsufficientPrivilege:
        return []


@pytest.fixture
def lesson(starter: Starter, monkeypatch: pytest.MonkeyPatch) -> Lesson:
    """A lesson that was observed; nothing is kept of it yet. There is an auditor, `au`, too."""
    monkeypatch.setitem(support.CLIENTS, "au", ("auditor", None))
    starter.register.as_owner(
        "insert into client (client_id, naam, soort, scopes) values ('au', 'Auditor', 'auditor', '{}')"
    )
    return Lesson.at(starter)


# Callers who may not read scores that are not shared, and how they come to PostgreSQL.
OTHERS = ("a", "b", "k", "au")
ROLES: dict[str, dict[str, Any]] = {
    "the bestuur that observed": {"bestuur": A},
    "another bestuur": {"bestuur": B},
    "the keeper": {"bestuur": "", "role": "beheer"},
    "an auditor": {"bestuur": "", "role": "auditor"},
    "a validator": {"bestuur": "", "role": "validator"},
    "nobody": {},
}
