"""A leraar, and the calls that make activiteiten of what was done."""

from dataclasses import dataclass
from typing import Any

from werkzeug.test import TestResponse

from tests.support import BIRTHDAY, VESTIGING_B, Register, the

CURSUS: dict[str, Any] = {
    "soort": "cursus",
    "titel": "Formatief evalueren",
    "aanbieder": "Proefscholing",
    "begindatum": "2026-03-02",
    "einddatum": "2026-03-16",
    "registeruren": 12,
    "vakinhoudelijk": 4,
    "vakdidactisch": 6,
    "pedagogisch": 1.5,
    "overig": 0.5,
}
# Done alone for more than half of the hours, without a toets.
ALONE: dict[str, Any] = {**CURSUS, "titel": "Thuis gelezen", "zelfstudie": 6.5}
_SHA256 = "0123456789abcdef" * 4


@dataclass
class Teacher:
    """A leraar with an aanstelling at bestuur A; `self_` is the leraar as a caller."""

    register: Register
    number: str

    @classmethod
    def at(cls, register: Register) -> "Teacher":
        """Register somebody who works at bestuur A since 1 August 2024."""
        number = register.leraar()
        register.aanstelling(number, begindatum="2024-08-01")
        return cls(register, number)

    @property
    def self_(self) -> str:
        """The leraar as a caller."""
        return self.register.as_leraar(self.number)

    @property
    def path(self) -> str:
        """Where the activiteiten of the leraar are."""
        return f"/leraren/{self.number}/activiteiten"

    def known_at_b(self) -> "Teacher":
        """Let bestuur B see the leraar, who does not work there yet."""
        body = {"registratienummer": self.number, "geboortedatum": BIRTHDAY}
        assert self.register.post("/leraren/_koppel", body, "b").status_code == 200
        return self

    def works_at_b(self, **fields: object) -> "Teacher":
        """Let bestuur B employ the leraar too."""
        self.register.aanstelling(self.number, "b", vestiging=VESTIGING_B, **fields)
        return self

    def report(self, who: str | None = None, **fields: object) -> TestResponse:
        """Report an activiteit, by the leraar unless another is named."""
        return self.register.post(self.path, {**CURSUS, **fields}, who or self.self_)

    def reported(self, who: str | None = None, **fields: object) -> str:
        """Report an activiteit and give its path."""
        answer = self.report(who, **fields)
        assert answer.status_code == 201, answer.text
        return answer.headers["Location"].removeprefix("/v1")

    def do(self, path: str, step: str, who: str | None = None) -> TestResponse:
        """Take a step, such as `_indienen`, against the present state."""
        return self.register.change(path, None, who or self.self_, method="POST", step=f"/{step}")

    def submitted(self, who: str | None = None, **fields: object) -> str:
        """Report an activiteit, submit it, and give its path."""
        path = self.reported(who, **fields)
        answer = self.do(path, "_indienen", who)
        assert answer.status_code == 200, answer.text
        return path

    def now(self, path: str, who: str | None = None) -> dict[str, Any]:
        """Give an activiteit as a caller sees it."""
        answer = self.register.get(path, who or self.self_)
        assert answer.status_code == 200, answer.text
        return the(answer)

    def upload(self, path: str, content: bytes, who: str | None = None, **headers: str) -> TestResponse:
        """Send a bewijsstuk of an activiteit."""
        sent = {"Authorization": f"Bearer {who or self.self_}", **headers}
        address = f"/v1{path}/bewijsstukken"
        client = self.register.app.test_client()
        return client.post(address, data=content, content_type="application/pdf", headers=sent)

    def uploaded(self, path: str, content: bytes, who: str | None = None, **headers: str) -> str:
        """Send a bewijsstuk and give its path."""
        answer = self.upload(path, content, who, **headers)
        assert answer.status_code == 201, answer.text
        return answer.headers["Location"].removeprefix("/v1")

    def proven(self, path: str, sha256: str = _SHA256) -> str:
        """Give an activiteit a bewijsstuk, by hand, and give its id."""
        identifier = path.rpartition("/")[2]
        self.register.as_owner(
            "insert into bewijsstuk (leraar, activiteit, sha256, mediatype, grootte, bestandsnaam)"
            " select leraar, id, %s, 'application/pdf', 1000, 'certificaat T. Voorbeeld.pdf' from activiteit where id = %s",
            sha256,
            identifier,
        )
        ((key,),) = self.register.rows(
            "select id::text from bewijsstuk where activiteit = %s and sha256 = %s", identifier, sha256
        )
        return str(key)


@dataclass
class Validator:
    """Somebody who judges; `who` is that one as a caller."""

    register: Register
    number: str

    @classmethod
    def at(cls, register: Register) -> "Validator":
        """Register somebody who works nowhere."""
        return cls(register, register.leraar())

    @property
    def who(self) -> str:
        """The validator as a caller."""
        return self.register.as_validator(self.number)

    def offered(self) -> list[dict[str, Any]]:
        """Give all that is offered."""
        answer = self.register.get("/beoordelingen", self.who)
        assert answer.status_code == 200, answer.text
        items: list[dict[str, Any]] = the(answer)["items"]
        return items

    def ids(self) -> set[str]:
        """Give the keys of what is offered."""
        return {one["id"] for one in self.offered()}

    def judge(self, path: str, step: str = "_goedkeuren", body: object = None) -> TestResponse:
        """Take a step about an activiteit, against its present state; `path` is that of the leraar."""
        return self.register.change(judging(path), body, self.who, method="POST", step=f"/{step}")

    def judged(self, path: str, step: str = "_goedkeuren", body: object = None) -> None:
        """Do the same, and see that it went well."""
        answer = self.judge(path, step, body)
        assert answer.status_code == 200, answer.text

    def rejected(self, path: str, reden: str = "Het bewijs noemt geen uren") -> None:
        """Reject an activiteit."""
        self.judged(path, "_afwijzen", {"reden": reden})

    def decisions(self, besluit: str = "goedgekeurd", **fields: object) -> list[dict[str, Any]]:
        """Make the same decision of all that is offered, in order of titel."""
        offered = sorted(self.offered(), key=lambda one: str(one["titel"]))
        return [{"id": one["id"], "kenmerk": one["kenmerk"], "besluit": besluit, **fields} for one in offered]

    def decide(self, decisions: list[dict[str, Any]]) -> TestResponse:
        """Send decisions in one call."""
        return self.register.post("/beoordelingen/_beslis", {"beslissingen": decisions}, self.who)


def judging(path: str) -> str:
    """Give where a validator judges the activiteit of a path."""
    return f"/beoordelingen/{path.rpartition('/')[2]}"
