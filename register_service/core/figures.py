"""The figures that hold for every sector, which every layer needs, and how figures in JSON are read. Pure.

Every figure of the domain lives in one dated table, `regeling` (domain.md); the slice of that name keeps it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

Values = Mapping[str, Any]


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


def read_figures(values: Values) -> Figures:
    """Read the JSON of a regeling for sector 'alle'.

    Raises KeyError when a figure is missing, ValueError when one cannot be; both say in Dutch which.
    """
    figures = Figures(
        leeftijd_minimaal=whole(values, "leeftijdMinimaal", 1, 150),
        leeftijd_maximaal=whole(values, "leeftijdMaximaal", 1, 150),
        betrekkingsomvang_maximaal=_decimal(values, "betrekkingsomvangMaximaal"),
        zicht_vooraf_maanden=whole(values, "zichtVoorafMaanden", 0, 1200),
        zicht_achteraf_maanden=whole(values, "zichtAchterafMaanden", 0, 1200),
        koppeling_maanden=whole(values, "koppelingMaanden", 0, 1200),
        geschiktheidsverklaring_jaren=whole(values, "geschiktheidsverklaringJaren", 0, 100),
        gelijkenis_naam=fraction(values, "gelijkenisNaam"),
    )
    if not figures.leeftijd_minimaal < figures.leeftijd_maximaal:
        raise ValueError("leeftijdMinimaal ligt niet tussen 0 en leeftijdMaximaal")
    if not 0 < figures.betrekkingsomvang_maximaal < 10:
        raise ValueError("betrekkingsomvangMaximaal ligt niet tussen 0 en 10")
    return figures


def figure(values: Values, name: str) -> Any:
    """Give one figure as it stands in JSON. Raises KeyError with a Dutch text when it is not there."""
    if name not in values:
        raise KeyError(f"{name} ontbreekt")
    return values[name]


def whole(values: Values, name: str, lowest: int, highest: int) -> int:
    """Give a whole number, both bounds included. Raises KeyError or ValueError with a Dutch text."""
    value = figure(values, name)
    # In Python true is a number too; in JSON it is not.
    if type(value) is not int:
        raise ValueError(f"{name} is geen geheel getal")
    if not lowest <= value <= highest:
        raise ValueError(f"{name} ligt niet tussen {lowest} en {highest}")
    return value


def truth(values: Values, name: str) -> bool:
    """Give a true or false. Raises KeyError or ValueError with a Dutch text."""
    value = figure(values, name)
    if not isinstance(value, bool):
        raise ValueError(f"{name} is geen true of false")
    return value


def _decimal(values: Values, name: str) -> Decimal:
    # Kept as text, so that no binary fraction comes between.
    value = figure(values, name)
    try:
        number = Decimal(value) if isinstance(value, str) else Decimal("NaN")
    except InvalidOperation as error:
        raise ValueError(f"{name} is geen getal als tekst, zoals '1.2000'") from error
    if not number.is_finite():
        raise ValueError(f"{name} is geen getal als tekst, zoals '1.2000'")
    return number


def fraction(values: Values, name: str) -> float:
    """Give a number over 0 and at most 1. Raises KeyError or ValueError with a Dutch text."""
    value = figure(values, name)
    if type(value) not in (int, float) or not 0 < value <= 1:
        raise ValueError(f"{name} ligt niet tussen 0 en 1")
    return float(value)
