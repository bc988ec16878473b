"""Facts of one leraar, as the rules of the registratie see them: days, hours and figures; no names and no words.

Dates are inclusive; `FOREVER` is the last day of what has no end. Registeruren are counted in half hours, fte in
ten-thousandths: both are whole then, and sums of them exact.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any, NamedTuple

from register_service.registratie.rules.norms import Regelingen

DAY = timedelta(days=1)
FOREVER = date.max
# What 1 fte is in the unit of `Werk.omvang`.
WHOLE = 10_000


class Dagen(NamedTuple):
    """The days from `vanaf` to `tot`."""

    vanaf: date
    tot: date


class Periode(NamedTuple):
    """A registratieperiode; uitstel is in `einddatum`. `grond`: eerste, verlengd, hersteld or hervat. No `id`: not stored yet."""

    id: str | None
    begindatum: date
    einddatum: date
    grond: str
    uitstel_maanden: int = 0


class Uren(NamedTuple):
    """Approved registeruren of an activiteit, in half hours; they count from `geteld_op` on, the day they were approved."""

    einddatum: date
    geteld_op: date
    registeruren: int
    primair: int
    vakinhoudelijk: int


class Ingediend(NamedTuple):
    """Registeruren that wait for a validator, in half hours."""

    einddatum: date
    registeruren: int


class Werk(NamedTuple):
    """An aanstelling; `omvang` in ten-thousandths of an fte."""

    begindatum: date
    einddatum: date
    omvang: int
    sector: str


@dataclass(frozen=True, slots=True)
class Feiten:
    """Everything about the registratie of one leraar; the order inside a tuple means nothing.

    `bevoegd`: days on which a bevoegdheid holds of a soort that registers on those days.
    """

    nummer: str
    geregistreerd_op: date
    bevoegd: tuple[Dagen, ...] = ()
    perioden: tuple[Periode, ...] = ()
    doorhalingen: tuple[Dagen, ...] = ()
    uren: tuple[Uren, ...] = ()
    ingediend: tuple[Ingediend, ...] = ()
    werk: tuple[Werk, ...] = ()


def on(spans: Iterable[Dagen], day: date) -> bool:
    """Tell whether one of some spans holds a day."""
    return any(vanaf <= day <= tot for vanaf, tot in spans)


def read_feiten(json: Mapping[str, Any], regelingen: Regelingen) -> Feiten:
    """Read the facts of one leraar as the SQL function `registratiefeiten` gives them.

    Raises KeyError or ValueError when something is missing or wrong.
    """
    day = date.fromisoformat
    return Feiten(
        nummer=json["nummer"],
        geregistreerd_op=day(json["geregistreerdOp"]),
        bevoegd=tuple(_bevoegd(json["bevoegd"], regelingen)),
        perioden=tuple([
            Periode(f["id"], day(f["begindatum"]), day(f["einddatum"]), f["grond"], f["uitstelMaanden"])
            for f in json["perioden"]
        ]),
        doorhalingen=tuple([Dagen(day(f["vanaf"]), _end(f["tot"])) for f in json["doorhalingen"]]),
        uren=tuple([_uren(f) for f in json["uren"]]),
        ingediend=tuple([Ingediend(day(f["einddatum"]), halves(f["registeruren"])) for f in json["ingediend"]]),
        werk=tuple([
            Werk(day(f["begindatum"]), _end(f["einddatum"]), round(f["betrekkingsomvang"] * WHOLE), f["sector"])
            for f in json["werk"]
        ]),
    )  # fmt: skip


def halves(hours: Any) -> int:
    """Give hours in steps of 0.5 as half hours; whether int, float or Decimal, that is exact."""
    return int(hours * 2)


def _end(text: str | None) -> date:
    return FOREVER if text is None else date.fromisoformat(text)


def _uren(fact: Mapping[str, Any]) -> Uren:
    primair = fact["vakinhoudelijk"] + fact["vakdidactisch"] + fact["pedagogisch"]
    return Uren(
        date.fromisoformat(fact["einddatum"]),
        date.fromisoformat(fact["geteldOp"]),
        halves(primair + fact["overig"]),
        halves(primair),
        halves(fact["vakinhoudelijk"]),
    )


def _bevoegd(facts: Iterable[Mapping[str, Any]], regelingen: Regelingen) -> Iterator[Dagen]:
    """Give the days that count of each: what registers changes with the regeling, on its day and not before."""
    ends = [after.vanaf - DAY for _, after in pairwise(regelingen.normen)] + [FOREVER]
    for fact in facts:
        vanaf, tot = date.fromisoformat(fact["vanaf"]), _end(fact["tot"])
        for place, (normen, end) in enumerate(zip(regelingen.normen, ends, strict=True)):
            first, last = max(vanaf, normen.vanaf) if place else vanaf, min(tot, end)
            if first <= last and fact["soort"] in normen.cijfers.registrerende_soorten:
                yield Dagen(first, last)
