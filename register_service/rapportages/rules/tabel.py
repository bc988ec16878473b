"""The table that a report is: columns that say what they mean, rows of groups, and their total.

Shared by datasets, disclosure control and renderers. A count is of people. The counts of one `blok` exclude one another: in each
row they add up to the row's `totaal` (or to less than it, where the block says that the rest is not published), and in each
column the rows add up to the total row.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Literal

Soort = Literal["telling", "percentage", "gemiddelde", "mediaan", "som", "tekst"]
# The name of the column with how many people a row is about. Every table has it.
TOTAAL = "totaal"


class Afgeschermd(Enum):
    """What stands in the place of a figure that is not shown."""

    KLEIN = "<5"  # a count under 5
    AFGESCHERMD = "•"  # hidden along with it; says nothing about how large it is
    ONBEKEND = "–"  # there is nothing to tell: the mean of nobody, a moment not reached yet


Waarde = int | float | str | Afgeschermd | None


@dataclass(frozen=True, slots=True)
class Kolom:
    """A column. `naam` is snake_case; `titel` and `definitie` are Dutch. `eenheid`: %, uur, maanden, or nothing.

    `blok` is set for counts only (all but `totaal`). A figure that is no count names in `van` the counts that it rests on: it is
    hidden when one of those is.
    """

    naam: str
    titel: str
    definitie: str
    soort: Soort = "telling"
    blok: str = ""
    van: tuple[str, ...] = ()
    eenheid: str = ""
    decimalen: int = 0

    @property
    def kop(self) -> str:
        """What stands above the column where nothing else says the unit: a count and its share may have one title."""
        return f"{self.titel} ({self.eenheid})" if self.eenheid else self.titel


@dataclass(frozen=True, slots=True)
class Rij:
    """A row: the group it is about (its key, and what it is called) and a value for each column."""

    sleutel: str
    naam: str
    waarden: Mapping[str, Waarde]


@dataclass(frozen=True, slots=True)
class Tabel:
    """A table. `totaal`: the row of all groups together. `open_blokken`: blocks whose counts may add up to less than `totaal`."""

    groep: str
    kolommen: tuple[Kolom, ...]
    rijen: tuple[Rij, ...]
    totaal: Rij
    open_blokken: frozenset[str] = field(default_factory=frozenset)
