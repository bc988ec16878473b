"""Progress from a stand as it is kept is, byte for byte, what the rule gives."""

from datetime import date, timedelta

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from register_service.registratie.rules.course import course_of
from register_service.registratie.rules.ready import progress_from
from register_service.registratie.rules.stand import Voortgangstand, stand_on
from register_service.registratie.rules.voortgang import voortgang_of
from tests.registratie.rules.strategies import MODEST, OFFSETS, SPAN, lives
from tests.registratie.rules.test_properties import Drawn, read, store

FIRST = date(2020, 8, 1)
HALVES = st.integers(0, 700)


def both(stand: Voortgangstand, day: date) -> tuple[bytes, bytes]:
    """Give what comes of a stand by way of what is kept of it, and by the rule itself."""
    kept = orjson.loads(orjson.dumps(tuple(stand)))
    return orjson.dumps(progress_from(kept, day, day.isoformat())), orjson.dumps(voortgang_of(stand, day).as_json())


@MODEST
@given(lives(), st.integers(0, SPAN), st.lists(OFFSETS, min_size=1, max_size=6))
def test_of_any_life(drawn: Drawn, stored_up_to: int, asked_on: list[int]) -> None:
    feiten, regelingen, _ = read(drawn)
    feiten = store(feiten, course_of(feiten, regelingen, drawn[2] + timedelta(days=stored_up_to)))
    for day in (drawn[2] + timedelta(days=offset) for offset in asked_on):
        fast, rule = both(stand_on(feiten, regelingen, day), day)
        assert fast == rule


@given(
    st.lists(HALVES, min_size=4, max_size=4),
    st.lists(HALVES, min_size=4, max_size=4),
    st.integers(0, 2000),
    st.integers(1, 2000),
)
def test_of_any_figures(have: list[int], need: list[int], gone: int, length: int) -> None:
    """Also what no life has: nothing asked, a day after the end, exactly as much as there should be by now."""
    *counted, work = have
    eind, day = FIRST + timedelta(days=length - 1), FIRST + timedelta(days=gone)
    stand = Voortgangstand(
        "2657035144",
        FIRST,
        "geregistreerd",
        FIRST,
        eind,
        eind,
        "vo",
        *counted,
        3,
        work * 365_250,
        16_590_000,
        tuple(need),
    )
    fast, rule = both(stand, day)
    assert fast == rule


@pytest.mark.parametrize("status", [None, "aspirant", "doorgehaald"])
def test_of_whom_nothing_is_to_be_reached(status: str | None) -> None:
    fast, rule = both(Voortgangstand("2657035144", FIRST, status), FIRST)
    assert fast == rule
