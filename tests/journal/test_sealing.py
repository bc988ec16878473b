"""Sealing: the order, the batches, the horizon, and who may seal."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest

from register_service.core import clock
from register_service.journal import checkpoints
from register_service.journal.keys import JournalKey, load_or_create_key
from register_service.journal.leaves import LEAF_TEXT, hash_of_text
from register_service.journal.merkle import root_of
from register_service.journal.sealer import JournalRefused, become_sealer, seal_once
from tests.journal.conftest import add_partnerschappen

Connection = psycopg.Connection[Any]
Seal = Callable[[], int]


def test_everything_committed_is_sealed_in_order_of_the_journal(connection: Connection, seal: Seal) -> None:
    add_partnerschappen(connection, 700)
    rows = connection.execute("select count(*) from journal").fetchone()[0]
    assert seal() == rows
    assert seal() == 0
    sealed = connection.execute("select position, journal_id from seal order by position").fetchall()
    assert [position for position, _ in sealed] == list(range(rows))
    assert [journal_id for _, journal_id in sealed] == sorted(journal_id for _, journal_id in sealed)


def test_leaf_hash_is_the_salted_hash_of_all_columns(connection: Connection, seal: Seal) -> None:
    add_partnerschappen(connection, 3)
    seal()
    connection.execute("set timezone = 'Pacific/Auckland'; set datestyle = 'SQL, DMY'; set bytea_output = 'escape'")
    rows = connection.execute(
        f"select {LEAF_TEXT}, s.leaf_hash from journal j join seal s on s.journal_id = j.id"
    ).fetchall()
    assert all(hash_of_text(text) == leaf_hash for text, leaf_hash in rows)
    columns = connection.execute(
        "select count(*) from information_schema.columns where table_name = 'journal'"
    ).fetchone()
    keys = connection.execute(
        f"select count(*) from jsonb_object_keys((select {LEAF_TEXT} from journal j limit 1)::jsonb)"
    )
    assert columns == keys.fetchone()


def test_checkpoint_signs_size_root_moment_and_snapshot(connection: Connection, seal: Seal, key: JournalKey) -> None:
    for start in (0, 300, 1000):
        add_partnerschappen(connection, 290, start)
        seal()
    hashes = [row[0] for row in connection.execute("select leaf_hash from seal order by position")]
    for size, root, at, snapshot, note in connection.execute(
        "select size, root, at, snapshot::text, note from checkpoint"
    ):
        assert root == root_of(hashes[:size])
        opened = checkpoints.open_note(note, key.verifier)
        assert (opened.size, opened.root, opened.at, opened.snapshot) == (size, root, at, snapshot)


def test_long_transaction_delays_its_own_rows_only(database_url: str, connection: Connection, seal: Seal) -> None:
    with psycopg.connect(database_url) as slow:
        add_partnerschappen(slow, 2, 0)
        add_partnerschappen(connection, 5, 100)
        seal()
        add_partnerschappen(connection, 4, 200)
        assert seal() == 4
        add_partnerschappen(slow, 3, 10)
        slow.commit()
    assert seal() == 5
    split = connection.execute(
        """select count(*) from (select j.tx from journal j join seal s on s.journal_id = j.id
           join lateral (select min(size) as batch from checkpoint where size > s.position) c on true
           group by j.tx having count(distinct c.batch) > 1) t"""
    ).fetchone()
    assert split == (0,)


def test_rolled_back_work_leaves_nothing(connection: Connection, seal: Seal) -> None:
    seal()
    with pytest.raises(ZeroDivisionError), connection.transaction():
        add_partnerschappen(connection, 5)
        raise ZeroDivisionError
    assert seal() == 0


def test_checkpoint_shows_exactly_its_own_rows(database_url: str, connection: Connection, seal: Seal) -> None:
    with psycopg.connect(database_url) as slow:
        add_partnerschappen(slow, 1, 0)
        add_partnerschappen(connection, 2, 100)
        seal()
        slow.commit()
    seal()
    add_partnerschappen(connection, 2, 200)
    for size, shown in connection.execute(
        """select c.size, (select count(*) from journal j where pg_visible_in_snapshot(j.tx, c.snapshot)) from checkpoint c"""
    ):
        assert size == shown


def test_moments_only_go_forward_when_the_clock_goes_back(connection: Connection, seal: Seal) -> None:
    seal()
    start = clock.now()
    moments = (start + timedelta(hours=1), start - timedelta(days=1), start, start + timedelta(hours=2))
    for number, moment in enumerate(moments):
        add_partnerschappen(connection, 1, number)
        with clock.fixed_at(moment):
            seal()
    found = [row[0] for row in connection.execute("select at from checkpoint order by id")]
    assert found == sorted(set(found))
    assert connection.execute("select sealed_until from seal_horizon").fetchone() == (found[-1],)


def test_horizon_moves_without_changes_but_not_at_every_look(connection: Connection, seal: Seal) -> None:
    seal()
    start = clock.now() + timedelta(minutes=1)
    horizon = []
    for milliseconds in (0, 400, 600, 1200):
        with clock.fixed_at(start + timedelta(milliseconds=milliseconds)):
            assert seal() == 0
        horizon.append(connection.execute("select sealed_until from seal_horizon").fetchone()[0] - start)
    assert [h / timedelta(milliseconds=1) for h in horizon] == [0, 0, 600, 1200]


def test_one_sealer_at_a_time(database_url: str, connection: Connection) -> None:
    with psycopg.connect(database_url) as first:
        assert become_sealer(first)
        assert not become_sealer(connection)
    with psycopg.connect(database_url) as second:
        # The server notices the end of a session a moment after the client left.
        assert any(become_sealer(second) for _ in range(10_000))


def test_another_key_is_refused(connection: Connection, seal: Seal, database_url: str, tmp_path: Path) -> None:
    add_partnerschappen(connection, 1)
    seal()
    with psycopg.connect(database_url) as other, pytest.raises(JournalRefused, match="sleutel"):
        seal_once(other, load_or_create_key(tmp_path / "other"))


def test_database_whose_transaction_numbers_went_back_is_refused(connection: Connection, seal: Seal) -> None:
    add_partnerschappen(connection, 1)
    seal()
    connection.execute("set session_replication_role = replica")
    connection.execute("update checkpoint set snapshot = '900000000:900000000:'")
    add_partnerschappen(connection, 1, 5)
    with pytest.raises(JournalRefused, match="transactienummers"):
        seal()


def test_row_with_a_number_from_the_future_does_not_stop_the_sealer(connection: Connection, seal: Seal) -> None:
    add_partnerschappen(connection, 1)
    connection.execute(
        "insert into journal (tx, table_name, object_id, action, actor, event)"
        " values ('900000000', 'bestuur', uuidv7(), 'delete', 'x', 'x')"
    )
    assert seal() >= 1
    add_partnerschappen(connection, 1, 5)
    assert seal() == 1


def test_documented_remedy_after_a_restore_works(connection: Connection, seal: Seal) -> None:
    add_partnerschappen(connection, 1)
    seal()
    connection.execute("set session_replication_role = replica")
    connection.execute(
        """update checkpoint set snapshot = format('%1$s:%1$s:', pg_snapshot_xmax(snapshot)::text::bigint + 3000)::pg_snapshot"""
    )
    connection.execute("reset session_replication_role")
    with pytest.raises(JournalRefused):
        seal()
    page = (Path(__file__).resolve().parents[2] / "docs" / "journaal.md").read_text(encoding="utf-8")
    for statement in page.partition("```sql\n")[2].partition("```")[0].split(";\ndo ", 1):
        connection.execute(statement if statement.startswith("set") else f"do {statement}")
    add_partnerschappen(connection, 1, 5)
    assert seal() == 1
