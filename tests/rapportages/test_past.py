"""Reports read every table as it was known at a moment: held against what stood there then, whatever was written since."""

import random
from typing import Any

import psycopg
import pytest

from register_service.core.db import Database
from register_service.rapportages.running import checkpoint_at, tables_of
from register_service.rapportages.tables import COLUMNS, STAND, no_tables, register_tables, tables_at
from tests.rapportages.conftest import Region, auditor
from tests.support import Register

TABLES = ("leraar", "aanstelling", "bevoegdheid", "vestiging")
Contents = dict[str, list[tuple[Any, ...]]]

# What happens, each to somebody or something at random.
_ANY = "id = (select id from {0} order by md5(id::text || %s) limit 1)"
_AANSTELLING, _BEVOEGDHEID, _LERAAR = (_ANY.format(table) for table in ("aanstelling", "bevoegdheid", "leraar"))
CHANGES: tuple[str, ...] = (
    f"update aanstelling set einddatum = begindatum + 100 where {_AANSTELLING}",
    f"update aanstelling set bestuur = '41300', vestiging = '00BB00' where {_AANSTELLING}",
    f"delete from aanstelling where {_AANSTELLING}",
    f"delete from bevoegdheid where {_BEVOEGDHEID}",
    f"update bevoegdheid set vak = 'frans' where {_BEVOEGDHEID}",
    f"update leraar set emailadres = null where {_LERAAR}",
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
    chance, kept = random.Random(seed), dict[str, Contents]()
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


def test_every_way_to_read_a_table_gives_the_same_columns(register: Register) -> None:
    names = (*COLUMNS, STAND)
    values = {"snapshot": "1:1:", "tabellen": register_tables(names)}
    ways = (
        *(tables_at(names, changed=changed, own=own) for changed in (True, False) for own in (True, False)),
        no_tables(names),
    )
    with register.database.snapshot(auditor()) as connection:
        for name in names:
            columns = ", ".join(COLUMNS.get(name, ("traject", "leraar", "soort", "waarde", "vanaf", "tot")))
            asked = [connection.execute(f"with {way} select {columns} from {name} limit 1", values) for way in ways]
            kinds = {tuple((column.name, column.type_code) for column in one.description or ()) for one in asked}
            assert len(kinds) == 1, name


def test_a_report_asked_again_for_its_moment_is_the_same_whatever_was_written_since(region: Region) -> None:
    path = "/inductie?per=bestuur&periodeTot=2026-07-31"
    before = region.get(path)
    with psycopg.connect(region.settings.database_url) as connection:
        connection.execute("update voortgangsgesprek set datum = datum")
        connection.execute(
            "update inductieperiode set vestiging = (select min(code) from vestiging) where einddatum is null"
        )
        connection.execute("delete from inductieprogramma where jaar = 2")
        connection.execute("update aanstelling set reden_einde = null, einddatum = begindatum where random() < 0.2")
    again = region.get(f"{path}&beschikbaarOp={before.json['beschikbaarOp']}")  # type: ignore[index]
    assert again.data == before.data
    region.seal()
    assert region.get(path).data != before.data
