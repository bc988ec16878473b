"""The SQL of `professionalisering` says of everybody what the rules of the registratie say: the status, and whether on course.

The rules go on from the stored periods to any day; the SQL takes those that are stored, as far as the daily command came. So they
are asked about days up to the last one it did.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from register_service.core import clock
from register_service.rapportages.datasets.professionalisering_sql import (
    ASPIRANT,
    DOORGEHAALD,
    LATER,
    ONDER_VOORWAARDEN,
    UNITS,
    VERLOPEN,
)
from register_service.registratie.rules.course import GEREGISTREERD, periods_until
from register_service.registratie.rules.facts import Feiten, read_feiten
from register_service.registratie.rules.norms import Regelingen, read_regelingen
from register_service.registratie.rules.voortgang import voortgang_on
from tests.conftest import make_settings
from tests.helpers.databases import DatabaseServer
from tests.helpers.demo import LOADED_ON, demo_database
from tests.registratie.lives import add, bijwerken, furnish
from tests.registratie.rules.strategies import MODEST, SPAN, Json, lives
from tests.registratie.test_bijwerken_any_order import anew
from tests.support import Register

_STANDEN = {
    "aspirant": ASPIRANT,
    "onder-voorwaarden": ONDER_VOORWAARDEN,
    "verlopen": VERLOPEN,
    "doorgehaald": DOORGEHAALD,
}
# Who, how it stands, on course.
Said = dict[str, tuple[int, bool]]


def _said_by_sql(connection: psycopg.Connection[Any], day: date) -> Said:
    query = f"with {UNITS} select leraar, stand, coalesce(op_koers, false) from u"
    rows = connection.execute(query, {"periode_van": day - timedelta(days=364), "periode_tot": day}).fetchall()
    assert len({row[0] for row in rows}) == len(rows)
    return {leraar: (stand, on_course) for leraar, stand, on_course in rows}


def _said_by_rules(everybody: list[Feiten], regelingen: Regelingen, day: date) -> Said:
    said: Said = {}
    for feiten in everybody:
        voortgang = voortgang_on(feiten, regelingen, day)
        if voortgang.status == GEREGISTREERD:
            end = periods_until(feiten, regelingen, day)[-1].einddatum
            said[feiten.nummer] = (_quarters_ahead(day, end), voortgang.op_koers)
        elif voortgang.status is not None:
            said[feiten.nummer] = (_STANDEN[voortgang.status], voortgang.op_koers)
    return said


def _quarters_ahead(day: date, end: date) -> int:
    after = day + timedelta(days=1)
    quarters = (end.year - after.year) * 4 + (end.month - 1) // 3 - (after.month - 1) // 3
    return max(0, min(quarters, LATER))


def _everybody(connection: psycopg.Connection[Any], *numbers: str) -> tuple[list[Feiten], Regelingen]:
    rows = connection.execute("select sector, geldig_vanaf::text, waarden from regeling").fetchall()
    regelingen = read_regelingen(
        [{"sector": sector, "geldigVanaf": since, "waarden": figures} for sector, since, figures in rows]
    )
    asked = list(numbers) or [n for (n,) in connection.execute("select registratienummer from leraar")]
    facts = connection.execute("select feiten from registratiefeiten_van(%s, null)", (asked,))
    return [read_feiten(feiten, regelingen) for (feiten,) in facts], regelingen


@pytest.fixture(scope="module")
def region(pg_server: DatabaseServer) -> Iterator[psycopg.Connection[Any]]:
    """The loaded demo region."""
    with demo_database(pg_server) as (url, _), psycopg.connect(url) as connection:
        yield connection


def test_the_whole_demo_region(region: psycopg.Connection[Any]) -> None:
    everybody, regelingen = _everybody(region)
    for day in (LOADED_ON, date(2026, 7, 31), date(2022, 7, 31), date(2019, 3, 10)):
        expected = _said_by_rules(everybody, regelingen, day)
        assert _said_by_sql(region, day) == expected
        # Something of everything, or it would say little.
        assert {True, False} == {on_course for _, on_course in expected.values()}


@pytest.fixture(scope="module")
def register(module_database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    """One register for all lives."""
    register = Register(make_settings(module_database_url, Path(tmp_path_factory.mktemp("register"))))
    furnish(register)
    yield register
    register.close()


@MODEST
@given(drawn=lives(), asked=st.lists(st.integers(0, SPAN), min_size=1, max_size=3))
def test_lives_made_up(register: Register, drawn: tuple[Json, list[Json], date], asked: list[int]) -> None:
    facts, rows, start = drawn
    with register.owner() as connection:
        anew(connection, rows)
        number = add(connection, facts)
    last = start + timedelta(days=SPAN)
    with clock.fixed_at(datetime.combine(last, time(11), UTC)):
        bijwerken(register, last)
    with register.owner() as connection:
        own, regelingen = _everybody(connection, number)
        for day in (start + timedelta(days=offset) for offset in asked):
            expected = _said_by_rules(own, regelingen, day).get(number)
            assert _said_by_sql(connection, day).get(number) == expected
