"""Studiedagen of the vestigingen: days on which the whole team learns, reported by the bestuur. Pure, seeded."""

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from register_service.demo.aanbod_runs import Calendar, Run, lesson_day
from register_service.demo.calendar import REFERENCE_DATE, WINDOW_START
from register_service.demo.nascholing_uren import Uren, split
from register_service.demo.nascholing_words import STUDIEDAG
from register_service.demo.people import SEED

_MONTHS = (8, 9, 10, 11, 1, 2, 3, 4, 6)


@dataclass(frozen=True, slots=True)
class Studiedag:
    """One day; with `run`, somebody of the catalogue came along. `reported`: when the bestuur said who was there."""

    day: date
    titel: str
    uren: Uren
    run: Run | None
    reported: date


class Studiedagen:
    """The studiedagen by vestiging and school year, drawn when they are asked for."""

    def __init__(self, calendar: Calendar, sectors: Mapping[str, str]) -> None:
        """Give them subjects from the catalogue, or of their own."""
        self._calendar = calendar
        self._sectors = sectors
        self._drawn: dict[tuple[str, int], list[Studiedag]] = {}

    def of(self, vestiging: str, year: int) -> list[Studiedag]:
        """Give those of a school year that were reported before the reference date, each on a day of its own."""
        key = vestiging, year
        if key not in self._drawn:
            rng = random.Random(f"{SEED}:studiedag:{vestiging}:{year}")  # noqa: S311 - the demo must be the same every time
            days = [self._draw(rng, vestiging, year) for _ in range(rng.choice((0, 1, 1, 1)))]
            known = {day.day: day for day in days if day.day >= WINDOW_START and day.reported <= REFERENCE_DATE}
            self._drawn[key] = list(known.values())
        return self._drawn[key]

    def _draw(self, rng: random.Random, vestiging: str, year: int) -> Studiedag:
        sector, month = self._sectors[vestiging], rng.choice(_MONTHS)
        day = lesson_day(date(year + (month < 8), month, rng.randint(1, 28)), forward=True)
        groups = self._calendar.offered(year, sector, None, "studiedag")
        if rng.random() < 0.4 and groups:
            run = rng.choice(groups)
            return Studiedag(run.begin, run.entry.record.titel, run.uren, run, run.confirmed)
        titel, verdeling, _ = rng.choice([one for one in STUDIEDAG if sector in one[2].split()])
        reported = day + timedelta(days=rng.randint(1, 25))
        return Studiedag(day, titel, split(rng.choice((8, 10, 11, 12, 13)), verdeling), None, reported)
