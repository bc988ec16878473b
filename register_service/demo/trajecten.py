"""Inductietrajecten of the demo region: some 1,200, in every state. Pure, and always the same.

They follow from the careers that are there (people.py) and leave those as they are: each leraar has another random source
for this.
"""

import random
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from register_service.demo.calendar import REFERENCE_DATE, fixed_id, years_after
from register_service.demo.people import SEED, Population
from register_service.demo.records import AanstellingRecord, Record
from register_service.demo.traject_draft import Draft, Exemption, Regeling
from register_service.demo.traject_guidance import draw_guidance
from register_service.demo.traject_line import (
    Leg,
    Person,
    first_row,
    is_experienced,
    is_starter,
    legs_of,
    main_line,
    people_of,
)
from register_service.demo.traject_outcome import draw_end, draw_extension, draw_leave
from register_service.demo.traject_programme import draw_programmes, draw_talks
from register_service.demo.traject_records import InstemmingRecord, PeriodeRecord
from register_service.demo.traject_staff import Staff
from register_service.demo.traject_words import VRIJSTELLING
from register_service.inductie.rules.credit import credit_of, credited

# Far beyond the ids of the leraren and the organisations, and more of them than one leraar's trajecten need.
_FIRST_ID, _ROOM_FOR_IDS = 20_000_000, 256
# Not everybody who started stands in the register with a traject: besturen began with it one after the other.
_SHARE_BEFORE, _SHARE_SINCE, _SINCE = 0.38, 0.68, date(2023, 8, 1)
_PLANNED = (date(2026, 12, 1), date(2027, 1, 1), date(2027, 2, 1), date(2027, 2, 1))


def draw_trajecten(population: Population, sectors: Mapping[str, str], regelingen: Sequence[Regeling]) -> list[Draft]:
    """Draw the trajecten of all leraren, in their order. `sectors` gives the sector of a vestiging."""
    people = people_of(population)
    staff = Staff(people)
    drafts: list[Draft] = []
    for index, person in enumerate(people):
        rng = random.Random(f"{SEED}:inductie:{index}")  # noqa: S311 - the demo must be the same every time
        ids = (fixed_id(rng, _FIRST_ID + index * _ROOM_FOR_IDS + place) for place in range(_ROOM_FOR_IDS))
        drafts += _Drawer(rng, ids, person, sectors, regelingen, staff).draw()
    return drafts


def records_of(drafts: Sequence[Draft]) -> list[list[Record]]:
    """Give the rows per table, in an order in which they can be written."""
    kinds = ("periodes", "onderbrekingen", "verlengingen", "programmas", "begeleidingen", "observaties", "scores",
             "gesprekken", "instemmingen")  # fmt: skip
    facts = [[row for draft in drafts for row in getattr(draft, kind)] for kind in kinds]
    return [[draft.record() for draft in drafts], *facts]


