"""One vestiging, one row: what is done with a vestigingscode that DUO's files have more than once. Pure.

DUO lists a vestiging once per entrance. Rows that say the same (capitals aside) are one row and are only counted. Of
rows that contradict each other the first one holds, and every later one is refused with its line and the column in
which they differ; nothing is guessed, and the same files always give the same register.
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields

from register_service.organisaties.duo import DuoRow, Finding

_PLACE_FIELDS = {"file", "line"}
_CONTENT_FIELDS = tuple(field.name for field in fields(DuoRow) if field.name not in _PLACE_FIELDS)


@dataclass(frozen=True, slots=True)
class Unique:
    """One row per vestigingscode, the number of equal doubles left out, and the contradictory ones refused."""

    rows: tuple[DuoRow, ...]
    merged: int
    refusals: tuple[Finding, ...]


def unique(rows: Iterable[DuoRow]) -> Unique:
    """Keep the first row of each vestigingscode, over all files of one import together."""
    first: dict[str, DuoRow] = {}
    merged = 0
    refusals: list[Finding] = []
    for row in rows:
        kept = first.setdefault(row.code, row)
        if kept is row:
            continue
        differing = _differing(kept, row)
        merged += not differing
        if differing:
            refusals.append(_contradiction(kept, row, differing))
    return Unique(tuple(first.values()), merged, tuple(refusals))


def _differing(one: DuoRow, other: DuoRow) -> list[str]:
    return [name for name in _CONTENT_FIELDS if _folded(one, name) != _folded(other, name)]


def _folded(row: DuoRow, name: str) -> str:
    return str(getattr(row, name) or "").casefold()


def _contradiction(kept: DuoRow, row: DuoRow, differing: list[str]) -> Finding:
    where = f"regel {kept.line}" if kept.file == row.file else f"{kept.file} regel {kept.line}"
    return Finding(
        row.file, row.line, f"vestigingscode {row.code} staat al op {where}, met andere {', '.join(differing)}"
    )
