"""Kaplan-Meier against scipy, and what must hold of any curve."""

import warnings
from collections import Counter
from math import isnan

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import CensoredData, ecdf

from register_service.rapportages.rules.overleving import Waarneming, median, overleving

LIVES = st.lists(st.tuples(st.integers(0, 30), st.booleans()), min_size=1, max_size=60)


def counted(lives: list[tuple[int, bool]]) -> list[Waarneming]:
    """Aggregate lives (time, whether it ended with the event), as SQL does."""
    events = Counter(time for time, ended in lives if ended)
    censored = Counter(time for time, ended in lives if not ended)
    return [Waarneming(time, events[time], censored[time]) for time in {*events, *censored}]


@given(LIVES)
def test_curve_and_bounds_are_those_of_scipy(lives: list[tuple[int, bool]]) -> None:
    data = CensoredData(uncensored=[t for t, ended in lives if ended], right=[t for t, ended in lives if not ended])
    referee = ecdf(data).sf
    points = overleving(counted(lives))
    assert [point.tijd for point in points] == list(referee.quantiles)
    assert [point.overleving for point in points] == pytest.approx(list(referee.probabilities), abs=1e-12)
    with warnings.catch_warnings():
        # It warns of bounds that have no value: those are None here.
        warnings.simplefilter("ignore", RuntimeWarning)
        bounds = referee.confidence_interval(0.95, method="log-log")
    for point, low, high in zip(points, bounds.low.probabilities, bounds.high.probabilities, strict=True):
        if point.onder is None or point.boven is None:
            assert isnan(low) or isnan(high) or (low, high) == (point.overleving, point.overleving)
        else:
            assert (point.onder, point.boven) == pytest.approx((low, high), abs=1e-9)


@given(LIVES)
def test_a_curve_falls_from_one_within_its_bounds(lives: list[tuple[int, bool]]) -> None:
    points = overleving(counted(lives))
    shares = [1.0, *(point.overleving for point in points)]
    assert shares == sorted(shares, reverse=True)
    assert points[0].risico == len(lives)
    assert sum(point.gebeurtenissen for point in points) == sum(ended for _, ended in lives)
    for point in points:
        if point.onder is not None and point.boven is not None:
            assert 0 <= point.onder <= point.overleving <= point.boven <= 1


@given(LIVES)
def test_without_censoring_it_is_the_share_that_is_left(lives: list[tuple[int, bool]]) -> None:
    for point in overleving(counted([(time, True) for time, _ in lives])):
        left = sum(time > point.tijd for time, _ in lives)
        assert point.overleving == pytest.approx(left / len(lives))


@given(LIVES)
def test_order_and_repeated_times_do_not_matter(lives: list[tuple[int, bool]]) -> None:
    one_by_one = [Waarneming(time, int(ended), int(not ended)) for time, ended in reversed(lives)]
    assert overleving(one_by_one) == overleving(counted(lives))


def test_an_example_worked_out_by_hand() -> None:
    """Six at risk, one event; one censored; four at risk, two events: 5/6 x 2/4."""
    points = overleving([Waarneming(10, 1, 0), Waarneming(15, 0, 1), Waarneming(20, 2, 0), Waarneming(30, 0, 2)])
    assert [(p.tijd, p.risico, p.gebeurtenissen) for p in points] == [(10, 6, 1), (15, 5, 0), (20, 4, 2), (30, 2, 0)]
    assert [p.overleving for p in points] == pytest.approx([5 / 6, 5 / 6, 5 / 12, 5 / 12])
    assert points[2].variantie == pytest.approx((5 / 12) ** 2 * (1 / 30 + 2 / 8))


def test_median_is_when_half_is_left_and_may_never_come() -> None:
    assert median(overleving([Waarneming(10, 1, 0), Waarneming(20, 1, 2)])) == 20
    assert median(overleving([Waarneming(10, 1, 3)])) is None


def test_once_nobody_is_left_there_are_no_bounds() -> None:
    (point,) = overleving([Waarneming(5, 3, 0)])
    assert (point.overleving, point.variantie, point.onder, point.boven) == (0, 0, None, None)


def test_a_million_people_cost_what_their_days_cost() -> None:
    points = overleving(Waarneming(day, 100, 200) for day in range(3650))
    assert points[0].risico == 1_095_000
    assert len(points) == 3650


def test_negative_numbers_are_refused() -> None:
    for wrong in (Waarneming(-1, 1, 0), Waarneming(1, -1, 0), Waarneming(1, 0, -1)):
        with pytest.raises(ValueError, match="negative"):
            overleving([wrong])
