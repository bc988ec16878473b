"""Generated registraties to measure on: for every leraar a dozen approved activiteiten, and a period that ends when one says.

Rows go in without triggers: what is measured is what the daily command and the reads make of them.
"""

import random
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any

import psycopg

from bench import data
from register_service.core import clock
from register_service.core.days import add_months

LERAREN, ACTIVITEITEN = 200_000, 12
# Days in the four years of a period.
PERIOD_DAYS = 1461
_DAY = timedelta(days=1)
_JOURNAL = """
insert into journal (table_name, object_id, action, dossier, state, salt, actor, event)
select %(table)s, t.id, 'insert', d.dossier, s, uuid_send(gen_random_uuid()), 'bench', 'bench.gevuld'
from {table} t cross join lateral to_jsonb(t) s cross join lateral (select journal_dossier(%(table)s, s) as dossier) d
where d.dossier = any(%(leraren)s)
"""
_ACTIVITEIT = (
    *("leraar", "gemeld_door", "bestuur", "soort", "titel", "registeruren", "vakinhoudelijk", "vakdidactisch"),
    *("pedagogisch", "overig", "begindatum", "einddatum", "status", "ingediend_op", "beoordeeld_op"),
)


def fill(url: str, leraren: int) -> list[str]:
    """Fill an empty register with leraren who have 3 bevoegdheden, 2 aanstellingen and 12 activiteiten; no periods yet."""
    people = data.fill(url, leraren, journaled=False)
    with _untriggered(url) as connection:
        data.copy(connection, "activiteit", _ACTIVITEIT, _activiteiten(people, clock.today()))
    data.settle(url)
    return people


def add_periods(url: str, people: Sequence[str], begin: Callable[[int], date]) -> None:
    """Give every leraar a period of four years; `begin` tells its first day by the leraar's place."""
    with _untriggered(url) as connection:
        columns = ("leraar", "begindatum", "einddatum", "grond")
        rows = ((number, first, add_months(first, 48) - _DAY, "eerste") for number, first in _begun(people, begin))
        data.copy(connection, "registratieperiode", columns, rows)
    data.settle(url)


def journal(url: str, people: Sequence[str]) -> None:
    """Give leraren the journal that they would have, of the rows they have: some thirty each, two for an activiteit."""
    with psycopg.connect(url) as connection:
        for table in ("leraar", "bevoegdheid", "aanstelling", "registratieperiode", "activiteit", "activiteit"):
            connection.execute(_JOURNAL.format(table=table), {"table": table, "leraren": list(people)})
    data.settle(url)


def _begun(people: Sequence[str], begin: Callable[[int], date]) -> Iterator[tuple[str, date]]:
    return ((number, begin(place)) for place, number in enumerate(people))


def _untriggered(url: str) -> psycopg.Connection[Any]:
    connection = psycopg.connect(url)
    connection.execute("set session_replication_role = replica")
    return connection


def _activiteiten(people: Sequence[str], today: date) -> Iterator[Sequence[Any]]:
    # One every four months, so that any four years hold enough of them; the last are from the last months.
    chance = random.Random(17)
    for number in people:
        for place in range(ACTIVITEITEN):
            ended = today - timedelta(days=place * 118 + chance.randrange(3, 60))
            approved = min(today, ended + timedelta(days=chance.randrange(5, 40)))
            hours = chance.choice((14, 14.5, 16))
            split = (6, 4, 2, hours - 12)
            about = ("cursus", "Differentiëren in de klas", hours, *split, ended - timedelta(days=2), ended)
            yield number, "leraar", None, *about, "goedgekeurd", ended, approved
