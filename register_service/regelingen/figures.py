"""The figures of a sector as typed values, and the check that a regeling passes before it is taken.

Those that hold for every sector are in `core.figures`, because every layer needs them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from register_service.core.figures import figure, fraction, read_figures, truth, whole

EVERY_SECTOR = "alle"
MOST_YEARS = 10
# Registeruren that nobody makes in a period, nor is asked for.
MOST_UREN = 10_000
# The kinds of bevoegdheid there are; the slice of that name stands above this one, and a test holds them equal.
SOORTEN = frozenset(
    {"pabo", "tweedegraads", "eerstegraads", "pdg", "beperkt", "geschiktheidsverklaring", "erkend-buitenland"}
)


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


@dataclass(frozen=True, slots=True)
class RegistratieFigures:
    """Figures of professionalisering and registratie for every sector (domain.md, Registratie en herregistratie).

    Hours are registeruren but for `werkuren` and `jaaruren` (hours of work, and those of 1 fte in a year); times in calendar
    years, months or weeks as named. `registrerende_soorten`: the kinds of bevoegdheid with which a leraar is no aspirant;
    `gelijkenis_titel`: how alike the titles are of what is perhaps one activiteit, of 1.
    """

    registratie_jaren: int
    registeruren: int
    primair_uren: int
    werkuren: int
    jaaruren: int
    voorwaarden_maanden: int
    uitstel_maximaal_maanden: int
    melding_maanden: int
    melding_weken: int
    registrerende_soorten: frozenset[str]
    activiteit_maximaal_uren: int
    aanbod_minimaal_uren: int
    gelijkenis_titel: float


def read_registratie_figures(values: Mapping[str, Any]) -> RegistratieFigures:
    """Read them from the JSON of a regeling for sector 'alle'. Raises KeyError or ValueError, which say in Dutch which it is."""
    figures = RegistratieFigures(
        registratie_jaren=whole(values, "registratieJaren", 1, 2 * MOST_YEARS),
        registeruren=whole(values, "registeruren", 0, MOST_UREN),
        primair_uren=whole(values, "primairUren", 0, MOST_UREN),
        werkuren=whole(values, "werkuren", 0, 100_000),
        jaaruren=whole(values, "jaaruren", 1, 8784),
        voorwaarden_maanden=whole(values, "voorwaardenMaanden", 0, 12 * MOST_YEARS),
        uitstel_maximaal_maanden=whole(values, "uitstelMaximaalMaanden", 0, 12 * MOST_YEARS),
        melding_maanden=whole(values, "meldingMaanden", 1, 12),
        melding_weken=whole(values, "meldingWeken", 1, 52),
        registrerende_soorten=_soorten(values, "registrerendeSoorten"),
        activiteit_maximaal_uren=whole(values, "activiteitMaximaalUren", 1, MOST_UREN),
        aanbod_minimaal_uren=whole(values, "aanbodMinimaalUren", 0, MOST_UREN),
        gelijkenis_titel=fraction(values, "gelijkenisTitel"),
    )
    if figures.primair_uren > figures.registeruren:
        raise ValueError("primairUren is meer dan registeruren")
    if figures.melding_weken * 7 >= figures.melding_maanden * 28:
        raise ValueError("meldingWeken ligt niet na meldingMaanden")
    return figures


def read_vakinhoudelijk_uren(values: Mapping[str, Any]) -> int:
    """Read how many registeruren have to be vakinhoudelijk in a sector. Raises KeyError or ValueError with a Dutch text."""
    return whole(values, "vakinhoudelijkUren", 0, MOST_UREN)


def check_figures(sector: str, values: Mapping[str, Any]) -> None:
    """Check every figure of a regeling. Raises KeyError or ValueError, which say in Dutch which figure it is about."""
    if sector == EVERY_SECTOR:
        read_figures(values)
        read_registratie_figures(values)
    else:
        read_vakinhoudelijk_uren(values)
        read_inductie_figures(values)


def _percentages(values: Mapping[str, Any], name: str) -> tuple[int, ...]:
    given = figure(values, name)
    if not isinstance(given, list) or len(given) > MOST_YEARS:
        raise ValueError(f"{name} is geen lijst van hoogstens {MOST_YEARS} percentages, zoals [20, 10]")
    if not all(type(one) is int and 0 <= one <= 100 for one in given):
        raise ValueError(f"{name} heeft iets anders dan gehele getallen van 0 tot en met 100")
    return tuple(given)


def _soorten(values: Mapping[str, Any], name: str) -> frozenset[str]:
    given = figure(values, name)
    if not isinstance(given, list) or not given:
        raise ValueError(f'{name} is geen lijst van soorten, zoals ["pabo", "pdg"]')
    if not all(isinstance(one, str) and one in SOORTEN for one in given):
        raise ValueError(f"{name} heeft iets anders dan {', '.join(sorted(SOORTEN))}")
    return frozenset(given)
