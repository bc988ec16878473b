"""The journal's trigger: whatever changes a register table, by whatever hand, stands in the journal, and nothing else does."""

from typing import Any

import psycopg
import pytest
from psycopg import sql

from register_service.core.model import Base, Registered
from register_service.tables import metadata
from tests.support import VESTIGING_A, VESTIGING_B, A, Register

# Every table whose model takes the mixin of the register.
REGISTERED = sorted(
    mapper.class_.__tablename__ for mapper in Base.registry.mappers if issubclass(mapper.class_, Registered)
)
ENTRIES = "select action, table_name, state is null from journal where id > %s order by id"


@pytest.fixture
def mark(register: Register) -> int:
    """The last row of the journal before the test."""
    return int(register.rows("select coalesce(max(id), 0) from journal")[0][0])


def entries(register: Register, mark: int) -> list[tuple[Any, ...]]:
    """Give action, table and whether the state is empty, of what came after a mark."""
    return register.rows(ENTRIES, mark)


def test_every_register_table_has_the_trigger(register: Register) -> None:
    assert len(REGISTERED) == 35
    for table in REGISTERED:
        found = register.rows(
            "select tgname, tgenabled::text from pg_trigger where tgrelid = %s::regclass and not tgisinternal "
            "and tgname like 'journal%%' order by 1",
            table,
        )
        names = ["journal_delete", "journal_insert", "journal_truncate", "journal_update"]
        assert found == [(name, "O") for name in names], table


def test_every_table_is_a_register_table_or_known_not_to_be() -> None:
    assert set(metadata.tables) - set(REGISTERED) == {
        "access_log", "checkpoint", "client_secret", "idempotency_key", "inductiestand", "journal", "koppelcode_secret",
        "merkle_node", "newcomer", "rate_limit", "renewal_run", "revoked_token", "seal", "seal_horizon", "session", "sign_in",
        "used_assertion", "voortgangstand",
    }  # fmt: skip


def test_insert_update_delete_by_hand(register: Register, mark: int) -> None:
    register.as_owner("insert into partnerschap (naam) values ('P')")
    register.as_owner("update partnerschap set naam = 'Q'")
    register.as_owner("delete from partnerschap")
    assert entries(register, mark) == [
        ("insert", "partnerschap", False),
        ("update", "partnerschap", False),
        ("delete", "partnerschap", True),
    ]


def test_who_and_why_by_hand_without_any_context(register: Register, mark: int) -> None:
    with psycopg.connect(register.settings.database_url) as connection:
        connection.execute("insert into partnerschap (naam) values ('P')")
    found = register.rows("select actor, namens, event, reason from journal where id > %s", mark)
    assert found == [("database:postgres", None, "database.insert", None)]


def test_many_rows_in_one_statement_and_by_copy(register: Register, mark: int) -> None:
    register.as_owner("insert into partnerschap (naam) select 'P' || n from generate_series(1, 100) n")
    with register.owner() as connection, connection.cursor().copy("copy partnerschap (naam) from stdin") as copy:
        for number in range(100):
            copy.write_row((f"C{number}",))
    register.as_owner("update partnerschap set opleidingen = '{pabo}' where naam < 'P'")
    assert [entry[0] for entry in entries(register, mark)] == ["insert"] * 200 + ["update"] * 100


def test_upsert_and_merge_statements(register: Register, mark: int) -> None:
    register.as_owner("insert into partnerschap (naam) values ('P'), ('Q')")
    register.as_owner(
        "insert into partnerschap (naam) values ('P'), ('R') on conflict (naam) do update set opleidingen = '{pabo}'"
    )
    register.as_owner(
        "merge into partnerschap p using (values ('Q'), ('S')) v (naam) on p.naam = v.naam "
        "when matched then delete when not matched then insert (naam) values (v.naam)"
    )
    assert sorted(entry[0] for entry in entries(register, mark)[2:]) == ["delete", "insert", "insert", "update"]


def test_an_update_that_changes_nothing_leaves_no_trace(register: Register, mark: int) -> None:
    register.as_owner("insert into partnerschap (naam) values ('P'), ('Q')")
    register.as_owner("update partnerschap set naam = naam")
    register.as_owner("update partnerschap set naam = 'X' where naam = 'nobody'")
    register.as_owner("update partnerschap set naam = case naam when 'P' then 'P2' else naam end")
    assert [entry[0] for entry in entries(register, mark)] == ["insert", "insert", "update"]


def test_a_changed_id_is_one_object_less_and_one_more(register: Register, mark: int) -> None:
    register.as_owner("insert into partnerschap (naam) values ('P')")
    register.as_owner("update partnerschap set id = uuidv7()")
    assert [entry[0] for entry in entries(register, mark)] == ["insert", "delete", "insert"]
    assert register.rows("select count(distinct object_id) from journal where id > %s", mark) == [(2,)]


def test_two_rows_that_swap_ids_are_both_changed(register: Register, mark: int) -> None:
    register.as_owner("insert into partnerschap (id, naam) values (uuidv7(), 'P'), (uuidv7(), 'Q')")
    with register.owner() as connection:
        connection.execute("alter table partnerschap drop constraint partnerschap_pkey cascade")
        connection.execute("update partnerschap p set id = (select id from partnerschap o where o.naam <> p.naam)")
    assert [entry[0] for entry in entries(register, mark)] == ["insert", "insert", "update", "update"]


