"""The figures of the regeling that hold on a day, as one typed value (domain.md: every figure lives in one dated table)."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any


@dataclass(frozen=True, slots=True)
class Figures:
    """Figures for every sector. Ages in years, times in months or years as named, `betrekkingsomvang` in fte."""

    leeftijd_minimaal: int
    leeftijd_maximaal: int
    betrekkingsomvang_maximaal: Decimal
    zicht_vooraf_maanden: int
    zicht_achteraf_maanden: int
    koppeling_maanden: int
    geschiktheidsverklaring_jaren: int
    gelijkenis_naam: float


def read_figures(values: Mapping[str, Any]) -> Figures:
    """Read the JSON of a regeling for sector 'alle'. Raises KeyError or ValueError when a figure is missing or wrong."""
    return Figures(
        leeftijd_minimaal=int(values["leeftijdMinimaal"]),
        leeftijd_maximaal=int(values["leeftijdMaximaal"]),
        betrekkingsomvang_maximaal=Decimal(values["betrekkingsomvangMaximaal"]),
        zicht_vooraf_maanden=int(values["zichtVoorafMaanden"]),
        zicht_achteraf_maanden=int(values["zichtAchterafMaanden"]),
        koppeling_maanden=int(values["koppelingMaanden"]),
        geschiktheidsverklaring_jaren=int(values["geschiktheidsverklaringJaren"]),
        gelijkenis_naam=float(values["gelijkenisNaam"]),
    )
