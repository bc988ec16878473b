"""Facts of one traject, as the rules see them: days, hours and figures; no names and no words.

Dates are inclusive; an `einddatum` of None means that it still lasts.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from register_service.inductie.rules.days import LAST
from register_service.inductie.rules.norms import Norms, read_norms

__all__ = [
    "CRITERIA", "WHOLE", "Aanstelling", "Afronding", "Begeleiding", "Bevoegdheid", "Facts", "Gesprek", "Norms", "Observatie",
    "Onderbreking", "Programma", "Verblijf", "Verlenging", "read_facts",
]  # fmt: skip

# What a whole day weighs: ten-thousandths, as fte have four decimals. Credit is counted in these, and rounded once.
WHOLE = 10_000

# The five criteria of the cao VO 2023 as JSON names them, in its order.
CRITERIA = {
    "werkdrukvermindering": "werkdrukvermindering",
    "enculturatie": "enculturatie",
    "professioneleOntwikkeling": "professionele ontwikkeling",
    "observatieEnBegeleiding": "observatie en begeleiding in de klas",
    "intervisieEnBegeleiding": "intervisie en gerichte begeleiding",
}


@dataclass(frozen=True, slots=True)
class Verblijf:
    """A stay at a vestiging (table inductieperiode)."""

    id: str
    bestuur: str
    vestiging: str
    begindatum: date
    einddatum: date | None


@dataclass(frozen=True, slots=True)
class Onderbreking:
    """An interruption."""

    id: str
    begindatum: date
    einddatum: date | None


@dataclass(frozen=True, slots=True)
class Verlenging:
    """A decision to give more months."""

    id: str
    maanden: int
    besluitdatum: date


@dataclass(frozen=True, slots=True)
class Programma:
    """The programme of an induction year: hours per criterium (keys of CRITERIA), lesreductie in percent."""

    id: str
    jaar: int
    gepland: Mapping[str, Decimal]
    gerealiseerd: Mapping[str, Decimal]
    lesreductie: Decimal | None


@dataclass(frozen=True, slots=True)
class Begeleiding:
    """Somebody guides: coach, schoolopleider or werkplekbegeleider."""

    id: str
    rol: str
    begindatum: date
    einddatum: date | None


@dataclass(frozen=True, slots=True)
class Gesprek:
    """A voortgangsgesprek that was held."""

    id: str
    datum: date


@dataclass(frozen=True, slots=True)
class Observatie:
    """A lesson that was observed."""

    id: str
    datum: date


@dataclass(frozen=True, slots=True)
class Afronding:
    """The judgement. `motivering`: whether there is one."""

    datum: date
    resultaat: str
    vervroegd: bool
    motivering: bool
    meegedeeld_op: date | None


@dataclass(frozen=True, slots=True)
class Aanstelling:
    """An appointment of the leraar, of whatever bestuur; `betrekkingsomvang` in fte."""

    vestiging: str
    begindatum: date
    einddatum: date | None
    betrekkingsomvang: Decimal
    soort: str


@dataclass(frozen=True, slots=True)
class Bevoegdheid:
    """A teaching qualification that was not rejected."""

    behaald_op: date
    geldig_tot: date | None


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything about one traject; the order inside a tuple means nothing. `eerder_dagen`: credit of the traject it follows."""

    startdatum: date
    norms: Norms
    vrijgesteld: bool = False
    eerder_dagen: int = 0
    verblijven: tuple[Verblijf, ...] = ()
    onderbrekingen: tuple[Onderbreking, ...] = ()
    verlengingen: tuple[Verlenging, ...] = ()
    programmas: tuple[Programma, ...] = ()
    begeleidingen: tuple[Begeleiding, ...] = ()
    gesprekken: tuple[Gesprek, ...] = ()
    observaties: tuple[Observatie, ...] = ()
    afronding: Afronding | None = None
    gestopt_op: date | None = None
    aanstellingen: tuple[Aanstelling, ...] = ()
    bevoegdheden: tuple[Bevoegdheid, ...] = ()

    @property
    def einde(self) -> date | None:
        """Last day of the traject: of the judgement or the stop, whichever came first; None while it is open."""
        judged = None if self.afronding is None else self.afronding.datum
        return min((day for day in (self.gestopt_op, judged) if day is not None), default=None)


