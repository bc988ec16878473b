"""Spans of days as pairs of ordinals, both inclusive, and months as days. `LAST` stands for no end, `FIRST` for no begin."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from register_service.core.days import add_months

Span = tuple[int, int]

FIRST = date.min.toordinal()
LAST = date.max.toordinal()
# A number of months typed wrong must not lead past the last day there is: dates are of this century or the next.
_MOST_MONTHS = 12_000


def span(begin: date, end: date | None) -> Span:
    """Give the days from `begin` to `end`; without an end, for ever."""
    return begin.toordinal(), LAST if end is None else end.toordinal()


def as_date(ordinal: int) -> date | None:
    """Give the date of an end of a span; None where it has none."""
    return None if ordinal in (FIRST, LAST) else date.fromordinal(ordinal)


def merge(spans: Iterable[Span]) -> list[Span]:
    """Give the same days as disjoint spans in order: none empty, none adjoining the next."""
    merged: list[Span] = []
    for low, high in sorted(spans):
        if high < low:
            continue
        if merged and low <= merged[-1][1] + 1:
            merged[-1] = merged[-1][0], max(high, merged[-1][1])
        else:
            merged.append((low, high))
    return merged


def within(spans: Iterable[Span], low: int, high: int) -> list[Span]:
    """Give what falls inside the days from `low` to `high`, of spans that are disjoint and in order."""
    return [(max(low, a), min(high, b)) for a, b in spans if a <= high and b >= low and low <= high]


def minus(spans: Iterable[Span], taken: Iterable[Span]) -> list[Span]:
    """Give the days of `spans` that are not in `taken`; both are disjoint and in order."""
    taken = list(taken)
    left: list[Span] = []
    for low, high in spans:
        for a, b in taken:
            if b < low or a > high:
                continue
            if a > low:
                left.append((low, a - 1))
            low = b + 1
        if low <= high:
            left.append((low, high))
    return left


def months_later(day: date, months: int) -> date:
    """Move a day by months, at most a thousand years."""
    return add_months(day, min(months, _MOST_MONTHS))


@lru_cache(maxsize=10_000)
def days_of(start: date, months: int) -> int:
    """Give the days of `months` months that begin on `start`: 12 from 1 August 2024 are 365."""
    return months_later(start, months).toordinal() - start.toordinal()


def months_of(start: date, days: int) -> tuple[int, int]:
    """Give the whole months, counted from `start`, that go into `days`, and the days that are left."""
    months = days * 12 // 366
    while months < _MOST_MONTHS and days_of(start, months + 1) <= days:
        months += 1
    return months, days - days_of(start, months)
