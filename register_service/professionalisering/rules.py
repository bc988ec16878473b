"""Rules of the activiteit (domain.md, Professionaliseringsactiviteit; RegisterLeraar). Pure: values in, errors out.

How registeruren are split is in `aanbod.rules`, for aanbod is split in the same way.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from register_service.aanbod.rules import check_period, check_verdeling, mostly_zelfstudie
from register_service.core.errors import FieldError

CONSTRAINTS = {
    "activiteit_zelfstudie_bewijs": (
        "zelfstudie-zonder-bewijs",
        "Een activiteit die vooral uit zelfstudie bestaat, telt alleen met een toets of een bewijsstuk. Voeg dat toe.",
    ),
    "bewijsstuk_inhoud_key": (
        "bewijsstuk-bestaat",
        "Dit bestand zit al bij deze activiteit. Stuur een ander, of laat het zo.",
    ),
}
# Nobody looks through more of them for one activiteit.
MOST_BEWIJSSTUKKEN = 20
# In which an activiteit can be changed, and its bewijsstukken with it.
OPEN = frozenset({"concept", "afgewezen"})
# From which one can go back to concept.
CLOSED = frozenset({"afgewezen", "ingetrokken"})

Values = Mapping[str, Any]


def check_activiteit(values: Values, *, most: int) -> list[FieldError]:
    """Check a whole activiteit, of at most `most` registeruren, and give everything that is wrong with it."""
    return [
        *check_verdeling(values, most=most),
        *check_period(values["begindatum"], values["einddatum"], field="einddatum"),
    ]


def check_indienen(values: Values, *, bewijsstukken: int, today: date) -> list[FieldError]:
    """Check whether an activiteit can be judged: it is over, and there is something to see of what was done alone."""
    errors = []
    if values["einddatum"] > today:
        detail = f"Dien de activiteit in als zij is afgelopen: vanaf {values['einddatum'].isoformat()}."
        errors.append(_error("einddatum", "einddatum-in-toekomst", detail))
    return [*errors, *check_bewijs(values, bewijsstukken=bewijsstukken)]


def check_bewijs(values: Values, *, bewijsstukken: int) -> list[FieldError]:
    """What is mostly zelfstudie counts with a toets or a bewijsstuk only."""
    if values["toets"] or bewijsstukken or not mostly_zelfstudie(values):
        return []
    code, detail = CONSTRAINTS["activiteit_zelfstudie_bewijs"]
    return [_error("toets", code, detail)]


def check_beslissingen(decisions: list[dict[str, Any]]) -> list[FieldError]:
    """Check decisions among themselves: one per activiteit, and a rejection says why."""
    errors, seen = [], set()
    for index, decision in enumerate(decisions):
        if decision["id"] in seen:
            errors.append(_error("id", "dubbel", "Beslis één keer over een activiteit.", index))
        seen.add(decision["id"])
        if decision["besluit"] == "afgewezen" and not decision.get("reden"):
            errors.append(_error("reden", "reden-ontbreekt", "Leg uit waarom u de activiteit afwijst.", index))
        if decision["besluit"] == "goedgekeurd" and decision.get("reden"):
            errors.append(_error("reden", "reden-niet-van-toepassing", "Laat de reden weg bij wat u goedkeurt.", index))
    return errors


def check_offered(decisions: list[dict[str, Any]], offered: Mapping[str, Values]) -> list[FieldError]:
    """Check decisions against what is offered now, by id: whether it is, and still as the validator saw it (`kenmerk`)."""
    errors = []
    for index, decision in enumerate(decisions):
        found = offered.get(decision["id"])
        if found is None:
            detail = "Deze activiteit wordt u niet, of niet meer, ter beoordeling aangeboden. Laat haar weg."
            errors.append(_error("id", "niet-aangeboden", detail, index))
            continue
        if found["kenmerk"] != decision["kenmerk"]:
            detail = "De activiteit is gewijzigd sinds u haar zag. Haal haar opnieuw op en beslis dan."
            errors.append(_error("kenmerk", "activiteit-gewijzigd", detail, index))
        if decision["besluit"] == "goedgekeurd" and check_bewijs(found, bewijsstukken=found["bewijsstukken"]):
            errors.append(_error("besluit", *CONSTRAINTS["activiteit_zelfstudie_bewijs"], index))
    return errors


def _error(field: str, code: str, detail: str, index: int | None = None) -> FieldError:
    # Of a list of decisions, `index` says which.
    where = "" if index is None else f"/beslissingen/{index}"
    return FieldError("body", f"{where}/{field}", code, detail)
