"""Rules of aanbod, and of how registeruren are split, of an activiteit too (domain.md, Professionaliseringsactiviteit).

Pure: values in, errors out. Registeruren (RU) are Decimal. Source of hours and gebieden: RegisterLeraar.
"""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from register_service.core.errors import FieldError

# The bekwaamheidsgebieden over which registeruren are split; the first three together are `primair`.
GEBIEDEN = ("vakinhoudelijk", "vakdidactisch", "pedagogisch", "overig")
STEP = Decimal("0.5")
# What a validator judges: a change of one of these opens the judgement again.
JUDGED = ("soort", "titel", "registeruren", *GEBIEDEN, "zelfstudie", "toets")
# The number in the Handelsregister is eight digits that say nothing: the KVK gives them out in turn and without a check digit, so
# that nothing can be told from the number alone but that none is all zeros. (python-stdnum knows none for the same reason.)
KVK_NUMMER = "[0-9]{8}"
_NO_KVK_NUMMER = re.compile("0{8}", re.ASCII)

CONSTRAINTS = {
    "aanbieder_kvk_nummer_key": (
        "aanbieder-bestaat",
        "Er is al een aanbieder met dit KvK-nummer. Zoek die op en wijzig die als er iets niet klopt.",
    ),
}

Values = Mapping[str, Any]


def check_verdeling(values: Values, *, most: int) -> list[FieldError]:
    """Check registeruren and their split: steps of 0.5, over 0 to `most`, adding up exactly, zelfstudie no more than all."""
    steps = [
        _error(name, "geen-halve-uren", "Geef hele of halve uren, zoals 3 of 3.5.")
        for name in ("registeruren", *GEBIEDEN, "zelfstudie")
        if values.get(name, 0) % STEP
    ]
    return [*steps, *_check_registeruren(values, most), *_check_sum(values), *_check_zelfstudie(values)]


def _check_registeruren(values: Values, most: int) -> list[FieldError]:
    if 0 < values["registeruren"] <= most:
        return []
    return [_error("registeruren", "registeruren-buiten-grenzen", f"Geef meer dan 0 en hoogstens {most} registeruren.")]


def _check_sum(values: Values) -> list[FieldError]:
    total = sum(values[name] for name in GEBIEDEN)
    if total == values["registeruren"]:
        return []
    detail = f"De uren van {', '.join(GEBIEDEN[:-1])} en {GEBIEDEN[-1]} zijn samen {total:f}; maak ze gelijk aan registeruren."
    return [_error("registeruren", "verdeling-klopt-niet", detail)]


def _check_zelfstudie(values: Values) -> list[FieldError]:
    if values.get("zelfstudie", 0) <= values["registeruren"]:
        return []
    return [_error("zelfstudie", "zelfstudie-te-veel", "Er zijn niet meer uren zelfstudie dan registeruren.")]


def mostly_zelfstudie(values: Values) -> bool:
    """Tell whether it is mostly done by oneself: so by its soort, or for more than half of the hours."""
    return bool(values["soort"] == "zelfstudie" or 2 * values.get("zelfstudie", 0) > values["registeruren"])


def check_period(begin: date, end: date | None, *, field: str) -> list[FieldError]:
    """A last day is not before the first; `field` is the name of the last one in JSON."""
    if end is None or end >= begin:
        return []
    return [_error(field, "einde-voor-begin", "De laatste dag ligt niet voor de eerste.")]


def check_aanbod(values: Values, *, least: int, most: int) -> list[FieldError]:
    """Check a whole aanbod and give everything that is wrong with it: `least` to `most` RU, and what mostly zelfstudie needs."""
    errors = [
        *check_verdeling(values, most=most),
        *check_period(values["geldig_vanaf"], values.get("geldig_tot"), field="geldigTot"),
    ]
    if 0 < values["registeruren"] < least:
        detail = f"Aanbod telt minstens {least} registeruren; leraren melden kortere activiteiten zelf."
        errors.append(_error("registeruren", "aanbod-te-kort", detail))
    if mostly_zelfstudie(values) and not values.get("toets"):
        detail = "Aanbod dat vooral uit zelfstudie bestaat, telt alleen met een toets; neem die op in het aanbod."
        errors.append(_error("toets", "toets-ontbreekt", detail))
    return errors


def reopens(before: Values, after: Values) -> bool:
    """Tell whether a change leaves other aanbod than was judged: of what it is, or on days that were not offered then."""
    if any(before[name] != after[name] for name in JUDGED):
        return True
    last_before, last_after = before["geldig_tot"] or date.max, after["geldig_tot"] or date.max
    return bool(after["geldig_vanaf"] < before["geldig_vanaf"] or last_after > last_before)


def check_kvk_nummer(kvk_nummer: str, *, place: str = "body") -> list[FieldError]:
    """Check what can be told from a KvK number by itself, beside its eight digits."""
    if _NO_KVK_NUMMER.fullmatch(kvk_nummer) is None:
        return []
    detail = "Dit KvK-nummer bestaat niet; neem het over uit het Handelsregister."
    return [FieldError(place, "/kvkNummer", "kvk-nummer-onbekend", detail)]


def check_change(body: Values) -> list[FieldError]:
    """A change changes something."""
    if body:
        return []
    return [FieldError("body", "", "niets-te-wijzigen", "Geef minstens één veld dat u wilt wijzigen.")]


def check_beoordeling(values: Values) -> list[FieldError]:
    """Whoever rejects aanbod says why."""
    if values["beoordeling"] != "afgewezen" or values.get("reden"):
        return []
    detail = "Leg uit waarom u het aanbod afwijst, zodat de aanbieder het kan verbeteren."
    return [_error("reden", "reden-ontbreekt", detail)]


def _error(field: str, code: str, detail: str) -> FieldError:
    return FieldError("body", f"/{field}", code, detail)