@pytest.mark.parametrize("table", REGISTERED)
def test_truncate_is_refused(register: Register, table: str) -> None:
    with pytest.raises(psycopg.errors.IntegrityError):
        register.as_owner(f"truncate {table} cascade")


def test_a_transaction_that_rolls_back_leaves_nothing(register: Register, mark: int) -> None:
    with register.owner() as connection:
        connection.execute("insert into partnerschap (naam) values ('P')")
        connection.rollback()
    with register.owner() as connection:
        connection.execute("insert into partnerschap (naam) values ('Q')")
        with pytest.raises(psycopg.errors.UniqueViolation), connection.transaction():
            connection.execute("insert into partnerschap (naam) values ('R')")
            connection.execute("insert into partnerschap (naam) values ('Q')")
    assert len(entries(register, mark)) == 1


def test_what_a_foreign_key_would_undo_is_refused_instead(register: Register) -> None:
    register.aanstelling(register.leraar())
    with pytest.raises(psycopg.errors.ForeignKeyViolation):
        register.as_owner("delete from leraar")


@pytest.mark.parametrize(
    "statement",
    [
        "update journal set actor = 'x'",
        "update journal set state = '{}'",
        "update journal set at = now()",
        "update journal set state = null",  # erasing takes the salt and the reason along
        "update journal set state = null, salt = null, reason = null, actor = 'x'",
        "delete from journal",
        "truncate journal",
        "truncate journal cascade",
        "delete from access_log",
        "update access_log set actor = 'x'",
        "truncate access_log",
    ],
)
def test_rows_of_the_journal_and_the_access_log_are_never_changed(register: Register, statement: str) -> None:
    number = register.leraar()
    register.get(f"/leraren/{number}")
    with pytest.raises(psycopg.errors.IntegrityError):
        register.as_owner(statement)


def test_the_owner_can_erase_a_state_and_nothing_else(register: Register) -> None:
    number = register.leraar()
    kept = "select id, tx::text, at, table_name, object_id, action, dossier, bestuur, actor, event from journal order by id"
    before = register.rows(kept)
    register.as_owner("update journal set state = null, salt = null, reason = null where dossier = %s", number)
    assert register.rows(kept) == before
    assert (
        register.rows("select state, salt, reason from journal where dossier = %s", number) == [(None, None, None)] * 2
    )


def test_rows_say_whose_dossier_and_which_bestuur(register: Register, mark: int) -> None:
    number = register.leraar()
    register.aanstelling(number)
    register.bevoegdheid(number)
    found = register.rows("select table_name, dossier, bestuur from journal where id > %s order by id", mark)
    assert found == [
        ("leraar", number, None),
        ("koppeling", number, A),
        ("aanstelling", number, A),
        ("bevoegdheid", number, None),
    ]
    organisations = register.rows(
        "select distinct dossier, bestuur from journal where table_name in ('bestuur', 'client')"
    )
    assert organisations == [(None, None)]


def test_each_row_has_a_salt_of_its_own_and_the_request(register: Register, mark: int) -> None:
    number = register.leraar()
    register.send(
        "POST",
        f"/leraren/{number}/bevoegdheden",
        {"soort": "pabo", "behaaldOp": "2020-01-01"},
        X_Request_ID="r-1",
        Reden="op%20verzoek",
    )
    found = register.rows("select salt, request_id, reason, namens from journal where id > %s order by id", mark)
    assert len({row[0] for row in found}) == len(found)
    assert all(len(row[0]) == 16 for row in found)
    assert found[-1][1:] == ("r-1", "op verzoek", f"bestuur:{A}")


def test_an_aanstelling_that_goes_to_another_bestuur_is_gone_for_the_first(register: Register, mark: int) -> None:
    number = register.leraar()
    path = register.aanstelling(number)
    before = register.seal()
    assert register.change(path, {"vestiging": VESTIGING_B}, "k").status_code == 200
    after = register.seal()
    vestigingen = {}
    for moment in (before, after):
        for who in "abk":
            answer = register.get(f"/leraren/{number}/aanstellingen?beschikbaarOp={moment}", who)
            vestigingen[who, moment] = [one["vestiging"] for one in (answer.json or {})["items"]]
    assert vestigingen == {
        ("a", before): [VESTIGING_A], ("b", before): [], ("k", before): [VESTIGING_A],
        ("a", after): [], ("b", after): [VESTIGING_B], ("k", after): [VESTIGING_B],
    }  # fmt: skip


def test_the_trigger_reads_every_column(register: Register) -> None:
    for table in REGISTERED:
        with register.owner() as connection:
            query = sql.SQL("select to_jsonb(t) from {} t limit 1").format(sql.Identifier(table))
            row = connection.execute(query).fetchone()
        if row is not None:
            (state,) = register.rows("select state from journal where table_name = %s order by id desc limit 1", table)[
                0
            ]
            assert set(state) == {column.name for column in metadata.tables[table].columns}