def read_facts(json: Mapping[str, Any]) -> Facts:
    """Read the facts that the SQL views `inductiefeiten` and `inductieomgeving` give, in one object.

    Raises KeyError or ValueError when something is missing or wrong.
    """
    return Facts(
        startdatum=date.fromisoformat(json["startdatum"]),
        norms=read_norms(json["norms"]),
        vrijgesteld=bool(json.get("vrijgesteld")),
        eerder_dagen=_earlier_days(json),
        verblijven=tuple(Verblijf(f["id"], f["bestuur"], f["vestiging"], *_period(f)) for f in json["verblijven"]),
        onderbrekingen=tuple(Onderbreking(f["id"], *_period(f)) for f in json["onderbrekingen"]),
        verlengingen=tuple(
            Verlenging(f["id"], f["maanden"], date.fromisoformat(f["besluitdatum"])) for f in json["verlengingen"]
        ),
        programmas=tuple(_programma(f) for f in json["programmas"]),
        begeleidingen=tuple(Begeleiding(f["id"], f["rol"], *_period(f)) for f in json["begeleidingen"]),
        gesprekken=tuple(Gesprek(f["id"], date.fromisoformat(f["datum"])) for f in json["gesprekken"]),
        observaties=tuple(Observatie(f["id"], date.fromisoformat(f["datum"])) for f in json["observaties"]),
        afronding=_afronding(json.get("afronding")),
        gestopt_op=_day(json.get("gestoptOp")),
        aanstellingen=tuple(
            Aanstelling(f["vestiging"], *_period(f), _decimal(f["betrekkingsomvang"]), f["soort"])
            for f in json.get("aanstellingen") or ()
        ),
        bevoegdheden=tuple(
            Bevoegdheid(date.fromisoformat(f["behaaldOp"]), _day(f.get("geldigTot")))
            for f in json.get("bevoegdheden") or ()
        ),
    )


def _day(value: str | None) -> date | None:
    return None if value is None else date.fromisoformat(value)


def _period(fact: Mapping[str, Any]) -> tuple[date, date | None]:
    return date.fromisoformat(fact["begindatum"]), _day(fact.get("einddatum"))


def _decimal(value: Any) -> Decimal:
    # By way of text: a float of JSON stands for the decimals that were written.
    return Decimal(str(value))


def _programma(fact: Mapping[str, Any]) -> Programma:
    planned, realised = (
        {name: _decimal(hours) for name, hours in fact[kind].items()} for kind in ("gepland", "gerealiseerd")
    )
    reduction = fact.get("lesreductie")
    return Programma(fact["id"], fact["jaar"], planned, realised, None if reduction is None else _decimal(reduction))


def _afronding(fact: Mapping[str, Any] | None) -> Afronding | None:
    if fact is None:
        return None
    told = _day(fact.get("meegedeeldOp"))
    return Afronding(
        date.fromisoformat(fact["datum"]), fact["resultaat"], bool(fact["vervroegd"]), bool(fact["motivering"]), told
    )


def _earlier_days(json: Mapping[str, Any]) -> int:
    # The course of the traject it follows holds the days that counted there, and what that one took over in turn.
    earlier = json.get("eerder")
    if not earlier:
        return int(json.get("eerderDagen") or 0)
    course, stopped = earlier["verloop"], _day(earlier.get("gestoptOp"))
    last = LAST if stopped is None else stopped.toordinal()
    units = 0
    for counted in course["geteld"]:
        first, until = _period_of(counted)
        units += max(0, min(until, last) - first + 1) * counted["gewicht"]
    return int(course["eerderDagen"]) + int(units // WHOLE)


def _period_of(counted: Mapping[str, Any]) -> tuple[int, int]:
    until = _day(counted.get("tot"))
    return date.fromisoformat(counted["vanaf"]).toordinal(), LAST if until is None else until.toordinal()
