"""The course of a traject follows the aanstellingen: added, changed, ended, withdrawn, at once or while others write."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import pytest
from psycopg.types.json import Jsonb

from register_service.inductie.rules.course import course_of
from register_service.inductie.service import saving
from tests.inductie.support import Starter
from tests.support import AANSTELLING, VESTIGING_A, VESTIGING_A2, Register, at_once, the

SIGNAL = "verblijf-zonder-aanstelling"


def path_at(starter: Starter, vestiging: str = VESTIGING_A) -> str:
    """Give the path of the aanstelling at a vestiging."""
    base = f"/leraren/{starter.number}/aanstellingen"
    items = the(starter.register.get(base, "k"))["items"]
    (found,) = (one["id"] for one in items if one["vestiging"] == vestiging)
    return f"{base}/{found}"


def spans(starter: Starter) -> list[tuple[str, str | None]]:
    """Give the days on which a stay is without an aanstelling."""
    ((verloop,),) = starter.register.rows("select verloop from inductietraject where leraar = %s", starter.number)
    return [(one["vanaf"], one["tot"]) for one in verloop["standen"] if one["waarde"] == SIGNAL]


def stale(register: Register) -> list[Any]:
    """Give the trajecten whose course is not what their facts give."""
    with register.app_role(role="beheer", bestuur="") as connection:
        rows = connection.execute(
            "select t.id, t.verloop, f.feiten || o.omgeving from inductietraject t "
            "join inductiefeiten f on f.traject = t.id join inductieomgeving o on o.leraar = t.leraar"
        ).fetchall()
    assert rows
    return [one for one, verloop, raw in rows if course_of(saving.as_facts(raw)).as_json() != verloop]


def test_an_aanstelling_that_ends_shows_in_the_course(starter: Starter) -> None:
    starter.started()
    assert spans(starter) == []
    assert starter.register.change(path_at(starter), {"einddatum": "2025-12-31"}).status_code == 200
    assert spans(starter) == [("2026-01-01", None)]
    assert SIGNAL in [one["code"] for one in starter.now()["signalen"]]


def test_and_by_its_own_step(starter: Starter) -> None:
    starter.started()
    body = {"einddatum": "2025-12-31", "redenEinde": "overig"}
    assert starter.register.change(path_at(starter), body, method="POST", step="/_beeindig").status_code == 200
    assert spans(starter) == [("2026-01-01", None)]


def test_one_that_is_added_late_gives_what_it_would_have_given_on_time(starter: Starter) -> None:
    starter.started()
    starter.register.change(path_at(starter), {"einddatum": "2025-12-31"})
    starter.register.aanstelling(starter.number, begindatum="2026-02-01")
    assert spans(starter) == [("2026-01-01", "2026-01-31")]


def test_and_one_that_is_withdrawn_leaves_nothing(starter: Starter) -> None:
    starter.started()
    starter.register.delete(path_at(starter))
    assert spans(starter) == [("2024-08-01", None)]


def test_one_that_moves_to_another_vestiging_counts_there(starter: Starter) -> None:
    starter.started()
    starter.register.delete(path_at(starter, VESTIGING_A2))
    starter.register.change(path_at(starter), {"vestiging": VESTIGING_A2})
    assert spans(starter) == [("2024-08-01", None)]


@pytest.mark.parametrize("begindatum", ["2024-01-01", "2026-02-01"])
def test_an_upsert_is_followed_whether_it_changes_or_adds(starter: Starter, begindatum: str) -> None:
    starter.started()
    starter.register.change(path_at(starter), {"einddatum": "2025-12-31", "personeelsnummer": "P-1"})
    body = {**AANSTELLING, "leraar": starter.number, "vestiging": VESTIGING_A, "personeelsnummer": "P-1"}
    answer = starter.register.post("/aanstellingen/_bijwerken", {**body, "begindatum": begindatum})
    assert answer.status_code == 200, answer.text
    assert spans(starter) == ([] if begindatum == "2024-01-01" else [("2026-01-01", "2026-01-31")])


def test_of_an_ended_traject_too(starter: Starter) -> None:
    starter.started()
    starter.do("_stop", gestoptOp="2025-12-31", stopReden="op-verzoek")
    starter.register.change(path_at(starter), {"begindatum": "2024-09-01"})
    assert spans(starter) == [("2024-08-01", "2024-08-31")]


def test_where_part_time_counts_in_part_the_credit_follows(starter: Starter) -> None:
    starter.register.as_owner(
        "update regeling set waarden = waarden || '{\"deeltijdNaarRato\": true}' where sector = 'vo'"
    )
    starter.started()
    assert starter.now()["opgebouwd"]["dagen"] == 762 * 8 // 10
    starter.register.change(path_at(starter), {"betrekkingsomvang": 0.5})
    assert starter.now()["opgebouwd"]["dagen"] == 762 // 2
    starter.register.change(path_at(starter), {"betrekkingsomvang": 1.0})
    assert starter.now()["verwachteEinddatum"] == "2027-07-31"


def test_what_another_traject_takes_over_follows_as_well(starter: Starter) -> None:
    starter.register.as_owner(
        "update regeling set waarden = waarden || '{\"deeltijdNaarRato\": true}' where sector = 'vo'"
    )
    starter.started()
    starter.do("_stop", gestoptOp="2025-07-31", stopReden="op-verzoek")
    starter.started(startdatum="2026-08-01")
    assert starter.now()["nodig"]["dagen"] == 1096 - 365 * 8 // 10
    starter.register.change(path_at(starter), {"betrekkingsomvang": 1.0})
    assert starter.now()["nodig"]["dagen"] == 1096 - 365
    assert stale(starter.register) == []


@pytest.mark.parametrize("withdrawn", [False, True])
def test_also_when_the_bestuur_loses_sight_of_the_leraar_by_it(starter: Starter, withdrawn: bool) -> None:
    starter.started()
    register = starter.register
    register.as_owner("update koppeling set vanaf = '2024-01-01', tot = '2024-12-31'")
    register.delete(path_at(starter, VESTIGING_A2))
    if withdrawn:
        assert register.delete(path_at(starter)).status_code == 204
    else:
        assert register.change(path_at(starter), {"einddatum": "2025-01-31"}).status_code == 200
    assert register.get(f"/leraren/{starter.number}").status_code == 404
    assert spans(starter) == [("2024-08-01" if withdrawn else "2025-02-01", None)]
    assert stale(register) == []


def test_what_does_not_matter_to_a_course_leaves_it_alone(starter: Starter) -> None:
    starter.started()
    ((before,),) = starter.register.rows("select count(*) from journal where table_name = 'inductietraject'")
    starter.register.change(path_at(starter), {"functie": "docent Duits"})
    starter.register.aanstelling(starter.number, begindatum="2019-01-01", einddatum="2019-12-31")
    ((after,),) = starter.register.rows("select count(*) from journal where table_name = 'inductietraject'")
    assert after == before


def test_a_refused_change_leaves_the_course_as_it_was(starter: Starter) -> None:
    starter.started()
    starter.register.change(path_at(starter), {"einddatum": "2025-12-31"})
    starter.register.aanstelling(starter.number, begindatum="2026-02-01")
    (first, _) = (
        one["id"]
        for one in the(starter.register.get(f"/leraren/{starter.number}/aanstellingen"))["items"]
        if one["vestiging"] == VESTIGING_A
    )
    answer = starter.register.change(f"/leraren/{starter.number}/aanstellingen/{first}", {"einddatum": "2026-02-01"})
    assert (answer.status_code, spans(starter)) == (409, [("2026-01-01", "2026-01-31")])


@pytest.mark.parametrize("turn", range(3))
def test_an_aanstelling_and_a_fact_written_at_once_both_count(starter: Starter, turn: int) -> None:
    starter.started()
    register = starter.register
    aanstelling = path_at(starter)
    leave = {"soort": "ziekte", "begindatum": "2025-03-03", "einddatum": "2025-06-27"}
    more = {"maanden": 3, "motivering": "Meer tijd", "besluitdatum": "2026-08-31"}
    answers = at_once(
        partial(register.post, f"{starter.path}/onderbrekingen", leave),
        partial(register.change, aanstelling, {"einddatum": "2025-12-31"}),
        partial(register.post, f"{starter.path}/verlengingen", more),
        partial(
            register.post,
            f"/leraren/{starter.number}/aanstellingen",
            {**AANSTELLING, "vestiging": VESTIGING_A, "begindatum": "2023-01-01", "einddatum": "2023-12-31"},
        ),
    )
    assert [answer.status_code for answer in answers] == [201, 200, 201, 201]
    assert stale(register) == []


@pytest.mark.parametrize("turn", range(4))
def test_nor_does_an_aanstelling_miss_a_traject_that_starts_at_once(starter: Starter, turn: int) -> None:
    register = starter.register
    aanstelling = path_at(starter)
    added = {**AANSTELLING, "vestiging": VESTIGING_A2, "begindatum": "2022-01-01", "einddatum": "2022-12-31"}
    started, changed, _ = at_once(
        starter.start,
        partial(register.change, aanstelling, {"einddatum": "2025-12-31"}),
        partial(register.post, f"/leraren/{starter.number}/aanstellingen", added),
    )
    assert (started.status_code, changed.status_code) == (201, 200)
    assert spans(starter) == [("2026-01-01", None)]
    assert stale(register) == []


_WAITING = "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"


def test_nor_when_its_statement_began_before_the_traject_was_there(starter: Starter) -> None:
    starter.started()
    register = starter.register
    register.change(path_at(starter), {"einddatum": "2025-12-31"})
    kept = {
        name: register.rows(f"select to_jsonb(t) from {name} t")[0][0]
        for name in ("inductietraject", "inductieperiode")
    }
    register.as_owner("delete from inductieperiode; delete from inductietraject")
    body = {**AANSTELLING, "vestiging": VESTIGING_A, "begindatum": "2026-02-01"}
    with ThreadPoolExecutor(1) as pool:
        with register.owner() as connection:
            # As a start does: it holds the leraar, so that the statement that adds an aanstelling has begun, and waits.
            connection.execute("select from leraar where registratienummer = %s for update", (starter.number,))
            added = pool.submit(register.post, f"/leraren/{starter.number}/aanstellingen", body)
            while not register.rows(_WAITING):
                assert not added.done()
            for name, row in kept.items():
                statement = f"insert into {name} select * from jsonb_populate_record(null::{name}, %s)"
                connection.execute(statement, (Jsonb(row),))  # type: ignore[arg-type]
        assert added.result().status_code == 201
    assert spans(starter) == [("2026-01-01", "2026-01-31")]
    assert stale(register) == []
