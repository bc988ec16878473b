"""A starter, and the calls that make a traject."""

from dataclasses import dataclass
from typing import Any

from werkzeug.test import TestResponse

from tests.support import BIRTHDAY, VESTIGING_A, VESTIGING_A2, VESTIGING_B, Register, the

START = "2024-08-01"


@dataclass
class Starter:
    """A leraar, and the path of the traject once it was started."""

    register: Register
    number: str
    path: str = ""

    @classmethod
    def at(cls, register: Register) -> "Starter":
        """Register somebody who may start at both vestigingen of bestuur A from START on."""
        number = register.leraar()
        register.bevoegdheid(number)
        register.aanstelling(number, begindatum="2024-01-01")
        register.aanstelling(number, begindatum="2024-01-01", vestiging=VESTIGING_A2, betrekkingsomvang=0.2)
        return cls(register, number)

    def start(self, who: str = "a", **fields: object) -> TestResponse:
        """Ask for a traject; keep its path when it was given."""
        body = {"vestiging": VESTIGING_A, "startdatum": START, **fields}
        answer = self.register.post(f"/leraren/{self.number}/inductietrajecten", body, who)
        if answer.status_code == 201:
            self.path = answer.headers["Location"].removeprefix("/v1")
        return answer

    def started(self, **fields: object) -> "Starter":
        """Start the traject."""
        answer = self.start(**fields)
        assert answer.status_code == 201, answer.text
        return self

    def do(self, step: str, who: str = "a", **fields: object) -> TestResponse:
        """Take a step, such as `_stop`, against the present state."""
        return self.register.change(self.path, fields, who, method="POST", step=f"/{step}")

    def correct(self, who: str = "a", **fields: object) -> TestResponse:
        """Correct the traject."""
        return self.register.change(self.path, fields, who)

    def now(self, who: str = "a", **query: str) -> dict[str, Any]:
        """Give the traject as it is, or as `geldigOp` or `beschikbaarOp` show it."""
        asked = "&".join(f"{name}={value}" for name, value in query.items())
        answer = self.register.get(f"{self.path}?{asked}", who)
        assert answer.status_code == 200, answer.text
        return the(answer)

    def known_at_b(self) -> "Starter":
        """Let bestuur B employ the leraar from 1 August 2025 on."""
        body = {"registratienummer": self.number, "geboortedatum": BIRTHDAY}
        self.register.post("/leraren/_koppel", body, "b")
        self.register.aanstelling(self.number, "b", begindatum="2025-08-01", vestiging=VESTIGING_B)
        return self
