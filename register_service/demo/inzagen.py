"""Who looked at the dossiers of the demo region in its last ten months, besides the leraar. Pure, and always the same.

Nothing here is loose from the rest: a bestuur looks at who works there, a validator at what was judged, an aanbieder at who was
there. Only the steekproef that a few looks are for was drawn outside the demo.
"""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from operator import attrgetter
from typing import TypeGuard
from zoneinfo import ZoneInfo

from register_service.demo import inzage_records as doelen
from register_service.demo.accounts import IN_ORDER
from register_service.demo.activiteit_draft import Dossier, weekday
from register_service.demo.calendar import DAY, REFERENCE_DATE, years_after
from register_service.demo.inzage_clients import Clients, Kijker
from register_service.demo.inzage_records import ClientRecord, Doel, InzageRecord
from register_service.demo.nascholing import Nascholing
from register_service.demo.nascholing_records import ActiviteitRecord
from register_service.demo.people import SEED
from register_service.demo.registratie import Registratie
from register_service.demo.traject_draft import Draft

FIRST_DAY = date(2026, 1, 1)
_HERE = ZoneInfo("Europe/Amsterdam")
_ROOM = (REFERENCE_DATE - FIRST_DAY).days - 5
_HOLIDAY = (date(2026, 7, 11), date(2026, 8, 23))
# The days on which the systems of besturen fetch many at once, before people come to work.
_LISTED = (date(2026, 2, 3), date(2026, 9, 8))
_FOLLOWED = (date(2026, 1, 13), date(2026, 4, 14), date(2026, 6, 30), date(2026, 9, 29))
_CHECKED = (date(2026, 3, 10), date(2026, 6, 9), date(2026, 10, 6))
_OPENS_DOSSIER, _OPENS_AGAIN, _READS_TIJDLIJN, _IS_VERIFIED = 0.75, 0.25, 0.5, 0.12
# A steekproef of what was renewed in one year, looked at by a validator and then by an auditor.
_RENEWED_IN, _DRAWN = 2024, 25
_BY_VALIDATOR, _BY_AUDITOR = date(2026, 5, 18), date(2026, 6, 8)
_REASON = "Steekproef herregistraties 2024: {}"
_WHY = ("zijn de uren terecht goedgekeurd?", "kloppen de uren met het aanbod?", "kloppen de werkuren?")


@dataclass(slots=True)
class Inzagen:
    """Every look, in the order of time, and the systems that looked."""

    clients: list[ClientRecord]
    looks: list[InzageRecord] = field(default_factory=list)


def draw_inzagen(nascholing: Nascholing, trajecten: Sequence[Draft], until: datetime) -> Inzagen:
    """Draw every look up to a moment: where the demo is loaded before its own reference date, no look is still to come."""
    clients = Clients(nascholing.catalogue)
    starters: dict[str, list[Draft]] = {}
    for draft in trajecten:
        starters.setdefault(draft.leraar, []).append(draft)
    looks = list(_steekproef(nascholing, clients))
    given = {one.leraar: one.gegeven_op for one in nascholing.toestemmingen}
    for dossier, registratie in zip(nascholing.dossiers, nascholing.registraties, strict=True):
        leraar = dossier.career.leraar
        drawer = _Drawer(random.Random(f"{SEED}:inzagen:{leraar}"), dossier, clients)  # noqa: S311 - the same every time
        looks += drawer.by_bestuur(registratie, starters.get(leraar, ()))
        looks += [look for record in dossier.records for look in drawer.at_activiteit(record)]
        looks += drawer.by_anybody(given.get(leraar))
    return Inzagen(
        clients.records, sorted((look for look in looks if look.at <= until), key=attrgetter("at", "leraar"))
    )


