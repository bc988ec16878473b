"""How far somebody is with each requirement on a day, what is missing, and whether that is on course."""

from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

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
from register_service.registratie.rules.facts import DAY, Feiten, Periode
from register_service.registratie.rules.norms import Normen, Regelingen
from register_service.registratie.rules.tally import Telling, met, needed, sector_of, tally

# The requirements in the order of a Telling, and how much of it is one hour.
EISEN = {"registeruren": 2, "primair": 2, "vakinhoudelijk": 2, "werkuren": 1}


class Eis(NamedTuple):
    """A requirement: hours that count, are needed and are missing; `percentage` whole, rounded down, 100 when it is met."""

    eis: str
    behaald: float
    nodig: float
    ontbreekt: float
    percentage: int
    voldaan: bool


@dataclass(frozen=True, slots=True)
class Voortgang:
    """The progress of a leraar on a day: of the period that runs or is made good; of who is verlopen, of the years before.

    `vanaf` and `tot`: the days of which it counts, and by when; None and no `eisen` where nothing is to be reached.
    `verstreken` and `percentage`: whole percents of the time and of all that is needed. `ingediend`: registeruren that wait
    for a validator. Hours are in steps of 0.5, so that a float is exact.
    """

    nummer: str
    peildatum: date
    status: str | None
    vanaf: date | None = None
    tot: date | None = None
    sector: str | None = None
    verstreken: int = 0
    percentage: int = 0
    voldaan: bool = False
    op_koers: bool = False
    ingediend: float = 0.0
    eisen: tuple[Eis, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Give the form that the API answers with."""
        return {
            "registratienummer": self.nummer,
            "peildatum": self.peildatum.isoformat(),
            "status": self.status,
            "vanaf": None if self.vanaf is None else self.vanaf.isoformat(),
            "tot": None if self.tot is None else self.tot.isoformat(),
            "sector": self.sector,
            "verstreken": self.verstreken,
            "percentage": self.percentage,
            "voldaan": self.voldaan,
            "opKoers": self.op_koers,
            "ingediend": self.ingediend,
            "eisen": [
                {
                    "eis": name,
                    "behaald": got,
                    "nodig": asked,
                    "ontbreekt": lacking,
                    "percentage": share,
                    "voldaan": done,
                }
                for name, got, asked, lacking, share, done in self.eisen
            ],
        }


class Stretch(NamedTuple):
    """Days whose progress is looked at: what counts from `first` on should all be there on `end`, and on `last` at the latest."""

    normen: Normen
    first: date
    end: date
    last: date


def voortgang_on(feiten: Feiten, regelingen: Regelingen, day: date) -> Voortgang:
    """Give the progress of a leraar on a day, that day included."""
    perioden = periods_until(feiten, regelingen, day)
    status = status_on(feiten, regelingen, perioden, day)
    stretch = _stretch(regelingen, perioden, status, day)
    if stretch is None:
        return Voortgang(feiten.nummer, day, status)
    normen, first, end, last = stretch
    counted = min(day, last)
    sector = sector_of(feiten, normen, first, min(counted, end))
    have, need = tally(feiten, normen, first, counted, day), needed(normen, sector)
    eisen = _eisen(have, need)
    asked = [eis.percentage for eis in eisen if eis.nodig]
    length, elapsed = (end - first).days + 1, min((day - first).days + 1, (end - first).days + 1)
    return Voortgang(
        feiten.nummer,
        day,
        status,
        first,
        last,
        sector,
        verstreken=100 * elapsed // length,
        percentage=sum(asked) // len(asked) if asked else 100,
        voldaan=met(have, need),
        op_koers=all(_on_course(eis, elapsed, length) for eis in eisen),
        ingediend=sum(f.registeruren for f in feiten.ingediend if first <= f.einddatum <= counted) / 2,
        eisen=eisen,
    )


def before_resuming(regelingen: Regelingen, day: date) -> Stretch:
    """Give the years before a day, over which somebody who is verlopen has to meet the requirements to go on on that day."""
    normen = regelingen.on(day)
    first, last = add_months(day, -12 * normen.cijfers.registratie_jaren), day - DAY
    return Stretch(normen, first, last, last)


def _stretch(regelingen: Regelingen, perioden: tuple[Periode, ...], status: str | None, day: date) -> Stretch | None:
    if status == VERLOPEN:
        return before_resuming(regelingen, day)
    running = underlying(regelingen, perioden, day) == GEREGISTREERD
    if status is None or not (running or status == ONDER_VOORWAARDEN):
        return None
    periode = perioden[-1]
    last = periode.einddatum if running else end_of_conditions(periode, regelingen)
    return Stretch(regelingen.on(periode.begindatum), periode.begindatum, periode.einddatum, last)


def _eisen(have: Telling, need: Telling) -> tuple[Eis, ...]:
    found = []
    for (name, unit), got, asked in zip(EISEN.items(), have, need, strict=True):
        share = 100 * min(got, asked) // asked if asked else 100
        found.append(Eis(name, got / unit, asked / unit, max(0, asked - got) / unit, share, got >= asked))
    return tuple(found)


def _on_course(eis: Eis, elapsed: int, length: int) -> bool:
    # Whole hours only: on the first days nobody lags behind for want of a part of one.
    return eis.behaald >= int(eis.nodig * elapsed // length)
