"""Rules of the aanstelling (domain.md, Aanstelling). Pure: values in, errors out. Dates are inclusive."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from register_service.core.errors import FieldError

CONSTRAINTS = {
    "aanstelling_geen_overlap": (
        "aanstelling-overlapt",
        "De leraar heeft in deze periode al een aanstelling op deze vestiging. Beëindig die eerst, of wijzig haar.",
    ),
    "aanstelling_hr_sleutel_key": (
        "personeelsnummer-bestaat",
        "Uw bestuur heeft al een aanstelling met dit personeelsnummer en deze begindatum. Wijzig die, "
        "of gebruik /aanstellingen/_bijwerken.",
    ),
}


@dataclass(frozen=True, slots=True)
class Place:
    """What the rules need to know of a vestiging: who governs it, and from which day on it is closed."""

    bestuur: str | None
    gesloten_op: date | None


def check(
    aanstelling: Mapping[str, Any], *, place: Place | None, bestuur: str | None, highest: Decimal
) -> list[FieldError]:
    """Check a whole aanstelling and give everything that is wrong with it.

    `bestuur` is the employer; None for the keeper, who may write for any. `highest` is in fte.
    """
    return [
        *_check_place(aanstelling, place, bestuur),
        *_check_end(aanstelling),
        *_check_size(aanstelling["betrekkingsomvang"], highest),
    ]


def _check_place(aanstelling: Mapping[str, Any], place: Place | None, bestuur: str | None) -> list[FieldError]:
    if place is None:
        return [_error("vestiging", "vestiging-onbekend", "Deze vestigingscode staat niet in het register.")]
    if place.bestuur is None or (bestuur is not None and place.bestuur != bestuur):
        detail = "Deze vestiging hoort niet bij uw bestuur. Klopt de code, vraag dan de beheerder om de vestiging te koppelen."
        return [_error("vestiging", "vestiging-van-ander-bestuur", detail)]
    last = aanstelling.get("einddatum")
    if place.gesloten_op is not None and (last is None or last >= place.gesloten_op):
        detail = f"Deze vestiging is gesloten op {place.gesloten_op.isoformat()}; geef een einddatum daarvoor."
        return [_error("vestiging", "vestiging-gesloten", detail)]
    return []


def _check_end(aanstelling: Mapping[str, Any]) -> list[FieldError]:
    last, reason = aanstelling.get("einddatum"), aanstelling.get("reden_einde")
    if last is None:
        detail = "Een reden van einde hoort bij een einddatum; vul die in of laat de reden weg."
        return [_error("redenEinde", "reden-zonder-einddatum", detail)] if reason else []
    if last < aanstelling["begindatum"]:
        return [_error("einddatum", "einde-voor-begin", "De einddatum ligt niet voor de begindatum.")]
    return []


def _check_size(size: Decimal, highest: Decimal) -> list[FieldError]:
    if 0 < size <= highest:
        return []
    detail = f"De betrekkingsomvang is meer dan 0 en hoogstens {highest.normalize():f} fte."
    return [_error("betrekkingsomvang", "betrekkingsomvang-te-groot", detail)]


def _error(field: str, code: str, detail: str) -> FieldError:
    return FieldError("body", f"/{field}", code, detail)
