"""What leraren do outside the catalogue: subjects by sector, vak and gebied. Pure; the words stand in data/activiteiten.json."""

import json
import random
import re
from bisect import bisect
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from register_service.bevoegdheden.vakken import VAKKEN
from register_service.demo.nascholing_words import TALEN

PEDAGOGISCH, VAKINHOUDELIJK = 2, 0
# How often each soort is done, in the order of `_BY_SOORT`.
_BY_SOORT = ("opleiding", "cursus", "conferentie", "binnenschools", "buitenschools", "zelfstudie", "studiedag")
_TRIES = 4
_WEIGHTS = (0.09, 0.47, 0.57, 0.7, 0.79, 0.96, 1.0)


@dataclass(frozen=True, slots=True)
class Subject:
    """Something to do. `halves`: the least and the most half hours; `weken`: how long it takes, 0 for a day."""

    soort: str
    titel: str
    door: str
    verdeling: str
    halves: tuple[int, int]
    weken: int


class Whom(NamedTuple):
    """Whom a subject is for."""

    sector: str
    vak: str | None
    eerstegraads: bool


def draw_subject(rng: random.Random, whom: Whom, done: Collection[str], gebied: int | None) -> Subject:
    """Draw a subject that suits somebody, rather one that was not done before.

    With `gebied` (a place in the split) rather one that is mostly about that.
    """
    found = suiting(whom)
    choices = found[_BY_SOORT[bisect(_WEIGHTS, rng.random())]] or found["cursus"]
    for _ in range(_TRIES):
        drawn = choices[int(rng.random() * len(choices))]
        if drawn.titel not in done and (gebied is None or drawn.verdeling[gebied] > "1"):
            break
    return drawn


def draw_to_fill(rng: random.Random, whom: Whom, done: Collection[str], soort: str, verdeling: str) -> Subject:
    """Draw something for somebody who needs more hours: of this soort if there is any whose split matches `verdeling`."""
    choices = fitting(whom, soort, verdeling) or fitting(whom, "", verdeling)
    for _ in range(_TRIES):
        drawn = choices[int(rng.random() * len(choices))]
        if drawn.titel not in done:
            break
    return drawn


@cache
def fitting(whom: Whom, soort: str, verdeling: str) -> list[Subject]:
    """Give what suits somebody, of a soort (or of any) and split as a pattern tells: `4...` is all vakinhoudelijk."""
    found = suiting(whom)
    subjects = found[soort] if soort else [one for by_soort in found.values() for one in by_soort]
    return [one for one in subjects if re.fullmatch(verdeling, one.verdeling)]


@cache
def suiting(whom: Whom) -> dict[str, list[Subject]]:
    """Give what suits somebody by soort."""
    found: dict[str, list[Subject]] = {soort: [] for soort in _BY_SOORT}
    for given in _data():
        about_vak = "{vak}" in given["titel"]
        if whom.sector not in given["sectoren"] or (about_vak and whom.vak is None):
            continue
        if whom.eerstegraads and given.get("zonder") == "eerstegraads":
            continue
        titel, door = (_named(given[name], whom.vak) for name in ("titel", "door"))
        least, most = given["uren"]
        one = Subject(given["soort"], titel, door, given["verdeling"], (2 * least, 2 * most), given["weken"])
        # What is about the own vak comes twice as often.
        found[one.soort] += [one, one] if about_vak else [one]
    return found


@cache
def _data() -> Any:
    return json.loads((files("register_service.demo") / "data" / "activiteiten.json").read_text(encoding="utf-8"))


def _named(text: str, vak: str | None) -> str:
    if vak is None:
        return text
    naam = VAKKEN[vak]
    inside = naam if vak in TALEN or text.startswith("{vak}") else naam[0].lower() + naam[1:]
    return text.replace("{vak}", inside)
