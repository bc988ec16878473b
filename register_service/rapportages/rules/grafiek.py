"""A chart as a report declares it: what is drawn, not how. Pure; `renderers/svg.py` draws."""

from dataclasses import dataclass
from typing import Literal

# staven: per row a bar for each column; gestapeld: per row one bar, of its columns one after another;
# kolommen: one bar for each column, of the total row; lijnen: per row a line from column to column.
Vorm = Literal["staven", "gestapeld", "kolommen", "lijnen"]


@dataclass(frozen=True, slots=True)
class Grafiek:
    """A chart of some columns of a table, `kolommen` by name. Texts are Dutch; `uitleg` says what is to be seen in it.

    Of lines: `punten` is what stands below each column (its title when left out), `banden` the names of the columns with the
    lower and upper bound of each.
    """

    vorm: Vorm
    titel: str
    kolommen: tuple[str, ...]
    uitleg: str = ""
    punten: tuple[str, ...] = ()
    banden: tuple[tuple[str, str], ...] = ()
