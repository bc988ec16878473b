"""How a generated leraar became one: the route into teaching and the bevoegdheden that go with it. Pure, seeded."""

import random
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from register_service.bevoegdheden.vakken import VAKKEN
from register_service.demo.calendar import DAY, REFERENCE_DATE, graduation, years_after


class Route(StrEnum):
    """Ways into the profession."""

    GRADUATE = "graduate"
    IN_OPLEIDING = "in-opleiding"
    ZIJ_INSTROOM = "zij-instroom"


@dataclass(frozen=True, slots=True)
class Qualification:
    """One bevoegdheid: `soort`, `vak`, days and the institute."""

    soort: str
    vak: str | None
    behaald_op: date
    geldig_tot: date | None
    instelling: str


VERKLARING_YEARS = 2
_PABO = ("HAN Pabo", "HAN Pabo", "Fontys Pabo", "De Nieuwste Pabo", "Iselinge Hogeschool", "Hogeschool de Kempel")
_HBO = ("HAN Academie Educatie", "HAN Academie Educatie", "Fontys Lerarenopleiding", "Hogeschool Utrecht")
_ARTS = {"beeldende-vorming", "dans", "drama", "muziek", "ckv"}
_UNIVERSITY = (
    "Radboud Docenten Academie",
    "Radboud Docenten Academie",
    "Universiteit Utrecht",
    "Universiteit Maastricht",
)
_ABROAD = (
    "Universität Duisburg-Essen",
    "Karel de Grote Hogeschool",
    "Uniwersytet Jagielloński",
    "Marmara Üniversitesi",
)
_COMMON_VAKKEN = ("biologie", "geschiedenis", "economie", "lo", "duits", "natuurkunde", "scheikunde")
_WEIGHTED_VAKKEN = (*sorted(VAKKEN), *("nederlands", "engels", "wiskunde") * 5, *_COMMON_VAKKEN * 3)


def draw_route(rng: random.Random, *, starter: bool) -> Route:
    """Draw a route; somebody who came before the window is a graduate."""
    if not starter:
        return Route.GRADUATE
    return rng.choices((Route.GRADUATE, Route.IN_OPLEIDING, Route.ZIJ_INSTROOM), weights=(68, 22, 10))[0]


def age_at_start(rng: random.Random, route: Route, *, starter: bool) -> int:
    """Draw the age, in years, at the first appointment in the region."""
    if route is Route.ZIJ_INSTROOM:
        return rng.randint(29, 52)
    if not starter:
        return rng.randint(24, 57)
    return rng.randint(26, 50) if rng.random() < 0.2 else rng.randint(22, 26)


def draw_qualifications(rng: random.Random, sector: str, route: Route, start: date, birth: date) -> list[Qualification]:
    """Draw the bevoegdheden of somebody who starts in a sector on a day; none is dated after the reference date."""
    soort = _main_soort(rng, sector)
    if route is Route.ZIJ_INSTROOM:
        return _side_entry(rng, soort, start)
    if route is Route.IN_OPLEIDING:
        behaald = start + timedelta(days=rng.randint(270, 360))
        return [_qualification(rng, soort, behaald)] if behaald <= REFERENCE_DATE else []
    latest = start.year - 1 if start.month < 8 else start.year
    year = rng.randint(max(birth.year + 22, latest - 25), latest) if latest > birth.year + 26 else latest
    first = _qualification(rng, soort, min(graduation(rng, year), start))
    return [first, *_later(rng, first)]


def _main_soort(rng: random.Random, sector: str) -> str:
    choices = {
        "po": (("pabo", 97), ("erkend-buitenland", 3)),
        "so": (("pabo", 78), ("tweedegraads", 17), ("erkend-buitenland", 5)),
        "vo": (("tweedegraads", 62), ("eerstegraads", 33), ("beperkt", 3), ("erkend-buitenland", 2)),
        "mbo": (("tweedegraads", 55), ("pdg", 41), ("eerstegraads", 4)),
    }[sector]
    return rng.choices([soort for soort, _ in choices], weights=[weight for _, weight in choices])[0]


def _qualification(rng: random.Random, soort: str, behaald_op: date, vak: str | None = None) -> Qualification:
    if soort in ("tweedegraads", "eerstegraads", "beperkt") and vak is None:
        vak = rng.choice(_WEIGHTED_VAKKEN)
    institutes = {"pabo": _PABO, "eerstegraads": _UNIVERSITY, "erkend-buitenland": _ABROAD}.get(soort, _HBO)
    instelling = "ArtEZ" if vak in _ARTS and institutes is not _ABROAD else rng.choice(institutes)
    return Qualification(soort, vak, behaald_op, None, instelling)


def _side_entry(rng: random.Random, soort: str, start: date) -> list[Qualification]:
    """Give a geschiktheidsverklaring that holds two years and, for most, the full bevoegdheid before it runs out."""
    goal = "pabo" if soort == "erkend-buitenland" else soort
    full = _qualification(rng, goal, start + timedelta(days=rng.randint(480, 700)))
    given = start - timedelta(days=rng.randint(0, 40))
    until = years_after(given, VERKLARING_YEARS) - DAY
    declaration = Qualification("geschiktheidsverklaring", full.vak, given, until, full.instelling)
    passed = rng.random() < 0.85 and full.behaald_op <= REFERENCE_DATE
    return [declaration, full] if passed else [declaration]


def _later(rng: random.Random, first: Qualification) -> list[Qualification]:
    """Give what some obtain years later: eerstegraads in the same vak, or tweedegraads in a second one."""
    behaald = graduation(rng, first.behaald_op.year + rng.randint(3, 9))
    if behaald > REFERENCE_DATE or first.vak is None or rng.random() > 0.22:
        return []
    if first.soort == "tweedegraads" and rng.random() < 0.6:
        return [_qualification(rng, "eerstegraads", behaald, first.vak)]
    second = rng.choice([vak for vak in _WEIGHTED_VAKKEN if vak != first.vak])
    return [_qualification(rng, "tweedegraads", behaald, second)]
