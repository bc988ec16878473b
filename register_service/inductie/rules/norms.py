"""The figures of the inductie that a traject keeps: those of the regeling of its startdatum."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Norms:
    """Months and days as named; `lesreductie` in percent per induction year; `deeltijd_naar_rato`: fte weigh each day."""

    normduur_maanden: int
    verlenging_maximaal_maanden: int
    start_vooruit_maanden: int
    onderbreking_minimaal_dagen: int
    vervroegd_minimaal_maanden: int
    gesprek_maanden: int
    lesreductie: tuple[int, ...]
    deeltijd_naar_rato: bool


def read_norms(values: Mapping[str, Any]) -> Norms:
    """Read the JSON of a regeling, which was checked when it was taken. Raises KeyError when a figure is missing."""
    return Norms(
        normduur_maanden=values["normduurMaanden"],
        verlenging_maximaal_maanden=values["verlengingMaximaalMaanden"],
        start_vooruit_maanden=values["startVooruitMaanden"],
        onderbreking_minimaal_dagen=values["onderbrekingMinimaalDagen"],
        vervroegd_minimaal_maanden=values["vervroegdMinimaalMaanden"],
        gesprek_maanden=values["gesprekMaanden"],
        lesreductie=tuple(values["lesreductie"]),
        deeltijd_naar_rato=values["deeltijdNaarRato"],
    )
