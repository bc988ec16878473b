"""Arithmetic with calendar days, as PostgreSQL's intervals do it, and days in words."""

import calendar
from datetime import date


def add_months(day: date, months: int) -> date:
    """Move a day by months; a day that the month lacks becomes its last (31 January + 1 month = 28 or 29 February)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def years_between(earlier: date, later: date) -> int:
    """Count the whole years from one day to another: an age. Somebody born on 29 February turns a year older on 1 March."""
    return later.year - earlier.year - ((later.month, later.day) < (earlier.month, earlier.day))


MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip


def dutch_day(value: str | date) -> str:
    """Write a day out: `1 september 2024`."""
    day = value if isinstance(value, date) else date.fromisoformat(value)
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
