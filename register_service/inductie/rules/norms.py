"""The figures of the inductie that one regeling holds (domain.md: every figure lives in one dated table)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Norms:
    """Figures of the regeling that a traject keeps: months and days as named; `lesreductie` in percent per induction year."""

    normduur_maanden: int
    verlenging_maximaal_maanden: int
    start_vooruit_maanden: int
    onderbreking_minimaal_dagen: int
    vervroegd_minimaal_maanden: int
    gesprek_maanden: int
    lesreductie: tuple[int, ...]
    deeltijd_naar_rato: bool


def read_norms(values: Mapping[str, Any]) -> Norms:
    """Read the JSON of a regeling; other figures in it are left alone.

    Raises KeyError when a figure is missing, ValueError (Dutch) when one cannot be.
    """
    norms = Norms(
        normduur_maanden=_whole(values, "normduurMaanden", 1, 120),
        verlenging_maximaal_maanden=_whole(values, "verlengingMaximaalMaanden", 0, 120),
        start_vooruit_maanden=_whole(values, "startVooruitMaanden", 0, 120),
        onderbreking_minimaal_dagen=_whole(values, "onderbrekingMinimaalDagen", 1, 3660),
        vervroegd_minimaal_maanden=_whole(values, "vervroegdMinimaalMaanden", 0, 120),
        gesprek_maanden=_whole(values, "gesprekMaanden", 1, 120),
        lesreductie=_percentages(values, "lesreductie"),
        deeltijd_naar_rato=_yes_or_no(values, "deeltijdNaarRato"),
    )
    if norms.vervroegd_minimaal_maanden > norms.normduur_maanden:
        raise ValueError("vervroegdMinimaalMaanden is niet meer dan normduurMaanden")
    return norms


def _whole(values: Mapping[str, Any], name: str, least: int, most: int) -> int:
    value = values[name]
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise ValueError(f"{name} is een geheel getal van {least} tot en met {most}")
    return value


def _percentages(values: Mapping[str, Any], name: str) -> tuple[int, ...]:
    value = values[name]
    if not isinstance(value, list | tuple) or not all(type(item) is int and 0 <= item <= 100 for item in value):
        raise ValueError(f"{name} is een lijst van percentages van 0 tot en met 100, een per inductiejaar")
    return tuple(value)


def _yes_or_no(values: Mapping[str, Any], name: str) -> bool:
    value = values[name]
    if not isinstance(value, bool):
        raise ValueError(f"{name} is true of false")
    return value
