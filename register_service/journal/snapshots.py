"""PostgreSQL's snapshots (`pg_snapshot`), read in Python: which transactions had ended when one was taken."""

from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Transactions below `xmax` had ended, save those in `running` (xid8, as numbers)."""

    xmin: int
    xmax: int
    running: frozenset[int]

    def shows(self, tx: int) -> bool:
        """Tell what `pg_visible_in_snapshot` tells."""
        return tx < self.xmax and tx not in self.running


# Before the first checkpoint nothing was known.
NOTHING = "1:1:"


@lru_cache(maxsize=8)
def parse_snapshot(text: str) -> Snapshot:
    """Read the text of a `pg_snapshot`."""
    xmin, xmax, running = text.split(":")
    return Snapshot(int(xmin), int(xmax), frozenset(int(tx) for tx in running.split(",") if tx))
