"""Reports read every table as it was known at a moment: held against what stood there at that moment, whatever was written since."""

import random
from collections.abc import Callable
from typing import Any

import psycopg
import pytest

from register_service.core.db import Database
from register_service.rapportages.running import checkpoint_at, tables_of
from register_service.rapportages.tables import COLUMNS, STAND, no_tables, register_tables, tables_at
from tests.helpers.databases import as_app
from tests.rapportages.conftest import Region, auditor
from tests.support import A, Register

TABLES = ("leraar", "aanstelling", "bevoegdheid", "vestiging")
Contents = dict[str, list[tuple[Any, ...]]]

# What happens, each to somebody or something at random.
CHANGES: tuple[str, ...] = (
    "update aanstelling set einddatum = begindatum + 100 where id = (select id from aanstelling order by md5(id::text || %s) limit 1)",
    "update aanstelling set bestuur = '41300', vestiging = '00BB00' where id = (select id from aanstelling order by md5(id::text || %s) limit 1)",
    "delete from aanstelling where id = (select id from aanstelling order by md5(id::text || %s) limit 1)",
    "delete from bevoegdheid where id = (select id from bevoegdheid order by md5(id::text || %s) limit 1)",
    "update bevoegdheid set vak = 'frans' where id = (select id from bevoegdheid order by md5(id::text || %s) limit 1)",
    "update leraar set emailadres = null where id = (select id from leraar order by md5(id::text || %s) limit 1)",
    "update vestiging set naam = 'V' || %s where code = '00AA00'",
)  # fmt: skip


def _now(register: Register) -> Contents:
    with register.app_role(role="beheer", bestuur="") as connection:
        return {table: _read(connection, table, "") for table in TABLES}


def _read(connection: psycopg.Connection[Any], table: str, before: str, values: Any = None) -> list[tuple[Any, ...]]:
    columns = ", ".join(("id", *COLUMNS[table]))
    source = table if before else f"rapportage.{table}"
    return connection.execute(f"{before} select {columns} from {source} order by id", values).fetchall()


def _at(database: Database, moment: str) -> Contents:
    with database.snapshot(auditor()) as connection:
        _, snapshot = checkpoint_at(connection, moment)  # type: ignore[arg-type]
        values = {"snapshot": snapshot, "tabellen": register_tables(TABLES)}
        before = f"with {tables_of(connection, TABLES, values)}"
        return {table: _read(connection, table, before, values) for table in TABLES}


def _people(register: Register) -> None:
    numbers = [register.leraar(emailadres=f"p{n}@school.example") for n in range(6)]
    for number in numbers:
        register.aanstelling(number)
        register.bevoegdheid(number)
    register.post("/leraren/_samenvoegen", {"van": numbers[0], "naar": numbers[1], "reden": "dubbel"}, "k")


@pytest.mark.parametrize("seed", [1, 2])
def test_every_moment_stays_what_it_was(register: Register, seed: int) -> None:
    chance, kept = random.Random(seed), dict[str, Contents]()  # noqa: S311 - the same at every run
    _people(register)
    for turn in range(24):
        try:
            register.as_owner(chance.choice(CHANGES), f"{seed}-{turn}")
        except psycopg.errors.IntegrityError:
            continue
        if turn % 4 == 3:
            kept[register.seal()] = _now(register)
    assert len(kept) >= 4
    for moment, contents in kept.items():
        assert _at(register.database, moment) == contents


def test_what_was_still_being_written_at_a_checkpoint_was_not_known(register: Register) -> None:
    _people(register)
    with register.owner() as slow:
        slow.execute(CHANGES[2], ("x",))
        slow.execute("update vestiging set naam = 'later' where code = '00AA00'")
        register.as_owner(CHANGES[5], "y")  # begins later, and ends before the checkpoint
        moment, contents = register.seal(), _now(register)
    assert _now(register) != contents
    assert _at(register.database, moment) == contents
    later = register.seal()
    assert _at(register.database, later) == _now(register)


def test_before_the_journal_began_there_was_nothing(register: Register) -> None:
    _people(register)
    register.seal()
    assert _at(register.database, "2001-01-01T00:00:00Z") == {table: [] for table in TABLES}


def test_every_table_of_the_past_has_the_columns_of_the_present(region: Region) -> None:
    names = (*COLUMNS, STAND)
    values = {"snapshot": "1:1:", "tabellen": register_tables(names)}
    database, ways = Database(as_app(region.settings.database_url)), list[Callable[[], str]]()
    ways += [lambda: tables_at(names, changed=True), lambda: tables_at(names, changed=False), lambda: no_tables(names)]
    context = auditor()
    found = []
    for way in ways:
        with region.database.snapshot(type(context)(**{**_fields(context), "client": "beheer"})) as connection:
            for name in names:
                columns = ", ".join(COLUMNS.get(name, ("traject", "soort", "waarde", "vanaf", "tot")))
                cursor = connection.execute(f"with {way()} select {columns} from {name} limit 1", values)
                found.append([(column.name, column.type_code) for column in cursor.description or ()])
    database.dispose()
    third = len(found) // 3
    assert found[:third] == found[third : 2 * third] == found[2 * third :]


def _fields(context: Any) -> dict[str, Any]:
    return {name: getattr(context, name) for name in type(context).__dataclass_fields__}


def test_the_demo_of_the_past_is_that_of_the_present_when_nothing_changed(region: Region) -> None:
    path = "/inductie?per=bestuur&periodeTot=2026-07-31"
    before = region.get(path)
    with psycopg.connect(region.settings.database_url) as connection:
        connection.execute("update voortgangsgesprek set datum = datum")
        connection.execute("update inductieperiode set begindatum = begindatum - 40 where einddatum is null")
        connection.execute("delete from inductieprogramma where jaar = 2")
        connection.execute("update aanstelling set einddatum = begindatum where random() < 0.2")
    again = region.get(f"{path}&beschikbaarOp={before.json['beschikbaarOp']}")  # type: ignore[index]
    assert again.data == before.data
    assert A
