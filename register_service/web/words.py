"""How a page writes what the register keeps: days, moments, numbers."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from register_service.bevoegdheden.vakken import VAKKEN
from register_service.core.clock import dutch_moment
from register_service.core.days import MONTHS, dutch_day


def day(value: str | date | None) -> str:
    """Write a day: 1 augustus 2026. Nothing where there is none."""
    return dutch_day(value) if value else ""


def moment(value: str | datetime | None) -> str:
    """Write a moment in Dutch time: 1 augustus 2026 om 09.30 uur."""
    if not value:
        return ""
    return dutch_moment(datetime.fromisoformat(value) if isinstance(value, str) else value)


def month(value: str) -> str:
    """Write a month such as 2026-08: augustus 2026."""
    year, _, number = value.partition("-")
    return f"{MONTHS[int(number) - 1]} {year}"


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


def listed(parts: Sequence[str]) -> str:
    """Write parts as one: a, b en c."""
    return " en ".join(filter(None, (", ".join(parts[:-1]), parts[-1])))


def sentence(value: str) -> str:
    """Write a text with a capital letter at the beginning, and the others as they are."""
    return value[:1].upper() + value[1:]


def plain(value: str) -> str:
    """Write a word of a code list as words: onder voorwaarden."""
    return value.replace("-", " ").replace("_", " ")


def vak(code: str) -> str:
    """Write the name of a vak."""
    return VAKKEN.get(code, code)


FILTERS: Mapping[str, Callable[..., Any]] = {
    "day": day,
    "moment": moment,
    "month": month,
    "number": number,
    "count": count,
    "sentence": sentence,
    "plain": plain,
    "vak": vak,
}
