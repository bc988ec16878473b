"""What the course of a traject means on a day: status, credited time, what is due, overdue and missed."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from register_service.inductie.rules.course import Course
from register_service.inductie.rules.days import days_of, months_later, months_of
from register_service.inductie.rules.facts import WHOLE
from register_service.inductie.rules.signals import RULES, text_of

# How far ahead `teDoen` looks, in months.
AHEAD_MONTHS = 3
_DAY = timedelta(days=1)


class GesprekStand(NamedTuple):
    """A voortgangsgesprek that is due; `status`: gehouden, verwacht or achterstallig."""

    uiterlijk: date
    status: str
    gehouden_op: date | None


class TeDoen(NamedTuple):
    """Something to do, and by when."""

    wat: str
    uiterlijk: date


class Achterstallig(NamedTuple):
    """Something that is late, and the first day that it was."""

    wat: str
    sinds: date | None


class SignaalStand(NamedTuple):
    """A norm that is not met, with the rule's name and source, what to do, the induction year, and since when."""

    code: str
    naam: str
    bron: str
    tekst: str
    jaar: int | None
    sinds: date


@dataclass(frozen=True, slots=True)
class Standing:
    """A traject on a day. `opgebouwd` and `nodig` in days; months are counted from the startdatum."""

    status: str
    peildatum: date
    inductiejaar: int | None
    opgebouwd_dagen: int
    opgebouwd_maanden: int
    opgebouwd_restdagen: int
    nodig_maanden: int
    nodig_dagen: int
    verwachte_einddatum: date | None
    verlenging_maanden: int
    vestiging: str | None
    gesprekken: tuple[GesprekStand, ...]
    te_doen: tuple[TeDoen, ...]
    achterstallig: tuple[Achterstallig, ...]
    signalen: tuple[SignaalStand, ...]

    def as_json(self) -> dict[str, Any]:
        """Give the form that the API answers with."""
        return {
            "status": self.status,
            "peildatum": self.peildatum.isoformat(),
            "inductiejaar": self.inductiejaar,
            "opgebouwd": {
                "dagen": self.opgebouwd_dagen,
                "maanden": self.opgebouwd_maanden,
                "restdagen": self.opgebouwd_restdagen,
            },
            "nodig": {"maanden": self.nodig_maanden, "dagen": self.nodig_dagen},
            "verwachteEinddatum": _iso(self.verwachte_einddatum),
            "verlengingMaanden": self.verlenging_maanden,
            "vestiging": self.vestiging,
            "gesprekken": [
                {"uiterlijk": by.isoformat(), "status": status, "gehoudenOp": _iso(held)}
                for by, status, held in self.gesprekken
            ],
            "teDoen": [{"wat": what, "uiterlijk": by.isoformat()} for what, by in self.te_doen],
            "achterstallig": [{"wat": what, "sinds": _iso(since)} for what, since in self.achterstallig],
            "signalen": [
                {"code": s.code, "naam": s.naam, "bron": s.bron, "tekst": s.tekst, "jaar": s.jaar,
                 "sinds": s.sinds.isoformat()}
                for s in self.signalen
            ],
        }  # fmt: skip


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def standing_on(course: Course, day: date) -> Standing:
    """Work out how a traject stands on `day`: at the end of that day, so that a day that counts is in its credit."""
    days = credited_on(course, day)
    months, rest = months_of(course.startdatum, days)
    held = {soort: (waarde, vanaf) for soort, waarde, vanaf, tot in course.standen if _holds(vanaf, tot, day)}
    return Standing(
        status=held["status"][0],
        peildatum=day,
        inductiejaar=_year_on(course, day),
        opgebouwd_dagen=days,
        opgebouwd_maanden=months,
        opgebouwd_restdagen=rest,
        nodig_maanden=months_of(course.startdatum, course.nodig_dagen)[0],
        nodig_dagen=course.nodig_dagen,
        verwachte_einddatum=course.verwachte_einddatum,
        verlenging_maanden=course.verlenging_maanden,
        vestiging=held["vestiging"][0] if "vestiging" in held else None,
        gesprekken=tuple([GesprekStand(by, *_talk_on(by, talk, day)) for by, talk in course.gesprekken]),
        te_doen=_to_do(course, day),
        achterstallig=tuple(
            Achterstallig(f.waarde, f.vanaf)
            for f in course.standen
            if f.soort == "achterstallig" and _holds(f.vanaf, f.tot, day)
        ),
        signalen=tuple(
            SignaalStand(s.code, *RULES[s.code], text_of(s.code, s.jaar, s.waarden), s.jaar, s.vanaf)
            for s in course.signalen
            if _holds(s.vanaf, s.tot, day)
        ),
    )


def credited_on(course: Course, day: date) -> int:
    """Give the whole days that counted up to and including `day`."""
    units = 0
    for first, last, weight in course.geteld:
        if first > day:
            break
        units += ((day if last is None or last > day else last) - first + _DAY).days * weight
    return units // WHOLE


def _holds(first: date | None, last: date | None, day: date) -> bool:
    return (first is None or first <= day) and (last is None or day <= last)


def _year_on(course: Course, day: date) -> int | None:
    """Give the induction year: a new one begins the day after the last day of each 12 credited months."""
    if course.vrijgesteld or day < course.startdatum:
        return None
    until = day if course.einde is None else min(day, course.einde)
    before = course.eerder_dagen + credited_on(course, until - _DAY)
    year = 1
    while days_of(course.startdatum, 12 * year) <= before:
        year += 1
    return year


def _talk_on(by: date, held: date | None, day: date) -> tuple[str, date | None]:
    if held is not None and held <= day:
        return "gehouden", held
    return ("achterstallig" if by < day else "verwacht"), None


def _to_do(course: Course, day: date) -> tuple[TeDoen, ...]:
    """List what is open and has to be done within some months, the most urgent first."""
    if course.vrijgesteld or (course.einde is not None and course.einde <= day):
        return ()
    ahead = months_later(day, AHEAD_MONTHS)
    found = [TeDoen("voortgangsgesprek", by) for by, held in course.gesprekken if held is None or held > day]
    found += [TeDoen("programma", first) for _, first, there in course.jaren if not there]
    if course.verwachte_einddatum is not None:
        found.append(TeDoen("afronding", course.verwachte_einddatum))
    return tuple(
        sorted((item for item in found if item.uiterlijk <= ahead), key=lambda item: (item.uiterlijk, item.wat))
    )
