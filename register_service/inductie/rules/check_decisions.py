"""Rules of decisions: verlenging, afronding, stopping; and nothing that happened is in the future."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from register_service.inductie.rules.credit import credit_of, credited
from register_service.inductie.rules.days import days_of
from register_service.inductie.rules.facts import Afronding, Facts
from register_service.inductie.rules.violation import Violation

NIET_BEHAALD = "niet-behaald"


def check_decisions(facts: Facts, today: date) -> Iterator[Violation]:
    """Check what was decided about a traject, and when."""
    yield from _check_future(facts, today)
    yield from _check_verlengingen(facts)
    if facts.afronding is not None:
        yield from _check_afronding(facts, facts.afronding)


def _check_future(facts: Facts, today: date) -> Iterator[Violation]:
    found: list[tuple[str, str | None, str, date | None]] = [
        *(("verlenging", f.id, "besluitdatum", f.besluitdatum) for f in facts.verlengingen),
        *(("gesprek", f.id, "datum", f.datum) for f in facts.gesprekken),
        *(("observatie", f.id, "datum", f.datum) for f in facts.observaties),
        ("traject", None, "gestoptOp", facts.gestopt_op),
    ]
    if facts.afronding is not None:
        found.append(("afronding", None, "datum", facts.afronding.datum))
        found.append(("afronding", None, "meegedeeldOp", facts.afronding.meegedeeld_op))
    for kind, id_, field, day in found:
        if day is not None and day > today:
            detail = "Deze dag ligt in de toekomst. Leg het vast als het zover is, of verbeter de datum."
            yield Violation("datum-in-toekomst", kind, id_, field, detail, (day,))


def _check_verlengingen(facts: Facts) -> Iterator[Violation]:
    """Each in the order of the decisions: in all no more than the regeling allows, and decided before the time was up."""
    most, months = facts.norms.verlenging_maximaal_maanden, 0
    ordered = sorted(facts.verlengingen, key=lambda f: (f.besluitdatum, f.id))
    for number, f in enumerate(ordered):
        months += f.maanden
        if months > most:
            detail = f"Een traject wordt hoogstens {most} maanden verlengd, alles bij elkaar. Kies minder maanden."
            yield Violation("verlenging-te-lang", "verlenging", f.id, "maanden", detail, (f.maanden,))
        reached = credit_of(replace(facts, verlengingen=tuple(ordered[:number]))).reached
        # domain.md: decided *before* the verwachteEinddatum; on that day the time is up.
        if reached is not None and f.besluitdatum.toordinal() >= reached:
            expected = date.fromordinal(reached).isoformat()
            detail = (
                f"Zonder deze verlenging is de verwachte einddatum {expected}. Een verlenging wordt voor die dag besloten; "
                "rond het traject af."
            )
            yield Violation("verlenging-te-laat", "verlenging", f.id, "besluitdatum", detail, (f.besluitdatum,))


def _check_afronding(facts: Facts, afronding: Afronding) -> Iterator[Violation]:
    day, stays = afronding.datum, facts.verblijven
    begin = max((f.begindatum for f in stays), default=facts.startdatum)
    if day < begin:
        detail = f"Het laatste verblijf begint op {begin.isoformat()}. Rond af op die dag of een latere."
        yield Violation("afronding-voor-verblijf", "afronding", None, "datum", detail, (day, begin))
    yield from _check_time(facts, afronding)
    judged = afronding.resultaat == NIET_BEHAALD
    if not afronding.motivering and (judged or afronding.vervroegd):
        why = "niet-behaald" if judged else "een vervroegde afronding"
        detail = f"Bij {why} hoort een motivering. Vul die in."
        yield Violation("motivering-ontbreekt", "afronding", None, "motivering", detail)
    if judged and afronding.meegedeeld_op is None:
        detail = "Bij niet-behaald hoort de dag waarop de leraar het oordeel hoorde. Vul meegedeeldOp in."
        yield Violation("meegedeeld-ontbreekt", "afronding", None, "meegedeeldOp", detail)


def _check_time(facts: Facts, afronding: Afronding) -> Iterator[Violation]:
    """Not before the least credit there has to be; before the normduur only as vervroegd."""
    norms, day = facts.norms, afronding.datum
    days = facts.eerder_dagen + credited(credit_of(facts).counted, day.toordinal())
    least = norms.vervroegd_minimaal_maanden
    if days < days_of(facts.startdatum, least):
        detail = (
            f"Er zijn op die dag nog geen {least} maanden opgebouwd; eerder kan niet worden afgerond. Kies een latere dag, "
            "of stop het traject."
        )
        yield Violation("afronding-te-vroeg", "afronding", None, "datum", detail, (day,))
    elif days < days_of(facts.startdatum, norms.normduur_maanden) and not afronding.vervroegd:
        detail = (
            f"De normduur van {norms.normduur_maanden} maanden is op die dag nog niet opgebouwd. Kies een latere dag, of "
            "geef vervroegd: true met een motivering."
        )
        yield Violation("vervroegd-ontbreekt", "afronding", None, "vervroegd", detail, (day,))
