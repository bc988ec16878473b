"""The course of a traject: all that follows from its facts, whatever the day (domain.md, Inductietraject).

`inductietraject.verloop` keeps it as JSON; table inductiestand spells its `standen` out for lists.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from register_service.inductie.rules.credit import Credit, credit_of
from register_service.inductie.rules.days import FIRST, LAST, Span, as_date, merge, minus
from register_service.inductie.rules.dues import Dues, before_end, dues_of
from register_service.inductie.rules.facts import Facts, Verblijf
from register_service.inductie.rules.signals import Signal, signals_of


class Stand(NamedTuple):
    """What holds from a day to a day; None: since ever, for ever. `soort`: status, achterstallig, signaal or vestiging."""

    soort: str
    waarde: str
    vanaf: date | None
    tot: date | None


class Geteld(NamedTuple):
    """Days that count, each for `gewicht` ten-thousandths of a day."""

    vanaf: date
    tot: date | None
    gewicht: int


class Jaar(NamedTuple):
    """An induction year, the day it begins and whether it has a programme."""

    jaar: int
    vanaf: date
    programma: bool


class Gespreksdag(NamedTuple):
    """By when a voortgangsgesprek has to be held, and the day it was."""

    uiterlijk: date
    gehouden_op: date | None


class Signaal(NamedTuple):
    """A norm that is not met; `waarden` are what its text needs."""

    code: str
    jaar: int | None
    vanaf: date
    tot: date | None
    waarden: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Course:
    """What standing_on needs of a traject. `nodig_dagen` lacks `eerder_dagen`, the credit of the traject it follows."""

    startdatum: date
    einde: date | None
    vrijgesteld: bool
    eerder_dagen: int
    nodig_dagen: int
    verlenging_maanden: int
    verwachte_einddatum: date | None
    standen: tuple[Stand, ...]
    verblijven: tuple[Verblijf, ...]
    geteld: tuple[Geteld, ...]
    jaren: tuple[Jaar, ...]
    gesprekken: tuple[Gespreksdag, ...]
    signalen: tuple[Signaal, ...]

    def as_json(self) -> dict[str, Any]:
        """Give the form that `verloop` keeps: dates as ISO text, no end as null."""
        return {
            "startdatum": self.startdatum.isoformat(),
            "einde": _iso(self.einde),
            "vrijgesteld": self.vrijgesteld,
            "eerderDagen": self.eerder_dagen,
            "nodigDagen": self.nodig_dagen,
            "verlengingMaanden": self.verlenging_maanden,
            "verwachteEinddatum": _iso(self.verwachte_einddatum),
            "standen": [
                {"soort": soort, "waarde": waarde, "vanaf": _iso(first), "tot": _iso(last)}
                for soort, waarde, first, last in self.standen
            ],
            "verblijven": [
                {"id": f.id, "bestuur": f.bestuur, "vestiging": f.vestiging,
                 "begindatum": f.begindatum.isoformat(), "einddatum": _iso(f.einddatum)}
                for f in self.verblijven
            ],
            "geteld": [{"vanaf": a.isoformat(), "tot": _iso(b), "gewicht": weight} for a, b, weight in self.geteld],
            "jaren": [{"jaar": n, "vanaf": first.isoformat(), "programma": there} for n, first, there in self.jaren],
            "gesprekken": [{"uiterlijk": by.isoformat(), "gehoudenOp": _iso(held)} for by, held in self.gesprekken],
            "signalen": [
                {"code": code, "jaar": jaar, "vanaf": first.isoformat(), "tot": _iso(last), "waarden": list(values)}
                for code, jaar, first, last, values in self.signalen
            ],
        }  # fmt: skip

    @classmethod
    def from_json(cls, json: Mapping[str, Any]) -> "Course":
        """Read what `as_json` gave. Raises KeyError or ValueError when it is something else."""
        day = date.fromisoformat
        return cls(
            day(json["startdatum"]),
            _day(json["einde"]),
            json["vrijgesteld"],
            json["eerderDagen"],
            json["nodigDagen"],
            json["verlengingMaanden"],
            _day(json["verwachteEinddatum"]),
            tuple([Stand(f["soort"], f["waarde"], _day(f["vanaf"]), _day(f["tot"])) for f in json["standen"]]),
            tuple([
                Verblijf(f["id"], f["bestuur"], f["vestiging"], day(f["begindatum"]), _day(f["einddatum"]))
                for f in json["verblijven"]
            ]),
            tuple([Geteld(day(f["vanaf"]), _day(f["tot"]), f["gewicht"]) for f in json["geteld"]]),
            tuple([Jaar(f["jaar"], day(f["vanaf"]), f["programma"]) for f in json["jaren"]]),
            tuple([Gespreksdag(day(f["uiterlijk"]), _day(f["gehoudenOp"])) for f in json["gesprekken"]]),
            tuple([
                Signaal(f["code"], f["jaar"], day(f["vanaf"]), _day(f["tot"]), tuple(f["waarden"]))
                for f in json["signalen"]
            ]),
        )  # fmt: skip


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def course_of(facts: Facts) -> Course:
    """Make the course of a traject. It follows from the facts alone: not from today, nor from the order they came in."""
    credit = credit_of(facts)
    dues = dues_of(facts, credit)
    signals = signals_of(facts, credit, dues)
    stays = () if facts.vrijgesteld else facts.verblijven
    return Course(
        startdatum=facts.startdatum,
        einde=facts.einde,
        vrijgesteld=facts.vrijgesteld,
        eerder_dagen=facts.eerder_dagen,
        nodig_dagen=credit.needed,
        verlenging_maanden=sum(f.maanden for f in facts.verlengingen),
        verwachte_einddatum=None if credit.reached is None else date.fromordinal(credit.reached),
        standen=tuple(_standen(facts, credit, dues, signals)),
        verblijven=tuple(
            sorted(stays, key=lambda f: (f.begindatum, f.einddatum or date.max, f.vestiging, f.bestuur, f.id))
        ),
        geteld=tuple(Geteld(date.fromordinal(low), as_date(high), weight) for low, high, weight in credit.counted),
        jaren=tuple(Jaar(y.number, date.fromordinal(y.first), y.programma is not None) for y in dues.years),
        gesprekken=tuple(
            Gespreksdag(date.fromordinal(by), None if held is None else date.fromordinal(held))
            for by, held in dues.talks
        ),
        signalen=tuple(Signaal(s.code, s.jaar, date.fromordinal(s.first), as_date(s.last), s.values) for s in signals),
    )


def _standen(facts: Facts, credit: Credit, dues: Dues, signals: Iterable[Signal]) -> list[Stand]:
    found = [("status", status, days) for status, days in _statuses(facts, credit)]
    found += [("achterstallig", kind, days) for kind, spans in dues.overdue.items() for days in spans]
    # Per code one row for a day, however many years or criteria it is about.
    by_code: dict[str, list[Span]] = {}
    for signal in signals:
        by_code.setdefault(signal.code, []).append((signal.first, signal.last))
    found += [("signaal", code, days) for code, spans in by_code.items() for days in merge(spans)]
    found += [("vestiging", place, days) for place, days in _places(facts)]
    found.sort(key=lambda row: (row[0], row[2], row[1]))
    return [Stand(soort, waarde, as_date(low), as_date(high)) for soort, waarde, (low, high) in found]


def _places(facts: Facts) -> Iterable[tuple[str, Span]]:
    """Give the vestiging of every day: of the stay that began last, and before that of the first.

    So who looks by vestiging finds a planned traject where it will begin and a finished one where it ended.
    """
    stays = [] if facts.vrijgesteld else sorted(facts.verblijven, key=lambda f: (f.begindatum, f.vestiging, f.id))
    by_place: dict[str, list[Span]] = {}
    for number, stay in enumerate(stays):
        first = FIRST if number == 0 else stay.begindatum.toordinal()
        last = LAST if stay is stays[-1] else stays[number + 1].begindatum.toordinal() - 1
        if first <= last:
            by_place.setdefault(stay.vestiging, []).append((first, last))
    return [(place, days) for place, spans in by_place.items() for days in merge(spans)]


def _statuses(facts: Facts, credit: Credit) -> list[tuple[str, Span]]:
    """Give the status of every day there is; of the day of a judgement or a stop it is already afgerond or gestopt."""
    if facts.vrijgesteld:
        return [("vrijgesteld", (FIRST, LAST))]
    start, end = facts.startdatum.toordinal(), facts.einde
    until = LAST if end is None else end.toordinal() - 1
    spans = [("gepland", (FIRST, min(start - 1, until)))]
    running = before_end(facts, list(credit.present))
    spans += [("lopend", days) for days in running]
    spans += [("onderbroken", days) for days in minus([(start, until)] if start <= until else [], running)]
    if end is not None:
        spans.append(("gestopt" if facts.afronding is None else "afgerond", (end.toordinal(), LAST)))
    return spans
