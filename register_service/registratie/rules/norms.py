"""The figures of the registratie by day: a registratieperiode keeps those of its begindatum."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from register_service.regelingen.figures import (
    EVERY_SECTOR,
    RegistratieFigures,
    read_registratie_figures,
    read_vakinhoudelijk_uren,
)


@dataclass(frozen=True, slots=True)
class Normen:
    """Figures that hold from a day until others do; `vakinhoudelijk_uren` by sector."""

    vanaf: date
    cijfers: RegistratieFigures
    vakinhoudelijk_uren: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Regelingen:
    """All figures there ever were, oldest first."""

    normen: tuple[Normen, ...]

    def on(self, day: date) -> Normen:
        """Give the figures of a day; before the first day of all, the first there were."""
        for normen in reversed(self.normen):
            if normen.vanaf <= day:
                return normen
        return self.normen[0]


def read_regelingen(rows: Iterable[Mapping[str, Any]]) -> Regelingen:
    """Read regelingen as JSON: `sector`, `geldigVanaf`, `waarden`. Raises KeyError or ValueError for a figure that is wrong.

    One holds until the next of its sector begins: `register regeling add` leaves no gap.
    """
    # On one day 'alle' comes before every sector.
    ordered = sorted(rows, key=lambda row: (row["geldigVanaf"], row["sector"]))
    cijfers: RegistratieFigures | None = None
    sectors: dict[str, int] = {}
    normen: dict[date, Normen] = {}
    for row in ordered:
        vanaf, sector, waarden = date.fromisoformat(row["geldigVanaf"]), row["sector"], row["waarden"]
        if sector == EVERY_SECTOR:
            cijfers = read_registratie_figures(waarden)
        else:
            sectors = {**sectors, sector: read_vakinhoudelijk_uren(waarden)}
        if cijfers is not None:
            normen[vanaf] = Normen(vanaf, cijfers, sectors)
    if not normen:
        raise KeyError(f"sector {EVERY_SECTOR} ontbreekt")
    return Regelingen(tuple(normen.values()))
