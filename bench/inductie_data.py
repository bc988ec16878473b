"""Generated inductietrajecten to measure lists on: as believable as one can make them from a seed, with nobody real in them.

What a traject is like comes from some thousand different ones that the rules worked out; each is used for many leraren.
Rows go in through COPY with all triggers, so that the journal and table inductiestand follow as in a real load.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import orjson
import psycopg

from bench import data
from register_service.core import clock
from register_service.core.context import set_context
from register_service.core.days import add_months
from register_service.core.ids import new_id
from register_service.inductie.rules.course import course_of
from register_service.inductie.rules.facts import (
    CRITERIA,
    Aanstelling,
    Afronding,
    Begeleiding,
    Facts,
    Gesprek,
    Onderbreking,
    Programma,
    Verblijf,
)
from register_service.inductie.rules.norms import read_norms

OPEN, CLOSED = 100_000, 20_000
KINDS = 2_000
# Besturen that see part of it: one of some size, and one of many small ones.
MIDDLE = data.Client("bench-midden", "bestuur", "10003")
MIDDLE_LERAREN, SMALL_LERAREN = 20_000, 500
SECTORS = ("vo",) * 12 + ("po",) * 7 + ("mbo",)
_VESTIGING, _BESTUUR, _ID = "VESTIGING", "BESTUUR", "SLEUTEL"
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Kind:
    """A traject in general: its facts, and its course as text in which vestiging, bestuur and key are still to be filled in."""

    facts: Facts
    verloop: str


def fill(url: str, leraren: int, closed: int) -> list[str]:
    """Fill an empty register with so many leraren, each with a traject at BIG; of `closed` of them it has ended.

    The first SMALL_LERAREN leraren also work at a small bestuur, the first MIDDLE_LERAREN at one in between. Gives the numbers.
    """
    people = data.fill(url, leraren, small=SMALL_LERAREN, bevoegdheden=0, aanstellingen=1, journaled=False)
    today = clock.today()
    with psycopg.connect(url) as connection:
        set_context(connection, actor="bench", event="bench.gevuld", today=today)
        _middle(connection, people)
        row = connection.execute(
            "select id, waarden from regeling where sector in ('vo', 'alle') order by sector desc"
        ).fetchone()
        assert row is not None
        regeling, norms = row
        chance = random.Random(13)
        kinds = {ended: [_kind(chance, norms, today, ended=ended) for _ in range(KINDS)] for ended in (False, True)}
        over = set(chance.sample(people, closed))
        drawn = [(chance.choice(kinds[number in over]), number) for number in people]
        # Entered as they began: a key is as old as its traject.
        drawn.sort(key=lambda pair: pair[0].facts.startdatum)
        rows = [(new_id(), kind, number, order) for order, (kind, number) in enumerate(drawn)]
        data.copy(connection, "inductietraject", _TRAJECT, _trajecten(rows, regeling, chance))
        data.copy(connection, "inductieperiode", _PERIODE, _periodes(rows))
        data.copy(connection, "begeleiding", _BEGELEIDING, _begeleidingen(rows, people))
    data.settle(url)
    return people


_TRAJECT = (*("id", "leraar", "sector", "startdatum", "regeling", "afgerond_op", "resultaat", "vervroegd", "verloop"),)
_PERIODE = ("traject", "leraar", "bestuur", "vestiging", "begindatum", "einddatum")
_BEGELEIDING = ("traject", "leraar", "bestuur", "rol", "begeleider", "begindatum", "einddatum")

Row = tuple[Any, Kind, str, int]


def _trajecten(rows: Sequence[Row], regeling: Any, chance: random.Random) -> Iterator[Sequence[Any]]:
    for key, kind, number, order in rows:
        ended = kind.facts.afronding
        course = (
            kind.verloop.replace(_VESTIGING, data.vestiging(order)).replace(_BESTUUR, "10001").replace(_ID, str(key))
        )
        end = (ended.datum, ended.resultaat) if ended else (None, None)
        yield key, number, chance.choice(SECTORS), kind.facts.startdatum, regeling, *end, False, course


def _periodes(rows: Sequence[Row]) -> Iterator[Sequence[Any]]:
    for key, kind, number, order in rows:
        for stay in kind.facts.verblijven:
            yield key, number, "10001", data.vestiging(order), stay.begindatum, stay.einddatum


def _begeleidingen(rows: Sequence[Row], people: Sequence[str]) -> Iterator[Sequence[Any]]:
    # A coach guides some ten starters; nobody the own self.
    for key, kind, number, order in rows:
        coach = people[order // 10]
        for guide in kind.facts.begeleidingen if coach != number else ():
            yield key, number, "10001", guide.rol, coach, guide.begindatum, guide.einddatum


def _middle(connection: data.Connection, people: Sequence[str]) -> None:
    data.copy(connection, "bestuur", ("nummer", "naam"), [("10003", "Bestuur Midden")])
    data.copy(connection, "school", ("brin", "naam", "sector", "bestuur"), [("00AC", "C", "vo", "10003")])
    columns = ("code", "brin", "sector", "naam", "bestuur")
    data.copy(connection, "vestiging", columns, [("00AC00", "00AC", "vo", "C", "10003")])
    client = (MIDDLE.client_id, MIDDLE.client_id, MIDDLE.role, MIDDLE.bestuur, [])
    data.copy(connection, "client", ("client_id", "naam", "soort", "bestuur", "scopes"), [client])
    columns = (
        "leraar",
        "bestuur",
        "vestiging",
        "functie",
        "soort",
        "begindatum",
        "betrekkingsomvang",
        "personeelsnummer",
    )
    data.copy(connection, "aanstelling", columns, (
        (number, "10003", "00AC00", "docent", "regulier", date(2021, 8, 1), "0.2", f"M{order}")
        for order, number in enumerate(people[:MIDDLE_LERAREN])
    ))  # fmt: skip


def _kind(chance: random.Random, norms: dict[str, Any], today: date, *, ended: bool) -> Kind:
    facts = _facts(chance, norms, today, ended=ended)
    return Kind(facts, orjson.dumps(course_of(facts).as_json()).decode())


def _facts(chance: random.Random, norms: dict[str, Any], today: date, *, ended: bool) -> Facts:
    months = -chance.randrange(40, 80) if ended else _months_from_today(chance)
    start = add_months(today.replace(day=1), months) + timedelta(days=chance.choice([0, 0, 0, chance.randrange(28)]))
    end = add_months(start, 36) - _DAY + timedelta(days=chance.randrange(0, 60)) if ended else None
    until = min(end, today) if end else today
    return Facts(
        startdatum=start,
        norms=read_norms(norms),
        verblijven=(Verblijf(_ID, _BESTUUR, _VESTIGING, start, end),),
        onderbrekingen=_pauses(chance, start, until, ended=ended),
        programmas=tuple(_programme(year) for year in (1, 2, 3) if chance.random() > 0.02),
        begeleidingen=(Begeleiding("c", "coach", start + timedelta(days=chance.choice([0, 0, 0, 0, 30])), end),),
        gesprekken=_talks(chance, start, until),
        afronding=Afronding(end, "behaald", False, False, None) if end else None,
        aanstellingen=(Aanstelling(_VESTIGING, date(2020, 8, 1), None, Decimal("0.8"), "regulier"),),
    )


def _months_from_today(chance: random.Random) -> int:
    # In a hundred: 3 still to begin, 2 that should have ended, the others under way.
    drawn = chance.random()
    if drawn < 0.03:
        return chance.randrange(1, 5)
    return -chance.randrange(37, 42) if drawn < 0.05 else -chance.randrange(0, 36)


def _pauses(chance: random.Random, start: date, until: date, *, ended: bool) -> tuple[Onderbreking, ...]:
    # One in ten was away for some months; of those under way one in a hundred still is.
    if not ended and chance.random() < 0.01 and start < until:
        return (Onderbreking("o", max(start, until - timedelta(days=chance.randrange(30, 150))), None),)
    begin = start + timedelta(days=chance.randrange(100, 700))
    if chance.random() < 0.1 and begin + timedelta(days=120) < until:
        return (Onderbreking("o", begin, begin + timedelta(days=chance.randrange(35, 115))),)
    return ()


def _talks(chance: random.Random, start: date, until: date) -> tuple[Gesprek, ...]:
    # Held in the weeks before they are due; one in twenty too late, or not at all.
    found = []
    for number in range(1, 8):
        due = add_months(start, 6 * number)
        held = due - timedelta(days=chance.randrange(1, 40)) + timedelta(days=chance.choice([0] * 19 + [60]))
        if held <= until and chance.random() > 0.01:
            found.append(Gesprek(str(number), held))
    return tuple(found)


def _programme(year: int) -> Programma:
    hours = dict.fromkeys(CRITERIA, Decimal(40))
    return Programma(str(year), year, hours, hours, Decimal(20 if year == 1 else 10))
