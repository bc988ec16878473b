"""What progress follows from on a day, added up: the same for as many days as nothing but time goes by."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from register_service.core.days import add_months
from register_service.registratie.rules.course import (
    GEREGISTREERD,
    ONDER_VOORWAARDEN,
    VERLOPEN,
    end_of_conditions,
    periods_until,
    status_on,
    underlying,
)
from register_service.registratie.rules.facts import DAY, FOREVER, Feiten, Periode
from register_service.registratie.rules.norms import Normen, Regelingen
from register_service.registratie.rules.tally import needed, sector_of, tally, worked


class Stretch(NamedTuple):
    """Days whose progress is looked at: what counts from `first` on should all be there on `end`, and on `last` at the latest."""

    normen: Normen
    first: date
    end: date
    last: date


class Voortgangstand(NamedTuple):
    """What counts of a leraar on `dag`, and what is needed; without `vanaf`, `eind` and `tot` nothing is to be reached.

    Registeruren in half hours, in `nodig` too (in the order of a Telling). `gewerkt` up to `dag` and `per_dag` after it: work in
    ten-thousandths of a day times the hours of a year.
    """

    nummer: str
    dag: date
    status: str | None
    vanaf: date | None = None
    eind: date | None = None
    tot: date | None = None
    sector: str | None = None
    registeruren: int = 0
    primair: int = 0
    vakinhoudelijk: int = 0
    ingediend: int = 0
    gewerkt: int = 0
    per_dag: int = 0
    nodig: tuple[int, ...] = ()


def stand_on(feiten: Feiten, regelingen: Regelingen, day: date) -> Voortgangstand:
    """Add up what counts on a day, that day included."""
    perioden = periods_until(feiten, regelingen, day)
    status = status_on(feiten, regelingen, perioden, day)
    stretch = _stretch(regelingen, perioden, status, day)
    if stretch is None:
        return Voortgangstand(feiten.nummer, day, status)
    normen, first, end, last = stretch
    counted = min(day, last)
    sector = sector_of(feiten, normen, first, min(counted, end))
    have = tally(feiten, normen, first, counted, day)
    return Voortgangstand(
        feiten.nummer,
        day,
        status,
        first,
        end,
        last,
        sector,
        have.registeruren,
        have.primair,
        have.vakinhoudelijk,
        ingediend=sum(f.registeruren for f in feiten.ingediend if first <= f.einddatum <= counted),
        gewerkt=sum(worked(feiten, first, counted).values()) * normen.cijfers.jaaruren,
        per_dag=sum(f.omvang for f in feiten.werk if f.begindatum <= day <= f.einddatum) * normen.cijfers.jaaruren,
        nodig=tuple(needed(normen, sector)),
    )


def holds_until(feiten: Feiten, regelingen: Regelingen, stand: Voortgangstand) -> date:
    """Give the last day on which progress follows from `stand`, as far as these facts tell.

    Once a period is over every day may bring the one after it, and of who is verlopen the years that count go along: a day then.
    """
    day = stand.dag
    if stand.eind is not None and stand.eind < day:
        return day
    turns = [turn for turn in _turns(feiten, stand) if turn > day]
    last = min(turns) - DAY if turns else FOREVER
    if stand.vanaf is not None:
        # Between turns the work in each sector grows evenly: who has most on both days has it on every day between them.
        normen = regelingen.on(stand.vanaf)
        while sector_of(feiten, normen, stand.vanaf, last) != stand.sector:
            last = day + (last - day) // 2
    return last


def before_resuming(regelingen: Regelingen, day: date) -> Stretch:
    """Give the years before a day, over which somebody who is verlopen has to meet the requirements to go on on that day."""
    normen = regelingen.on(day)
    first, last = add_months(day, -12 * normen.cijfers.registratie_jaren), day - DAY
    return Stretch(normen, first, last, last)


def _turns(feiten: Feiten, stand: Voortgangstand) -> Iterator[date]:
    """Give every day on which something begins to count, or counts no more."""
    yield feiten.geregistreerd_op
    spans = (*feiten.bevoegd, *feiten.doorhalingen, *(f[:2] for f in feiten.werk), *(f[1:3] for f in feiten.perioden))
    for vanaf, tot in (*spans, *([(stand.vanaf, stand.eind)] if stand.vanaf and stand.eind else [])):
        yield vanaf
        if tot < FOREVER:
            yield tot + DAY
    for uren in feiten.uren:
        yield from (uren.einddatum, uren.geteld_op)
    for ingediend in feiten.ingediend:
        yield ingediend.einddatum


def _stretch(regelingen: Regelingen, perioden: Sequence[Periode], status: str | None, day: date) -> Stretch | None:
    if status == VERLOPEN:
        return before_resuming(regelingen, day)
    running = underlying(regelingen, perioden, day) == GEREGISTREERD
    if status is None or not (running or status == ONDER_VOORWAARDEN):
        return None
    periode = perioden[-1]
    last = periode.einddatum if running else end_of_conditions(periode, regelingen)
    return Stretch(regelingen.on(periode.begindatum), periode.begindatum, periode.einddatum, last)
