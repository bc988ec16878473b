"""Who lacks hours at the end of a period does something about it: before the end, or in the months after. Pure, seeded."""

from datetime import date, timedelta

from register_service.demo.aanbod_runs import lesson_day
from register_service.demo.activiteit_draft import Dossier
from register_service.demo.activiteit_subjects import Subject, Whom, draw_to_fill
from register_service.demo.nascholing_uren import Uren, split
from register_service.registratie.rules.course import end_of_conditions
from register_service.registratie.rules.facts import DAY, Feiten, Periode
from register_service.registratie.rules.norms import Regelingen
from register_service.registratie.rules.tally import Telling, needed, sector_of, tally

# What is reported at the end of a period was done in the year and a half before, or so.
_LOOK_BACK = 540
# From so many half hours on some take up a study.
_MUCH, _STUDIES = 120, 0.5
# Days that are tried until there is one with work.
_TRIES = 8
# How the hours are split of what is wanted: all vakinhoudelijk, all primair, or anyhow.
_OF_VAK, _PRIMAIR, _ANY = "4...", "...0", "...."


def lacking(feiten: Feiten, regelingen: Regelingen, periode: Periode, known: date) -> Telling:
    """Give what is missing of a period, counted to a day."""
    normen, first = regelingen.on(periode.begindatum), periode.begindatum
    need = needed(normen, sector_of(feiten, normen, first, min(known, periode.einddatum)))
    have = tally(feiten, normen, first, known, known)
    return Telling(*(max(0, asked - got) for asked, got in zip(need, have, strict=True)))


def fill_before(dossier: Dossier, missing: Telling, periode: Periode) -> None:
    """Do what is missing in the last year and a half of a period, and have it approved before the end."""
    end = periode.einddatum
    first = max(periode.begindatum, dossier.career.first, end - timedelta(days=_LOOK_BACK))
    last = min(dossier.career.last, end - timedelta(days=40))
    _fill(dossier, missing, first, last, end)


def fill_after(dossier: Dossier, missing: Telling, periode: Periode, regelingen: Regelingen, horizon: date) -> None:
    """Make good what is missing in the months after the end of a period, if all of it is approved in time."""
    last = min(end_of_conditions(periode, regelingen), horizon, dossier.career.last)
    by = periode.einddatum + timedelta(days=dossier.rng.randint(45, 175))
    if by <= last:
        _fill(dossier, missing, periode.einddatum + DAY, by - timedelta(days=20), by)


def _fill(dossier: Dossier, missing: Telling, first: date, last: date, by: date) -> None:
    """Add one activiteit after the other until nothing is missing; the last ones often give some more."""
    rng, career = dossier.rng, dossier.career
    total, primair, of_vak, _ = missing
    whom = Whom(career.sector_on(last), career.vak, career.eerstegraads)
    while first <= last and max(total, primair, of_vak) > 0:
        short, verdeling = (of_vak, _OF_VAK) if of_vak > 0 else (primair, _PRIMAIR) if primair > 0 else (total, _ANY)
        soort = "opleiding" if short >= _MUCH and rng.random() < _STUDIES else "cursus"
        subject = draw_to_fill(rng, whom, dossier.done, soort, verdeling)
        least, most = subject.halves
        uren = split(min(most, max(least, short + rng.randint(0, 8))), subject.verdeling)
        _report(dossier, subject, uren, first, last, by)
        total, primair, of_vak = total - uren.halves, primair - uren.primair, of_vak - uren.of_vak


def _report(dossier: Dossier, subject: Subject, uren: Uren, first: date, last: date, by: date) -> None:
    rng, career = dossier.rng, dossier.career
    drawn = (lesson_day(first + rng.randint(0, (last - first).days) * DAY) for _ in range(_TRIES))
    end = next((day for day in drawn if day >= first and career.worked(day, day)), None)
    if end is None:
        return
    begin = lesson_day(max(first, end - timedelta(weeks=subject.weken)), forward=True)
    if begin > end or not career.worked(begin, end):
        begin = end
    reported = max(end + DAY, by - timedelta(days=rng.randint(26, 150)))
    dossier.report(subject, uren, (begin, end), min(reported, by - DAY), by=by)
