"""Koppelcodes in the world: addresses, valid requests, and what each needs beforehand."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from register_service.access.scopes import Scope
from register_service.api.operation import Operation

if TYPE_CHECKING:
    from tests.api.world import World

KOPPELCODE = "01890000-0000-7000-8000-000000000900"
BELOW = "/leraren/{registratienummer}/koppelcodes"
# The code of the world; also puts it back as it was.
RESTORED = Path(__file__).with_name("world_aanmelding.sql").read_text(encoding="utf-8")


def identifiers(rule: str) -> dict[str, str]:
    """Give the identifier of the world for an address of a koppelcode; none for another."""
    return {"id": KOPPELCODE} if rule.startswith(f"{BELOW}/{{id}}") else {}


def example(method: str, rule: str) -> tuple[str, dict[str, Any] | None, frozenset[str]] | None:
    """Give a valid request: who sends it, its body, and the tables it writes to. None for what is not about koppelcodes."""
    if not rule.startswith(BELOW) or method == "GET":
        return None
    return "a", None, frozenset({"koppelcode"})


def prepare(world: "World", operation: Operation, number: str) -> dict[str, str]:
    """Hand out a code to withdraw, and give its identifier."""
    if operation.scope != Scope.KOPPELCODES_BEHEREN or operation.method != "DELETE":
        return {}
    given = world.send("POST", f"/v1/leraren/{number}/koppelcodes")
    assert given.status_code == 201, given.text
    return {"id": given.headers["Location"].rpartition("/")[2]}
