"""What is next for a leraar: what is late first, then by day. Pure: what the register holds in, a short list out."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from register_service.core.days import add_months
from register_service.web.leraar.words import BEVOEGDHEDEN, EISEN
from register_service.web.words import count, day, listed, number

# Months ahead in which the end of a bevoegdheid is worth telling.
_SOON = 12


class Step(NamedTuple):
    """Something to do or to wait for: what, more about it, by when, how urgent that is, and the page about it."""

    what: str
    more: str
    by: str | None = None
    urgency: str | None = None
    href: str | None = None


LATE, URGENT = "Te laat", "Dringend"


_INDUCTIE = {
    "voortgangsgesprek": (
        "Voortgangsgesprek",
        "Elk half jaar bespreekt u met uw school hoe het gaat. Uw school plant het; vraag er gerust naar.",
    ),
    "programma": (
        "Programma van uw inductiejaar",
        "Uw school legt vast hoeveel uren begeleiding u krijgt. Vraag ernaar als u het nog niet kent.",
    ),
    "afronding": (
        "Afronding van uw inductie",
        "Uw opgebouwde tijd is dan compleet. Uw school beoordeelt de inductie en bespreekt dat met u.",
    ),
}


def next_steps(
    today: date,
    leraar: Mapping[str, Any],
    voortgang: Mapping[str, Any],
    traject: Mapping[str, Any] | None,
    bevoegdheden: Sequence[Mapping[str, Any]],
    states: Mapping[str, int],
) -> list[Step]:
    """List what is next, the most urgent first."""
    found = [
        *_of_inductie(today, traject),
        *_of_voortgang(voortgang),
        *_of_bevoegdheden(today, bevoegdheden),
        *_of_activiteiten(states),
    ]
    if not leraar["emailadres"]:
        more = "Dan kunnen wij u op tijd laten weten dat uw registratie afloopt. Geef het door aan uw werkgever."
        found.append(Step("Geef uw e-mailadres door", more))
    return sorted(found, key=lambda step: (step.urgency is None, step.by or "9999"))


def _of_inductie(today: date, traject: Mapping[str, Any] | None) -> Iterator[Step]:
    if traject is None:
        return
    for item in traject["achterstallig"]:
        (name, more), since = _INDUCTIE[item["wat"]], item["sinds"]
        yield Step(name, f"Dit had vóór {day(since)} gemoeten. {more}", since, LATE, "/mijn/inductie")
    for item in traject["teDoen"]:
        # What is late is among what there is to do as well.
        if item["uiterlijk"] >= today.isoformat():
            name, more = _INDUCTIE[item["wat"]]
            yield Step(name, more, item["uiterlijk"], href="/mijn/inductie")


def _of_voortgang(voortgang: Mapping[str, Any]) -> Iterator[Step]:
    missing = [eis for eis in voortgang["eisen"] if not eis["voldaan"]]
    if not missing:
        return
    parts = [f"{number(eis['ontbreekt'])} {EISEN[eis['eis']][0].lower()}" for eis in missing]
    waits = (
        f" Er wachten {count(voortgang['ingediend'], 'uur', 'uur')} op een validator." if voortgang["ingediend"] else ""
    )
    what = f"Nog nodig: {listed(parts)}"
    if voortgang["status"] == "verlopen":
        yield Step(what, f"Daarna kunt u uw registratie laten hervatten.{waits}", href="/mijn/professionalisering")
        return
    course = "U ligt op koers." if voortgang["opKoers"] else "U loopt achter op de tijd die voorbij is."
    more = f"Voor uw volgende registratieperiode. {course}{waits}"
    urgency = URGENT if voortgang["status"] == "onder-voorwaarden" else None
    yield Step(what, more, voortgang["tot"], urgency, "/mijn/professionalisering")


def _of_bevoegdheden(today: date, bevoegdheden: Sequence[Mapping[str, Any]]) -> Iterator[Step]:
    soon = add_months(today, _SOON).isoformat()
    for bevoegdheid in bevoegdheden:
        until = bevoegdheid["geldigTot"]
        if until and today.isoformat() <= until <= soon:
            more = "Vraag uw werkgever of opleiding wat u voor die dag regelt."
            yield Step(f"{BEVOEGDHEDEN[bevoegdheid['soort']]} loopt af", more, until, href="/mijn/loopbaan")


def _of_activiteiten(states: Mapping[str, int]) -> Iterator[Step]:
    page = "/mijn/professionalisering"
    if states.get("concept"):
        what = f"{count(states['concept'], 'activiteit is', 'activiteiten zijn')} nog niet ingediend"
        yield Step(what, "Een concept telt pas mee als het is ingediend en goedgekeurd.", href=f"{page}?status=concept")
    if states.get("ingediend"):
        what = f"{count(states['ingediend'], 'activiteit wacht', 'activiteiten wachten')} op een validator"
        yield Step(what, "U hoeft niets te doen.", href=f"{page}?status=ingediend")
