"""What has to happen in a traject and by when: voortgangsgesprekken, a programme per year, afronding. Days are ordinals."""

from dataclasses import dataclass
from typing import NamedTuple

from register_service.inductie.rules.credit import Credit, credited, reaching
from register_service.inductie.rules.days import LAST, Span, days_of, merge, months_later, within
from register_service.inductie.rules.facts import Facts, Programma

# A regeling or a date typed wrong must not make a course of thousands of talks.
MOST_GESPREKKEN = 100


class Due(NamedTuple):
    """A voortgangsgesprek that has to be held by `by`, and the day on which it was."""

    by: int
    held: int | None


class Year(NamedTuple):
    """An induction year: its number, the day it begins, the day its credit is full (None: not yet), its programme."""

    number: int
    first: int
    full: int | None
    programma: Programma | None


@dataclass(frozen=True, slots=True)
class Dues:
    """What is due of a traject."""

    talks: tuple[Due, ...]
    years: tuple[Year, ...]
    overdue: dict[str, list[Span]]


def dues_of(facts: Facts, credit: Credit) -> Dues:
    """Work out what is due, and when it is overdue: by kind the days, disjoint and in order, before the traject's last day."""
    if facts.vrijgesteld:
        return Dues((), (), {})
    talks, years = _talks(facts, credit), _years(facts, credit)
    late = {
        "voortgangsgesprek": [(due.by + 1, LAST if due.held is None else due.held - 1) for due in talks],
        "programma": [(year.first, LAST) for year in years if year.programma is None],
        "afronding": [(credit.reached + 1, LAST)] if credit.reached is not None else [],
    }
    overdue = {kind: before_end(facts, merge(spans)) for kind, spans in late.items()}
    return Dues(talks, years, {kind: spans for kind, spans in overdue.items() if spans})


def before_end(facts: Facts, spans: list[Span]) -> list[Span]:
    """Give what falls before the last day of the traject: on that day it is judged or stopped, and nothing is owed any more."""
    end = facts.einde
    return within(spans, facts.startdatum.toordinal(), LAST if end is None else end.toordinal() - 1)


def _talks(facts: Facts, credit: Credit) -> tuple[Due, ...]:
    held = sorted(gesprek.datum.toordinal() for gesprek in facts.gesprekken)
    last, window = _last_due(facts, credit), facts.startdatum.toordinal()
    dues: list[Due] = []
    for number in range(1, MOST_GESPREKKEN + 1):
        by = months_later(facts.startdatum, number * facts.norms.gesprek_maanden).toordinal()
        if by > last or by == LAST:
            break
        # In order: the first talk that is left and was held once this due's window had begun.
        held = [day for day in held if day >= window]
        dues.append(Due(by, held.pop(0) if held else None))
        window = by + 1
    return tuple(dues)


def _last_due(facts: Facts, credit: Credit) -> int:
    expected = credit.reached
    if expected is None:
        # Not to be foreseen: as if it went on the day after the last that counts.
        known = [piece for piece in credit.counted if piece.last < LAST]
        left = credit.needed - credited(known, LAST)
        expected = (known[-1].last if known else facts.startdatum.toordinal() - 1) + max(0, left)
    return expected if facts.einde is None else min(expected, facts.einde.toordinal())


def _years(facts: Facts, credit: Credit) -> tuple[Year, ...]:
    programmas: dict[int, Programma] = {}
    for programma in sorted(facts.programmas, key=lambda f: (f.jaar, f.id)):
        programmas.setdefault(programma.jaar, programma)
    start, total = facts.startdatum, credit.needed + facts.eerder_dagen
    years: list[Year] = []
    number, after = 1, start.toordinal()
    while days_of(start, 12 * (number - 1)) < total:
        goal = min(total, days_of(start, 12 * number)) - facts.eerder_dagen
        if goal > 0:
            first = next((max(low, after) for low, high in credit.present if high >= after), None)
            if first is None:
                break
            full = reaching(credit.counted, goal, first)
            years.append(Year(number, first, full, programmas.get(number)))
            if full is None:
                break
            after = full + 1
        number += 1
    return tuple(years)
