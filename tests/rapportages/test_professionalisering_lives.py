"""The SQL of `professionalisering` against the rules of the registratie, for lives made up (see said.py)."""

from datetime import UTC, date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from register_service.core import clock
from tests.rapportages.said import everybody, said_by_rules, said_by_sql
from tests.registratie.lives import add, bijwerken, register_of_all
from tests.registratie.rules.strategies import MODEST, SPAN, Json, lives
from tests.registratie.test_bijwerken_any_order import anew
from tests.support import Register

__all__ = ["register_of_all"]


@MODEST
@given(drawn=lives(), asked=st.lists(st.integers(0, SPAN), min_size=1, max_size=3))
def test_lives_made_up(register: Register, drawn: tuple[Json, list[Json], date], asked: list[int]) -> None:
    facts, rows, start = drawn
    with register.owner() as connection:
        anew(connection, rows)
        number = add(connection, facts)
    last = start + timedelta(days=SPAN)
    with clock.fixed_at(datetime.combine(last, time(11), UTC)):
        bijwerken(register, last)
    with register.owner() as connection:
        own, regelingen = everybody(connection, number)
        for day in (start + timedelta(days=offset) for offset in asked):
            expected = said_by_rules(own, regelingen, day).get(number)
            assert said_by_sql(connection, day).get(number) == expected
