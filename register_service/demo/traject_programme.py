"""What was planned and done each year, and the voortgangsgesprekken. Pure, drawn by chance."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from register_service.demo.calendar import REFERENCE_DATE
from register_service.demo.traject_draft import Draft, school_day
from register_service.demo.traject_records import GesprekRecord, ProgrammaRecord
from register_service.demo.traject_words import HOURS
from register_service.inductie.rules.dues import Due, Year

_LESREDUCTIE = {1: ((20, 82), (15, 6), (10, 5), (25, 3), (0, 1), (None, 3)), 2: ((10, 84), (5, 8), (15, 2), (None, 6))}
# Hours that are often done besides what was planned.
_MORE = (0, 0, 0, 1, 2, 4)
_AHEAD = timedelta(days=40)

Hours = list[Decimal | None]


def draw_programmes(draft: Draft, years: Sequence[Year]) -> None:
    """Give each induction year that began its programme; of a few it is missing, mostly of one that only just began."""
    begins = [date.fromordinal(year.first) for year in years]
    for year, begin, last in zip(years, begins, [*begins[1:], None], strict=False):
        open_ = draft.end is None and (last is None or last > REFERENCE_DATE)
        if begin > REFERENCE_DATE + _AHEAD or (begin > REFERENCE_DATE and draft.rng.random() < 0.7):
            continue
        fresh = begin > REFERENCE_DATE - timedelta(days=60)
        if draft.rng.random() < (0.3 if fresh else 0.07 if open_ else 0.015):
            continue
        draft.programmas.append(_programme(draft, year))


def _programme(draft: Draft, year: Year) -> ProgrammaRecord:
    lesreductie = _lesreductie(draft, year.number)
    planned = _planned(draft, year, lesreductie)
    done = _done(draft, year, planned)
    bestuur = draft.bestuur_on(date.fromordinal(year.first))
    return ProgrammaRecord(*draft.of(bestuur), year.number, lesreductie, *planned, *done)


def _lesreductie(draft: Draft, jaar: int) -> Decimal | None:
    chances = _LESREDUCTIE.get(jaar, ((0, 60), (None, 30), (5, 10)))
    drawn = draft.rng.choices([percent for percent, _ in chances], [weight for _, weight in chances])[0]
    return None if drawn is None else Decimal(drawn)


def _planned(draft: Draft, year: Year, lesreductie: Decimal | None) -> Hours:
    """Hours by fte and by the length of the year, in whole ones; of a few one criterium was forgotten."""
    begin = date.fromordinal(year.first)
    fte = max(
        (f.betrekkingsomvang for f in draft.person.aanstellingen
         if f.begindatum <= begin <= (f.einddatum or date.max)), default=Decimal("0.8"),
    )  # fmt: skip
    share, rng = (0.4 + 0.6 * float(fte)) * min(1.0, _length(year) / 365), draft.rng
    hours: Hours = [
        Decimal(max(4, round(base * share * rng.uniform(0.8, 1.2)))) for base in HOURS[min(year.number, 3) - 1]
    ]
    if not lesreductie and year.number > 1:
        hours[0] = Decimal(8)
    if rng.random() < 0.06:
        hours[rng.randint(1, 4)] = rng.choice((None, Decimal(0)))
    return hours


def _length(year: Year) -> int:
    return 365 if year.full is None else year.full - year.first + 1


def _done(draft: Draft, year: Year, planned: Hours) -> Hours:
    """Of a year that is over what was planned, or a bit more or less; of this year so far, where it is kept at all."""
    rng, last = draft.rng, draft.last_day.toordinal()
    part = min(1.0, (last - year.first + 1) / _length(year))
    if part < 0.1 or (part < 1 and draft.end is None and rng.random() < 0.35):
        return [None] * len(planned)
    done: Hours = [None if hours is None else Decimal(round(float(hours) * part)) for hours in planned]
    for place in rng.sample(range(len(done)), rng.choices((0, 1, 2), (78, 15, 7))[0]):
        done[place] = None if done[place] is None else Decimal(round(float(done[place] or 0) * rng.uniform(0.4, 0.9)))
    return [None if hours is None else hours + rng.choice(_MORE) if hours > 4 else hours for hours in done]


def draw_talks(draft: Draft, dues: Sequence[Due]) -> None:
    """Hold most voortgangsgesprekken in the weeks before they are due; some come late, a few never."""
    after = draft.startdatum + timedelta(days=30)
    for due in dues:
        by = date.fromordinal(due.by)
        chance = draft.rng.random()
        day = school_day(by - timedelta(days=draft.rng.randint(2, 45)))
        if chance < 0.12:
            day = school_day(by + timedelta(days=draft.rng.randint(3, 40)), forward=True)
        leave = draft.leave_around(day)
        if leave is not None:
            day = school_day(leave.begindatum - timedelta(days=draft.rng.randint(3, 20)))
        fits = after < day <= draft.last_day and draft.is_present(day)
        # Whether it is still to come says the calendar; whether it was forgotten, chance.
        if fits and chance > 0.05:
            draft.gesprekken.append(GesprekRecord(*draft.of(draft.bestuur_on(day)), day, _held_by(draft, day)))
            after = day + timedelta(days=40)


def _held_by(draft: Draft, day: date) -> str | None:
    stay = draft.stay_on(day)
    return draft.managers[stay.id].naam if stay is not None and draft.rng.random() < 0.9 else None
