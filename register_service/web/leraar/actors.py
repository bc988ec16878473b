"""Who did something, in words for the leraar whose dossier it is. Pure."""

from collections.abc import Mapping
from typing import Any

from register_service.access.models import ClientSoort

KEEPER = "de beheerder van het register"
_KINDS = {
    "leraar": "uzelf",
    "validator": "een validator",
    "auditor": "een auditor",
    "beheer": KEEPER,
    "dienst": "het register zelf, volgens de regels",
    "migratie": "het register zelf, bij een nieuwe versie",
    "openbaar": "iemand die uw registratienummer en achternaam kende",
}


def who_did(entry: Mapping[str, Any], known: Mapping[str, Any]) -> str:
    """Say who made an entry of a history; `known` has the clients and besturen that stand behind it."""
    actor, namens = entry["actor"], entry["namens"]
    client = known["clients"].get(actor)
    bestuur = (namens or "").removeprefix("bestuur:")
    if bestuur:
        return f"{known['besturen'].get(bestuur, f'bestuur {bestuur}')}" + (f" ({client['naam']})" if client else "")
    if client is None:
        return _KINDS.get(actor.partition(":")[0], KEEPER)
    if client["soort"] in (ClientSoort.LERAAR, ClientSoort.BEHEER):
        return _KINDS[client["soort"]]
    return str(client["naam"])


def who_looked(look: Mapping[str, Any]) -> str:
    """Say who looked: a bestuur or aanbieder by name; of a person no more than what kind."""
    kind = look["kijker"]
    if kind == ClientSoort.BESTUUR:
        return look["bestuurNaam"] or look["naam"] or "een bestuur"
    if kind == ClientSoort.AANBIEDER:
        return look["naam"] or "een aanbieder"
    return _KINDS[kind]
