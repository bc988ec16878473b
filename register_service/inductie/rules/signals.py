"""Norms that a traject does not meet (domain.md, Inductietraject, Programme): a signal stops nothing."""

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from register_service.inductie.rules.credit import Credit, in_traject
from register_service.inductie.rules.days import LAST, Span, merge, minus, span
from register_service.inductie.rules.dues import Dues, Year, before_end
from register_service.inductie.rules.facts import CRITERIA, Facts


class Rule(NamedTuple):
    """The name and the source of a rule, as the API gives them."""

    naam: str
    bron: str


RULES = {
    "lesreductie-onder-norm": Rule("Lesreductie onder de norm", "cao VO 2023, inductie"),
    "criterium-zonder-uren": Rule("Criterium zonder geplande uren", "cao VO 2023, inductie"),
    "uren-achter": Rule("Minder uren gerealiseerd dan gepland", "cao VO 2023, inductie"),
    "coach-ontbreekt": Rule("Geen coach", "cao PO, begeleiding startende leraren"),
    "gesprek-achterstallig": Rule("Voortgangsgesprek niet op tijd", "afspraak RA-ZON, voortgangsgesprek"),
    "afronding-achterstallig": Rule("Afronding niet op tijd", "afspraak RA-ZON, afronding"),
    "programma-ontbreekt": Rule("Geen inductieprogramma", "cao VO 2023, inductie"),
    "verblijf-zonder-aanstelling": Rule("Verblijf zonder aanstelling", "afspraak RA-ZON, start"),
}

_TEXTS = {
    "coach-ontbreekt": "Er is op deze dag geen coach. Leg vast wie de coach is.",
    "gesprek-achterstallig": "Een voortgangsgesprek is niet op tijd gehouden. Houd het, en leg de datum vast.",
    "afronding-achterstallig": "De verwachte einddatum is voorbij. Rond het traject af, of stop het.",
    "verblijf-zonder-aanstelling": "Er is geen aanstelling op de vestiging van het verblijf. "
    "Vul de aanstelling aan, of sluit het verblijf.",
}


class Signal(NamedTuple):
    """A norm that is not met from a day to a day (ordinals); `values` are what its text needs."""

    code: str
    jaar: int | None
    first: int
    last: int
    values: tuple[str, ...]


def text_of(code: str, jaar: int | None, values: Iterable[str]) -> str:
    """Say in Dutch what a signal is about and what can be done."""
    values = list(values)
    if code == "lesreductie-onder-norm":
        given, norm = values
        found = f"De lesreductie in jaar {jaar} is {given}%" if given else f"Voor jaar {jaar} staat er geen lesreductie"
        return f"{found}; de norm is {norm}%. Geef meer lesreductie, en leg haar vast."
    if code == "programma-ontbreekt":
        return f"Voor jaar {jaar} is er nog geen inductieprogramma. Leg het vast."
    names = ", ".join(CRITERIA.get(value, value) for value in values)
    if code == "criterium-zonder-uren":
        return f"In het programma van jaar {jaar} zijn geen uren gepland voor: {names}. Vul ze aan."
    if code == "uren-achter":
        return f"In jaar {jaar} is minder gerealiseerd dan gepland voor: {names}. Vul aan wat er gerealiseerd is, of haal het in."
    return _TEXTS[code]


def signals_of(facts: Facts, credit: Credit, dues: Dues) -> list[Signal]:
    """Give every signal of a traject, in order of day, code and year."""
    if facts.vrijgesteld:
        return []
    signals = [signal for year in dues.years for signal in _of_year(facts, year)]
    spans = {
        "coach-ontbreekt": _without_coach(facts, credit),
        "verblijf-zonder-aanstelling": _without_aanstelling(facts),
        "gesprek-achterstallig": dues.overdue.get("voortgangsgesprek", []),
        "afronding-achterstallig": dues.overdue.get("afronding", []),
    }
    signals += [Signal(code, None, *days, ()) for code, found in spans.items() for days in found]
    return sorted(signals, key=lambda signal: (signal.first, signal.code, signal.jaar or 0))


def _of_year(facts: Facts, year: Year) -> list[Signal]:
    number, first, full, programma = year
    if programma is None:
        return [Signal("programma-ontbreekt", number, *days, ()) for days in before_end(facts, [(first, LAST)])]
    # A norm that was missed in a year stays missed, also when the traject has ended.
    signals = []
    norm = facts.norms.lesreductie[number - 1] if number <= len(facts.norms.lesreductie) else 0
    if (programma.lesreductie or 0) < norm:
        given = "" if programma.lesreductie is None else f"{programma.lesreductie.normalize():f}".replace(".", ",")
        signals.append(Signal("lesreductie-onder-norm", number, first, LAST, (given, str(norm))))
    if without := tuple(name for name in CRITERIA if not programma.gepland.get(name)):
        signals.append(Signal("criterium-zonder-uren", number, first, LAST, without))
    nothing = Decimal(0)
    behind = (n for n in CRITERIA if programma.gerealiseerd.get(n, nothing) < programma.gepland.get(n, nothing))
    if full is not None and (short := tuple(behind)):
        signals.append(Signal("uren-achter", number, full + 1, LAST, short))
    return signals


def _without_coach(facts: Facts, credit: Credit) -> list[Span]:
    coaches = merge(span(f.begindatum, f.einddatum) for f in facts.begeleidingen if f.rol == "coach")
    return before_end(facts, minus(credit.present, coaches))


def _without_aanstelling(facts: Facts) -> list[Span]:
    found: list[Span] = []
    for stay in facts.verblijven:
        here = merge(span(f.begindatum, f.einddatum) for f in facts.aanstellingen if f.vestiging == stay.vestiging)
        found += minus(merge([span(stay.begindatum, stay.einddatum)]), here)
    return before_end(facts, in_traject(facts, merge(found)))
