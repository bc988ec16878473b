"""Rules of the start: the startdatum, a bevoegdheid, an aanstelling (domain.md, Inductietraject, Start)."""

from collections.abc import Iterator
from datetime import date

from register_service.inductie.rules.days import months_later
from register_service.inductie.rules.facts import Aanstelling, Facts, Verblijf
from register_service.inductie.rules.violation import Violation

# Kinds of aanstelling of somebody who need not have a bevoegdheid yet.
IN_OPLEIDING = frozenset({"zij-instroom", "in-opleiding"})


def check_start(facts: Facts, today: date) -> Iterator[Violation]:
    """Check how a traject starts, and that every stay starts with an aanstelling. Who is exempt needs neither."""
    last = months_later(today, facts.norms.start_vooruit_maanden)
    if facts.startdatum > last:
        months = facts.norms.start_vooruit_maanden
        detail = f"De startdatum ligt meer dan {months} maanden vooruit. Kies een dag tot en met {last.isoformat()}."
        yield Violation("startdatum-te-ver-vooruit", "traject", None, "startdatum", detail, (facts.startdatum,))
    if facts.vrijgesteld:
        return
    stays = sorted(facts.verblijven, key=lambda f: (f.begindatum, f.id))
    yield from _check_first(facts, stays[0] if stays else None)
    for stay in stays:
        yield from _check_aanstelling(facts, stay)


def _check_first(facts: Facts, first: Verblijf | None) -> Iterator[Violation]:
    start = facts.startdatum
    if first is not None and first.begindatum != start:
        detail = (
            f"Het eerste verblijf begint op de startdatum, {start.isoformat()}. Wijzig de begindatum, of wijzig de "
            "startdatum van het traject."
        )
        yield Violation("verblijf-voor-start", "verblijf", first.id, "begindatum", detail, (start, first.begindatum))
    if any(f.behaald_op <= start and (f.geldig_tot is None or start <= f.geldig_tot) for f in facts.bevoegdheden):
        return
    place = None if first is None else first.vestiging
    if any(f.soort in IN_OPLEIDING and f.vestiging == place and _covers(f, start) for f in facts.aanstellingen):
        return
    detail = (
        f"De leraar heeft op {start.isoformat()} geen geldige bevoegdheid, en op deze vestiging geen aanstelling als "
        "zij-instromer of in opleiding. Leg eerst een van beide vast, of kies een andere startdatum."
    )
    yield Violation("bevoegdheid-ontbreekt", "traject", None, "startdatum", detail, (start, place))


def _check_aanstelling(facts: Facts, stay: Verblijf) -> Iterator[Violation]:
    if any(f.vestiging == stay.vestiging and _covers(f, stay.begindatum) for f in facts.aanstellingen):
        return
    detail = (
        f"De leraar heeft op {stay.begindatum.isoformat()} geen aanstelling op vestiging {stay.vestiging}. "
        "Leg eerst de aanstelling vast, of kies een andere dag of vestiging."
    )
    values = (stay.vestiging, stay.begindatum)
    yield Violation("aanstelling-ontbreekt", "verblijf", stay.id, "vestiging", detail, values)


def _covers(aanstelling: Aanstelling, day: date) -> bool:
    return aanstelling.begindatum <= day and (aanstelling.einddatum is None or day <= aanstelling.einddatum)
