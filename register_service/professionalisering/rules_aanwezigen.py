"""Rules of who was at aanbod (domain.md, Professionaliseringsactiviteit). Pure: values in, errors out."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from register_service.aanbod.rules import check_period
from register_service.core.errors import FieldError

MOST = 500
"""How many can be confirmed at once."""

Values = Mapping[str, Any]


def check_days(days: Values, aanbod: Values, today: date) -> list[FieldError]:
    """Check when it was: over, and on days on which the aanbod was given."""
    errors = check_period(days["begindatum"], days["einddatum"], field="einddatum")
    if days["einddatum"] > today:
        detail = f"Bevestig wie er was als het is afgelopen: vanaf {days['einddatum'].isoformat()}."
        errors.append(FieldError("body", "/einddatum", "einddatum-in-toekomst", detail))
    if days["begindatum"] < aanbod["geldig_vanaf"]:
        detail = f"Dit aanbod wordt gegeven vanaf {aanbod['geldig_vanaf'].isoformat()}."
        errors.append(FieldError("body", "/begindatum", "buiten-geldigheid", detail))
    if aanbod["geldig_tot"] is not None and days["einddatum"] > aanbod["geldig_tot"]:
        detail = f"Dit aanbod wordt gegeven tot en met {aanbod['geldig_tot'].isoformat()}."
        errors.append(FieldError("body", "/einddatum", "buiten-geldigheid", detail))
    return errors


def check_people(people: Sequence[Values], known: Collection[int]) -> list[FieldError]:
    """Check who was there: each once, and each known by number and name. `known`: their places in the list.

    What is wrong with somebody who is not known is never said: a number that nobody has, or one that goes with another name.
    """
    errors, seen = [], set()
    for place, person in enumerate(people):
        if person["registratienummer"] in seen:
            errors.append(_of(place, "dubbel", "Noem iedereen één keer."))
        elif place not in known:
            detail = "Dit registratienummer met deze achternaam is niet bekend; kijk beide na bij de leraar zelf."
            errors.append(_of(place, "onbekende-leraar", detail))
        seen.add(person["registratienummer"])
    return errors


def _of(place: int, code: str, detail: str) -> FieldError:
    return FieldError("body", f"/aanwezigen/{place}", code, detail)
