"""The rules a second time, as slowly and plainly as can be: day by day. The tests hold the fast ones against it."""

from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction

from register_service.core.days import add_months
from register_service.inductie.rules.facts import Facts, Verblijf

DAY = timedelta(days=1)


def covers(period: object, day: date) -> bool:
    """Tell whether a fact with a begindatum and einddatum covers a day."""
    return period.begindatum <= day and (period.einddatum is None or day <= period.einddatum)  # type: ignore[attr-defined]


def place_on(facts: Facts, day: date) -> Verblijf | None:
    """Give the stay on a day; should there be two, the one that began first."""
    found = [stay for stay in facts.verblijven if covers(stay, day)]
    return min(found, key=lambda f: (f.begindatum, f.vestiging, f.einddatum or date.max), default=None)


def vestiging_on(facts: Facts, day: date) -> str | None:
    """Give where the leraar is, was last, or will begin."""
    stays = [] if facts.vrijgesteld else sorted(facts.verblijven, key=lambda f: (f.begindatum, f.vestiging, f.id))
    begun = [stay for stay in stays if stay.begindatum <= day]
    return (begun[-1:] or stays[:1])[0].vestiging if stays else None


def present(facts: Facts, day: date) -> bool:
    """Tell whether the leraar is at work on a day of the traject: in a stay, in no long onderbreking."""
    if facts.vrijgesteld or day < facts.startdatum or (facts.einde is not None and day > facts.einde):
        return False
    return place_on(facts, day) is not None and not any(
        covers(f, day)
        and (f.einddatum is None or (f.einddatum - f.begindatum).days + 1 >= facts.norms.onderbreking_minimaal_dagen)
        for f in facts.onderbrekingen
    )


def weight(facts: Facts, day: date) -> Fraction:
    """Give for how much a day counts."""
    if not present(facts, day):
        return Fraction(0)
    if not facts.norms.deeltijd_naar_rato:
        return Fraction(1)
    stay = place_on(facts, day)
    assert stay is not None
    size = sum(
        Fraction(f.betrekkingsomvang) for f in facts.aanstellingen if f.vestiging == stay.vestiging and covers(f, day)
    )
    return min(Fraction(1), Fraction(size))


def status(facts: Facts, day: date) -> str:
    """Give the status of a day."""
    if facts.vrijgesteld:
        return "vrijgesteld"
    if facts.einde is not None and day >= facts.einde:
        return "gestopt" if facts.afronding is None else "afgerond"
    if day < facts.startdatum:
        return "gepland"
    return "lopend" if present(facts, day) else "onderbroken"


def needed(facts: Facts) -> int:
    """Give the days that are needed, without those of an earlier traject."""
    if facts.vrijgesteld:
        return 0
    months = facts.norms.normduur_maanden + sum(f.maanden for f in facts.verlengingen)
    return max(0, (add_months(facts.startdatum, months) - facts.startdatum).days - facts.eerder_dagen)


def days(first: date, count: int) -> Iterator[date]:
    """Give so many days, one after the other."""
    return (first + number * DAY for number in range(count))
