"""What came in between, and how a traject ended: leave, verlenging, judgement or stop. Pure, drawn by chance."""

from dataclasses import replace
from datetime import date, timedelta

from register_service.demo.calendar import REFERENCE_DATE, years_after
from register_service.demo.traject_draft import Draft, End, school_day
from register_service.demo.traject_line import Leg
from register_service.demo.traject_records import OnderbrekingRecord, PeriodeRecord, VerlengingRecord
from register_service.demo.traject_words import (
    BEHAALD,
    MOTHERS,
    NIET_BEHAALD,
    NIET_BEHAALD_EN_WEG,
    STOP_REDEN,
    VERLENGING,
    VERLENGING_NA_AFWEZIGHEID,
    VERLENGING_NA_WISSELING,
    VERVROEGD,
)
from register_service.inductie.rules.credit import credit_of, credited, reaching
from register_service.inductie.rules.days import days_of

# Days that each kind lasts, from and to; some are too short to stop the clock.
_LEAVE = {
    "zwangerschapsverlof": (112, 112),
    "ouderschapsverlof": (30, 182),
    "ziekte": (5, 240),
    "onbetaald-verlof": (20, 120),
    "overig": (10, 60),
}
_MOTHERS_TO = 43
_EARLY_MONTHS = (18, 20, 24, 24, 28, 30)


def draw_leave(draft: Draft) -> None:
    """Add at most two interruptions inside stays, and for a few one that lasts on the reference date."""
    chance = draft.rng.random()
    for _ in range(2 if chance < 0.03 else chance < 0.24):
        leg = draft.rng.choice(draft.periodes)
        soort = _kind(draft)
        low, high = _LEAVE[soort]
        room = ((leg.einddatum or REFERENCE_DATE) - leg.begindatum).days - high - 30
        if room > 0:
            begin = leg.begindatum + timedelta(days=20 + draft.rng.randint(0, room))
            _add_leave(draft, leg, soort, begin, begin + timedelta(days=draft.rng.randint(low, high) - 1))
    leg = draft.periodes[-1]
    if leg.einddatum is None and draft.rng.random() < 0.05:
        begin = REFERENCE_DATE - timedelta(days=draft.rng.randint(5, 80))
        if begin > leg.begindatum:
            soort = draft.rng.choice((_kind(draft), "ziekte"))
            length = timedelta(days=max(100, _LEAVE[soort][0]) - 1)
            _add_leave(draft, leg, soort, begin, None if soort == "ziekte" else begin + length)


def _kind(draft: Draft) -> str:
    leraar = draft.person.leraar
    young = years_after(leraar.geboortedatum, _MOTHERS_TO) > REFERENCE_DATE
    mother = young and leraar.voornamen.split()[0] in MOTHERS
    weights = (60 if mother else 0, 18 if young else 2, 30, 7, 5)
    return draft.rng.choices(tuple(_LEAVE), weights=weights)[0]


def _add_leave(draft: Draft, leg: PeriodeRecord, soort: str, begin: date, einde: date | None) -> None:
    for other in draft.onderbrekingen:
        # Not over another, and not soon after it.
        if einde is None or _near(other, begin, einde):
            return
    draft.onderbrekingen.append(OnderbrekingRecord(*draft.of(leg.bestuur), soort, begin, einde))


def _near(other: OnderbrekingRecord, begin: date, einde: date) -> bool:
    between = timedelta(days=60)
    return other.einddatum is None or (begin <= other.einddatum + between and other.begindatum - between <= einde)


def draw_extension(draft: Draft) -> None:
    """Add a verlenging for some, decided in the half year before the time is up."""
    reached = credit_of(draft.facts()).reached
    if draft.rng.random() > 0.09 or reached is None:
        return
    decided = school_day(date.fromordinal(reached) - timedelta(days=draft.rng.randint(20, 170)))
    most = draft.regeling.norms.verlenging_maximaal_maanden
    months = min(draft.rng.choice((3, 6, 6, 6, 12)), most)
    if months and draft.startdatum < decided <= REFERENCE_DATE and draft.is_present(decided):
        why = draft.rng.choice(_reasons(draft))
        row = VerlengingRecord(*draft.of(draft.bestuur_on(decided)), months, why, decided)
        draft.verlengingen.append(row)


def _reasons(draft: Draft) -> tuple[str, ...]:
    """Give the words that fit with what came in between."""
    away = any((f.einddatum or date.max) - f.begindatum > timedelta(days=60) for f in draft.onderbrekingen)
    return VERLENGING_NA_AFWEZIGHEID if away else VERLENGING_NA_WISSELING if len(draft.periodes) > 1 else VERLENGING


