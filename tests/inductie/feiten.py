"""One valid fact of every kind, and the calls about it."""

from typing import Any

from werkzeug.test import TestResponse

from tests.inductie.support import Starter
from tests.support import the

# Kinds that are entered here, with a fact that a traject from 1 August 2024 takes on 1 September 2026, and a change of it.
FACTS: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "onderbrekingen": (
        {"soort": "ziekte", "begindatum": "2025-01-06", "einddatum": "2025-03-14"},
        {"einddatum": "2025-03-21"},
    ),
    "verlengingen": (
        {"maanden": 3, "motivering": "Meer tijd nodig", "besluitdatum": "2026-08-20"},
        {"maanden": 4},
    ),
    "programmas": (
        {"jaar": 1, "lesreductie": 20, "enculturatieGepland": 12.5},
        {"enculturatieGerealiseerd": 12.25},
    ),
    "begeleiders": (
        {"rol": "coach", "begeleiderNaam": "Kim Coach", "begindatum": "2024-08-01", "einddatum": "2025-07-31"},
        {"begeleiderNaam": "Kim de Coach"},
    ),
    "observaties": (
        {"datum": "2024-11-12", "instrument": "ICALT", "observatorNaam": "Kim Coach"},
        {"instrument": "DOT"},
    ),
    "voortgangsgesprekken": (
        {"datum": "2025-01-20", "gevoerdDoor": "Tess Testman"},
        {"gevoerdDoor": None},
    ),
}
NAMES = {
    "onderbrekingen": "onderbreking", "verlengingen": "verlenging", "programmas": "programma", "begeleiders": "begeleider",
    "observaties": "observatie", "voortgangsgesprekken": "voortgangsgesprek", "periodes": "periode",
}  # fmt: skip


def enter(starter: Starter, kind: str, who: str = "a", **fields: Any) -> TestResponse:
    """Ask to enter a fact: the example of its kind, with other fields as given."""
    body = {**FACTS[kind][0], **fields}
    return starter.register.post(f"{starter.path}/{kind}", body, who)


def entered(starter: Starter, kind: str, who: str = "a", **fields: Any) -> str:
    """Enter a fact and give its path below /v1."""
    answer = enter(starter, kind, who, **fields)
    assert answer.status_code == 201, answer.text
    return answer.headers["Location"].removeprefix("/v1")


def items(starter: Starter, kind: str, who: str = "a", query: str = "") -> list[dict[str, Any]]:
    """Give the list of a kind."""
    answer = starter.register.get(f"{starter.path}/{kind}{query}", who)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = the(answer)["items"]
    return found


def periode(starter: Starter, who: str = "a", place: int = -1) -> str:
    """Give the path of a stay of the caller; the last one unless another is asked for."""
    return f"{starter.path}/periodes/{items(starter, 'periodes', who)[place]['id']}"


def every_fact(starter: Starter) -> dict[str, str]:
    """Enter one fact of every kind and give their paths, with that of the first stay."""
    return {"periodes": periode(starter), **{kind: entered(starter, kind) for kind in FACTS}}
