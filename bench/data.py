"""Generated registers to measure on: made from a seed, the same every time, with nobody real in them.

Rows go in through COPY as the owner, so the journal follows every one of them, as in a real load.
"""

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import psycopg
from psycopg import sql
from stdnum.iso7064 import mod_11_10

from register_service.core import clock
from register_service.core.context import set_context

Connection = psycopg.Connection[Any]

FIRST_NAMES = (
    "Anna Maria",
    "Bram",
    "Chaïma",
    "Daan",
    "Elif",
    "Femke",
    "Gijs",
    "Hanna",
    "Ilse Sofie",
    "Jeroen",
    "Noor",
    "Zoë",
)
LAST_NAMES = (
    "Smit",
    "de Boer",
    "Yılmaz",
    "Jansen",
    "Mulder",
    "Bakker",
    "Visser",
    "El Amrani",
    "Peeters",
    "Dekker",
    "Çelik",
)
VESTIGINGEN = 100


@dataclass(frozen=True, slots=True)
class Client:
    """A client of the generated register. `role`: bestuur or beheer."""

    client_id: str
    role: str
    bestuur: str | None


BIG = Client("bench-groot", "bestuur", "10001")
SMALL = Client("bench-klein", "bestuur", "10002")
KEEPER = Client("bench-beheer", "beheer", None)
CLIENTS = (BIG, SMALL, KEEPER)


def vestiging(number: int) -> str:
    """Give the code of one of the vestigingen of BIG."""
    return f"00AA{number % VESTIGINGEN:02d}"


def numbers(count: int, seed: int = 7) -> list[str]:
    """Give registratienummers with their check digits, all different, in random order."""
    bodies = random.Random(seed).sample(range(100_000_000, 1_000_000_000), count)
    return [str(body) + mod_11_10.calc_check_digit(str(body)) for body in bodies]


def fill(
    url: str, leraren: int, *, small: int = 0, bevoegdheden: int = 3, aanstellingen: int = 2, journaled: bool = True
) -> list[str]:
    """Fill an empty register and give the registratienummers.

    Every leraar has the given numbers of bevoegdheden and of aanstellingen, all at bestuur BIG; the first `small` leraren (in
    random order of number) have one at bestuur SMALL besides. Without `journaled`, PostgreSQL leaves out triggers, which takes
    a third of the time, and the journal stays empty.
    """
    people = numbers(leraren)
    with psycopg.connect(url) as connection:
        set_context(connection, actor="bench", event="bench.gevuld", today=clock.today())
        if not journaled:
            connection.execute("set local session_replication_role = replica")
        _organisations(connection)
        copy_leraren(connection, people)
        copy(connection, "bevoegdheid", _BEVOEGDHEID, _bevoegdheden(people, bevoegdheden))
        copy(connection, "aanstelling", _AANSTELLING, _aanstellingen(people, aanstellingen))
        copy(connection, "aanstelling", _AANSTELLING, _small(people[:small]))
    settle(url)
    return people


def copy_leraren(connection: Connection, people: Sequence[str]) -> None:
    """COPY leraren with these registratienummers."""
    copy(connection, "leraar", _LERAAR, _leraren(people))


def settle(url: str) -> None:
    """Leave no work behind for the measurement: statistics, visibility map and a checkpoint."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("vacuum analyze")
        connection.execute("checkpoint")


def copy(connection: Connection, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """COPY rows into a table."""
    statement = sql.SQL("copy {} ({}) from stdin").format(
        sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    with connection.cursor().copy(statement) as target:
        for row in rows:
            target.write_row(row)


_LERAAR = (
    "registratienummer",
    "voornamen",
    "roepnaam",
    "achternaam",
    "geboortedatum",
    "emailadres",
    "geregistreerd_op",
)
_BEVOEGDHEID = ("leraar", "soort", "vak", "behaald_op", "instelling", "verificatie")
_AANSTELLING = (
    *("leraar", "bestuur", "vestiging", "functie", "soort"),
    *("begindatum", "einddatum", "betrekkingsomvang", "personeelsnummer", "reden_einde"),
)


def _organisations(connection: Connection) -> None:
    besturen = [("10001", "Bestuur Groot"), ("10002", "Bestuur Klein")]
    copy(connection, "bestuur", ("nummer", "naam"), besturen)
    copy(
        connection,
        "school",
        ("brin", "naam", "sector", "bestuur"),
        [("00AA", "A", "vo", "10001"), ("00AB", "B", "vo", "10002")],
    )
    places = [(vestiging(n), "00AA", "vo", f"Locatie {n}", "10001") for n in range(VESTIGINGEN)]
    copy(
        connection,
        "vestiging",
        ("code", "brin", "sector", "naam", "bestuur"),
        [*places, ("00AB00", "00AB", "vo", "B", "10002")],
    )
    clients: list[tuple[object, ...]] = [(c.client_id, c.client_id, c.role, c.bestuur, []) for c in CLIENTS]
    copy(connection, "client", ("client_id", "naam", "soort", "bestuur", "scopes"), clients)


def _leraren(people: Sequence[str]) -> Iterator[Sequence[Any]]:
    chance = random.Random(11)
    for number in people:
        first, last = chance.choice(FIRST_NAMES), chance.choice(LAST_NAMES)
        born = date(1960, 1, 1) + timedelta(days=chance.randrange(14_000))
        yield number, first, first.split()[0], last, born, f"l{number}@school.example.nl", date(2020, 8, 1)


def _bevoegdheden(people: Sequence[str], count: int) -> Iterator[Sequence[Any]]:
    kinds = (("tweedegraads", "duits"), ("eerstegraads", "duits"), ("tweedegraads", "engels"), ("pabo", None))
    for number in people:
        for order, (kind, subject) in enumerate(kinds[:count]):
            yield number, kind, subject, date(2005 + order, 7, 1), "Hogeschool Voorbeeld", "niet-geverifieerd"


def _aanstellingen(people: Sequence[str], count: int) -> Iterator[Sequence[Any]]:
    for order, number in enumerate(people):
        if count > 1:
            past = (date(2015, 8, 1), date(2020, 7, 31), "0.6", f"A{order}", "overig")
            yield number, "10001", vestiging(order), "docent", "regulier", *past
        if count:
            now = (date(2020, 8, 1), None, "0.8", f"B{order}", None)
            yield number, "10001", vestiging(order + 1), "docent duits", "regulier", *now


def _small(people: Sequence[str]) -> Iterator[Sequence[Any]]:
    for order, number in enumerate(people):
        yield number, "10002", "00AB00", "docent", "regulier", date(2021, 8, 1), None, "0.2", f"C{order}", None
