"""Days for the demo: everything is dated from one fixed day, never from today, so that the demo is always the same."""

import random
import uuid
from datetime import UTC, date, datetime, timedelta
from math import log

REFERENCE_DATE = date(2026, 11, 1)
"""The day on which the demo region is as it is: nothing in it has begun later."""

WINDOW_START = date(2016, 11, 1)
"""The register's first day in the demo: ten years before the reference date."""

DAY = timedelta(days=1)
# The reference date in milliseconds.
_MOMENT = int(datetime(REFERENCE_DATE.year, REFERENCE_DATE.month, REFERENCE_DATE.day, tzinfo=UTC).timestamp() * 1000)


def years_after(day: date, years: int) -> date:
    """Give the same day some years later (or earlier); 29 February becomes 28 February."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def month_start(rng: random.Random, first: int, last: int) -> date:
    """Draw the first day of a month in a range of years; two of three are 1 August, when the school year starts."""
    return date(rng.randint(first, last), 8 if rng.random() < 0.66 else rng.randint(1, 12), 1)


def graduation(rng: random.Random, year: int) -> date:
    """Draw a day in June or July, when most diplomas are handed out, or in January."""
    month = rng.choice((1, 6, 6, 7, 7, 7))
    return date(year, month, rng.randint(10, 31 if month != 6 else 30))


def long_tail(rng: random.Random, mean: int) -> int:
    """Draw a number of days: mostly few, now and then many, `mean` on average."""
    return int(-mean * log(1 - rng.random()))


def next_month(day: date) -> date:
    """Give the first day of the month after a day."""
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def school_year_end(day: date, years: int) -> date:
    """Give the last day of the school year (31 July) that is `years` school years after the one a day falls in."""
    return date(day.year + (day.month >= 8) + years, 7, 31)


def fixed_id(rng: random.Random, number: int) -> uuid.UUID:
    """Make a uuid version 7 drawn from `rng` and dated `number` milliseconds after the reference date."""
    value = ((_MOMENT + number) << 80) | rng.getrandbits(80)
    value = value & ~(0xF << 76) | (0x7 << 76)
    return uuid.UUID(int=value & ~(0b11 << 62) | (0b10 << 62))
