"""The generated region to report on: a register as any other, three times sealed, that keeps all its constraints."""

from collections.abc import Iterator
from dataclasses import replace

import psycopg
import pytest
from stdnum.iso7064 import mod_11_10

from bench import rapportages_data
from bench.rapportages_source import TABLES
from register_service.journal.snapshots import parse_snapshot
from tests.conftest import make_settings
from tests.helpers.databases import DatabaseServer
from tests.helpers.demo import demo_keys, sealed_demo_database

LERAREN = 5_400
_STRUCTURE = """
select conrelid::regclass || ' ' || pg_get_constraintdef(oid) from pg_constraint where connamespace = 'public'::regnamespace
union all select pg_get_indexdef(indexrelid) from pg_index i join pg_class c on c.oid = i.indrelid
where c.relnamespace = 'public'::regnamespace
"""


@pytest.fixture(scope="module")
def region(
    pg_server: DatabaseServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[psycopg.Connection, list[str], set[str]]]:
    """A region with some copies: a connection, the sealed moments, and the constraints and indexes that it began with."""
    with sealed_demo_database(pg_server) as url:
        with psycopg.connect(url) as connection:
            before = {text for (text,) in connection.execute(_STRUCTURE)}
        settings = make_settings(url, tmp_path_factory.mktemp("region"))
        settings = replace(settings, key_dir=demo_keys(pg_server))
        moments = rapportages_data.multiply(settings, LERAREN, lambda _: None)
        with psycopg.connect(url) as connection:
            yield connection, moments, before


Region = tuple[psycopg.Connection, list[str], set[str]]


def _one(region: Region, statement: str) -> object:
    row = region[0].execute(statement.encode()).fetchone()
    assert row is not None
    return row[0]


def test_it_has_so_many_leraren_with_numbers_that_are_right(region: Region) -> None:
    numbers = [number for (number,) in region[0].execute("select registratienummer from leraar")]
    assert len(numbers) == len(set(numbers)) == LERAREN
    assert all(mod_11_10.is_valid(number) for number in numbers)


def test_no_constraint_and_no_index_got_lost(region: Region) -> None:
    assert {text for (text,) in region[0].execute(_STRUCTURE)} == region[2]
    assert _one(region, "select count(*) from pg_namespace where nspname = 'bench'") == 0


def test_the_journal_holds_every_row(region: Region) -> None:
    for table in TABLES[:-2]:
        lost = f"""select count(*) from {table} t where not exists (
            select from journal j where j.object_id = t.id and j.table_name = '{table}' and j.state ->> 'id' = t.id::text)"""
        assert (table, _one(region, lost)) == (table, 0)


def test_the_first_copy_works_in_another_region_of_three_with_21_besturen(region: Region) -> None:
    assert _one(region, "select count(*) from bestuur") == 63
    firsts = "select array_agg(distinct left(bestuur, 1) order by left(bestuur, 1)) from aanstelling"
    assert _one(region, firsts) == ["4", "5", "7", "9"]
    elsewhere = (
        """select count(*) from aanstelling a join vestiging v on v.code = a.vestiging where v.bestuur <> a.bestuur"""
    )
    assert _one(region, elsewhere) == 0


def test_the_course_of_a_traject_is_that_of_its_own_periodes(region: Region) -> None:
    astray = """select count(*) from inductietraject t cross join jsonb_to_recordset(t.verloop -> 'verblijven')
        v (id uuid, bestuur text, vestiging text) left join inductieperiode p
        on p.id = v.id and p.traject = t.id and p.bestuur = v.bestuur and p.vestiging = v.vestiging where p.id is null"""
    assert _one(region, astray) == 0
    assert (
        _one(
            region,
            "select count(*) from inductietraject t where not exists (select from inductiestand s where s.traject = t.id)",
        )
        == 0
    )


def test_a_moment_holds_what_went_before(region: Region) -> None:
    known = [
        (size, parse_snapshot(snapshot).xmax)
        for size, snapshot in region[0].execute("select size, snapshot::text from checkpoint order by at")
    ]
    # The demo had been sealed before.
    assert len(known) == 4
    assert known == sorted(known)
    assert region[1] == sorted(set(region[1]))
    assert _one(region, "select count(*) from journal") == known[-1][0]
