"""The course of a registratie: its periods, and the status of every day (domain.md, Registratie en herregistratie).

What is stored was decided and stands. From the last stored period the rules go on to a day, one period at a time, and it
does not matter when or how often that is done: every step looks only at what was known on the day it is about.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from register_service.core.days import add_months
from register_service.registratie.rules.facts import DAY, FOREVER, Feiten, Periode, on
from register_service.registratie.rules.norms import Normen, Regelingen
from register_service.registratie.rules.tally import met, needed, sector_of, tally

ASPIRANT = "aspirant"
GEREGISTREERD = "geregistreerd"
ONDER_VOORWAARDEN = "onder-voorwaarden"
VERLOPEN = "verlopen"
DOORGEHAALD = "doorgehaald"
STATUSSEN = (ASPIRANT, GEREGISTREERD, ONDER_VOORWAARDEN, VERLOPEN, DOORGEHAALD)

EERSTE = "eerste"
VERLENGD = "verlengd"
HERSTELD = "hersteld"
HERVAT = "hervat"
GRONDEN = (EERSTE, VERLENGD, HERSTELD, HERVAT)


class Stand(NamedTuple):
    """A status from a day to a day; `tot` None: it still holds on the day that was asked for."""

    status: str
    vanaf: date
    tot: date | None


@dataclass(frozen=True, slots=True)
class Verloop:
    """What follows for a day: the periods that have begun, oldest first, and the statuses from the day of registration on."""

    dag: date
    perioden: tuple[Periode, ...]
    standen: tuple[Stand, ...]

    @property
    def status(self) -> str | None:
        """Give the status of the day; None before the leraar was registered."""
        return self.standen[-1].status if self.standen else None

    @property
    def nieuw(self) -> tuple[Periode, ...]:
        """Give the periods that are not stored yet."""
        return tuple(periode for periode in self.perioden if periode.id is None)


def course_of(feiten: Feiten, regelingen: Regelingen, day: date) -> Verloop:
    """Go on from what is stored to a day."""
    perioden = periods_until(feiten, regelingen, day)
    return Verloop(day, perioden, _standen(feiten, regelingen, perioden, day))


def periods_until(feiten: Feiten, regelingen: Regelingen, day: date) -> tuple[Periode, ...]:
    """Give every period that has begun on a day, stored or not, oldest first."""
    stored = sorted(feiten.perioden, key=lambda periode: periode.begindatum)
    found = [periode for periode in stored if periode.begindatum <= day]
    if len(found) < len(stored):
        # A look back: what came later is decided, and nothing else came between.
        return tuple(found)
    while (periode := _next(feiten, regelingen, found[-1] if found else None, day)) is not None:
        found.append(periode)
    return tuple(found)


def end_of(begin: date, normen: Normen, uitstel_maanden: int = 0) -> date:
    """Give the last day of a period of 4 years and the months of its uitstel."""
    return add_months(begin, 12 * normen.cijfers.registratie_jaren + uitstel_maanden) - DAY


def end_of_conditions(periode: Periode, regelingen: Regelingen) -> date:
    """Give the last day on which what a period lacks can be made good: 6 months after its end."""
    figures = regelingen.on(periode.begindatum).cijfers
    return add_months(periode.einddatum + DAY, figures.voorwaarden_maanden) - DAY


def status_on(feiten: Feiten, regelingen: Regelingen, perioden: Sequence[Periode], day: date) -> str | None:
    """Give the status of a day that `perioden` reach to; None before the leraar was registered."""
    if day < feiten.geregistreerd_op:
        return None
    if on(feiten.doorhalingen, day):
        return DOORGEHAALD
    return underlying(regelingen, perioden, day) if on(feiten.bevoegd, day) else ASPIRANT


def underlying(regelingen: Regelingen, perioden: Sequence[Periode], day: date) -> str:
    """Give what the periods alone say of a day: whatever the bevoegdheden, and doorgehaald or not."""
    last = next((periode for periode in reversed(perioden) if periode.begindatum <= day), None)
    if last is None:
        return ASPIRANT
    if day <= last.einddatum:
        return GEREGISTREERD
    return ONDER_VOORWAARDEN if day <= end_of_conditions(last, regelingen) else VERLOPEN


def _next(feiten: Feiten, regelingen: Regelingen, last: Periode | None, day: date) -> Periode | None:
    """Give the period that comes after another, if it begins on `day` or before."""
    if last is None:
        begin = _first_available(feiten, feiten.geregistreerd_op, day)
        return None if begin is None else _begun(regelingen, begin, EERSTE)
    after = last.einddatum + DAY
    if after > day:
        return None
    if not _available(feiten, after):
        return _waiting(feiten, regelingen, after, day)
    if _met(feiten, regelingen, last, last.einddatum, last.einddatum):
        return _begun(regelingen, after, VERLENGD)
    first = _made_good(feiten, regelingen, last, min(day, end_of_conditions(last, regelingen)))
    if first is None or _available(feiten, first):
        return None if first is None else _begun(regelingen, first, HERSTELD)
    return _waiting(feiten, regelingen, first, day)


def _met(feiten: Feiten, regelingen: Regelingen, periode: Periode, last: date, known: date) -> bool:
    # The time in which something is made good does not change which sector it was.
    normen, first = regelingen.on(periode.begindatum), periode.begindatum
    sector = sector_of(feiten, normen, first, min(last, periode.einddatum))
    return met(tally(feiten, normen, first, last, known), needed(normen, sector))


def _made_good(feiten: Feiten, regelingen: Regelingen, periode: Periode, last: date) -> date | None:
    """Give the first day after a period, up to `last`, on which all is met with what ended or was worked before that day."""
    days = range((periode.einddatum + DAY).toordinal(), last.toordinal() + 1)

    def met_on(ordinal: int) -> bool:
        day = date.fromordinal(ordinal)
        return _met(feiten, regelingen, periode, day - DAY, day)

    # Nothing is ever lost again: from the first such day on it is met on every one.
    found = bisect_left(days, True, key=met_on)
    return date.fromordinal(days[found]) if found < len(days) else None


def _available(feiten: Feiten, day: date) -> bool:
    return on(feiten.bevoegd, day) and not on(feiten.doorhalingen, day)


def _waiting(feiten: Feiten, regelingen: Regelingen, first: date, day: date) -> Periode | None:
    """Give the period that begins as soon as somebody is bevoegd and not doorgehaald, from `first` on, without conditions."""
    begin = _first_available(feiten, first, day)
    if begin is None:
        return None
    return _begun(regelingen, begin, HERVAT if on(feiten.doorhalingen, begin - DAY) else EERSTE)


def _first_available(feiten: Feiten, first: date, day: date) -> date | None:
    days = {first, *(f.vanaf for f in feiten.bevoegd), *(f.tot + DAY for f in feiten.doorhalingen if f.tot < FOREVER)}
    return min((d for d in days if first <= d <= day and _available(feiten, d)), default=None)


def _begun(regelingen: Regelingen, begin: date, grond: str) -> Periode:
    return Periode(None, begin, end_of(begin, regelingen.on(begin)), grond)


def _standen(feiten: Feiten, regelingen: Regelingen, perioden: Sequence[Periode], day: date) -> tuple[Stand, ...]:
    """Give the statuses from the day of registration to `day`, each as long as it lasted."""
    found: list[Stand] = []
    for first in sorted(_turns(feiten, regelingen, perioden, day)):
        status = status_on(feiten, regelingen, perioden, first)
        if status is not None and (not found or found[-1].status != status):
            if found:
                found[-1] = found[-1]._replace(tot=first - DAY)
            found.append(Stand(status, first, None))
    return tuple(found)


def _turns(feiten: Feiten, regelingen: Regelingen, perioden: Sequence[Periode], day: date) -> set[date]:
    """Give the days on which a status may change."""
    turns = {feiten.geregistreerd_op}
    for vanaf, tot in (*feiten.bevoegd, *feiten.doorhalingen):
        turns |= {vanaf, tot + DAY if tot < FOREVER else vanaf}
    for periode in perioden:
        turns |= {periode.begindatum, periode.einddatum + DAY, end_of_conditions(periode, regelingen) + DAY}
    return {turn for turn in turns if feiten.geregistreerd_op <= turn <= day}
