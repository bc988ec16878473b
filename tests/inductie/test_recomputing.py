"""`register inductie herbereken`: the course of every traject is what its facts give, and a difference is found."""

from collections.abc import Callable

import pytest
from click.testing import CliRunner, Result

from register_service.cli.main import cli
from register_service.inductie.service import batches
from tests.inductie.support import Starter
from tests.support import Register

Run = Callable[..., Result]


@pytest.fixture
def run(register: Register, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run `register inductie herbereken`, two at a time."""
    monkeypatch.setenv("DATABASE_URL", register.settings.database_url)
    monkeypatch.setattr(batches, "SIZE", 2)
    return lambda *arguments: CliRunner().invoke(cli, ["inductie", "herbereken", *arguments])


def courses(register: Register) -> list[tuple[object, ...]]:
    """Give the courses, and what lists compare."""
    return [
        *register.rows("select id, verloop, verwachte_einddatum from inductietraject order by id"),
        *register.rows("select s::text from inductiestand s order by 1"),
    ]


@pytest.fixture
def five(starter: Starter) -> list[Starter]:
    """Five trajecten, of which the last takes over the credit of the one before."""
    others = [Starter.at(starter.register) for _ in range(3)]
    for one in (starter, *others):
        one.started()
    last = others[-1]
    assert last.do("_stop", gestoptOp="2025-07-31", stopReden="op-verzoek").status_code == 200
    last.started(startdatum="2026-08-01")
    return [starter, *others]


def test_what_the_service_stored_is_what_the_facts_give(register: Register, five: list[Starter], run: Run) -> None:
    result = run("--controleer")
    assert (result.exit_code, result.output) == (0, "5 trajecten nagerekend; 0 verschillen van hun feiten.\n")


def test_a_difference_is_found_and_left_alone(register: Register, five: list[Starter], run: Run) -> None:
    register.as_owner(
        "update inductietraject set verloop = jsonb_set(verloop, '{nodigDagen}', '1') where gestopt_op is null"
    )
    before = courses(register)
    result = run("--controleer")
    assert (result.exit_code, result.output) == (1, "5 trajecten nagerekend; 4 verschillen van hun feiten.\n")
    assert courses(register) == before


def test_and_put_right_with_what_follows_from_it(register: Register, five: list[Starter], run: Run) -> None:
    right = courses(register)
    register.as_owner(
        'update inductietraject set verloop = verloop || \'{"standen": [], "geteld": [], "verwachteEinddatum": null}\''
    )
    assert courses(register) != right
    # Nothing counted any more, so the last also lost what it took over: that too is seen, in one round.
    assert run("--controleer").output.startswith("5 trajecten nagerekend; 5 ")
    result = run()
    assert (result.exit_code, result.output) == (0, "5 trajecten nagerekend; 5 bijgewerkt.\n")
    assert courses(register) == right
    assert run("--controleer").exit_code == 0
    assert register.rows("select distinct actor from journal where event = 'inductie.herberekend'") == [("beheer:cli",)]


def test_a_follower_is_computed_with_what_it_follows_as_it_will_be(
    register: Register, five: list[Starter], run: Run
) -> None:
    right = courses(register)
    register.as_owner(
        "update inductietraject set verloop = jsonb_set(verloop, '{geteld}', '[]') where gestopt_op is not null;"
        "update inductietraject set verloop = verloop || '{\"eerderDagen\": 0}' where vervolg_op is not null"
    )
    assert run("--controleer").output == "5 trajecten nagerekend; 2 verschillen van hun feiten.\n"
    assert run().output == "5 trajecten nagerekend; 2 bijgewerkt.\n"
    assert courses(register) == right


def test_without_any_there_is_nothing_to_do(register: Register, run: Run) -> None:
    assert run().output == "0 trajecten nagerekend; 0 bijgewerkt.\n"
    assert run("--controleer").exit_code == 0
