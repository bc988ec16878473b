"""`register registratie bijwerken`: what follows up to a day is stored, whenever and however often it is done."""

import json
from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from register_service.registratie.renewing import running
from register_service.settings import Settings
from tests.registratie.lives import (
    bijwerken,
    command,
    employ,
    everything,
    furnish,
    live,
    stored,
)
from tests.registratie.rules.build import ENOUGH, START, holds, job, off, ru
from tests.support import Register, on_day

FIRST = (START, "2024-07-31", "eerste")
FULL = job(START, fte=1)


@pytest.fixture
def register(settings: Settings) -> Iterator[Register]:
    """A register with a vestiging of every sector, some years from now, so that no day is in the future."""
    register = Register(settings)
    furnish(register)
    with on_day(2031, 1, 1):
        yield register
    register.close()


def up_to(register: Register, day: str) -> running.Outcome:
    """Do the work up to a day that may have been long ago."""
    return bijwerken(register, date.fromisoformat(day))


def test_the_first_period_is_stored_on_the_day_it_begins(register: Register) -> None:
    number = live(register)
    assert (up_to(register, "2020-07-31").begonnen, stored(register)) == (0, [])
    assert (up_to(register, START).begonnen, stored(register, number)) == (1, [FIRST])


def test_who_has_no_bevoegdheid_that_registers_stays_aspirant(register: Register) -> None:
    live(register, bevoegd=[])
    live(register, bevoegd=[holds(soort="geschiktheidsverklaring")])
    live(register, bevoegd=[holds("2019-07-01", "2020-07-31")])
    outcome = up_to(register, "2021-01-01")
    assert (outcome.bekeken, stored(register)) == (0, [])


def test_who_becomes_bevoegd_is_registered_from_that_day(register: Register) -> None:
    number = live(register, bevoegd=[holds("2021-02-01")])
    up_to(register, "2021-01-31")
    assert stored(register) == []
    up_to(register, "2021-02-01")
    assert stored(register, number) == [("2021-02-01", "2025-01-31", "eerste")]


def test_requirements_met_renew_on_the_day_after_the_end(register: Register) -> None:
    number = live(register)
    up_to(register, "2024-07-31")
    assert stored(register, number) == [FIRST]
    assert up_to(register, "2024-08-01").verlengd == 1
    assert stored(register, number) == [FIRST, ("2024-08-01", "2028-07-31", "verlengd")]


def test_what_is_made_good_in_six_months_restores_on_that_day(register: Register) -> None:
    number = live(register, uren=[ru("2023-05-01", 100), ru("2024-09-01", 60, decided="2024-10-10")])
    assert up_to(register, "2024-10-09").rows == 1
    assert up_to(register, "2024-10-10").hersteld == 1
    assert stored(register, number)[1:] == [("2024-10-10", "2028-10-09", "hersteld")]


def test_what_is_not_made_good_stays_as_it_is(register: Register) -> None:
    number = live(register, uren=[])
    assert up_to(register, "2030-01-01").rows == 1
    assert stored(register, number) == [FIRST]


def test_who_was_doorgehaald_over_the_end_and_resumed_goes_on_from_that_day(register: Register) -> None:
    number = live(register, doorhalingen=[off("2024-01-01", "2025-02-28")])
    assert up_to(register, "2025-02-28").rows == 1
    assert up_to(register, "2025-03-01").hervat == 1
    assert stored(register, number)[1:] == [("2025-03-01", "2029-02-28", "hervat")]


def test_twice_is_once(register: Register) -> None:
    for uren in ([ENOUGH], []):
        live(register, uren=uren)
    with on_day(2024, 8, 1):
        assert up_to(register, "2024-08-01").rows > 0
        before, rows = everything(register), register.rows("select count(*) from journal")
        assert up_to(register, "2024-08-01").rows == 0
    assert (everything(register), register.rows("select count(*) from journal")) == (before, rows)


def test_late_by_years_is_as_day_by_day(register: Register) -> None:
    """The first day, then every day from a month before the end until a year after it; and one run at the end."""
    lives = [
        {"uren": [ENOUGH, ru("2026-01-01", 160)]},
        {"uren": [ru("2023-05-01", 100), ru("2024-09-01", 60, decided="2024-10-10")]},
        {"uren": []},
        {"bevoegd": [holds("2020-10-10", "2024-03-01"), holds("2025-01-05")]},
        {"doorhalingen": [off("2024-07-31", "2024-12-31")]},
        {"werk": [job(START, "2021-12-31"), job("2024-08-01")], "uren": [ENOUGH]},
    ]
    slow = [live(register, **one) for one in lives]
    last = date(2025, 7, 15)
    for day in (date(2020, 8, 1), *(last - timedelta(days=before) for before in reversed(range(385)))):
        up_to(register, day.isoformat())
    found = [stored(register, number) for number in slow]
    fast = [live(register, **one) for one in lives]
    up_to(register, last.isoformat())
    assert [stored(register, number) for number in fast] == found
    assert {grond for periods in found for _, _, grond in periods} == {"eerste", "verlengd", "hersteld", "hervat"}


def test_who_is_verlopen_is_not_looked_at_again_until_something_is_new(register: Register) -> None:
    live(register, uren=[])
    number = live(register, werk=[job(START, "2021-12-31")])
    assert up_to(register, "2025-06-01").bekeken == 2
    assert up_to(register, "2025-06-02").bekeken == 0
    with register.owner() as connection:
        # The employer had forgotten to report it.
        employ(connection, number, job("2022-01-01", "2024-07-31"))
    outcome = up_to(register, "2025-06-03")
    assert (outcome.bekeken, outcome.verlengd) == (1, 1)
    assert stored(register, number)[1:] == [("2024-08-01", "2028-07-31", "verlengd")]


