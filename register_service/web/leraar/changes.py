"""From the states of a history to what changed, field by field: what it was and what it became. Pure."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from register_service.core.days import dutch_day
from register_service.web.words import moment, number, plain, sentence, vak

Names = Mapping[str, Mapping[str, str]]

# Keys of the register itself, which say nothing to a person.
_SILENT = (
    "id", "leraar", "traject", "regeling", "registratienummer", "activiteit", "aanbod", "periode", "observatie", "sha256",
    "vervolgOp",
)  # fmt: skip
# Where the names of what a field calls by a code are.
_CODES = {"bestuur": "besturen", "vestiging": "vestigingen"}
# Of another leraar the register shows the number and not the name.
_NUMBER = "registratienummer {}"
_PEOPLE = {
    "beoordeeldDoor": f"een validator ({_NUMBER})",
    "begeleider": _NUMBER,
    "leidinggevende": _NUMBER,
    "observator": _NUMBER,
}
_LABELS = {"eckId": "ECK iD", "emailadres": "e-mailadres", "mogelijkDubbel": "mogelijk dubbel"}
_NAME_OF_CODE = (
    "voornamen",
    "roepnaam",
    "voorvoegsel",
    "achternaam",
    "emailadres",
    "eckId",
    "titel",
    "personeelsnummer",
)
_NOTHING = "niets"
_NO_NAMES: Names = {}


class Difference(NamedTuple):
    """A field in words, and its value before and after, also in words."""

    field: str
    before: str
    after: str


class Change(NamedTuple):
    """An entry of a history, and what it changed; `added` or `removed` when it came or went as a whole."""

    entry: Mapping[str, Any]
    added: bool
    removed: bool
    differences: tuple[Difference, ...]


def changes_of(entries: Sequence[Mapping[str, Any]], known: Names = _NO_NAMES) -> list[Change]:
    """Give what changed, the newest first, of entries of which the oldest comes first.

    `known` has the names of `besturen` and `vestigingen`, by code.
    What changed nothing that shows is left out: something was worked out anew that follows from other things.
    """
    before: dict[Any, Mapping[str, Any]] = {}
    found = []
    for entry in entries:
        state = entry["toestand"]
        key = state.get("id") if state else None
        earlier = before.get(key, {}) if state else {}
        differences = tuple(_differences(earlier, state or {}, known))
        added, removed = bool(state) and not earlier, entry["handeling"] == "verwijderd"
        if differences or removed:
            found.append(Change(entry, added, removed, differences))
        if state:
            before[key] = state
    return found[::-1]


def _differences(before: Mapping[str, Any], after: Mapping[str, Any], known: Names) -> list[Difference]:
    changed = [name for name in after if name not in _SILENT and before.get(name) != after[name]]
    return [
        Difference(label(name), words_of(name, before.get(name), known), words_of(name, after[name], known))
        for name in changed
    ]


def label(name: str) -> str:
    """Write the name of a field as words: verwachteEinddatum as Verwachte einddatum."""
    return sentence(_LABELS.get(name) or re.sub(r"(?<=[a-z])([A-Z])", lambda found: " " + found[1].lower(), name))


def words_of(name: str, value: Any, known: Names = _NO_NAMES) -> str:
    """Write a value as words; `known` as for `changes_of`."""
    if value is None or value == "":
        return _NOTHING
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, int | float):
        return number(value)
    if isinstance(value, list | dict):
        items = value if isinstance(value, list) else [f"{key}: {words_of(key, item)}" for key, item in value.items()]
        return ", ".join(map(str, items)) or _NOTHING
    return _named(name, str(value), known) or _text(name, str(value))


def _named(name: str, code: str, known: Names) -> str:
    """Give the name of a code, with the code where the name does not say it; nothing for what is no code."""
    if name == "vak":
        return vak(code)
    if name in _PEOPLE:
        return _PEOPLE[name].format(code)
    found = known.get(_CODES.get(name, ""), {}).get(code, "")
    return f"{found} ({code})" if found and code not in found else found


def _text(name: str, value: str) -> str:
    if re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        return dutch_day(date.fromisoformat(value))
    if re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:.]+Z", value):
        return moment(value)
    # A word of a code list is written with hyphens; a name keeps its own.
    return plain(value) if re.fullmatch(r"[a-z]+(-[a-z]+)+", value) and name not in _NAME_OF_CODE else value
