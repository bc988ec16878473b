"""The SQL of `professionalisering` says of everybody what the rules of the registratie say: the status, and whether on course.

The rules go on from the stored periods to any day; the SQL takes those that are stored, as far as the daily command came. So they
are asked about days up to the last one it did.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

import psycopg
import pytest

from tests.helpers.databases import DatabaseServer
from tests.helpers.demo import LOADED_ON, demo_database
from tests.rapportages.said import everybody, said_by_rules, said_by_sql


@pytest.fixture(scope="module")
def region(pg_server: DatabaseServer) -> Iterator[psycopg.Connection[Any]]:
    """The loaded demo region."""
    with demo_database(pg_server) as (url, _), psycopg.connect(url) as connection:
        yield connection


def test_the_whole_demo_region(region: psycopg.Connection[Any]) -> None:
    people, regelingen = everybody(region)
    for day in (LOADED_ON, date(2026, 7, 31), date(2022, 7, 31), date(2019, 3, 10)):
        expected = said_by_rules(people, regelingen, day)
        assert said_by_sql(region, day) == expected
        # Something of everything, or it would say little.
        assert {True, False} == {on_course for _, on_course in expected.values()}
