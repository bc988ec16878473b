"""What holds of the course and the standing of every traject, whatever its facts: the properties of the issue, by name."""

import json
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import orjson
from hypothesis import given
from hypothesis import strategies as st

from register_service.inductie.rules.checks import violations
from register_service.inductie.rules.course import Course, course_of
from register_service.inductie.rules.facts import Facts
from register_service.inductie.rules.standing import standing_on
from tests.inductie.rules.strategies import MODEST, SPAN, trajecten

DAY = timedelta(days=1)
OFFSETS = st.integers(-10, 2 * SPAN)
KINDS = (
    "verblijven", "onderbrekingen", "verlengingen", "programmas", "begeleidingen", "gesprekken", "observaties",
    "aanstellingen", "bevoegdheden",
)  # fmt: skip


def at(facts: Facts, offset: int) -> date:
    """Give a day so many days after the startdatum."""
    return facts.startdatum + offset * DAY


@MODEST
@given(trajecten(), st.randoms(use_true_random=False))
def test_the_order_in_which_facts_are_entered_does_not_matter(facts: Facts, random: object) -> None:
    shuffled = {kind: tuple(random.sample(getattr(facts, kind), len(getattr(facts, kind)))) for kind in KINDS}  # type: ignore[attr-defined]
    other = replace(facts, **shuffled)
    assert course_of(other) == course_of(facts)
    assert violations(other, at(facts, 200)) == violations(facts, at(facts, 200))


@MODEST
@given(trajecten(), st.data(), OFFSETS)
def test_a_fact_entered_late_gives_what_it_would_have_given_on_time(
    facts: Facts, data: st.DataObject, offset: int
) -> None:
    # Known first: a part of the facts, and what followed from it is stored. Then the rest comes, in whatever order.
    known = {
        kind: data.draw(st.sets(st.sampled_from(rows))) if (rows := _numbers(facts, kind)) else set() for kind in KINDS
    }
    first = replace(facts, **{kind: tuple(getattr(facts, kind)[n] for n in sorted(known[kind])) for kind in KINDS})
    stored = Course.from_json(course_of(first).as_json())
    late = {
        kind: getattr(first, kind) + tuple(f for n, f in enumerate(getattr(facts, kind)) if n not in known[kind])
        for kind in KINDS
    }
    day = at(facts, offset)
    standing_on(stored, day)
    assert standing_on(course_of(replace(first, **late)), day) == standing_on(course_of(facts), day)


def _numbers(facts: Facts, kind: str) -> list[int]:
    return list(range(len(getattr(facts, kind))))


@MODEST
@given(trajecten())
def test_a_course_survives_json(facts: Facts) -> None:
    course = course_of(facts)
    assert Course.from_json(json.loads(json.dumps(course.as_json()))) == course
    assert Course.from_json(orjson.loads(orjson.dumps(course.as_json()))) == course


@MODEST
@given(trajecten(), OFFSETS)
def test_a_standing_is_json_and_the_same_from_a_stored_course(facts: Facts, offset: int) -> None:
    course = course_of(facts)
    standing = standing_on(course, at(facts, offset))
    assert standing_on(Course.from_json(course.as_json()), at(facts, offset)) == standing
    assert json.loads(json.dumps(standing.as_json())) == standing.as_json()


@MODEST
@given(trajecten())
def test_status_spans_are_disjoint_and_cover_every_day(facts: Facts) -> None:
    spans = sorted((f for f in course_of(facts).standen if f.soort == "status"), key=lambda f: f.vanaf or date.min)
    assert spans[0].vanaf is None
    assert spans[-1].tot is None
    for before, after in pairwise(spans):
        assert before.tot is not None
        assert before.tot + DAY == after.vanaf
        assert before.waarde != after.waarde


@MODEST
@given(trajecten())
def test_rows_of_the_table_of_standen_are_distinct(facts: Facts) -> None:
    keys = [(f.soort, f.waarde, f.vanaf) for f in course_of(facts).standen]
    assert len(set(keys)) == len(keys)
    assert all(f.vanaf is None or f.tot is None or f.vanaf <= f.tot for f in course_of(facts).standen)


@MODEST
@given(trajecten(), OFFSETS)
def test_what_lists_compare_is_what_a_standing_shows(facts: Facts, offset: int) -> None:
    course, day = course_of(facts), at(facts, offset)
    standing = standing_on(course, day)
    rows = {
        (f.soort, f.waarde)
        for f in course.standen
        if f.soort != "vestiging" and (f.vanaf or date.min) <= day <= (f.tot or date.max)
    }
    assert rows == {
        ("status", standing.status),
        *(("achterstallig", late.wat) for late in standing.achterstallig),
        *(("signaal", signal.code) for signal in standing.signalen),
    }


@MODEST
@given(trajecten())
def test_checks_never_fail_on_any_facts(facts: Facts) -> None:
    found = violations(facts, at(facts, 300))
    assert len(set(found)) == len(found)
    assert all(violation.detail.endswith(".") for violation in found)
