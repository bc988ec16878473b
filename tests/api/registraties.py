"""The registratie in the world: addresses, valid requests, and what each needs beforehand."""

import itertools
from pathlib import Path
from typing import TYPE_CHECKING, Any

from register_service.access.scopes import Scope
from register_service.api.operation import Operation
from register_service.core import clock

if TYPE_CHECKING:
    from tests.api.world import World

# In the place of a caller, for what is open to all.
ANYBODY = "openbaar"
Json = dict[str, Any]

VOL = "2657035144"
UITSTEL, STEEKPROEF = "01890000-0000-7000-8000-000000000710", "01890000-0000-7000-8000-000000000730"
OF_LERAAR = "/leraren/{registratienummer}"
DRAWN = "/steekproeven/{id}/trekkingen/{volgnummer}"
# What is between the leraar and the keeper.
_NOT_FOR_A_BESTUUR = (f"{OF_LERAAR}/registratie/uitstellen", f"{OF_LERAAR}/berichten")
_numbers = itertools.count(1)

# The registratie of the world; also puts it back as it was.
RESTORED = Path(__file__).with_name("world_registratie.sql").read_text(encoding="utf-8")


def identifiers(rule: str) -> dict[str, str]:
    """Give the identifiers of the world for an address of the registratie; none for another."""
    if rule.startswith("/steekproeven/{id}"):
        return {"id": STEEKPROEF, "volgnummer": "1"}
    return {"id": UITSTEL} if "/uitstellen/{id}" in rule else {}


def reader(operation: Operation) -> str | None:
    """Give who alone reads what an operation shows; None where others read it too."""
    if operation.rule.startswith(("/steekproeven", *_NOT_FOR_A_BESTUUR)):
        return "k"
    if operation.scope == Scope.OPEN:
        return ANYBODY
    # Whoever else reads who looked has looked, so that the next answer is another one.
    own = operation.scope == Scope.VERIFICATIE_TOESTAAN or operation.rule.startswith(f"{OF_LERAAR}/inzagen")
    return "l" if own else None


def owner(operation: Operation) -> str | None:
    """Give who uses an operation, where that is not a bestuur."""
    if not operation.writes:
        return reader(operation)
    if operation.scope == Scope.STEEKPROEVEN_BEOORDELEN:
        return "v"
    if operation.scope == Scope.VERIFICATIE_TOESTAAN:
        return "l"
    return "k" if operation.scope == Scope.REGISTRATIE_SCHRIJVEN else None


def behind(operation: Operation) -> set[str]:
    """Give whose it is that was read, where the answer does not say so."""
    return (
        {VOL}
        if operation.open
        or operation.rule.startswith((*_NOT_FOR_A_BESTUUR, f"{OF_LERAAR}/registratie", f"{DRAWN}/_inzage"))
        else set()
    )


def example(method: str, rule: str, number: str) -> tuple[str, Json | None, frozenset[str]] | None:
    """Give a valid request: who sends it, its body, and the tables it writes to. None for what is not about the registratie."""
    today = clock.today().isoformat()
    below = f"{OF_LERAAR}/registratie"
    uitstel = {"maanden": 1, "motivering": f"reden {next(_numbers)}", "besluitdatum": today}
    examples: dict[str, tuple[str, Json | None, tuple[str, ...]]] = {
        "POST /leraren/_voortgang": ("a", {"registratienummers": [number]}, ()),
        f"POST {below}/uitstellen": ("k", uitstel, ("uitstel", "registratieperiode")),
        f"DELETE {below}/uitstellen/{{id}}": ("k", None, ("uitstel", "registratieperiode")),
        f"POST {below}/_doorhalen": ("k", {"vanaf": today}, ("doorhaling", "registratieperiode")),
        f"POST {below}/_hervatten": ("k", None, ("doorhaling",)),
        f"POST {OF_LERAAR}/verificatie/_toestaan": ("l", None, ("verificatietoestemming",)),
        f"POST {OF_LERAAR}/verificatie/_weigeren": ("l", None, ("verificatietoestemming",)),
        "POST /verificaties": (ANYBODY, {"registratienummer": number, "achternaam": 'Proefpersoon "Ünal" \\ Zn'}, ()),
        f"POST {DRAWN}/_inzage": ("k", {"reden": "proef"}, ()),
        f"POST {DRAWN}/_beoordeel": ("v", {"uitslag": "akkoord", "toelichting": f"{next(_numbers)}"}, ("trekking",)),
    }
    found = examples.get(f"{method} {rule}")
    return found and (found[0], found[1], frozenset(found[2]))


def prepare(world: "World", operation: Operation, number: str) -> dict[str, str]:
    """Make what an operation about the registratie changes, and give the identifiers of its address."""
    below = f"/v1/leraren/{number}"
    if operation.writes and operation.rule.startswith(f"{OF_LERAAR}/registratie"):
        added = world.send("POST", f"{below}/bevoegdheden", json={"soort": "pabo", "behaaldOp": "2010-07-01"})
        assert added.status_code == 201, added.text
    if operation.rule.endswith("/_hervatten"):
        today = {"vanaf": clock.today().isoformat()}
        assert world.send("POST", f"{below}/registratie/_doorhalen", who="k", json=today).status_code == 200
    if operation.rule.endswith("/_weigeren"):
        answer = world.send("POST", f"{below}/verificatie/_toestaan", who=world.leraar(number))
        assert answer.status_code == 200, answer.text
    if operation.writes and "/uitstellen/{id}" in operation.rule:
        body = {"maanden": 1, "motivering": "proef", "besluitdatum": clock.today().isoformat()}
        given = world.send("POST", f"{below}/registratie/uitstellen", who="k", json=body)
        assert given.status_code == 201, given.text
        return {"id": given.headers["Location"].rpartition("/")[2]}
    return identifiers(operation.rule) if operation.rule.startswith("/steekproeven") else {}
