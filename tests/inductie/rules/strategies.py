"""Trajecten of every shape for Hypothesis: short norms, so that a few hundred days hold everything."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from register_service.inductie.rules.facts import (
    CRITERIA,
    Aanstelling,
    Afronding,
    Begeleiding,
    Bevoegdheid,
    Facts,
    Gesprek,
    Norms,
    Observatie,
    Onderbreking,
    Programma,
    Verblijf,
    Verlenging,
)  # fmt: skip

MODEST = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
# Single days of these trajecten fall within so many days from the startdatum.
SPAN = 500
PLACES = ("00AA00", "00BB01", "00CC02")
# Beside any day: those on which months are hard.
STARTS = st.sampled_from([date(2024, 2, 29), date(2023, 1, 31), date(2023, 8, 31), date(2024, 8, 1)]) | st.dates(
    date(2023, 1, 1), date(2025, 12, 31)
)
NORMS = st.builds(
    Norms,
    normduur_maanden=st.integers(1, 14),
    verlenging_maximaal_maanden=st.just(12),
    start_vooruit_maanden=st.just(4),
    onderbreking_minimaal_dagen=st.sampled_from([1, 7, 30]),
    vervroegd_minimaal_maanden=st.integers(0, 3),
    gesprek_maanden=st.integers(1, 6),
    lesreductie=st.sampled_from([(20, 10), (), (20,)]),
    deeltijd_naar_rato=st.booleans(),
)
# One draw each, for speed; the first few are those on which the rules turn.
_HOURS = st.sampled_from([
    dict.fromkeys(CRITERIA, Decimal(40)), dict.fromkeys(CRITERIA, Decimal("12.5")), {}, {"enculturatie": Decimal(0)},
    {**dict.fromkeys(CRITERIA, Decimal(40)), "werkdrukvermindering": Decimal(0)},
])  # fmt: skip
_FTE = st.integers(1, 12_000).map(lambda size: Decimal(size) / 10_000)
_LENGTHS = st.sampled_from([0, 0, 0, 28, 29, 30, *range(120)])
_GAPS = st.sampled_from([0, 0, 0, 0, 0, 0, 1, 29, 30, *range(60)])
_WIDE_GAPS = st.sampled_from([0, 1, 29, 30, *range(200)])


@st.composite
def periods(draw: st.DrawFn, start: date, *, most: int, wide: bool = False) -> list[tuple[date, date | None]]:
    """Give periods in days counted from the one before; they do not overlap, and the last may have no end.

    Those of a stay adjoin often; `wide` ones begin and lie anywhere.
    """
    found: list[tuple[date, date | None]] = []
    after = start
    for _ in range(draw(st.integers(0, most))):
        gap = draw(_WIDE_GAPS if wide else _GAPS) if found or wide else 0
        first = after + timedelta(days=gap)
        last = first + timedelta(days=draw(_LENGTHS))
        found.append((first, last))
        after = last + timedelta(days=1)
    if found and draw(st.booleans()):
        found[-1] = (found[-1][0], None)
    return found


@st.composite
def trajecten(draw: st.DrawFn, *, rato: bool | None = None, open_only: bool = False) -> Facts:
    """Give the facts of a traject: none is refused out of hand, not all are what the checks would let through."""
    start, norms = draw(STARTS), draw(NORMS)
    if rato is not None:
        norms = replace(norms, deeltijd_naar_rato=rato)
    dates = st.integers(0, SPAN).map(lambda number: start + timedelta(days=number))
    values: dict[str, Any] = {
        "eerder_dagen": draw(st.sampled_from([0, 0, 0, 100, 400])),
        "bevoegdheden": draw(st.sampled_from([(), (Bevoegdheid(date(2020, 1, 1), None),)])),
        **draw(_lasting(start)),
        **draw(_dated(dates)),
        **({} if open_only else draw(_ends(st.integers(-10, SPAN).map(lambda number: start + timedelta(days=number))))),
    }
    return Facts(startdatum=start, norms=norms, **values)


@st.composite
def _lasting(draw: st.DrawFn, start: date) -> dict[str, Any]:
    before = timedelta(days=20)
    return {
        "verblijven": tuple(
            Verblijf(f"v{n}", draw(st.sampled_from(["41285", "41300"])), draw(st.sampled_from(PLACES)), *period)
            for n, period in enumerate(draw(periods(start, most=3)))
        ),
        "onderbrekingen": tuple(
            Onderbreking(f"o{n}", *period) for n, period in enumerate(draw(periods(start, most=2, wide=True)))
        ),
        "begeleidingen": tuple(
            Begeleiding(f"b{n}", draw(st.sampled_from(["coach", "coach", "schoolopleider"])), *period)
            for n, period in enumerate(draw(periods(start, most=3)))
        ),
        "aanstellingen": tuple(
            Aanstelling(place, first - before, last, draw(_FTE), "regulier")
            for place in draw(st.sets(st.sampled_from(PLACES)))
            for first, last in draw(periods(start, most=2))
        ),
    }


@st.composite
def _dated(draw: st.DrawFn, dates: st.SearchStrategy[date]) -> dict[str, Any]:
    reductions = st.sampled_from([None, Decimal(0), Decimal(10), Decimal(20)])
    months = st.tuples(st.integers(1, 3), dates)
    return {
        "gesprekken": tuple(Gesprek(f"g{n}", datum) for n, datum in enumerate(draw(st.lists(dates, max_size=4)))),
        "observaties": tuple(Observatie(f"w{n}", datum) for n, datum in enumerate(draw(st.lists(dates, max_size=2)))),
        "verlengingen": tuple(Verlenging(f"l{n}", *one) for n, one in enumerate(draw(st.lists(months, max_size=2)))),
        "programmas": tuple(
            Programma(f"p{n}", n, draw(_HOURS), draw(_HOURS), draw(reductions))
            for n in draw(st.sets(st.integers(1, 3)))
        ),
    }


@st.composite
def _ends(draw: st.DrawFn, dates: st.SearchStrategy[date]) -> dict[str, Any]:
    kind = draw(st.sampled_from(["open", "open", "afgerond", "gestopt", "vrijgesteld"]))
    if kind == "afgerond":
        resultaat = draw(st.sampled_from(["behaald", "niet-behaald"]))
        return {"afronding": Afronding(draw(dates), resultaat, draw(st.booleans()), draw(st.booleans()), None)}
    if kind == "gestopt":
        return {"gestopt_op": draw(dates)}
    return {"vrijgesteld": kind == "vrijgesteld"}
