"""How a page writes what the register keeps: days, moments, numbers."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from register_service.core import clock

MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip


def day(value: str | date | None) -> str:
    """Write a day: 1 augustus 2026. Nothing where there is none."""
    if not value:
        return ""
    value = date.fromisoformat(value) if isinstance(value, str) else value
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def moment(value: str | datetime | None) -> str:
    """Write a moment in Dutch time: 1 augustus 2026 om 09.30 uur."""
    if not value:
        return ""
    value = datetime.fromisoformat(value) if isinstance(value, str) else value
    local = value.astimezone(clock.AMSTERDAM)
    return f"{day(local.date())} om {local:%H.%M} uur"


def month(value: str | date) -> str:
    """Write the month of a day: augustus 2026."""
    value = date.fromisoformat(value) if isinstance(value, str) else value
    return f"{MONTHS[value.month - 1]} {value.year}"


def number(value: float | str | None, digits: int = 4) -> str:
    """Write a number as the Dutch do, without zeros that say nothing: 1.327,2."""
    if value is None:
        return ""
    text = f"{float(value):,.{digits}f}"
    whole, _, part = text.partition(".")
    part = part.rstrip("0")
    return whole.replace(",", ".") + (f",{part}" if part else "")


def count(value: float, one: str, more: str) -> str:
    """Write how many of something there are: 1 keer, 2 keer."""
    return f"{number(value)} {one if value == 1 else more}"


FILTERS: Mapping[str, Callable[..., Any]] = {
    "day": day,
    "moment": moment,
    "month": month,
    "number": number,
    "count": count,
}
