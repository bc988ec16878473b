"""The rules against a second, slow set that lives through every day."""

from datetime import date, timedelta
from math import ceil
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from register_service.registratie.rules.course import Verloop, course_of, status_on
from register_service.registratie.rules.facts import read_feiten
from register_service.registratie.rules.norms import Regelingen, read_regelingen
from register_service.registratie.rules.voortgang import voortgang_on
from tests.registratie.rules.reference import Life, days_from
from tests.registratie.rules.strategies import SLOW, SPAN, Json, lives

Drawn = tuple[Json, list[Json], date]


def as_stored(verloop: Verloop) -> list[Json]:
    """Give periods as the table has them."""
    return [
        {"id": f"{p.begindatum}", "begindatum": f"{p.begindatum}", "einddatum": f"{p.einddatum}", "grond": p.grond,
         "uitstelMaanden": p.uitstel_maanden}
        for p in verloop.perioden
    ]  # fmt: skip


def compare(json: Json, rows: list[Json], last: date) -> None:
    """Hold the periods, and the status and progress of every day, against living through them."""
    regelingen: Regelingen = read_regelingen(rows)
    feiten = read_feiten(json, regelingen)
    life, verloop = Life(json, rows).until(last), course_of(feiten, regelingen, last)
    assert [(p.begindatum, p.einddatum, p.grond) for p in verloop.perioden] == life.begun
    for day, (status, have) in life.days.items():
        assert status_on(feiten, regelingen, verloop.perioden, day) == status, day
        if day.toordinal() % 5:
            continue
        voortgang = voortgang_on(feiten, regelingen, day)
        assert voortgang.status == status, day
        if have is not None and status in ("geregistreerd", "onder-voorwaarden"):
            behaald: list[Any] = [eis.behaald for eis in voortgang.eisen]
            assert behaald == [*have[:3], ceil(have[3])], day


@SLOW
@given(lives())
def test_periods_statuses_and_progress_are_those_of_living_day_by_day(drawn: Drawn) -> None:
    json, rows, start = drawn
    compare(json, rows, start + timedelta(days=SPAN))


@SLOW
@given(lives(), st.integers(0, SPAN), st.sampled_from([0, 1, 6, 13]), st.data())
def test_also_from_periods_that_are_stored_when_uitstel_is_given_and_facts_change(
    drawn: Drawn, day: int, uitstel: int, data: st.DataObject
) -> None:
    json, rows, start = drawn
    regelingen = read_regelingen(rows)
    known = course_of(read_feiten(json, regelingen), regelingen, start + timedelta(days=day))
    if known.perioden and known.perioden[-1].einddatum >= known.dag:
        last = known.perioden[-1]
        later = last._replace(einddatum=last.einddatum + timedelta(days=30 * uitstel), uitstel_maanden=uitstel)
        known = Verloop(known.dag, (*known.perioden[:-1], later), known.standen)
    changed = {
        name: data.draw(st.permutations(json[name]))[: data.draw(st.integers(0, 6))] for name in ("uren", "werk")
    }
    compare({**json, **changed, "perioden": as_stored(known)}, rows, start + timedelta(days=SPAN))


def test_the_reference_counts_every_day_once() -> None:
    assert list(days_from(date(2024, 2, 28), date(2024, 3, 1))) == [
        date(2024, 2, 28),
        date(2024, 2, 29),
        date(2024, 3, 1),
    ]