@dataclass(slots=True)
class _Drawer:
    """Draws the trajecten of one leraar."""

    rng: random.Random
    ids: Iterator[uuid.UUID]
    person: Person
    sectors: Mapping[str, str]
    regelingen: Sequence[Regeling]
    staff: Staff

    def draw(self) -> list[Draft]:
        """Give none, an exemption, a planned one, or one or more after each other."""
        line = main_line(self.person.aanstellingen)
        first = first_row(self.person, line, with_side_entry=self.rng.random() < 0.5)
        if not is_starter(line):
            return []
        if first is None:
            return self._plan(line[-1])
        start = line[first].begindatum
        if is_experienced(self.person, start):
            return self._exempt(legs_of(line[first:])[0]) if self.rng.random() < 0.3 else []
        if self.rng.random() > (_SHARE_SINCE if start >= _SINCE else _SHARE_BEFORE):
            return []
        if start >= date(2026, 8, 1) and self.rng.random() < 0.3:
            return self._plan(line[-1])
        return self._follow(legs_of(line[first:]))

    def _plan(self, row: AanstellingRecord) -> list[Draft]:
        """One that begins after the reference date, where somebody works already: as student, or on trial."""
        start = self.rng.choice(_PLANNED)
        stays = row.begindatum >= date(2026, 1, 1) and (row.einddatum is None or row.einddatum > start)
        if not stays or not self.person.may_start(row, start) or self.rng.random() > 0.6:
            return []
        draft = self._begin([Leg(row.bestuur, row.vestiging, start, None, None)])
        self._complete(draft)
        return [draft]

    def _exempt(self, leg: Leg) -> list[Draft]:
        start, since = leg.begin, self.person.qualified_since()
        long = since is not None and years_after(since, 8) <= start
        weights = (30, 60, 10) if long else (85, 5, 10)
        grond = self.rng.choices(tuple(VRIJSTELLING), weights)[0]
        exemption = Exemption(grond, self.rng.choice(VRIJSTELLING[grond]))
        return [Draft(self.rng, self.ids, self.person, self._regeling(leg), start, [leg], exemption=exemption)]

    def _follow(self, legs: Sequence[Leg]) -> list[Draft]:
        """One traject as long as it goes; at a new bestuur sometimes another, that takes over the credit of the first."""
        drafts: list[Draft] = []
        parts = self._parts(legs)
        for place, part in enumerate(parts):
            draft = self._begin(part, drafts[-1] if drafts else None)
            draft.followed = place + 1 < len(parts)
            draw_leave(draft)
            draw_extension(draft)
            draw_end(draft)
            self._complete(draft)
            drafts.append(draft)
            if draft.end is None or draft.end.resultaat or draft.end.datum != part[-1].einde:
                break
        return drafts

    def _parts(self, legs: Sequence[Leg]) -> list[list[Leg]]:
        parts = [[legs[0]]]
        for leg in legs[1:]:
            before = parts[-1][-1]
            gap = before.einde is not None and leg.begin - before.einde > timedelta(days=1)
            if leg.bestuur != before.bestuur and self.rng.random() < (0.45 if gap else 0.15):
                parts.append([leg])
            else:
                parts[-1].append(leg)
        return parts

    def _begin(self, legs: list[Leg], before: Draft | None = None) -> Draft:
        regeling = self._regeling(legs[0])
        draft = Draft(self.rng, self.ids, self.person, regeling, legs[0].begin, legs)
        if before is not None and before.end is not None and before.end.reden:
            counted = credit_of(before.facts()).counted
            draft.earlier = before.id, before.earlier_days + credited(counted, before.end.datum.toordinal())
        draft.taken = {self.person.leraar.achternaam}
        for leg in legs:
            self._stay(draft, leg)
        return draft

    def _stay(self, draft: Draft, leg: Leg) -> None:
        manager = self.staff.manager(leg.vestiging, leg.begin, {self.person.leraar.achternaam})
        unknown = self.rng.random() < 0.04
        stay = PeriodeRecord(
            *draft.of(leg.bestuur), leg.vestiging, leg.begin, leg.einde, False,
            None if unknown else manager.nummer, None if unknown else manager.only_name,
        )  # fmt: skip
        draft.managers[stay.id] = manager
        draft.taken.add(manager.achternaam)
        draft.periodes.append(stay)

    def _complete(self, draft: Draft) -> None:
        """Add what follows from the stays that it came to."""
        dues = draft.dues()
        draw_guidance(draft, self.staff)
        draw_programmes(draft, dues.years)
        draw_talks(draft, dues.talks)
        _agree(draft)

    def _regeling(self, leg: Leg) -> Regeling:
        """Give the regeling that holds in the sector of a vestiging on a day."""
        sector = self.sectors[leg.vestiging]
        return next(
            one for one in self.regelingen
            if one.sector == sector and one.geldig_vanaf <= leg.begin <= (one.geldig_tot or date.max)
        )  # fmt: skip


def _agree(draft: Draft) -> None:
    """With some takeovers the leraar agreed before the first bestuur had closed its stay."""
    for before, after in zip(draft.periodes, draft.periodes[1:], strict=False):
        if before.bestuur != after.bestuur and draft.rng.random() < 0.4:
            given = max(before.begindatum, after.begindatum - timedelta(days=draft.rng.randint(3, 45)))
            known = {row.bestuur for row in draft.instemmingen}
            if given <= REFERENCE_DATE and after.bestuur not in known:
                draft.instemmingen.append(InstemmingRecord(*draft.of(after.bestuur), given))
