"""Every kind of meddling, by somebody who owns the database, is found and named."""

from collections.abc import Callable
from typing import Any

import psycopg
import pytest

from register_service.journal import checkpoints
from register_service.journal.keys import JournalKey
from register_service.journal.report import Report
from register_service.journal.verify import verify
from tests.journal.conftest import MIGRATED, add_partnerschappen, by_hand

Connection = psycopg.Connection[Any]
Verify = Callable[[], Report]


@pytest.fixture
def check(database_url: str, key: JournalKey) -> Callable[..., Report]:
    """Run the whole check."""

    def run(kept: str | None = None) -> Report:
        with psycopg.connect(database_url) as connection:
            return verify(connection, key.verifier, kept=kept)

    return run


@pytest.fixture
def filled(connection: Connection, seal: Callable[[], int]) -> Connection:
    """Three checkpoints: 300 rows after those of the migrations, 200 and 1; journal ids and positions differ by one."""
    for start, count in ((0, 300), (1000, 200), (2000, 1)):
        add_partnerschappen(connection, count, start)
        seal()
    return connection


def kinds(report: Report) -> list[str]:
    return [finding.kind for finding in report.findings]


def rows(report: Report) -> list[int | None]:
    return [finding.journal_id for finding in report.findings]


def test_untouched_journal_passes(filled: Connection, check: Verify) -> None:
    add_partnerschappen(filled, 2, 3000)
    report = check()
    assert report.findings == []
    assert (report.rows, report.checkpoints, report.waiting) == (MIGRATED + 501, 3, 2)


def test_empty_journal_passes(check: Verify) -> None:
    assert check().findings == []


@pytest.mark.parametrize(
    "change",
    [
        "state = jsonb_set(state, '{naam}', '\"Anders\"')",
        "at = at + interval '1 microsecond'",
        "actor = 'iemand anders'",
        "salt = uuid_send(gen_random_uuid())",
        "reason = 'daarom'",
        "object_id = uuidv7()",
        "tx = '700'",
    ],
)
def test_altered_row_is_named(filled: Connection, check: Verify, change: str) -> None:
    by_hand(filled, f"update journal set {change} where id = 400")
    report = check()
    assert (kinds(report)[0], rows(report)[0]) == ("gewijzigd", 400)
    assert "400" in report.findings[0].message


def test_first_of_several_altered_rows_comes_first(filled: Connection, check: Verify) -> None:
    by_hand(filled, "update journal set event = 'x' where id in (70, 90, 450)")
    assert rows(check()) == [70, 90, 450]


def test_erased_row_without_a_record_of_it_is_named(filled: Connection, check: Verify) -> None:
    filled.execute("update journal set state = null, salt = null, reason = null where id = 33")
    report = check()
    assert (kinds(report)[0], rows(report)[0]) == ("gewist", 33)


def test_deleted_row_is_named(filled: Connection, check: Verify) -> None:
    by_hand(filled, "delete from journal where id = 77")
    report = check()
    assert (kinds(report)[0], rows(report)[0]) == ("ontbreekt", 77)


def test_row_deleted_with_its_seal_leaves_a_gap(filled: Connection, check: Verify) -> None:
    by_hand(filled, "delete from journal where id = 77", "delete from seal where journal_id = 77")
    report = check()
    assert (kinds(report)[0], report.findings[0].position) == ("ontbreekt", 76)


def test_seal_deleted_alone_names_its_row(filled: Connection, check: Verify) -> None:
    by_hand(filled, "delete from seal where journal_id = 77")
    report = check()
    assert kinds(report)[:2] == ["ontbreekt", "ingevoegd"]
    assert rows(report)[1] == 77


def test_row_deleted_and_positions_closed_up_is_found(filled: Connection, check: Verify) -> None:
    by_hand(
        filled,
        "delete from journal where id = 77",
        "delete from seal where journal_id = 77",
        "update seal set position = -position where position > 76",
        "update seal set position = -position - 1 where position < 0",
    )
    assert kinds(check())[0] == "verkeerd-controlepunt"


def test_swapped_seals_are_named(filled: Connection, check: Verify) -> None:
    by_hand(
        filled,
        "update seal set position = -1 where position = 50",
        "update seal set position = 50 where position = 60",
        "update seal set position = 60 where position = -1",
    )
    report = check()
    assert kinds(report) == ["verwisseld", "verwisseld", "wortel"]
    assert rows(report)[:2] == [52, 51]


def test_swapped_contents_are_named(filled: Connection, check: Verify) -> None:
    by_hand(
        filled,
        "update journal j set state = o.state, object_id = o.object_id from journal o"
        " where j.id in (51, 61) and o.id in (51, 61) and j.id <> o.id",
    )
    assert rows(check())[:2] == [51, 61]


def test_swap_between_checkpoints_is_named(filled: Connection, check: Verify) -> None:
    by_hand(
        filled,
        "update seal set position = -1 where position = 50",
        "update seal set position = 50 where position = 400",
        "update seal set position = 400 where position = -1",
    )
    report = check()
    assert (kinds(report)[0], rows(report)[0]) == ("verkeerd-controlepunt", 401)


def test_row_and_seal_altered_together_break_the_tree(filled: Connection, check: Verify) -> None:
    from register_service.journal.leaves import LEAF_HASH

    by_hand(
        filled,
        "update journal set event = 'x' where id = 100",
        f"update seal s set leaf_hash = {LEAF_HASH} from journal j where j.id = 100 and s.journal_id = 100",
    )
    report = check()
    assert kinds(report) == ["wortel"]
    assert report.findings[0].position == 0
    assert "positie 0 tot en met 255" in report.findings[0].message


