"""When the aanbod of the demo was given, and to whom: groups that begin and end on the same days. Pure, seeded."""

import random
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from register_service.demo.aanbod import Entry
from register_service.demo.calendar import DAY, REFERENCE_DATE, WINDOW_START
from register_service.demo.nascholing_uren import Uren, split
from register_service.demo.people import SEED
from register_service.demo.traject_draft import school_day

# How often a year, in which months it begins, and how many weeks it takes.
_RHYTHM = {
    "cursus": ((9, 10, 1, 2), (6, 8, 10, 12)),
    "opleiding": ((9,), (38,)),
    "studiedag": ((9, 10, 11, 1, 2, 3, 4), (0,)),
    "zelfstudie": ((8, 10, 11, 1, 3, 5), (3, 4, 6)),
    "buitenschools": ((10, 4), (1,)),
    "conferentie": ((), (0,)),
}


@dataclass(frozen=True, slots=True)
class Run:
    """One group. `confirmed`: the day on which the aanbieder confirmed who was there, from which it counts."""

    entry: Entry
    uren: Uren
    begin: date
    end: date
    confirmed: date


class Calendar:
    """Every run that was over and confirmed on the reference date, by school year (that in which it began)."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        """Draw the runs of validated aanbod."""
        self._runs: dict[int, list[Run]] = defaultdict(list)
        self._found: dict[tuple[int, str, str | None, str | None], list[Run]] = {}
        for entry in entries:
            rng = random.Random(f"{SEED}:uitvoering:{entry.record.id}")  # noqa: S311 - the same every time
            for run in _runs(rng, entry):
                self._runs[school_year(run.begin)].append(run)

    def offered(self, year: int, sector: str, vak: str | None, soort: str | None = None) -> list[Run]:
        """Give what suits somebody of a sector and a vak; what is for that vak stands in it twice."""
        key = year, sector, vak, soort
        if key not in self._found:
            suiting = [
                run for run in self._runs[year]
                if sector in run.entry.sectoren
                and (not run.entry.vakken or vak in run.entry.vakken)
                and soort in (None, run.entry.record.soort)
            ]  # fmt: skip
            self._found[key] = suiting + [run for run in suiting if run.entry.vakken]
        return self._found[key]


def school_year(day: date) -> int:
    """Give the calendar year in which the school year of a day began, on 1 August."""
    return day.year - (day.month < 8)


@cache
def lesson_day(day: date, *, forward: bool = False) -> date:
    """Give the nearest day before (or after) a day, that day included, on which there are lessons."""
    return school_day(day, forward=forward)


def _runs(rng: random.Random, entry: Entry) -> list[Run]:
    record = entry.record
    last = min(record.geldig_tot or date.max, REFERENCE_DATE)
    uren = split(int(2 * record.registeruren), entry.verdeling)
    months, weeks = _RHYTHM[record.soort]
    wanted = [lesson_day(record.geldig_vanaf + timedelta(days=10))] if not months else []
    for year in range(WINDOW_START.year, REFERENCE_DATE.year + 1):
        wanted += [lesson_day(date(year, month, rng.randint(1, 28)), forward=True) for month in months]
    runs = []
    for begin in wanted:
        end = begin + timedelta(weeks=rng.choice(weeks))
        end = end if record.soort == "zelfstudie" else max(begin, lesson_day(end))
        confirmed = end + rng.randint(1, 21) * DAY
        if record.geldig_vanaf <= begin and end <= last and confirmed <= REFERENCE_DATE:
            runs.append(Run(entry, uren, begin, end, confirmed))
    return runs
