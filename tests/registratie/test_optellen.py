"""What PostgreSQL adds up for the progress of many gives the progress that the facts themselves give."""

from datetime import UTC, date, datetime, time, timedelta

import orjson
from hypothesis import given
from hypothesis import strategies as st

from register_service.core import clock
from register_service.registratie.rules.facts import read_feiten
from register_service.registratie.rules.norms import read_regelingen
from register_service.registratie.rules.voortgang import voortgang_on
from tests.registratie.lives import add, bijwerken, register_of_all
from tests.registratie.rules.strategies import MODEST, OFFSETS, SPAN, Json, lives
from tests.registratie.test_bijwerken_any_order import anew
from tests.support import Register

__all__ = ["register_of_all"]

_INGEDIEND = """
insert into activiteit (leraar, gemeld_door, soort, titel, registeruren, vakinhoudelijk, vakdidactisch, pedagogisch, overig,
                        begindatum, einddatum, status, ingediend_op)
values (%(leraar)s, 'leraar', 'cursus', 'Cursus', 7.5, 7.5, 0, 0, 0, %(dag)s, %(dag)s, 'ingediend', %(dag)s)
"""


@MODEST
@given(
    drawn=lives(),
    stored_up_to=st.integers(0, SPAN),
    submitted=st.lists(OFFSETS, max_size=2),
    asked=st.lists(OFFSETS, min_size=1, max_size=8),
)
def test_progress_is_that_of_the_facts(
    register: Register,
    drawn: tuple[Json, list[Json], date],
    stored_up_to: int,
    submitted: list[int],
    asked: list[int],
) -> None:
    facts, rows, start = drawn
    with register.owner() as connection:
        anew(connection, rows)
        number = add(connection, facts)
        for offset in submitted:
            connection.execute(_INGEDIEND, {"leraar": number, "dag": start + timedelta(days=offset)})
    with clock.fixed_at(datetime.combine(start + timedelta(days=SPAN), time(11), UTC)):
        bijwerken(register, start + timedelta(days=stored_up_to))
    regelingen = read_regelingen(rows)
    with register.owner() as connection:
        ((whole,),) = connection.execute("select feiten::text from registratiefeiten_van(%s, null)", ([number],))
        for day in (start + timedelta(days=offset) for offset in asked):
            question = "select feiten from registratiefeiten_op(%s, %s, null)"
            ((counted,),) = connection.execute(question, ([number], day))
            expected, found = (
                voortgang_on(read_feiten(orjson.loads(feiten), regelingen), regelingen, day)
                for feiten in (whole, counted)
            )
            assert found == expected
