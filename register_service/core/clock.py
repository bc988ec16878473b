"""The one source of time. Nothing else asks the machine what time it is.

Moments are aware datetimes in UTC; days are calendar days in Europe/Amsterdam, where the schools are.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from register_service.core.days import dutch_day

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


class Clock(Protocol):
    """Anything that can tell the present moment."""

    def now(self) -> datetime:
        """Give the present moment, aware, in UTC."""


class SystemClock:
    """The clock of the machine."""

    def now(self) -> datetime:
        """Give the present moment, aware, in UTC."""
        return datetime.now(UTC)


class FixedClock:
    """A clock that stands still, for tests and for demo data."""

    def __init__(self, moment: datetime) -> None:
        self._moment = moment.astimezone(UTC)

    def now(self) -> datetime:
        """Give the moment that the clock was set to."""
        return self._moment


_clock: Clock = SystemClock()


def set_clock(clock: Clock) -> Clock:
    """Put another clock in place and return the one that was there."""
    global _clock
    previous, _clock = _clock, clock
    return previous


@contextmanager
def fixed_at(moment: datetime) -> Iterator[None]:
    """Stop the clock at a moment for the length of a block."""
    previous = set_clock(FixedClock(moment))
    try:
        yield
    finally:
        set_clock(previous)


def now() -> datetime:
    """Give the present moment, aware, in UTC."""
    return _clock.now()


def today() -> date:
    """Give the present calendar day in Europe/Amsterdam."""
    return day_of(now())


def day_of(moment: datetime) -> date:
    """Give the calendar day in Europe/Amsterdam on which an aware moment falls."""
    return moment.astimezone(AMSTERDAM).date()


def dutch_moment(value: datetime) -> str:
    """Write an aware moment out in Dutch time: `1 augustus 2026 om 09.30 uur`."""
    local = value.astimezone(AMSTERDAM)
    return f"{dutch_day(local.date())} om {local:%H.%M} uur"
