"""Notices of `register registratie bijwerken`: each end and kind once, and only what is right today waits to be sent."""

from collections.abc import Iterator
from datetime import date

import pytest

from register_service.settings import Settings
from tests.registratie.lives import approve, bijwerken, everything, furnish, live, notices
from tests.registratie.rules.build import END, ENOUGH, START, holds, off, ru, stored
from tests.support import Register, on_day, the

PERIOD = stored(START, END)
SIX_MONTHS, TWELVE_WEEKS = ("zes-maanden", END), ("twaalf-weken", END)


@pytest.fixture
def register(settings: Settings) -> Iterator[Register]:
    """A register with a vestiging of every sector."""
    register = Register(settings)
    furnish(register)
    yield register
    register.close()


def on(register: Register, day: str) -> int:
    """Run on a day, up to that day; give how many notices were made."""
    with on_day(*map(int, day.split("-"))):
        return bijwerken(register, date.fromisoformat(day)).berichten


def sent(register: Register) -> None:
    """Let all that waits be sent."""
    register.as_owner(
        "update bericht set afgegeven_op = now(), verzonden_op = now() where verzonden_op is null and vervallen_op is null"
    )


def test_six_months_and_twelve_weeks_ahead(register: Register) -> None:
    live(register, perioden=[PERIOD])
    assert [on(register, day) for day in ("2024-01-30", "2024-01-31", "2024-02-01")] == [0, 1, 0]
    assert notices(register) == [SIX_MONTHS]
    sent(register)
    assert [on(register, day) for day in ("2024-05-07", "2024-05-08", "2024-05-09", END)] == [0, 1, 0, 0]
    assert notices(register) == [TWELVE_WEEKS]


def test_of_a_period_that_was_not_stored_yet_too(register: Register) -> None:
    live(register)
    assert on(register, "2024-02-01") == 1


def test_who_runs_late_sends_the_last_one_only(register: Register) -> None:
    live(register, perioden=[PERIOD])
    assert on(register, "2024-06-01") == 1
    assert notices(register, waiting=False) == [TWELVE_WEEKS]
    assert on(register, "2024-06-02") == 0


def test_what_was_not_sent_before_the_next_one_lapses(register: Register) -> None:
    live(register, perioden=[PERIOD])
    on(register, "2024-02-01")
    on(register, "2024-06-01")
    assert (notices(register), notices(register, waiting=False)) == ([TWELVE_WEEKS], [SIX_MONTHS, TWELVE_WEEKS])


def test_after_the_end_nothing_is_sent_any_more(register: Register) -> None:
    live(register, perioden=[PERIOD], uren=[])
    on(register, "2024-06-01")
    on(register, "2024-08-01")
    assert notices(register) == []


def test_for_an_earlier_day_nothing_is_made_that_is_not_right_any_more(register: Register) -> None:
    live(register, perioden=[PERIOD])
    with on_day(2024, 6, 1):
        assert [bijwerken(register, day).berichten for day in (date(2024, 2, 1), date(2024, 6, 1))] == [0, 1]
        assert bijwerken(register, date(2024, 2, 1)).rows == 0
    assert notices(register, waiting=False) == [TWELVE_WEEKS]


def test_up_to_a_day_nothing_is_made_that_falls_due_later(register: Register) -> None:
    live(register, perioden=[PERIOD])
    with on_day(2024, 2, 10):
        assert [bijwerken(register, date(2024, 1, day)).berichten for day in (30, 31)] == [0, 1]


def test_uitstel_moves_the_end_and_its_notices(register: Register) -> None:
    number = live(register, perioden=[PERIOD])
    on(register, "2024-02-01")
    sent(register)
    on(register, "2024-06-01")
    with on_day(2024, 6, 2):
        given = register.post(
            f"/leraren/{number}/registratie/uitstellen",
            {"maanden": 6, "motivering": "ziekte", "besluitdatum": "2024-06-02"},
            "k",
        )
        assert given.status_code == 201, given.text
    on(register, "2024-06-03")
    # What had been sent was true then; what waited is not any more.
    assert notices(register) == []
    assert [on(register, day) for day in ("2024-07-30", "2024-07-31", "2024-11-08")] == [0, 1, 1]
    assert notices(register) == [("twaalf-weken", "2025-01-31")]
    assert len(notices(register, waiting=False)) == 4


