"""What somebody's nascholing depends on: where and when that leraar worked or studied, in which vak, and how eagerly. Pure."""

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from register_service.demo.calendar import REFERENCE_DATE
from register_service.demo.records import AanstellingRecord
from register_service.demo.traject_line import Person, main_line


@dataclass(frozen=True, slots=True)
class Zeal:
    """How somebody keeps up. `rate`: activiteiten a year beside studiedagen; `attends`: the share of studiedagen.

    `lag`: days until something is reported, on average; `catches_up`, `made_good`: the chance that what lacks at the end of a
    period is done before it, or in the months after.
    """

    naam: str
    rate: float
    attends: float
    lag: int
    catches_up: float
    made_good: float


NIETS = Zeal("niets", 0.0, 0.0, 200, 0.1, 0.1)
WEINIG = Zeal("weinig", 0.4, 0.45, 90, 0.4, 0.3)
LAAT = Zeal("laat", 0.75, 0.7, 150, 0.68, 0.7)
GEWOON = Zeal("gewoon", 1.05, 0.85, 25, 0.92, 0.8)
VEEL = Zeal("veel", 2.3, 0.95, 12, 0.97, 0.9)
ZEAL = (NIETS, WEINIG, LAAT, GEWOON, VEEL)
# A validator is never behind.
VALIDATOR = Zeal("veel", 2.3, 0.95, 12, 1.0, 1.0)
_WEIGHTS = (2, 9, 15, 58, 16)


@dataclass(frozen=True, slots=True)
class Career:
    """One leraar. `line`: the aanstellingen one after the other; `first` and `last`: the days between which anything was done."""

    person: Person
    line: list[AanstellingRecord]
    first: date
    last: date
    besturen: frozenset[str]
    sectors: Mapping[str, str]
    vak: str | None
    eerstegraads: bool
    since: date | None
    zeal: Zeal
    shares: float

    @property
    def leraar(self) -> str:
        """Give the number of the leraar."""
        return self.person.leraar.registratienummer

    @property
    def left(self) -> str | None:
        """Give why the leraar left the region, if that is so."""
        last = self.line[-1]
        return last.reden_einde if last.einddatum is not None and last.einddatum <= REFERENCE_DATE else None

    def row_on(self, day: date) -> AanstellingRecord | None:
        """Give the aanstelling of a day, of two at once the main one; None on a day without work."""
        for row in self.line:
            if row.begindatum <= day and (row.einddatum is None or day <= row.einddatum):
                return row
        return None

    def is_at(self, vestiging: str, day: date) -> bool:
        """Tell whether a vestiging is where the leraar was on a day."""
        row = self.row_on(day)
        return row is not None and row.vestiging == vestiging and day >= self.first

    def worked(self, begin: date, end: date) -> bool:
        """Tell whether something can have been done from a day to a day."""
        return self.first <= begin and end <= self.last and self.row_on(begin) is not None

    def sector_on(self, day: date) -> str:
        """Give the sector of a day, or of the day before it on which there was work."""
        row = next((row for row in reversed(self.line) if row.begindatum <= day), self.line[0])
        return self.sectors[row.vestiging]


def career_of(rng: random.Random, person: Person, sectors: Mapping[str, str], zeal: Zeal | None) -> Career:
    """Put together what there is of somebody; the zeal is drawn unless it is given."""
    line = main_line(person.aanstellingen)
    ends = [row.einddatum or REFERENCE_DATE for row in line]
    held = [row for row in person.bevoegdheden if row.verificatie != "afgewezen"]
    drawn = rng.choices(ZEAL, _WEIGHTS)[0]
    return Career(
        person=person,
        line=line,
        first=max(line[0].begindatum, person.leraar.geregistreerd_op),
        last=min(max(ends), REFERENCE_DATE),
        besturen=frozenset(row.bestuur for row in person.aanstellingen),
        sectors=sectors,
        vak=next((row.vak for row in held if row.vak), None),
        eerstegraads=any(row.soort == "eerstegraads" for row in held),
        since=person.qualified_since(),
        zeal=zeal or drawn,
        shares=rng.choice((0.0, 0.5, 1.0)),
    )
