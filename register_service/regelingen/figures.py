"""The figures of a sector as typed values, and the check that a regeling passes before it is taken.

Those that hold for every sector are in `core.figures`, because every layer needs them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from register_service.core.figures import figure, read_figures, truth, whole

EVERY_SECTOR = "alle"
MOST_YEARS = 10


@dataclass(frozen=True, slots=True)
class InductieFigures:
    """Figures of the inductie in one sector (domain.md, Inductietraject; cao VO 2023 for length and lesreductie).

    Times in calendar months or days as named; `lesreductie` in percent for the first year of inductie, the second, and so on;
    with `deeltijd_naar_rato` part-time work counts for its part only.
    """

    normduur_maanden: int
    verlenging_maximaal_maanden: int
    start_vooruit_maanden: int
    onderbreking_minimaal_dagen: int
    vervroegd_minimaal_maanden: int
    gesprek_maanden: int
    lesreductie: tuple[int, ...]
    deeltijd_naar_rato: bool


def read_inductie_figures(values: Mapping[str, Any]) -> InductieFigures:
    """Read the JSON of a sector's regeling. Raises KeyError or ValueError, which say in Dutch which figure it is about."""
    figures = InductieFigures(
        normduur_maanden=whole(values, "normduurMaanden", 1, 12 * MOST_YEARS),
        verlenging_maximaal_maanden=whole(values, "verlengingMaximaalMaanden", 0, 12 * MOST_YEARS),
        start_vooruit_maanden=whole(values, "startVooruitMaanden", 0, 24),
        onderbreking_minimaal_dagen=whole(values, "onderbrekingMinimaalDagen", 1, 366),
        vervroegd_minimaal_maanden=whole(values, "vervroegdMinimaalMaanden", 0, 12 * MOST_YEARS),
        gesprek_maanden=whole(values, "gesprekMaanden", 1, 12 * MOST_YEARS),
        lesreductie=_percentages(values, "lesreductie"),
        deeltijd_naar_rato=truth(values, "deeltijdNaarRato"),
    )
    if figures.vervroegd_minimaal_maanden > figures.normduur_maanden:
        raise ValueError("vervroegdMinimaalMaanden is meer dan normduurMaanden")
    return figures


def check_figures(sector: str, values: Mapping[str, Any]) -> None:
    """Check every figure of a regeling. Raises KeyError or ValueError, which say in Dutch which figure it is about."""
    if sector == EVERY_SECTOR:
        read_figures(values)
    else:
        read_inductie_figures(values)


def _percentages(values: Mapping[str, Any], name: str) -> tuple[int, ...]:
    given = figure(values, name)
    if not isinstance(given, list) or len(given) > MOST_YEARS:
        raise ValueError(f"{name} is geen lijst van hoogstens {MOST_YEARS} percentages, zoals [20, 10]")
    if not all(type(one) is int and 0 <= one <= 100 for one in given):
        raise ValueError(f"{name} heeft iets anders dan gehele getallen van 0 tot en met 100")
    return tuple(given)
