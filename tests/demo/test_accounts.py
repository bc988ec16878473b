"""Who is to be chosen at the demo provider: they are in the region, and what the page says of them is so."""

from datetime import date

import psycopg
from psycopg import Connection

from register_service.core.context import set_context
from register_service.demo.accounts import IN_ORDER, RUNS_OUT, STARTER, add_accounts
from register_service.demo.nascholing import Nascholing
from register_service.registratie.rules.norms import Regelingen
from register_service.registratie.rules.voortgang import voortgang_on
from register_service.runtime.demo_client import DEMO_LERAAR
from tests.demo.conftest import Loaded

TODAY = date(2026, 11, 25)


def test_the_starter_is_half_way_through_the_induction(loaded: Loaded) -> None:
    row = loaded.connection.execute(
        "select startdatum, coalesce(afgerond_op, gestopt_op) from inductietraject where leraar = %s", (STARTER,)
    ).fetchone()
    assert row is not None
    begin, end = row
    assert end is None and 365 <= (TODAY - begin).days <= 3 * 365


def test_of_one_the_registration_runs_out_and_of_one_all_is_in_order(
    nascholing: Nascholing, regelingen: Regelingen
) -> None:
    feiten = {one.feiten.nummer: one.feiten for one in nascholing.registraties}
    short, complete = (voortgang_on(feiten[number], regelingen, TODAY) for number in (RUNS_OUT, IN_ORDER))
    assert RUNS_OUT == DEMO_LERAAR and short.verstreken > 85 and not short.voldaan
    assert complete.status == "geregistreerd" and complete.voldaan and complete.verstreken < 85


def test_everybody_gets_one_account_however_often_it_is_asked(loaded: Loaded) -> None:
    with loaded.connection.transaction(force_rollback=True):
        set_context(loaded.connection, actor="beheer:test", event="test", today=TODAY)
        people = add_accounts(loaded.connection)
        assert add_accounts(loaded.connection) == people
        assert [(one.rol, bool(one.naam)) for one in people] == [("leraar", True)] * 3 + [("auditor", True)] * 2
        assert accounts(loaded.connection) == [
            ("auditor", None, 2),
            *(("leraar", number, 1) for number in sorted((STARTER, RUNS_OUT, IN_ORDER))),
        ]


def test_in_another_database_only_auditors_are_left(database_url: str) -> None:
    with psycopg.connect(database_url) as connection:
        assert {one.rol for one in add_accounts(connection)} == {"auditor"}


def accounts(connection: Connection[object]) -> list[object]:
    return connection.execute(
        "select soort, leraar, count(*) from account group by soort, leraar order by soort, leraar"
    ).fetchall()
