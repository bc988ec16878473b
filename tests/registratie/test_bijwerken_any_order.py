"""Any lives, any days, in any order and any number of times: stored is what the rules give up to the last of those days."""

from datetime import UTC, date, datetime, time, timedelta

import psycopg
from hypothesis import given
from hypothesis import strategies as st
from psycopg.types.json import Jsonb

from register_service.core import clock
from register_service.registratie.rules.course import course_of
from register_service.registratie.rules.facts import read_feiten
from register_service.registratie.rules.norms import read_regelingen
from tests.registratie.lives import add, bijwerken, register_of_all, stored
from tests.registratie.rules.strategies import MODEST, SPAN, Json, lives
from tests.support import Register

__all__ = ["register_of_all"]

DAY = timedelta(days=1)


def anew(connection: "psycopg.Connection[object]", rows: list[Json]) -> None:
    """Let these regelingen hold; those who lived before have no part in it, for they had other figures."""
    for table in ("bericht", "registratieperiode", "bevoegdheid", "renewal_run"):
        connection.execute(f"delete from {table}".encode())
    decree(connection, rows)


def decree(connection: "psycopg.Connection[object]", rows: list[Json]) -> None:
    """Let these regelingen hold, and no others."""
    connection.execute("delete from regeling")
    begins = sorted({row["geldigVanaf"] for row in rows})
    for row in rows:
        later = [begin for begin in begins if begin > row["geldigVanaf"] and _has(rows, begin, row["sector"])]
        until = date.fromisoformat(later[0]) - DAY if later else None
        connection.execute(
            "insert into regeling (sector, geldig_vanaf, geldig_tot, waarden) values (%s, %s, %s, %s)",
            (row["sector"], row["geldigVanaf"], until, Jsonb(row["waarden"])),
        )


def _has(rows: list[Json], begin: str, sector: str) -> bool:
    return any((row["geldigVanaf"], row["sector"]) == (begin, sector) for row in rows)


@MODEST
@given(drawn=lives(), offsets=st.lists(st.integers(0, SPAN), min_size=1, max_size=6))
def test_any_order_and_repetition_of_days_gives_the_same_rows(
    register: Register, drawn: tuple[Json, list[Json], date], offsets: list[int]
) -> None:
    facts, rows, start = drawn
    today = start + timedelta(days=SPAN)
    with register.owner() as connection:
        anew(connection, rows)
        number = add(connection, facts)
    with clock.fixed_at(datetime.combine(today, time(11), UTC)):
        for offset in offsets:
            bijwerken(register, start + timedelta(days=offset))
    regelingen = read_regelingen(rows)
    last = start + timedelta(days=max(offsets))
    expected = course_of(read_feiten(facts, regelingen), regelingen, last).perioden
    assert stored(register, number) == [(str(p.begindatum), str(p.einddatum), p.grond) for p in expected]
