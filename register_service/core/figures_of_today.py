"""Reading the figures of a day, remembered for a minute per process."""

import time
from datetime import date

from register_service.core.db import Database
from register_service.core.errors import Unavailable
from register_service.core.figures import Figures, read_figures

REMEMBERED_SECONDS = 60

_VALUES = """
select waarden from regeling
where sector = 'alle' and %(day)s between geldig_vanaf and coalesce(geldig_tot, 'infinity')
"""


class FiguresOfToday:
    """Gives the figures that hold on a day; asks PostgreSQL at most once a minute."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._known: tuple[date, float, Figures] | None = None

    def on(self, day: date) -> Figures:
        """Give the figures that hold on `day`. Raises Unavailable when the register has none."""
        known = self._known
        if known is not None and known[0] == day and known[1] > time.monotonic():
            return known[2]
        with self._database.autocommit() as connection:
            row = connection.execute(_VALUES, {"day": day}).fetchone()
        if row is None:
            raise Unavailable(retry_after=60)
        figures = read_figures(row[0])
        self._known = (day, time.monotonic() + REMEMBERED_SECONDS, figures)
        return figures
