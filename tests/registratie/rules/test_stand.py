"""What was added up on a day gives the progress of every day for which it holds, as the facts themselves do."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from register_service.registratie.rules.course import course_of
from register_service.registratie.rules.facts import FOREVER, Feiten
from register_service.registratie.rules.stand import holds_until, stand_on
from register_service.registratie.rules.voortgang import voortgang_of, voortgang_on
from tests.registratie.rules.build import END, REGELINGEN, START, day, holds, job, leraar, off, ru, stored
from tests.registratie.rules.strategies import MODEST, OFFSETS, SPAN, lives
from tests.registratie.rules.test_properties import Drawn, read, store


def until(feiten: Feiten, on: str) -> date:
    """Give the last day for which the stand of a day holds."""
    return holds_until(feiten, REGELINGEN, stand_on(feiten, REGELINGEN, day(on)))


@MODEST
@given(lives(), st.integers(0, SPAN), st.lists(OFFSETS, min_size=1, max_size=6))
def test_on_every_day_for_which_it_holds(drawn: Drawn, stored_up_to: int, made_on: list[int]) -> None:
    feiten, regelingen, _ = read(drawn)
    feiten = store(feiten, course_of(feiten, regelingen, drawn[2] + timedelta(days=stored_up_to)))
    for made in (drawn[2] + timedelta(days=offset) for offset in made_on):
        stand = stand_on(feiten, regelingen, made)
        last = holds_until(feiten, regelingen, stand)
        for offset in range((min(last, made + timedelta(days=SPAN)) - made).days + 1):
            asked = made + timedelta(days=offset)
            assert voortgang_of(stand, asked) == voortgang_on(feiten, regelingen, asked)


def test_it_holds_up_to_the_end_of_the_period_when_nothing_comes() -> None:
    assert until(leraar(uren=[ru("2021-01-01", 30)]), "2021-06-01") == day(END)


def test_it_holds_up_to_the_day_before_something_begins_or_ends() -> None:
    for changed in (
        {"uren": [ru("2022-01-01", 3, "2023-01-01")]},
        {"ingediend": [{"einddatum": "2023-01-01", "registeruren": 4}]},
        {"werk": [job(), job("2023-01-01")]},
        {"werk": [job(last="2022-12-31")]},
        {"doorhalingen": [off("2023-01-01")]},
        {"doorhalingen": [off("2021-01-01", "2022-12-31")]},
        {"bevoegd": [holds(tot="2022-12-31")]},
        {"perioden": [stored(START, "2022-12-31")]},
    ):
        assert until(leraar(**{"uren": [], **changed}), "2022-06-01") == day("2022-12-31")


def test_it_holds_while_one_sector_has_most() -> None:
    work = [job(last="2021-06-30", sector="vo"), job("2021-07-01")]
    feiten = leraar(uren=[], werk=work)
    last = until(feiten, "2022-05-01")
    assert day("2022-05-01") <= last < day("2022-05-31")
    assert voortgang_on(feiten, REGELINGEN, last).sector == "vo"
    assert until(feiten, "2022-06-01") == day(END)


def test_after_the_period_it_holds_a_day() -> None:
    feiten = leraar(uren=[])
    for on in ("2024-08-01", "2025-01-31", "2025-02-01", "2027-01-01"):
        assert until(feiten, on) == day(on)


def test_of_whom_nothing_is_to_be_reached_it_holds_for_ever() -> None:
    assert until(leraar(bevoegd=[], uren=[]), "2021-01-01") == FOREVER
