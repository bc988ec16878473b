"""From what was asked to a `Vraag`: everything that is wrong with it at once, and what holds when nothing was said."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from register_service.core.days import add_months, dutch_day
from register_service.core.errors import FieldError
from register_service.rapportages.dataset import FILTERS, Dataset, Vraag

# A school year runs from 1 August.
_FIRST_MONTH = 8


def last_school_year(today: date) -> tuple[date, date]:
    """Give the first and last day of the last school year that has ended."""
    year = today.year if today.month >= _FIRST_MONTH else today.year - 1
    return date(year - 1, _FIRST_MONTH, 1), date(year, _FIRST_MONTH - 1, 31)


def read_question(dataset: Dataset, asked: Mapping[str, Any], today: date, errors: list[FieldError]) -> Vraag:
    """Make a question of query parameters (snake_case); all that is wrong with them is added to `errors`."""
    van, tot = _period(asked, (dataset.periode or last_school_year)(today), errors)
    per = asked.get("per") or dataset.dimensies[0]
    if per not in dataset.dimensies:
        known = ", ".join(dataset.dimensies)
        errors.append(_wrong("per", "onbekende-dimensie", f"Dit rapport kan worden uitgesplitst naar: {known}."))
    cohort = asked.get("cohort")
    if cohort and int(cohort[5:]) != int(cohort[:4]) + 1:
        errors.append(_wrong("cohort", "geen-schooljaar", "Geef een schooljaar, zoals 2023-2024."))
    return Vraag(van, tot, per, {name: asked[name] for name in FILTERS if asked.get(name)})


def _period(asked: Mapping[str, Any], usual: tuple[date, date], errors: list[FieldError]) -> tuple[date, date]:
    first, last = usual
    van, tot = asked.get("periode_van"), asked.get("periode_tot")
    # One of the two says enough: a year from it, or up to it.
    van = van or (first if tot is None else add_months(tot, -12) + timedelta(days=1))
    tot = tot or (last if asked.get("periode_van") is None else add_months(van, 12) - timedelta(days=1))
    if tot < van:
        detail = f"De periode eindigt voor zij begint ({dutch_day(van)}). Kies een latere dag."
        errors.append(_wrong("periodeTot", "einde-voor-begin", detail))
    return van, tot


def _wrong(parameter: str, code: str, detail: str) -> FieldError:
    return FieldError("query", f"/{parameter}", code, detail)


NAMES = {
    "sector": "Sector",
    "partnerschap": "Partnerschap",
    "bestuur": "Bestuur",
    "vestiging": "Vestiging",
    "cohort": "Cohort",
    "inductie": "Inductie",
}


def in_words(vraag: Vraag) -> tuple[tuple[str, str], ...]:
    """Give what was asked as pairs of a Dutch name and text, for people."""
    period = f"{dutch_day(vraag.periode_van)} tot en met {dutch_day(vraag.periode_tot)}"
    chosen = ((f"Alleen {NAMES[name].lower()}", value) for name, value in vraag.filters.items())
    return (("Periode", period), ("Uitgesplitst naar", NAMES[vraag.per].lower()), *chosen)


def as_query(vraag: Vraag) -> dict[str, str]:
    """Give what was asked as query parameters that ask it again."""
    period = {"periodeVan": vraag.periode_van.isoformat(), "periodeTot": vraag.periode_tot.isoformat()}
    return {**period, "per": vraag.per, **vraag.filters}