def test_after_a_year_without_runs_nobody_is_forgotten(register: Register) -> None:
    number = live(register, uren=[ru("2023-05-01", 100), ru("2024-09-01", 60, decided="2024-10-10")])
    up_to(register, "2024-08-01")
    assert up_to(register, "2025-12-01").hersteld == 1
    assert stored(register, number)[1:] == [("2024-10-10", "2028-10-09", "hersteld")]


def test_a_bevoegdheid_that_was_recorded_before_its_day_counts_on_its_day(register: Register) -> None:
    number = live(register, bevoegd=[holds(tot="2023-01-01"), holds("2026-03-01")])
    for day in ("2024-08-01", "2025-09-01", "2026-02-28"):
        up_to(register, day)
        assert stored(register, number) == [FIRST]
    assert up_to(register, "2026-03-01").begonnen == 1


def test_a_doorhaling_of_which_the_end_was_recorded_before_its_day_ends_on_its_day(register: Register) -> None:
    live(register, doorhalingen=[off("2024-01-01", "2026-02-28")])
    assert [up_to(register, day).hervat for day in ("2024-08-01", "2025-09-01", "2026-02-28", "2026-03-01")] == [
        0,
        0,
        0,
        1,
    ]


def test_figures_that_are_new_or_begin_are_for_everybody(register: Register) -> None:
    live(register, uren=[])
    up_to(register, "2025-06-01")
    assert up_to(register, "2025-06-02").bekeken == 0
    register.as_owner("update regeling set geldig_tot = '2025-06-30' where sector = 'alle'")
    register.as_owner(
        "insert into regeling (sector, geldig_vanaf, waarden) select 'alle', '2025-07-01', waarden from regeling "
        "where sector = 'alle'"
    )
    assert [up_to(register, f"2025-06-0{day}").bekeken for day in (3, 4)] == [1, 0]
    assert [up_to(register, f"2025-07-0{day}").bekeken for day in (1, 2)] == [1, 0]


def test_the_run_of_another_server_says_nothing_about_this_one(register: Register) -> None:
    live(register, uren=[])
    up_to(register, "2025-06-01")
    register.as_owner("update renewal_run set unseen_from = '99999999999'")
    assert [up_to(register, f"2025-06-0{day}").bekeken for day in (2, 3)] == [1, 0]


def test_what_is_stored_stands_when_the_facts_change(register: Register) -> None:
    number = live(register)
    up_to(register, "2024-08-01")
    register.as_owner("update activiteit set status = 'ingetrokken', beoordeeld_op = null")
    register.as_owner("update bevoegdheid set behaald_op = '2021-01-01'")
    assert up_to(register, "2024-08-02").rows == 0
    assert len(stored(register, number)) == 2


def test_an_earlier_day_than_was_done_adds_nothing(register: Register) -> None:
    live(register)
    up_to(register, "2024-08-01")
    before = everything(register)
    for day in ("2020-08-01", "2023-01-01", "2024-07-31"):
        assert up_to(register, day).rows == 0
    assert everything(register) == before


def test_the_journal_says_who_did_what(register: Register) -> None:
    live(register, uren=[ENOUGH, ru("2028-09-01", 160)])
    live(register, doorhalingen=[off("2024-01-01", "2025-02-28")])
    up_to(register, "2028-09-02")
    rows = register.rows(
        "select event, actor, dossier is not null from journal where table_name = 'registratieperiode' order by id"
    )
    events = ["begonnen", "begonnen", "verlengd", "hersteld", "hervat"]
    assert sorted(rows) == sorted((f"registratie.{event}", "beheer:test", True) for event in events)


def test_after_a_merge_the_dossier_that_is_gone_gets_nothing(register: Register) -> None:
    gone, kept = live(register), live(register)
    register.as_owner("update leraar set samengevoegd_met = %s where registratienummer = %s", kept, gone)
    up_to(register, "2024-08-01")
    assert stored(register, gone) == []


def test_batches_of_any_size_give_the_same(register: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "SIZE", 2)
    numbers = [live(register) for _ in range(5)]
    told: list[tuple[int, int]] = []
    from register_service.core.command import owner_connection

    with owner_connection(register.settings) as connection:
        day = date(2024, 8, 1)
        outcome = running.renew(connection, day, actor="beheer:test", progress=lambda *of: told.append(of))
    assert (outcome.begonnen, outcome.verlengd, told) == (5, 5, [(2, 5), (4, 5), (5, 5)])
    assert len(stored(register, *numbers)) == 10


def test_the_command_tells_what_it_did(register: Register) -> None:
    live(register)
    with on_day(2024, 8, 1):
        result = command(register)
        assert result.output.startswith(
            "Bijgewerkt tot en met 2024-08-01: 1 leraren bekeken; 1 registraties begonnen, 1 verlengd"
        )
        assert json.loads(command(register, "--dag", "2024-07-31", "--json").output) == {
            "dag": "2024-07-31", "bekeken": 0, "begonnen": 0, "verlengd": 0, "hersteld": 0, "hervat": 0,
            "berichten": 0, "vervallen": 0,
        }  # fmt: skip
    assert register.rows("select distinct actor from journal where table_name = 'registratieperiode'") == [
        ("beheer:cli",)
    ]


def test_the_command_does_not_run_ahead(register: Register) -> None:
    with on_day(2024, 8, 1):
        result = command(register, "--dag", "2024-08-02")
    assert result.exit_code == 1
    assert "2024-08-02 is nog niet geweest" in result.output