def draw_end(draft: Draft) -> None:
    """Decide whether and how it ended, and cut off what comes after."""
    draft.end = _early(draft) or _on_request(draft) or _on_time(draft) or _with_the_job(draft)
    if draft.end is not None:
        cut_off(draft, draft.end.datum)


def cut_off(draft: Draft, last: date) -> None:
    """End every stay and interruption by a day; what came later did not happen in this traject."""
    draft.periodes = [
        replace(f, einddatum=last, gesloten_met_traject=True) if (f.einddatum or date.max) > last else f
        for f in draft.periodes if f.begindatum <= last
    ]  # fmt: skip
    draft.onderbrekingen = [
        replace(f, einddatum=min(f.einddatum or last, last)) for f in draft.onderbrekingen if f.begindatum <= last
    ]
    draft.verlengingen = [f for f in draft.verlengingen if f.besluitdatum <= last]


def judged(draft: Draft, day: date, resultaat: str, *, early: bool) -> End:
    """Give a judgement with the words that go with it."""
    words: tuple[str | None, ...] = VERVROEGD if early else (*BEHAALD, None, None)
    if resultaat == "niet-behaald":
        words = NIET_BEHAALD_EN_WEG if early else NIET_BEHAALD
    told = None
    if resultaat == "niet-behaald":
        told = max(draft.startdatum, school_day(day - timedelta(days=draft.rng.randint(0, 14))))
    return End(day, resultaat, early, draft.rng.choice(words), told)


def _early(draft: Draft) -> End | None:
    """Before the norm: of those who were good enough sooner."""
    if draft.rng.random() > 0.07 or draft.verlengingen:
        return None
    counted = credit_of(draft.facts()).counted
    needed = days_of(draft.startdatum, draft.rng.choice(_EARLY_MONTHS)) - draft.earlier_days
    reached = reaching(counted, needed, draft.startdatum.toordinal())
    day = date.max if reached is None else school_day(date.fromordinal(reached), forward=True)
    if day > REFERENCE_DATE or not draft.is_present(day):
        return None
    return judged(draft, day, "behaald", early=True)


def _on_request(draft: Draft) -> End | None:
    if draft.rng.random() > 0.03:
        return None
    day = school_day(draft.startdatum + timedelta(days=draft.rng.randint(90, 800)))
    reden = draft.rng.choice(("op-verzoek", "op-verzoek", "overig"))
    reached = credit_of(draft.facts()).reached
    too_late = day > REFERENCE_DATE or (reached is not None and day.toordinal() > reached)
    return None if too_late or not draft.is_present(day) else End(day, reden=reden)


def _on_time(draft: Draft) -> End | None:
    """When the time is up: most on the very day, some weeks later, a few not yet."""
    reached = credit_of(draft.facts()).reached
    if reached is None or reached > REFERENCE_DATE.toordinal():
        return None
    due = date.fromordinal(reached)
    lag = draft.rng.choices((0, draft.rng.randint(1, 21), draft.rng.randint(22, 75)), (6, 3, 1))[0]
    # Who only just took somebody over first looks for some weeks.
    here = draft.stay_on(due)
    lag = max(lag, 60 - (due - here.begindatum).days if here else 0)
    day = school_day(due + timedelta(days=lag), forward=True) if lag else due
    if day > REFERENCE_DATE or (due > REFERENCE_DATE - timedelta(days=150) and draft.rng.random() < 0.2):
        return None
    failed = draft.rng.random() < (0.3 if draft.verlengingen else 0.1 if _leaves_within_a_year(draft, due) else 0.01)
    return judged(draft, day if draft.is_present(day) else due, "niet-behaald" if failed else "behaald", early=False)


def _leaves_within_a_year(draft: Draft, day: date) -> bool:
    leg = next((leg for leg in draft.legs if leg.covers(day)), draft.legs[-1])
    return leg.einde is not None and leg.einde < day + timedelta(days=365)


def _with_the_job(draft: Draft) -> End | None:
    """The last stay ended before the time was up."""
    leg: Leg = draft.legs[-1]
    if leg.einde is None:
        return None
    credit = draft.earlier_days + credited(credit_of(draft.facts()).counted, leg.einde.toordinal())
    enough = credit > days_of(draft.startdatum, draft.regeling.norms.vervroegd_minimaal_maanden + 4)
    if enough and not draft.followed and leg.reden == "buiten-onderwijs" and draft.rng.random() < 0.4:
        day = leg.einde - timedelta(days=draft.rng.randint(0, 40))
        return judged(draft, day if draft.is_present(day) else leg.einde, "niet-behaald", early=True)
    lately = leg.einde > REFERENCE_DATE - timedelta(days=110)
    if lately and not draft.followed and draft.rng.random() < 0.5:
        return None
    return End(leg.einde, reden=STOP_REDEN.get(leg.reden or "", "uit-dienst"))