def test_smuggled_row_with_an_old_transaction_is_named(
    filled: Connection, check: Verify, seal: Callable[[], int]
) -> None:
    filled.execute(
        "insert into journal (tx, at, table_name, object_id, action, salt, actor, event) select tx, at, table_name, uuidv7(),"
        " 'delete', salt, actor, event from journal where id = 40"
    )
    smuggled = filled.execute("select max(id) from journal").fetchone()[0]
    assert seal() == 0
    report = check()
    assert (kinds(report), rows(report)) == (["ingevoegd"], [smuggled])


def test_row_from_the_future_is_named(filled: Connection, check: Verify) -> None:
    filled.execute(
        "insert into journal (tx, table_name, object_id, action, actor, event)"
        " values ('900000000', 'bestuur', uuidv7(), 'delete', 'x', 'x')"
    )
    assert kinds(check()) == ["ingevoegd"]


def test_seals_after_the_last_checkpoint_are_named(filled: Connection, check: Verify) -> None:
    add_partnerschappen(filled, 1, 3000)
    by_hand(filled, rf"insert into seal select {MIGRATED + 501}, max(id), '\x00' from journal")
    report = check()
    assert (kinds(report), report.findings[0].position) == (["zegel-zonder-controlepunt"], MIGRATED + 501)


@pytest.mark.parametrize(
    "change",
    [
        "root = sha256('x')",
        "at = at - interval '1 millisecond'",
        "snapshot = '3:3:'",
        "note = replace(note, 'moment 2', 'moment 3')",
        "note = 'x'",
    ],
)
def test_altered_checkpoint_is_named(filled: Connection, check: Verify, change: str) -> None:
    second = filled.execute("select id from checkpoint order by id offset 1 limit 1").fetchone()[0]
    by_hand(filled, f"update checkpoint set {change} where id = {second}")
    report = check()
    assert kinds(report)[0] == "controlepunt"
    assert f"Controlepunt {second} " in report.findings[0].message


def test_missing_checkpoint_is_found(filled: Connection, check: Verify) -> None:
    by_hand(filled, f"delete from checkpoint where size = {MIGRATED + 500}")
    assert kinds(check()) == ["controlepunt"]


def test_journal_cut_short_is_found_by_a_kept_checkpoint(filled: Connection, check: Callable[..., Report]) -> None:
    note = filled.execute("select note from checkpoint order by id desc limit 1").fetchone()[0]
    assert check(note).findings == []
    by_hand(
        filled,
        "delete from partnerschap where naam = 'P2000'",
        f"delete from journal where id > {MIGRATED + 500}",
        f"delete from seal where position >= {MIGRATED + 500}",
        "update seal_horizon set checkpoint_id = null",
        f"delete from checkpoint where size > {MIGRATED + 500}",
    )
    assert kinds(check()) == []
    assert kinds(check(note)) == ["ingekort"]


def test_rewritten_journal_is_found_by_a_kept_checkpoint(
    filled: Connection, check: Callable[..., Report], key: JournalKey
) -> None:
    other = checkpoints.Checkpoint(
        MIGRATED + 300, bytes(32), filled.execute("select now()").fetchone()[0], "3:3:", bytes(32)
    )
    assert kinds(check(checkpoints.sign(other, key))) == ["ander-journaal"]


def test_altered_node_is_found(filled: Connection, check: Verify) -> None:
    by_hand(filled, "update merkle_node set hash = sha256('x')")
    assert kinds(check()) == ["knoop"]


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ("update partnerschap set naam = 'Met de hand' where naam = 'P7'", "anders"),
        ("delete from partnerschap where naam = 'P7'", "verdwenen"),
        ("insert into partnerschap (naam, opleidingen) values ('Met de hand', '{}')", "niet-vastgelegd"),
    ],
)
def test_register_changed_behind_the_journal_is_found(
    filled: Connection, check: Verify, change: str, kind: str
) -> None:
    by_hand(filled, change)
    report = check()
    assert kinds(report) == [kind]
    assert "Met de hand" not in report.findings[0].message


def test_row_put_back_behind_the_journal_is_found(filled: Connection, check: Verify, seal: Callable[[], int]) -> None:
    filled.execute("create temporary table kept as select * from partnerschap where naam = 'P7'")
    filled.execute("delete from partnerschap where naam = 'P7'")
    seal()
    by_hand(filled, "insert into partnerschap select * from kept")
    assert kinds(check()) == ["teruggekomen"]


def test_trigger_that_is_off_is_found(filled: Connection, check: Verify) -> None:
    filled.execute("alter table leraar disable trigger journal_update")
    filled.execute("drop trigger seal_keep on seal")
    assert kinds(check()) == ["trigger", "trigger"]


def test_column_added_since_makes_no_difference(filled: Connection, check: Verify) -> None:
    filled.execute("alter table partnerschap add column website text")
    assert check().findings == []


def test_moment_written_in_another_time_zone_makes_no_difference(filled: Connection, check: Verify) -> None:
    filled.execute("set timezone = 'Europe/Amsterdam'")
    filled.execute(
        "insert into client (client_id, naam, soort, scopes, ingetrokken_op) values ('c', 'c', 'beheer', '{}', now())"
    )
    assert check().findings == []
