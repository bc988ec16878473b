"""Who guided a starter, and which lessons were seen. Pure, drawn by chance."""

from datetime import date, timedelta

import orjson

from register_service.demo.calendar import DAY, REFERENCE_DATE
from register_service.demo.traject_draft import Draft, school_day
from register_service.demo.traject_records import BegeleidingRecord, ObservatieRecord, PeriodeRecord, ScoreRecord
from register_service.demo.traject_staff import Somebody, Staff
from register_service.demo.traject_words import ONDERDELEN, TOELICHTING

_YEAR = timedelta(days=364)
_AT_LEAST = timedelta(days=150)
_BETWEEN = timedelta(days=25)


def draw_guidance(draft: Draft, staff: Staff) -> None:
    """Give every stay its begeleiders, and the observaties that they and others made there."""
    for stay in draft.periodes:
        draw_coaches(draft, staff, stay)
        # In the primary sectors one for all schools of a bestuur, elsewhere one per school (BRIN).
        where = stay.bestuur if draft.regeling.sector in ("po", "so") else stay.vestiging[:4]
        school = staff.named("schoolopleider", where, draft.taken)
        if draft.rng.random() < 0.55:
            _guide(draft, stay, "schoolopleider", school, stay.begindatum, stay.einddatum)
        nearest = staff.coaches(stay.vestiging, stay.begindatum, draft.taken)
        if nearest and draft.rng.random() < 0.4:
            until = min(stay.begindatum + _YEAR, stay.einddatum or date.max)
            _guide(draft, stay, "werkplekbegeleider", nearest[-1], stay.begindatum, until)
        _draw_observaties(draft, stay, school)


def draw_coaches(draft: Draft, staff: Staff, stay: PeriodeRecord) -> None:
    """Give a stay its coaches, one after the other; a few starters have none, or none for a while."""
    rng, last = draft.rng, stay.einddatum or date.max
    if rng.random() < (0.5 if stay.begindatum > REFERENCE_DATE else 0.04):
        return
    day = stay.begindatum + timedelta(days=0 if rng.random() < 0.85 else rng.randint(14, 60))
    while day <= min(last, max(REFERENCE_DATE, stay.begindatum)):
        coach = _pick(draft, staff, stay, day)
        changes = day + timedelta(days=rng.randint(200, 600)) if rng.random() < 0.12 else date.max
        until = min(last, coach.until or date.max, changes)
        still = until > REFERENCE_DATE and until != last
        _guide(draft, stay, "coach", coach, day, None if still or until == date.max else until)
        if still or until >= last:
            return
        day = until + DAY + timedelta(days=0 if rng.random() < 0.75 else rng.randint(10, 70))
        if last - day < timedelta(days=45):
            return


def _pick(draft: Draft, staff: Staff, stay: PeriodeRecord, day: date) -> Somebody:
    """Pick a colleague who coaches; otherwise somebody from outside, such as a retired colleague or of a bureau."""
    before = {f.begeleider for f in draft.begeleidingen if f.einddatum == day - DAY}
    # Nobody who leaves soon.
    soon = min(day + _AT_LEAST, stay.einddatum or date.max)
    there = [
        one
        for one in staff.coaches(stay.vestiging, day, draft.taken)
        if one.nummer not in before and (one.until is None or one.until >= soon)
    ]
    if there and draft.rng.random() < 0.8:
        return draft.rng.choice(there)
    # Another name when the one before was the first of the two.
    names = {f.begeleider_naam for f in draft.begeleidingen}
    first = staff.named("coach", stay.vestiging, draft.taken)
    return staff.named("coach", stay.vestiging, {*draft.taken, first.achternaam}) if first.naam in names else first


def _guide(draft: Draft, stay: PeriodeRecord, rol: str, who: Somebody, begin: date, einde: date | None) -> None:
    if einde is not None and einde < begin:
        return
    row = BegeleidingRecord(*draft.of(stay.bestuur), rol, who.nummer, who.only_name, begin, einde)
    draft.begeleidingen.append(row)


def _draw_observaties(draft: Draft, stay: PeriodeRecord, school: Somebody) -> None:
    """Some two a year, on days with lessons, by the coach of that day or the schoolopleider."""
    rng, last = draft.rng, min(stay.einddatum or date.max, draft.last_day, REFERENCE_DATE)
    days = (last - stay.begindatum).days
    if days < 40:
        return
    instrument = rng.choices(("ICALT", "DOT", "eigen"), (5, 3, 2))[0]
    drawn: list[date] = []
    for _ in range(max(1, round(days / 365 * rng.uniform(0.8, 2.6)))):
        # The earlier the more; what falls in a holiday is somewhere in the weeks before it.
        meant = stay.begindatum + timedelta(days=int(21 + (days - 21) * rng.random() ** 1.3))
        day = school_day(meant)
        if day != meant:
            day = school_day(day - timedelta(days=rng.randint(0, 40)))
        if stay.begindatum < day <= last and all(abs(day - other) > _BETWEEN for other in drawn):
            drawn.append(day)
    for day in sorted(filter(draft.is_present, drawn)):
        _observe(draft, stay, day, instrument if rng.random() < 0.85 else "eigen", school)


def _observe(draft: Draft, stay: PeriodeRecord, day: date, instrument: str, school: Somebody) -> None:
    rng = draft.rng
    coach = next(
        (f for f in draft.begeleidingen if f.rol == "coach" and f.begindatum <= day <= (f.einddatum or date.max)), None
    )
    by_coach = coach is not None and rng.random() < 0.65
    nummer, naam = (coach.begeleider, coach.begeleider_naam) if coach and by_coach else (None, school.naam)
    seen = ObservatieRecord(*draft.of(stay.bestuur), day, instrument, nummer, naam)
    draft.observaties.append(seen)
    if rng.random() < 0.2:
        _score(draft, seen)


def _score(draft: Draft, seen: ObservatieRecord) -> None:
    """The leraar keeps what was seen: better as time goes by, and easier things better than harder ones."""
    rng = draft.rng
    level = min(3.3, 2.2 + (seen.datum - draft.startdatum).days / 900) + rng.gauss(0, 0.25)
    scores = {
        part: max(1.0, min(4.0, round((level + 0.5 - place * 0.18 + rng.gauss(0, 0.25)) * 2) / 2))
        for place, part in enumerate(ONDERDELEN[seen.instrument])
    }
    id_, traject, leraar, _ = draft.of(seen.bestuur)
    row = ScoreRecord(
        id_, traject, leraar, seen.id, orjson.dumps(scores).decode(), rng.choice(TOELICHTING), rng.random() < 0.15
    )
    draft.scores.append(row)
