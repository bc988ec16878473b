"""Loading the demo region into a real database: whole, once, and nothing of it when it breaks off."""

import json
from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import Any

import psycopg
import pytest
from click.testing import CliRunner
from psycopg import Connection

from register_service.core.context import set_context
from register_service.demo.calendar import REFERENCE_DATE
from register_service.demo.commands import demo
from register_service.demo.load import EVENT, REASON, DemoRefusedError, load_demo, read_duo_files
from register_service.organisaties.importing import import_files
from register_service.registratie.commands import registratie

Db = Connection[Any]


@pytest.fixture
def connection(database_url: str) -> Iterator[Db]:
    """Give a connection in an open transaction, with the journal's context of the demo."""
    with psycopg.connect(database_url) as owner:
        set_context(owner, actor="beheer:cli", event=EVENT, today=date(2026, 11, 23), reason=REASON)
        yield owner
        owner.rollback()


def count(connection: Db, table: str, condition: str = "true") -> int:
    """Count rows."""
    row = connection.execute(f"select count(*) from {table} where {condition}").fetchone()  # type: ignore[arg-type]
    assert row is not None
    return int(row[0])


def test_duos_own_files_change_nothing_after_the_demo(connection: Db) -> None:
    load_demo(connection, lambda _: None, number=10)
    report = import_files(connection, read_duo_files(), peildatum=REFERENCE_DATE)
    assert (report.added, report.changed, report.closed, report.schools_changed) == (0, 0, 0, 0)


def test_a_load_that_breaks_off_leaves_nothing(database_url: str) -> None:
    def break_off(line: str) -> None:
        if "maken" in line:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), psycopg.connect(database_url) as owner:
        load_demo(owner, break_off, number=10)
    with psycopg.connect(database_url) as owner:
        assert [count(owner, table) for table in ("leraar", "vestiging", "bestuur")] == [0, 0, 0]


def test_a_register_with_other_leraren_is_left_alone(connection: Db) -> None:
    connection.execute("select set_config('register.context', '{\"event\": \"leraar.ingeschreven\"}', true)")
    connection.execute(
        "insert into leraar (registratienummer, voornamen, achternaam, geboortedatum, geregistreerd_op)"
        " values ('1000000005', 'A', 'B', '1990-01-01', '2026-01-01')"
    )
    with pytest.raises(DemoRefusedError, match="bevat al leraren"):
        load_demo(connection, lambda _: None, number=10)


def test_a_bestuur_that_was_there_keeps_its_name(connection: Db) -> None:
    connection.execute("insert into bestuur (nummer, naam) values ('41285', 'Echt')")
    load_demo(connection, lambda _: None, number=10)
    assert count(connection, "bestuur", "naam = 'Echt'") == 1


def test_the_daily_command_finds_nothing_to_do_on_the_reference_date(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", database_url)
    with psycopg.connect(database_url) as owner:
        set_context(owner, actor="beheer:cli", event=EVENT, today=date(2026, 11, 23), reason=REASON)
        load_demo(owner, lambda _: None, number=600)
        assert count(owner, "registratieperiode") > 900
    result = CliRunner().invoke(registratie, ["bijwerken", "--dag", REFERENCE_DATE.isoformat(), "--json"])
    outcome = json.loads(result.output)
    assert {name: number for name, number in outcome.items() if number and name not in ("dag", "bekeken")} == {}


def test_the_command_says_what_it_does_in_dutch(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setattr("register_service.demo.commands.load_demo", partial(load_demo, number=100))
    first = CliRunner().invoke(demo, ["load"])
    assert (first.exit_code, "De demoregio staat klaar" in first.output) == (0, True)
    assert CliRunner().invoke(demo, ["load"]).output == "De demoregio staat er al; er is niets gewijzigd.\n"