def test_uitstel_that_is_taken_back_makes_the_notice_right_again(register: Register) -> None:
    number = live(register, perioden=[PERIOD])
    on(register, "2024-02-01")
    path = f"/leraren/{number}/registratie/uitstellen"
    with on_day(2024, 2, 2):
        body = {"maanden": 6, "motivering": "ziekte", "besluitdatum": "2024-02-02"}
        given = register.post(path, body, "k")
    on(register, "2024-02-03")
    assert notices(register) == []
    with on_day(2024, 2, 4):
        assert register.delete(f"{path}/{the(given)['id']}", "k").status_code == 204
    assert on(register, "2024-02-05") == 1
    assert (notices(register), notices(register, waiting=False)) == ([SIX_MONTHS], [SIX_MONTHS])


@pytest.mark.parametrize(
    "changed", [{"doorhalingen": [off("2024-01-15")]}, {"bevoegd": [holds(tot="2024-01-15")]}], ids=["off", "aspirant"]
)
def test_who_is_not_registered_is_told_nothing(register: Register, changed: dict[str, object]) -> None:
    live(register, perioden=[PERIOD], **changed)
    assert [on(register, day) for day in ("2024-02-01", "2024-06-01")] == [0, 0]


def test_who_is_struck_off_is_not_told_and_after_resuming_is(register: Register) -> None:
    number = live(register, perioden=[PERIOD])
    on(register, "2024-02-01")
    with on_day(2024, 2, 2):
        assert register.post(f"/leraren/{number}/registratie/_doorhalen", {}, "k").status_code == 200
    on(register, "2024-02-03")
    assert notices(register) == []
    with on_day(2024, 2, 4):
        assert register.send("POST", f"/leraren/{number}/registratie/_hervatten", who="k").status_code == 200
    assert on(register, "2024-02-05") == 1
    assert notices(register) == [SIX_MONTHS]


def test_what_was_sent_is_never_made_again(register: Register) -> None:
    live(register, perioden=[PERIOD])
    on(register, "2024-02-01")
    sent(register)
    before = everything(register)
    assert [on(register, day) for day in ("2024-02-01", "2024-02-02", "2024-05-01")] == [0, 0, 0]
    assert everything(register) == before


def test_what_is_being_sent_is_not_taken_out_of_the_senders_hands(register: Register) -> None:
    live(register, perioden=[PERIOD])
    on(register, "2024-02-01")
    register.as_owner("update bericht set bezig_sinds = '2024-06-01 10:59+00', pogingen = 1")
    on(register, "2024-06-01")
    assert notices(register) == [SIX_MONTHS, TWELVE_WEEKS]
    # Ten minutes later the sender is dead.
    register.as_owner("update bericht set bezig_sinds = '2024-06-01 10:00+00' where bezig_sinds is not null")
    on(register, "2024-06-01")
    assert notices(register) == [TWELVE_WEEKS]


def test_a_renewed_period_is_told_of_in_its_turn(register: Register) -> None:
    number = live(register, uren=[ENOUGH, ru("2025-01-01", 160)])
    for day in ("2024-02-01", "2024-06-01", "2024-08-01", "2028-02-01"):
        on(register, day)
        sent(register)
    with register.owner() as connection:
        approve(connection, number, ru("2028-02-02", 10))
    assert on(register, "2028-02-03") == 0
    assert notices(register, waiting=False) == [SIX_MONTHS, TWELVE_WEEKS, ("zes-maanden", "2028-07-31")]


def test_the_journal_says_what_became_of_a_notice(register: Register) -> None:
    live(register, perioden=[PERIOD])
    on(register, "2024-02-01")
    on(register, "2024-06-01")
    events = register.rows("select event, state ->> 'soort' from journal where table_name = 'bericht' order by id")
    assert events == [
        ("bericht.gemaakt", "zes-maanden"),
        ("bericht.vervallen", "zes-maanden"),
        ("bericht.gemaakt", "twaalf-weken"),
    ]


@pytest.mark.parametrize(
    "changed",
    [{"doorhalingen": [off("2024-03-01")]}, {"bevoegd": [holds(tot="2024-02-29")]}],
    ids=["off", "aspirant"],
)
def test_what_waits_lapses_on_the_day_that_one_is_not_registered_any_more(
    register: Register, changed: dict[str, object]
) -> None:
    """Recorded long before that day."""
    live(register, perioden=[PERIOD], **changed)
    for day, waiting in (("2024-02-01", 1), ("2024-02-29", 1), ("2024-03-01", 0)):
        on(register, day)
        assert len(notices(register)) == waiting


def test_what_waits_is_not_looked_at_every_day(register: Register) -> None:
    live(register, perioden=[PERIOD])
    on(register, "2024-02-01")
    with on_day(2024, 2, 2):
        bijwerken(register, date(2024, 2, 2))
    with on_day(2024, 2, 3):
        assert bijwerken(register, date(2024, 2, 3)).bekeken == 0
