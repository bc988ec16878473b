"""The rules a second time, as slowly and plainly as can be: one day after the other, from the JSON itself.

Nothing of the package is used but its words. Hours and fte are fractions, work is added up day by day.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from register_service.core.days import add_months

Json = dict[str, Any]
ONE = timedelta(days=1)
SPLIT = ("vakinhoudelijk", "vakdidactisch", "pedagogisch", "overig")


def days_from(first: date, until: date) -> Iterator[date]:
    """Give every day of some days."""
    while first <= until:
        yield first
        first += ONE


def covers(fact: Json, first: str, last: str, day: date) -> bool:
    """Tell whether a fact covers a day; no last day is for ever."""
    return fact[first] <= day.isoformat() <= (fact[last] or "9999-12-31")


@dataclass
class Life:
    """A leraar who lives through his days. `begun` are the periods so far, `days` has each day's status and what was met."""

    facts: Json
    regelingen: list[Json]
    begun: list[tuple[date, date, str]] = field(default_factory=list)
    days: dict[date, tuple[str, list[Fraction] | None]] = field(default_factory=dict)
    waiting: bool = False
    # Fte-days per sector since the period began, and how they were at its end.
    work: Counter[str] = field(default_factory=Counter)
    work_at_end: Counter[str] = field(default_factory=Counter)

    def until(self, last: date) -> "Life":
        """Live until a day."""
        for day in days_from(date.fromisoformat(self.facts["geregistreerdOp"]), last):
            self._morning(day)
            self._evening(day)
        return self

    def figure(self, name: str, day: date, sector: str = "alle") -> Any:
        """Give a figure of a day."""
        found = [row for row in self.regelingen if row["sector"] == sector and row["geldigVanaf"] <= day.isoformat()]
        return max(found, key=lambda row: row["geldigVanaf"])["waarden"].get(name)

    def bevoegd(self, day: date) -> bool:
        """Tell whether a bevoegdheid holds that registers."""
        soorten = self.figure("registrerendeSoorten", day)
        return any(f["soort"] in soorten and covers(f, "vanaf", "tot", day) for f in self.facts["bevoegd"])

    def doorgehaald(self, day: date) -> bool:
        """Tell whether the registratie is struck off."""
        return any(covers(f, "vanaf", "tot", day) for f in self.facts["doorhalingen"])

    def _morning(self, day: date) -> None:
        """Decide whether a period begins: as decided before, or by the rules once nothing more is decided."""
        for f in self.facts["perioden"]:
            if f["begindatum"] == day.isoformat():
                self._begin(day, f["grond"], date.fromisoformat(f["einddatum"]))
                return
        if any(f["begindatum"] > day.isoformat() for f in self.facts["perioden"]):
            return
        grond = self._grond(day)
        if grond is not None:
            self._begin(day, grond, add_months(day, 12 * self.figure("registratieJaren", day)) - ONE)

    def _grond(self, day: date) -> str | None:
        free = self.bevoegd(day) and not self.doorgehaald(day)
        if not self.begun:
            return "eerste" if free else None
        _, end, _ = self.begun[-1]
        met = False
        if day == end + ONE:
            self.waiting = not free
            if free and self._enough(day, known=end):
                return "verlengd"
        if not self.waiting and end < day <= self.last_chance():
            met = self._enough(day, known=day)
        if met and free:
            return "hersteld"
        self.waiting = self.waiting or met
        if self.waiting and free:
            return "hervat" if self.doorgehaald(day - ONE) else "eerste"
        return None

    def last_chance(self) -> date:
        """Give the last day of the conditions of the last period."""
        begin, end, _ = self.begun[-1]
        return add_months(end + ONE, self.figure("voorwaardenMaanden", begin)) - ONE

    def _begin(self, day: date, grond: str, end: date) -> None:
        self.begun.append((day, end, grond))
        self.work, self.work_at_end, self.waiting = Counter(), Counter(), False

    def _evening(self, day: date) -> None:
        """Add the work of the day, and look how things stand."""
        for f in self.facts["werk"]:
            if covers(f, "begindatum", "einddatum", day):
                self.work[f["sector"]] += Fraction(str(f["betrekkingsomvang"]))  # type: ignore[assignment]
        if self.begun and day <= self.begun[-1][1]:
            self.work_at_end = Counter(self.work)
        self.days[day] = self._status(day), self.have(day + ONE, known=day) if self.begun else None

    def _status(self, day: date) -> str:
        if self.doorgehaald(day):
            return "doorgehaald"
        if not self.bevoegd(day) or not self.begun:
            return "aspirant"
        if day <= self.begun[-1][1]:
            return "geregistreerd"
        return "onder-voorwaarden" if day <= self.last_chance() else "verlopen"

    def have(self, day: date, known: date) -> list[Fraction]:
        """Give what counts of everything before a day: registeruren, primair, vakinhoudelijk and hours of work."""
        begin = self.begun[-1][0]
        found = [
            [Fraction(str(f[name])) for name in SPLIT]
            for f in self.facts["uren"]
            if begin.isoformat() <= f["einddatum"] < day.isoformat() and f["geteldOp"] <= known.isoformat()
        ]
        work = Fraction(sum(self.work.values())) * self.figure("jaaruren", begin) / Fraction("365.25")
        return [
            Fraction(sum(sum(hours) for hours in found)),
            Fraction(sum(sum(hours[:3]) for hours in found)),
            Fraction(sum(hours[0] for hours in found)),
            work,
        ]

    def _enough(self, day: date, known: date) -> bool:
        begin = self.begun[-1][0]
        have = self.have(day, known)
        need = [self.figure(name, begin) for name in ("registeruren", "primairUren")] + [self.vakinhoudelijk(begin)]
        # Hours of work are rounded up: as soon as the last one has begun.
        return all(a >= b for a, b in zip(have, need, strict=False)) and have[3] > self.figure("werkuren", begin) - 1

    def vakinhoudelijk(self, begin: date) -> int:
        """Give what the sector of the period asks: of sectors with equal hours the least."""
        most = max(self.work_at_end.values(), default=None)
        asked = [
            self.figure("vakinhoudelijkUren", begin, sector)
            for sector, hours in self.work_at_end.items()
            if hours == most
        ]
        return min(asked, default=0)
