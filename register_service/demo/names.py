"""Names for generated people: common given names and surnames of many origins, put together at random. Nobody real.

The lists stand in data/names.json: per origin a weight, given names, and surnames with the voorvoegsel before a `|`.
"""

import json
import random
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Origin:
    """Given names and surnames that go together."""

    weight: int
    given: Sequence[str]
    surnames: Sequence[str]


@dataclass(frozen=True, slots=True)
class Name:
    """The parts of one name, as the register keeps them."""

    voornamen: str
    roepnaam: str
    voorvoegsel: str | None
    achternaam: str


# Letters that do not come apart into a base letter and a mark.
_ASCII = str.maketrans({"ı": "i", "ł": "l", "Ł": "L", "ß": "ss", "ø": "o", "Ø": "O"})


@cache
def origins() -> tuple[Origin, ...]:
    """Read the lists; the first is the Dutch one, whose surnames also serve as second ones."""
    text = (files("register_service.demo") / "data" / "names.json").read_text(encoding="utf-8")
    return tuple(Origin(**origin) for origin in json.loads(text))


def draw_name(rng: random.Random) -> Name:
    """Put a random name together; three in ten have a second given name, one in twelve two surnames."""
    origin = rng.choices(origins(), weights=[origin.weight for origin in origins()])[0]
    given = rng.choice(origin.given)
    second = f" {rng.choice(origin.given)}" if rng.random() < 0.3 else ""
    voorvoegsel, _, achternaam = rng.choice(origin.surnames).rpartition("|")
    if rng.random() < 1 / 12 and "-" not in achternaam:
        achternaam = f"{achternaam}-{rng.choice(origins()[0].surnames).replace('|', ' ')}"
    return Name(given + second, _call_name(rng, given), voorvoegsel or None, achternaam)


def ascii_local_part(name: Name) -> str:
    """Give the name in lower-case ASCII letters with a dot, for the left side of an e-mail address."""
    text = f"{name.roepnaam}.{name.voorvoegsel or ''}{name.achternaam}".translate(_ASCII)
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return "".join(character for character in plain if character.isalnum() or character in ".-")


def _call_name(rng: random.Random, given: str) -> str:
    """Shorten some longer names to their first syllable or so, ending in a consonant."""
    return given[:3] if len(given) > 6 and rng.random() < 0.1 and given[2].lower() not in "aeiou" else given
