"""What counts in a stretch of days, and what is needed there (RegisterLeraar: registeruren and their split, hours of work).

Of an activiteit everything counts where it ended, from the day it was approved on. Work is fte x 1659 hours a year.
"""

from datetime import date
from operator import ge
from typing import NamedTuple

from register_service.registratie.rules.facts import WHOLE, Feiten
from register_service.registratie.rules.norms import Normen

# Days in a year, in hundredths: the calendar's, so that four years are 1461 days.
_YEAR = 36_525


class Telling(NamedTuple):
    """Registeruren in half hours, work in whole hours, rounded up."""

    registeruren: int
    primair: int
    vakinhoudelijk: int
    werkuren: int


def tally(feiten: Feiten, normen: Normen, first: date, last: date, known: date) -> Telling:
    """Count what ended or was worked from `first` to `last`, as far as it was approved on `known`."""
    registeruren = primair = vakinhoudelijk = 0
    for einddatum, geteld_op, all_of_it, primary, of_vak in feiten.uren:
        if first <= einddatum <= last and geteld_op <= known:
            registeruren += all_of_it
            primair += primary
            vakinhoudelijk += of_vak
    work = sum(worked(feiten, first, last).values()) * normen.cijfers.jaaruren
    return Telling(registeruren, primair, vakinhoudelijk, hours_of(work))


def hours_of(work: int) -> int:
    """Give whole hours, rounded up, of ten-thousandths of a day of work times the hours of a year."""
    return -(-work * 100 // (WHOLE * _YEAR))


def worked(feiten: Feiten, first: date, last: date) -> dict[str, int]:
    """Give the work of a stretch per sector, in ten-thousandths of a day."""
    found: dict[str, int] = {}
    for begindatum, einddatum, omvang, sector in feiten.werk:
        days = (min(last, einddatum) - max(first, begindatum)).days + 1
        if days > 0:
            found[sector] = found.get(sector, 0) + days * omvang
    return found


def sector_of(feiten: Feiten, normen: Normen, first: date, last: date) -> str | None:
    """Give the sector with most hours in a stretch; of equals the one that asks least, then the first by name."""
    found = worked(feiten, first, last)
    return min(
        found, key=lambda sector: (-found[sector], normen.vakinhoudelijk_uren.get(sector, 0), sector), default=None
    )


def needed(normen: Normen, sector: str | None) -> Telling:
    """Give what is needed at the end of a period; nothing vakinhoudelijk of who worked nowhere."""
    figures = normen.cijfers
    of_vak = normen.vakinhoudelijk_uren.get(sector, 0) if sector else 0
    return Telling(2 * figures.registeruren, 2 * figures.primair_uren, 2 * of_vak, figures.werkuren)


def met(have: Telling, need: Telling) -> bool:
    """Tell whether every requirement is met."""
    return all(map(ge, have, need))
