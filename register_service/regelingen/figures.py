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
    figures = Figures(
        leeftijd_minimaal=int(values["leeftijdMinimaal"]),
        leeftijd_maximaal=int(values["leeftijdMaximaal"]),
        betrekkingsomvang_maximaal=Decimal(values["betrekkingsomvangMaximaal"]),
        zicht_vooraf_maanden=int(values["zichtVoorafMaanden"]),
        zicht_achteraf_maanden=int(values["zichtAchterafMaanden"]),
        koppeling_maanden=int(values["koppelingMaanden"]),
        geschiktheidsverklaring_jaren=int(values["geschiktheidsverklaringJaren"]),
        gelijkenis_naam=float(values["gelijkenisNaam"]),
    )
    _require_sensible(figures)
    return figures


def _require_sensible(figures: Figures) -> None:
    if not 0 < figures.leeftijd_minimaal < figures.leeftijd_maximaal:
        raise ValueError("leeftijdMinimaal ligt niet tussen 0 en leeftijdMaximaal")
    if not 0 < figures.betrekkingsomvang_maximaal < 10:
        raise ValueError("betrekkingsomvangMaximaal ligt niet tussen 0 en 10")
    if not 0 < figures.gelijkenis_naam <= 1:
        raise ValueError("gelijkenisNaam ligt niet tussen 0 en 1")
    months = (figures.zicht_vooraf_maanden, figures.zicht_achteraf_maanden, figures.koppeling_maanden)
    if min(*months, figures.geschiktheidsverklaring_jaren) < 0 or max(months) > 1200:
        raise ValueError("een aantal maanden of jaren is negatief of te groot")
