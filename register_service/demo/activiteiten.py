"""What a leraar did year by year: studiedagen of the team, aanbod, and much else. Pure, seeded."""

from datetime import date, timedelta

from register_service.demo.aanbod_runs import Calendar, Run, lesson_day, school_year
from register_service.demo.activiteit_draft import Dossier
from register_service.demo.activiteit_subjects import PEDAGOGISCH, VAKINHOUDELIJK, Subject, Whom, draw_subject
from register_service.demo.calendar import DAY, REFERENCE_DATE, long_tail, years_after
from register_service.demo.nascholing_uren import split
from register_service.demo.records import AanstellingRecord
from register_service.demo.studiedagen import Studiedagen

_SHORTEST = 45
_STARTER_YEARS, _SENIOR_YEARS = 3, 12
# What is still going on at the reference date ends in the course of this school year.
_GOING_ON_UNTIL = date(2027, 7, 1)


class Years:
    """Draws the years of one leraar after the other."""

    def __init__(self, calendar: Calendar, studiedagen: Studiedagen) -> None:
        """Take the runs of the catalogue, and the studiedagen of the vestigingen."""
        self._calendar = calendar
        self._studiedagen = studiedagen

    def draw(self, dossier: Dossier) -> None:
        """Draw all years of a career."""
        career = dossier.career
        for year in range(school_year(career.first), school_year(career.last) + 1):
            first, last = max(career.first, date(year, 8, 1)), min(career.last, date(year + 1, 7, 31))
            if (last - first).days >= _SHORTEST:
                self._draw_year(dossier, year, first, last)

    def _draw_year(self, dossier: Dossier, year: int, first: date, last: date) -> None:
        rng, career = dossier.rng, dossier.career
        row = career.row_on(first) or career.row_on(last)
        if row is None:
            return
        self._attend_studiedagen(dossier, row, year)
        student = row.soort == "in-opleiding"
        wanted = career.zeal.rate * ((last - first).days / 365) * (0.3 if student else 0.5 + rng.random())
        gebied = _gebied(career.since, first)
        for _ in range(int(wanted + rng.random())):
            if rng.random() >= 0.42 or not self._attend(dossier, year, career.sectors[row.vestiging]):
                self._do(dossier, career.sectors[row.vestiging], first, last, gebied)

    def _attend_studiedagen(self, dossier: Dossier, row: AanstellingRecord, year: int) -> None:
        rng, career = dossier.rng, dossier.career
        for one in self._studiedagen.of(row.vestiging, year):
            if rng.random() > career.zeal.attends or not career.is_at(row.vestiging, one.day):
                continue
            if one.run is None:
                dossier.report_studiedag(one.titel, one.uren, one.day, one.reported, row.bestuur)
            elif one.run.entry.record.id not in dossier.been:
                dossier.attend(one.run, row.bestuur)

    def _attend(self, dossier: Dossier, year: int, sector: str) -> bool:
        """Go to something of the catalogue; False when nothing suits."""
        runs = self._calendar.offered(year, sector, dossier.career.vak)
        for _ in range(3 if runs else 0):
            run: Run = runs[int(dossier.rng.random() * len(runs))]
            if run.entry.record.id not in dossier.been and dossier.career.worked(run.begin, run.end):
                dossier.attend(run)
                return True
        return False

    def _do(self, dossier: Dossier, sector: str, first: date, last: date, gebied: int | None) -> None:
        """Do something else."""
        rng, career = dossier.rng, dossier.career
        subject = draw_subject(rng, Whom(sector, career.vak, career.eerstegraads), dossier.done, gebied)
        begin, end = _days(dossier, subject, first, last)
        if not career.worked(begin, begin):
            return
        least, most = subject.halves
        # The fewer hours the oftener, and mostly whole ones.
        halves = least + int((most - least) * rng.random() * rng.random())
        uren = split(halves if rng.random() < 0.2 else halves - halves % 2, subject.verdeling)
        lag = timedelta(days=1 + long_tail(rng, career.zeal.lag))
        full = min(begin + timedelta(weeks=subject.weken), _GOING_ON_UNTIL)
        if full > REFERENCE_DATE and career.left is None:
            end = full
        dossier.report(subject, uren, (begin, end), end + lag)


def _gebied(since: date | None, day: date) -> int | None:
    """Give what somebody is busy with: before the class at first, later with the vak."""
    if since is None or day < years_after(since, _STARTER_YEARS):
        return PEDAGOGISCH
    return VAKINHOUDELIJK if day >= years_after(since, _SENIOR_YEARS) else None


def _days(dossier: Dossier, subject: Subject, first: date, last: date) -> tuple[date, date]:
    """Draw the days within two others; those of what is given at a school, or for many, are school days."""
    rng, length = dossier.rng, timedelta(weeks=subject.weken)
    room = max(1, (last - first - length).days + 1)
    begin = first + int(rng.random() * room) * DAY
    if subject.soort not in ("opleiding", "zelfstudie"):
        begin = lesson_day(begin, forward=True)
    if begin > last:
        begin = lesson_day(last)
    end = begin if length == timedelta(0) else max(begin, min(begin + length, last))
    return (begin, end) if subject.soort in ("opleiding", "zelfstudie") else (begin, max(begin, lesson_day(end)))
