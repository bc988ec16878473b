"""Rule 10: it does not matter when, how often or in which order; every day has one status; nothing counts twice."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations, pairwise
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from register_service.registratie.rules.course import (
    GEREGISTREERD,
    GRONDEN,
    ONDER_VOORWAARDEN,
    STATUSSEN,
    VERLOPEN,
    Verloop,
    course_of,
    end_of_conditions,
    status_on,
)
from register_service.registratie.rules.facts import FOREVER, Feiten, Uren, read_feiten
from register_service.registratie.rules.norms import Regelingen, read_regelingen
from register_service.registratie.rules.voortgang import voortgang_on
from tests.registratie.rules.build import REGELINGEN, day, leraar, ru, status
from tests.registratie.rules.strategies import MODEST, OFFSETS, SPAN, Json, lives

Drawn = tuple[Json, list[Json], date]
DAY = timedelta(days=1)


def read(drawn: Drawn) -> tuple[Feiten, Regelingen, date]:
    """Read a drawn leraar, with the last day to look at."""
    regelingen = read_regelingen(drawn[1])
    return read_feiten(drawn[0], regelingen), regelingen, drawn[2] + timedelta(days=SPAN)


def store(feiten: Feiten, verloop: Verloop) -> Feiten:
    """Store the periods of a course, as the daily command does."""
    kept = tuple(p._replace(id=p.id or p.begindatum.isoformat()) for p in verloop.perioden)
    return replace(feiten, perioden=kept)


def without_ids(verloop: Verloop) -> tuple[Any, ...]:
    """Give periods and statuses, stored or not."""
    return tuple(p._replace(id=None) for p in verloop.perioden), verloop.standen


@MODEST
@given(lives(), st.lists(st.integers(1, 400)))
def test_in_any_steps_twice_or_at_once_gives_the_same_periods(drawn: Drawn, steps: list[int]) -> None:
    feiten, regelingen, last = read(drawn)
    at_once = course_of(feiten, regelingen, last)
    reached, stepped = drawn[2], feiten
    for step in steps:
        reached = min(last, reached + timedelta(days=step))
        for _ in range(2):
            stepped = store(stepped, course_of(stepped, regelingen, reached))
        assert without_ids(course_of(stepped, regelingen, reached)) == without_ids(
            course_of(feiten, regelingen, reached)
        )
    assert without_ids(course_of(stepped, regelingen, last)) == without_ids(at_once)
    again = store(feiten, at_once)
    assert course_of(again, regelingen, last).nieuw == ()
    assert without_ids(course_of(again, regelingen, last)) == without_ids(at_once)


@MODEST
@given(lives())
def test_day_by_day_gives_the_same_periods(drawn: Drawn) -> None:
    feiten, regelingen, last = read(drawn)
    stepped, at_once, found = feiten, course_of(feiten, regelingen, last), {}
    for offset in range(SPAN + 1):
        verloop = course_of(stepped, regelingen, drawn[2] + timedelta(days=offset))
        stepped = store(stepped, verloop) if verloop.nieuw else stepped
        found[verloop.dag] = verloop.status
    assert without_ids(course_of(stepped, regelingen, last)) == without_ids(at_once)
    assert found == {on: status_on(feiten, regelingen, at_once.perioden, on) for on in found}


@MODEST
@given(lives(), OFFSETS)
def test_a_late_run_sees_at_a_day_what_a_run_on_that_day_saw(drawn: Drawn, offset: int) -> None:
    feiten, regelingen, _ = read(drawn)
    on = drawn[2] + timedelta(days=offset)
    then = replace(
        feiten,
        uren=tuple(f for f in feiten.uren if f.geteld_op <= on),
        werk=tuple(f for f in feiten.werk if f.begindatum <= on),
        doorhalingen=tuple(
            f._replace(tot=f.tot if f.tot < on else FOREVER) for f in feiten.doorhalingen if f.vanaf <= on
        ),
    )
    assert course_of(then, regelingen, on) == course_of(feiten, regelingen, on)
    assert voortgang_on(then, regelingen, on) == voortgang_on(feiten, regelingen, on)


@MODEST
@given(lives(), st.data())
def test_the_order_of_facts_does_not_matter(drawn: Drawn, data: st.DataObject) -> None:
    json, rows, start = drawn
    feiten, regelingen, last = read(drawn)
    on = start + timedelta(days=data.draw(OFFSETS))
    stored = store(feiten, course_of(feiten, regelingen, on))
    shuffled = read_feiten(
        {name: data.draw(st.permutations(part)) if isinstance(part, list) else part for name, part in json.items()},
        read_regelingen(data.draw(st.permutations(rows))),
    )
    shuffled = replace(shuffled, perioden=tuple(data.draw(st.permutations(stored.perioden))))
    assert course_of(shuffled, regelingen, last) == course_of(stored, regelingen, last)
    assert voortgang_on(shuffled, regelingen, on) == voortgang_on(stored, regelingen, on)


@MODEST
@given(lives())
def test_every_day_from_the_day_of_registration_on_has_exactly_one_status(drawn: Drawn) -> None:
    feiten, regelingen, last = read(drawn)
    verloop = course_of(feiten, regelingen, last)
    standen = verloop.standen
    assert (standen[0].vanaf, standen[-1].tot) == (feiten.geregistreerd_op, None)
    for before, after in pairwise(standen):
        assert before.tot is not None
        assert before.vanaf <= before.tot == after.vanaf - DAY
        assert before.status != after.status
    assert {stand.status for stand in standen} <= set(STATUSSEN)
    for stand in standen:
        found = {status_on(feiten, regelingen, verloop.perioden, on) for on in (stand.vanaf, stand.tot or last)}
        assert found == {stand.status}
    assert status_on(feiten, regelingen, verloop.perioden, feiten.geregistreerd_op - DAY) is None


@MODEST
@given(lives())
def test_periods_never_overlap_and_begin_when_somebody_is_bevoegd_and_not_doorgehaald(drawn: Drawn) -> None:
    feiten, regelingen, last = read(drawn)
    verloop = course_of(feiten, regelingen, last)
    for before, after in pairwise(verloop.perioden):
        assert before.einddatum < after.begindatum
        assert after.grond != "verlengd" or before.einddatum + DAY == after.begindatum
        assert after.grond != "hersteld" or after.begindatum <= end_of_conditions(before, regelingen)
    for periode in verloop.perioden:
        assert status_on(feiten, regelingen, verloop.perioden, periode.begindatum) == GEREGISTREERD
        assert periode.grond in GRONDEN
        assert (periode.grond == "eerste") or periode is not verloop.perioden[0]


@MODEST
@given(lives())
def test_no_registeruren_count_in_two_periods(drawn: Drawn) -> None:
    feiten, regelingen, last = read(drawn)
    # Each activiteit a power of two of half hours: what counts tells which they were.
    marked = tuple(f._replace(registeruren=2**number) for number, f in enumerate(feiten.uren))
    feiten = replace(feiten, uren=marked)
    counted: dict[date, int] = {}
    for on in (last - timedelta(days=before) for before in range(SPAN)):
        voortgang = voortgang_on(feiten, regelingen, on)
        if voortgang.vanaf is not None and voortgang.status != VERLOPEN:
            counted[voortgang.vanaf] = counted.get(voortgang.vanaf, 0) | round(2 * voortgang.eisen[0].behaald)
    for (_, one), (_, other) in combinations(counted.items(), 2):
        assert one & other == 0


RANKS = {GEREGISTREERD: 3, ONDER_VOORWAARDEN: 2, VERLOPEN: 1}


@MODEST
@given(lives(), OFFSETS, st.sampled_from([0, 1, 30]), st.integers(1, 80))
def test_more_approved_registeruren_never_make_a_status_worse(drawn: Drawn, ended: int, later: int, hours: int) -> None:
    # Until the end of the first period that is won by it: who is back sooner is also at the end of four years sooner.
    feiten, regelingen, last = read(drawn)
    end = drawn[2] + timedelta(days=ended)
    more = replace(feiten, uren=(*feiten.uren, Uren(end, end + timedelta(days=later), hours, hours, hours)))
    less_periods = course_of(feiten, regelingen, last).perioden
    more_periods = course_of(more, regelingen, last).perioden
    won = [p for p in more_periods if p not in less_periods]
    until = won[0].einddatum if won else last
    for on in (drawn[2] + timedelta(days=offset) for offset in range(SPAN)):
        found = [status_on(f, regelingen, p, on) for f, p in ((feiten, less_periods), (more, more_periods))]
        before, after = (RANKS.get(one or "", 0) for one in found)
        assert on > until or (before > 0) == (after > 0)
        assert on > until or before <= after, on


@MODEST
@given(lives(), OFFSETS, st.integers(1, 80))
def test_more_approved_registeruren_never_make_progress_worse(drawn: Drawn, ended: int, hours: int) -> None:
    feiten, regelingen, _ = read(drawn)
    end = drawn[2] + timedelta(days=ended)
    more = replace(feiten, uren=(*feiten.uren, Uren(end, end, hours, hours, hours)))
    for on in (end, end + timedelta(days=40)):
        before, after = voortgang_on(feiten, regelingen, on), voortgang_on(more, regelingen, on)
        assume((before.vanaf, before.tot) == (after.vanaf, after.tot))
        assert before.percentage <= after.percentage
        assert before.voldaan <= after.voldaan
        assert before.op_koers <= after.op_koers


@MODEST
@given(lives(), OFFSETS)
def test_progress_is_whole_when_and_only_when_all_is_met(drawn: Drawn, offset: int) -> None:
    feiten, regelingen, _ = read(drawn)
    voortgang = voortgang_on(feiten, regelingen, drawn[2] + timedelta(days=offset))
    assert (voortgang.percentage == 100) == voortgang.voldaan or not voortgang.eisen
    assert voortgang.voldaan == all(eis.voldaan for eis in voortgang.eisen) or not voortgang.eisen
    for eis in voortgang.eisen:
        assert eis.ontbreekt == max(0, eis.nodig - eis.behaald)
        assert eis.voldaan == (eis.ontbreekt == 0) == (eis.percentage == 100)


def test_who_is_restored_sooner_is_at_the_end_of_four_years_sooner() -> None:
    # So that more RU could, four years on, be a month too early: what `until` of the property above is for.
    sooner = leraar(uren=[ru("2024-07-01", 160, decided="2024-09-01"), ru("2028-09-15", 160)])
    later = leraar(uren=[ru("2024-07-01", 160, decided="2024-10-01"), ru("2028-09-15", 160)])
    on = "2028-10-01"
    assert [p.grond for p in course_of(sooner, REGELINGEN, day(on)).perioden] == ["eerste", "hersteld", "hersteld"]
    assert [p.grond for p in course_of(later, REGELINGEN, day(on)).perioden] == ["eerste", "hersteld", "verlengd"]
    assert (status(sooner, "2028-09-10"), status(later, "2028-09-10")) == ("onder-voorwaarden", "geregistreerd")
