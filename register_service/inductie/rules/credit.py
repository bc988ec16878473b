"""Which days of a traject count, and for how much (domain.md, Inductietraject, Time). Days are ordinals."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from register_service.inductie.rules.days import LAST, Span, days_of, merge, minus, span, within
from register_service.inductie.rules.facts import WHOLE, Aanstelling, Facts


class Counted(NamedTuple):
    """Days that count, each for `weight` ten-thousandths of a day."""

    first: int
    last: int
    weight: int


@dataclass(frozen=True, slots=True)
class Credit:
    """What counts in a traject: days present (disjoint, in order), their weights, and what has to be reached.

    `needed` is in whole days and lacks what an earlier traject gave; `reached` is the first day with that much, or None.
    """

    present: tuple[Span, ...]
    counted: tuple[Counted, ...]
    needed: int
    reached: int | None


def credit_of(facts: Facts) -> Credit:
    """Work out what counts. Nobody counts who is exempt."""
    if facts.vrijgesteld:
        return Credit((), (), 0, None)
    stays = in_traject(facts, merge(span(f.begindatum, f.einddatum) for f in facts.verblijven))
    present = minus(stays, long_interruptions(facts))
    counted = _weighted(facts, present)
    needed = max(0, days_of(facts.startdatum, months_needed(facts)) - facts.eerder_dagen)
    return Credit(tuple(present), tuple(counted), needed, reaching(counted, needed, facts.startdatum.toordinal()))


def months_needed(facts: Facts) -> int:
    """Give the normduur with every verlenging, in months."""
    return facts.norms.normduur_maanden + sum(verlenging.maanden for verlenging in facts.verlengingen)


def in_traject(facts: Facts, spans: Iterable[Span]) -> list[Span]:
    """Give what falls inside the traject: from its startdatum to its last day, that day included."""
    return within(spans, *span(facts.startdatum, facts.einde))


def long_interruptions(facts: Facts) -> list[Span]:
    """Give the onderbrekingen that are long enough to stop the clock.

    One that still lasts is from its first day on: were it short until the thirtieth, that day would take credit back.
    """
    spans = (span(f.begindatum, f.einddatum) for f in facts.onderbrekingen)
    return merge((low, high) for low, high in spans if high - low + 1 >= facts.norms.onderbreking_minimaal_dagen)


def reaching(counted: Sequence[Counted], days: int, start: int) -> int | None:
    """Give the first day on which what counts comes to `days` whole days; `start` when nothing is needed; None for never."""
    left = days * WHOLE
    if left <= 0:
        return start
    for first, last, weight in counted:
        took = -(-left // weight)
        if first + took - 1 <= last:
            day = first + took - 1
            return day if day < LAST else None
        left -= (last - first + 1) * weight
    return None


def credited(counted: Iterable[Counted], day: int) -> int:
    """Give the whole days that counted up to and including `day`."""
    units = 0
    for first, last, weight in counted:
        if first > day:
            break
        units += (min(last, day) - first + 1) * weight
    return units // WHOLE


def _weighted(facts: Facts, present: Sequence[Span]) -> list[Counted]:
    if not facts.norms.deeltijd_naar_rato:
        return [Counted(low, high, WHOLE) for low, high in present]
    left, pieces = list(present), list[Counted]()
    for stay in sorted(facts.verblijven, key=lambda f: (f.begindatum, f.vestiging, span(f.begindatum, f.einddatum))):
        days = span(stay.begindatum, stay.einddatum)
        here = [f for f in facts.aanstellingen if f.vestiging == stay.vestiging]
        for low, high in within(left, *days):
            pieces += _by_size(low, high, here)
        # Stays never overlap; if they should, the day is that of the stay that began first, and counts once.
        left = minus(left, [days] if days[0] <= days[1] else [])
    return _joined(sorted(pieces))


def _by_size(low: int, high: int, here: Sequence[Aanstelling]) -> list[Counted]:
    sized = [(*span(f.begindatum, f.einddatum), int(f.betrekkingsomvang * WHOLE)) for f in here]
    cuts = {low, high + 1}
    for first, last, _ in sized:
        cuts |= {day for day in (first, last + 1) if low < day <= high}
    edges = sorted(cuts)
    pieces = []
    for first, after in pairwise(edges):
        weight = min(WHOLE, sum(size for a, b, size in sized if a <= first <= b))
        if weight > 0:
            pieces.append(Counted(first, after - 1, weight))
    return pieces


def _joined(pieces: Iterable[Counted]) -> list[Counted]:
    joined: list[Counted] = []
    for piece in pieces:
        if joined and joined[-1].last + 1 == piece.first and joined[-1].weight == piece.weight:
            joined[-1] = joined[-1]._replace(last=piece.last)
        else:
            joined.append(piece)
    return joined
