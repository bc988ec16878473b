"""The way of a starter through the region: from all aanstellingen the vestigingen where a traject can be. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from register_service.demo.calendar import DAY, REFERENCE_DATE, WINDOW_START, years_after
from register_service.demo.people import Population
from register_service.demo.records import AanstellingRecord, BevoegdheidRecord, LeraarRecord
from register_service.inductie.rules.facts import Aanstelling, Bevoegdheid


@dataclass(frozen=True, slots=True)
class Person:
    """A leraar with everything that the register knows besides trajecten."""

    leraar: LeraarRecord
    aanstellingen: list[AanstellingRecord] = field(default_factory=list)
    bevoegdheden: list[BevoegdheidRecord] = field(default_factory=list)

    def qualified_since(self) -> date | None:
        """Give the day of the first bevoegdheid that was not rejected."""
        days = [row.behaald_op for row in self.bevoegdheden if row.verificatie != "afgewezen"]
        return min(days, default=None)

    def aanstellingen_as_facts(self) -> tuple[Aanstelling, ...]:
        """Give the aanstellingen as the rules of the inductie know them."""
        return tuple(
            Aanstelling(row.vestiging, row.begindatum, row.einddatum, row.betrekkingsomvang, row.soort)
            for row in self.aanstellingen
        )

    def bevoegdheden_as_facts(self) -> tuple[Bevoegdheid, ...]:
        """Give the bevoegdheden that were not rejected as the rules of the inductie know them."""
        return tuple(
            Bevoegdheid(row.behaald_op, row.geldig_tot) for row in self.bevoegdheden if row.verificatie != "afgewezen"
        )

    def may_start(self, row: AanstellingRecord, day: date) -> bool:
        """Tell whether a traject may start on a day of an aanstelling (domain.md, Inductietraject, Start)."""
        return row.soort in ("zij-instroom", "in-opleiding") or any(
            held.verificatie != "afgewezen" and held.behaald_op <= day <= (held.geldig_tot or date.max)
            for held in self.bevoegdheden
        )


@dataclass(frozen=True, slots=True)
class Leg:
    """Days at one vestiging without a gap; no `einde`: still there. `reden`: why it ended."""

    bestuur: str
    vestiging: str
    begin: date
    einde: date | None
    reden: str | None

    def covers(self, day: date) -> bool:
        """Tell whether a day is one of them."""
        return self.begin <= day <= (self.einde or date.max)


def people_of(population: Population) -> list[Person]:
    """Put each leraar together with the aanstellingen and bevoegdheden, in the order of the population."""
    people = {leraar.registratienummer: Person(leraar) for leraar in population.leraren}
    for aanstelling in population.aanstellingen:
        people[aanstelling.leraar].aanstellingen.append(aanstelling)
    for bevoegdheid in population.bevoegdheden:
        people[bevoegdheid.leraar].bevoegdheden.append(bevoegdheid)
    return list(people.values())


def main_line(rows: Iterable[AanstellingRecord]) -> list[AanstellingRecord]:
    """Leave out every aanstelling that stands beside another: a career is a row of them, one after the other."""
    line: list[AanstellingRecord] = []
    for row in sorted(rows, key=lambda row: (row.begindatum, -row.betrekkingsomvang)):
        if not line or (line[-1].einddatum is not None and row.begindatum > line[-1].einddatum):
            line.append(row)
    return line


def is_starter(line: Sequence[AanstellingRecord]) -> bool:
    """Tell whether somebody first came to the region inside the ten years of the demo."""
    return line[0].begindatum >= WINDOW_START


def first_row(person: Person, line: Sequence[AanstellingRecord], *, with_side_entry: bool) -> int | None:
    """Give the place in the line where a traject can start: after the opleiding; a zij-instromer may start at once."""
    for place, row in enumerate(line):
        ready = row.soort != "in-opleiding" and (with_side_entry or row.soort != "zij-instroom")
        if ready and person.may_start(row, row.begindatum):
            return place
    return None


def legs_of(line: Sequence[AanstellingRecord]) -> list[Leg]:
    """Join aanstellingen that follow each other at one vestiging; what ends after the reference date is still going on."""
    legs: list[Leg] = []
    for row in line:
        einde = None if row.einddatum is None or row.einddatum > REFERENCE_DATE else row.einddatum
        last = legs[-1] if legs else None
        if last is not None and last.vestiging == row.vestiging and last.einde == row.begindatum - DAY:
            legs[-1] = replace(last, einde=einde, reden=row.reden_einde)
        else:
            legs.append(Leg(row.bestuur, row.vestiging, row.begindatum, einde, row.reden_einde))
    return legs


def is_experienced(person: Person, day: date, years: int = 3) -> bool:
    """Tell whether somebody got the first bevoegdheid so many years before a day, or more."""
    since = person.qualified_since()
    return since is not None and years_after(since, years) <= day
