"""Spans of days and months as days."""

from datetime import date

import pytest

from register_service.inductie.rules.days import (
    LAST,
    as_date,
    days_of,
    merge,
    minus,
    months_later,
    months_of,
    span,
    within,
)


def test_merge_joins_what_overlaps_or_adjoins_and_drops_what_is_empty() -> None:
    assert merge([(5, 7), (1, 2), (3, 3), (9, 8), (6, 10)]) == [(1, 3), (5, 10)]


def test_minus_cuts_at_both_ends_and_in_the_middle() -> None:
    assert minus([(1, 10), (20, 30)], [(0, 1), (4, 5), (9, 22), (30, 40)]) == [(2, 3), (6, 8), (23, 29)]


def test_minus_of_everything_leaves_nothing() -> None:
    assert minus([(3, 5)], [(1, 9)]) == []
    assert minus([(3, LAST)], [(5, LAST)]) == [(3, 4)]


def test_within_keeps_what_is_inside() -> None:
    assert within([(1, 3), (5, 9)], 3, 6) == [(3, 3), (5, 6)]
    assert within([(1, 9)], 6, 3) == []


def test_no_end_is_the_last_day_there_is() -> None:
    first, last = span(date(2024, 8, 1), None)
    assert (as_date(first), as_date(last)) == (date(2024, 8, 1), None)


@pytest.mark.parametrize(("months", "days"), [(0, 0), (1, 31), (7, 212), (12, 365), (48, 1461)])
def test_months_are_the_calendars(months: int, days: int) -> None:
    assert days_of(date(2024, 8, 1), months) == days
    assert months_of(date(2024, 8, 1), days) == (months, 0)


def test_a_number_of_months_typed_wrong_ends_somewhere() -> None:
    assert months_later(date(2199, 12, 31), 10**9).year < 9999
    assert days_of(date(2199, 12, 31), 10**9) > 0
