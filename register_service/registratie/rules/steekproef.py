"""The draw of a steekproef (domain.md, Registratie): seeded, so that anyone can draw it again. Pure."""

from collections.abc import Iterable
from hashlib import sha256
from uuid import UUID

# Published with each steekproef. A change of method gets another name, so that an old draw can still be done again.
METHODE = "sha256-v1"


def draw(zaad: str, periodes: Iterable[UUID], aantal: int) -> list[UUID]:
    """Draw `aantal` of the ids of a set: those with the lowest SHA-256 of `zaad:id` (hexadecimal, lower case, with hyphens).

    In whatever order the set comes, the draw is the same. With fewer ids than asked for: all of them.
    """
    return sorted(set(periodes), key=lambda periode: sha256(f"{zaad}:{periode}".encode()).digest())[:aantal]
