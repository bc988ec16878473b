"""Rules of the bevoegdheid (domain.md, Bevoegdheid). Pure: values in, errors out."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from register_service.core.days import add_months, years_between
from register_service.core.errors import FieldError

# Kinds that are held for a subject; pabo, pdg and the others are held for a kind of school.
NEEDS_VAK = frozenset({"tweedegraads", "eerstegraads", "beperkt"})
TAKES_NO_VAK = frozenset({"pabo", "pdg"})

CONSTRAINTS = {
    "bevoegdheid_eenmalig_key": (
        "bevoegdheid-bestaat",
        "Deze bevoegdheid (zelfde soort, vak en datum) staat al in het dossier. Wijzig de bestaande als er iets niet klopt.",
    ),
}


def complete(bevoegdheid: Mapping[str, Any], years_of_geschiktheid: int) -> dict[str, Any]:
    """Fill in what follows: a geschiktheidsverklaring holds 2 years (regeling) when no earlier end is given."""
    last = end_of_geschiktheid(bevoegdheid, years_of_geschiktheid)
    if last is not None and bevoegdheid.get("geldig_tot") is None:
        return {**bevoegdheid, "geldig_tot": last}
    return dict(bevoegdheid)


def end_of_geschiktheid(bevoegdheid: Mapping[str, Any], years: int) -> date | None:
    """Give the last day on which a geschiktheidsverklaring can hold; None for other kinds."""
    if bevoegdheid["soort"] != "geschiktheidsverklaring":
        return None
    return date.fromordinal(add_months(bevoegdheid["behaald_op"], 12 * years).toordinal() - 1)


def check(
    bevoegdheid: Mapping[str, Any],
    *,
    vakken: Collection[str],
    geboortedatum: date,
    today: date,
    lowest_age: int,
    years_of_geschiktheid: int,
) -> list[FieldError]:
    """Check a whole bevoegdheid and give everything that is wrong with it."""
    return [
        *_check_vak(bevoegdheid["soort"], bevoegdheid.get("vak"), vakken),
        *_check_behaald_op(bevoegdheid["behaald_op"], geboortedatum, today, lowest_age),
        *_check_geldig_tot(bevoegdheid, years_of_geschiktheid),
    ]


def _check_vak(soort: str, vak: str | None, vakken: Collection[str]) -> list[FieldError]:
    if vak is None:
        missing = soort in NEEDS_VAK
        return [_error("vak", "vak-verplicht", f"Bij een bevoegdheid '{soort}' hoort een vak; geef de code.")] * missing
    if soort in TAKES_NO_VAK:
        return [
            _error("vak", "vak-niet-van-toepassing", f"Bij een bevoegdheid '{soort}' hoort geen vak; laat het weg.")
        ]
    if vak not in vakken:
        return [_error("vak", "vak-onbekend", "Gebruik een code uit de vakkenlijst (zie de documentatie).")]
    return []


def _check_behaald_op(behaald_op: date, geboortedatum: date, today: date, lowest_age: int) -> list[FieldError]:
    if behaald_op > today:
        return [_error("behaaldOp", "behaald-in-toekomst", "Een bevoegdheid is vandaag of eerder behaald.")]
    if years_between(geboortedatum, behaald_op) < lowest_age:
        detail = f"De leraar was op die dag nog geen {lowest_age} jaar; kijk de datum na."
        return [_error("behaaldOp", "te-jong-voor-bevoegdheid", detail)]
    return []


def _check_geldig_tot(bevoegdheid: Mapping[str, Any], years: int) -> list[FieldError]:
    geldig_tot: date | None = bevoegdheid.get("geldig_tot")
    if geldig_tot is None:
        return []
    if geldig_tot < bevoegdheid["behaald_op"]:
        return [_error("geldigTot", "einde-voor-begin", "De laatste dag ligt niet voor de dag van behalen.")]
    last = end_of_geschiktheid(bevoegdheid, years)
    if last is not None and geldig_tot > last:
        detail = f"Een geschiktheidsverklaring geldt hoogstens {years} jaar: tot en met {last.isoformat()}."
        return [_error("geldigTot", "geschiktheidsverklaring-te-lang", detail)]
    return []


def _error(field: str, code: str, detail: str) -> FieldError:
    return FieldError("body", f"/{field}", code, detail)
