"""Leraren of every kind for Hypothesis, as JSON: short periods and few hours, so that four years hold many of them.

Days are drawn near each other's borders: most mistakes are a day long.
"""

from datetime import date, timedelta
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from tests.registratie.rules.build import rows

Json = dict[str, Any]

MODEST = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
SLOW = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
# Days of a life that the tests look at.
SPAN = 1300
SECTORS = {"po": 0, "vo": 5, "mbo": 9}
STARTS = st.sampled_from([date(2024, 2, 29), date(2023, 8, 31), date(2023, 3, 1), date(2022, 8, 1)]) | st.dates(
    date(2022, 1, 1), date(2024, 12, 31)
)
# Near the ends of periods of a year and of the months after them, and anywhere.
OFFSETS = st.sampled_from(
    [0, 1, 364, 365, 366, 367, 380, 395, 396, 425, 455, 547, 548, 729, 730, 731, 732]
) | st.integers(-100, SPAN)
_WORDS = ("pabo", "pabo", "pabo", "tweedegraads", "geschiktheidsverklaring")
_SOORTEN = st.sampled_from([["pabo", "tweedegraads"], ["pabo"]])
_HALVES = st.sampled_from([0, 1, 2, 5, 10, 20, 20, 7]).map(lambda number: number / 2)


@st.composite
def regelingen(draw: st.DrawFn, start: date) -> list[Json]:
    """Give one regeling, or one and another from some day on."""
    first = rows(sectors=SECTORS, **draw(_figures()))
    if draw(st.integers(0, 3)):
        return first
    vanaf = start + timedelta(days=draw(st.integers(1, 800)))
    return [*first, *rows(vanaf.isoformat(), sectors={"po": 3, "vo": 0}, **draw(_figures()))]


@st.composite
def _figures(draw: st.DrawFn) -> Json:
    registeruren = draw(st.sampled_from([0, 5, 10, 20]))
    return {
        "registratieJaren": 1,
        "registeruren": registeruren,
        "primairUren": registeruren // 2,
        "werkuren": draw(st.sampled_from([0, 0, 100, 332, 600])),
        "voorwaardenMaanden": draw(st.sampled_from([0, 1, 3, 6])),
        "registrerendeSoorten": draw(_SOORTEN),
    }


@st.composite
def leraren(draw: st.DrawFn, start: date) -> Json:
    """Give the facts of a leraar as JSON, nothing stored."""

    def at(offset: int) -> str:
        return (start + timedelta(days=offset)).isoformat()

    def some(most: int) -> range:
        return range(draw(st.integers(0, most)))

    work, hours = [], []
    for _ in some(3):
        first = draw(OFFSETS)
        last = None if draw(st.booleans()) else at(first + draw(st.integers(0, 500)))
        fte = draw(st.sampled_from([0.05, 0.2, 0.2, 0.6, 1.2]))
        work.append(
            {
                "begindatum": at(first),
                "einddatum": last,
                "betrekkingsomvang": fte,
                "sector": draw(st.sampled_from([*SECTORS])),
            }
        )
    for _ in some(6):
        ended = draw(OFFSETS)
        decided = ended + draw(st.sampled_from([0, 0, 1, 2, 30, 31, 100]))
        split = {name: draw(_HALVES) for name in ("vakinhoudelijk", "vakdidactisch", "pedagogisch", "overig")}
        hours.append({"einddatum": at(ended), "geteldOp": at(decided), **split})
    return {
        "nummer": "1234567895",
        "geregistreerdOp": at(0),
        "bevoegd": [{"soort": draw(st.sampled_from(_WORDS)), **days} for days in draw(_days(start, most=3, apart=0))],
        "perioden": [],
        "doorhalingen": draw(_days(start, most=2, apart=1)),
        "uren": hours,
        "ingediend": [],
        "werk": work,
    }  # fmt: skip


@st.composite
def _days(draw: st.DrawFn, start: date, *, most: int, apart: int) -> list[Json]:
    """Give some spans of days in order; the last may have no end. Bevoegdheden hold long, doorhalingen are at least `apart`."""
    found: list[Json] = []
    after = draw(st.sampled_from([-400, -400, -400, 0, 10])) if not apart else draw(OFFSETS)
    for _ in range(draw(st.integers(0 if apart else 1, most))):
        first = after + draw(st.sampled_from([0, 0, 1, 30, 200] if apart else [0, 0, 0, 1, 30]))
        last = first + draw(st.sampled_from([0, 1, 30, 200] if apart else [300, 764, 765, 766, 2000, 2000, 2000]))
        found.append(
            {"vanaf": (start + timedelta(days=first)).isoformat(), "tot": (start + timedelta(days=last)).isoformat()}
        )
        after = last + apart + draw(st.integers(0, 1))
    if found and draw(st.booleans()):
        found[-1]["tot"] = None
    return found


@st.composite
def lives(draw: st.DrawFn) -> tuple[Json, list[Json], date]:
    """Give a leraar, the regelingen and the first day."""
    start = draw(STARTS)
    return draw(leraren(start)), draw(regelingen(start)), start