@dataclass(frozen=True, slots=True)
class _Drawer:
    """What draws the looks at one dossier."""

    rng: random.Random
    dossier: Dossier
    clients: Clients

    def by_bestuur(self, registratie: Registratie, trajecten: Sequence[Draft]) -> Iterator[InzageRecord]:
        """Give the looks of the bestuur where the leraar works, at night by its system and by day by a person who uses it."""
        ends = registratie.feiten.perioden[-1].einddatum if registratie.feiten.perioden else date.max
        soon = [day for day in _CHECKED if day <= ends <= years_after(day, 1)]
        running = [day for day in _FOLLOWED if any(one.startdatum <= day <= one.last_day for one in trajecten)]
        for doel, days in ((doelen.OPSOMMEN, _LISTED), (doelen.VOORTGANG, soon), (doelen.TRAJECTEN, running)):
            for day in days:
                yield from self._of_bestuur(doel, day, _at_night(doel, day))
        chances = [(doelen.DOSSIER, _OPENS_DOSSIER), (doelen.DOSSIER, _OPENS_AGAIN)]
        chances += [(doelen.TIJDLIJN, _READS_TIJDLIJN)] if running else []
        for doel, chance in chances:
            day = weekday(FIRST_DAY + self.rng.randint(1, _ROOM) * DAY)
            if self.rng.random() < chance and not _HOLIDAY[0] <= day <= _HOLIDAY[1]:
                yield from self._of_bestuur(doel, day, self._by_day(day))

    def at_activiteit(self, record: ActiviteitRecord) -> Iterator[InzageRecord]:
        """Give the looks that come with an activiteit: of whoever reported or confirmed it, and of the validator."""
        if record.gemeld_door == "bestuur" and record.bestuur and _is_late(record.ingediend_op):
            moment = self._by_day(record.ingediend_op)
            yield self._look(self.clients.of_bestuur(record.bestuur), doelen.MELDEN, moment)
            yield self._look(self.clients.of_bestuur(record.bestuur), doelen.INDIENEN, moment + timedelta(seconds=2))
        if not _is_late(record.beoordeeld_op):
            return
        moment = self._by_day(record.beoordeeld_op)
        if record.beoordeeld_door:
            kijker, approved = Kijker(f"validator:{record.beoordeeld_door}"), record.status == "goedgekeurd"
            yield self._look(kijker, doelen.BEOORDELEN, moment)
            later = moment + timedelta(seconds=self.rng.randint(40, 900))
            yield self._look(kijker, doelen.GOEDKEUREN if approved else doelen.AFWIJZEN, later)
        elif record.aanbod:
            yield self._look(self.clients.of_aanbod(record.aanbod, record.bestuur), doelen.BEVESTIGEN, moment)

    def by_anybody(self, given: date | None) -> Iterator[InzageRecord]:
        """Give a look of somebody outside the register, at some of those who allow that."""
        day = FIRST_DAY + self.rng.randint(0, _ROOM) * DAY
        if given is not None and given < day and self.rng.random() < _IS_VERIFIED:
            yield self._look(Kijker("openbaar"), doelen.VERIFICATIE, self._by_day(day))

    def in_steekproef(self, kijker: Kijker, day: date) -> InzageRecord:
        """Give a look in the steekproef."""
        reason = _REASON.format(self.rng.choice(_WHY))
        return self._look(kijker, doelen.STEEKPROEF, self._by_day(day), reason)

    def _of_bestuur(self, doel: Doel, day: date, moment: datetime) -> Iterator[InzageRecord]:
        row = self.dossier.career.row_on(day)
        if row is not None:
            yield self._look(self.clients.of_bestuur(row.bestuur), doel, moment)

    def _by_day(self, day: date) -> datetime:
        hour, minute, second = 8 + int(self.rng.random() * 9), int(self.rng.random() * 60), int(self.rng.random() * 60)
        return datetime.combine(day, time(hour, minute, second), _HERE)

    def _look(self, kijker: Kijker, doel: Doel, at: datetime, reason: str | None = None) -> InzageRecord:
        leraar = self.dossier.career.leraar
        return InzageRecord(at, leraar, kijker.actor, kijker.namens, doel.purpose, reason, list(doel.parts))


def _steekproef(nascholing: Nascholing, clients: Clients) -> Iterator[InzageRecord]:
    rng = random.Random(f"{SEED}:inzagen:steekproef")  # noqa: S311 - the demo must be the same every time
    dossiers: Mapping[str, Dossier] = {one.career.leraar: one for one in nascholing.dossiers}
    renewed = [one.feiten.nummer for one in nascholing.registraties if _is_renewed(one)]
    others = [number for number in renewed if number != IN_ORDER]
    # Somebody who signs in to the demo is one of them, so that it shows what a look with a reason is.
    drawn = [number for number in renewed if number == IN_ORDER] + rng.sample(others, min(_DRAWN, len(others)))
    for number in drawn:
        drawer = _Drawer(rng, dossiers[number], clients)
        career = drawer.dossier.career
        validator = drawer.dossier.validators.draw(rng, career.besturen, career.sector_on(_BY_VALIDATOR))
        if validator is not None:
            yield drawer.in_steekproef(Kijker(f"validator:{validator}"), _BY_VALIDATOR + rng.randint(0, 4) * DAY)
        yield drawer.in_steekproef(clients.auditor, _BY_AUDITOR + rng.randint(0, 4) * DAY)


def _is_renewed(registratie: Registratie) -> bool:
    return any(one.begindatum.year == _RENEWED_IN and one.grond == "verlengd" for one in registratie.feiten.perioden)


def _is_late(day: date | None) -> TypeGuard[date]:
    return day is not None and day >= FIRST_DAY


def _at_night(doel: Doel, day: date) -> datetime:
    # What is asked for of many at once is answered at one moment.
    return datetime.combine(day, time(5, len(doel.purpose)), _HERE)
