"""What holds of the credit of every traject, whatever its facts: the properties of the issue, by name."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from register_service.core.days import add_months
from register_service.inductie.rules.course import course_of
from register_service.inductie.rules.days import days_of
from register_service.inductie.rules.facts import Aanstelling, Facts
from register_service.inductie.rules.standing import credited_on, standing_on
from tests.inductie.rules.strategies import MODEST, PLACES, SPAN, trajecten

DAY = timedelta(days=1)
OFFSETS = st.integers(-10, 2 * SPAN)


def at(facts: Facts, offset: int) -> date:
    """Give a day so many days after the startdatum."""
    return facts.startdatum + offset * DAY


@MODEST
@given(trajecten(), OFFSETS, st.integers(0, 400))
def test_credit_never_falls_as_days_pass(facts: Facts, offset: int, more: int) -> None:
    course, day = course_of(facts), at(facts, offset)
    earlier, later = standing_on(course, day), standing_on(course, day + more * DAY)
    assert earlier.opgebouwd_dagen <= later.opgebouwd_dagen
    assert (earlier.opgebouwd_maanden, earlier.opgebouwd_restdagen) <= (
        later.opgebouwd_maanden,
        later.opgebouwd_restdagen,
    )
    assert (earlier.inductiejaar or 0) <= (later.inductiejaar or 0)


@MODEST
@given(trajecten(), OFFSETS, st.integers(0, 400))
def test_credit_never_counts_a_day_twice(facts: Facts, offset: int, more: int) -> None:
    twice = replace(
        facts, verblijven=facts.verblijven + tuple(replace(stay, id=f"{stay.id}'") for stay in facts.verblijven)
    )
    for course in (course_of(facts), course_of(twice)):
        gained = credited_on(course, at(facts, offset + more)) - credited_on(course, at(facts, offset))
        assert 0 <= gained <= more
        spans = course.geteld
        assert all(a.tot is not None and a.tot < b.vanaf for a, b in pairwise(spans))
        assert all(0 < span.gewicht <= 10_000 for span in spans)
    assert course_of(twice).geteld == course_of(facts).geteld


@MODEST
@given(trajecten(rato=False), st.integers(0, 3), st.integers(0, 300), st.sampled_from(PLACES), OFFSETS)
def test_moving_a_school_never_loses_or_gains_a_day(
    facts: Facts, which: int, after: int, place: str, offset: int
) -> None:
    if not facts.verblijven:
        return
    stay = facts.verblijven[which % len(facts.verblijven)]
    moved = stay.begindatum + (1 + after) * DAY
    if stay.einddatum is not None and moved > stay.einddatum:
        return
    parts = (
        replace(stay, einddatum=moved - DAY),
        replace(stay, id="naar", bestuur="41300", vestiging=place, begindatum=moved),
    )
    split = replace(facts, verblijven=tuple(f for f in facts.verblijven if f is not stay) + parts)
    one, two = course_of(facts), course_of(split)
    assert two.geteld == one.geteld
    assert two.verwachte_einddatum == one.verwachte_einddatum
    assert two.jaren == one.jaren
    assert credited_on(two, at(facts, offset)) == credited_on(one, at(facts, offset))
    assert [f for f in two.standen if f.soort == "status"] == [f for f in one.standen if f.soort == "status"]


@MODEST
@given(trajecten(rato=True, open_only=True), st.integers(1, 300), OFFSETS)
def test_moving_a_school_with_the_aanstelling_never_loses_or_gains_a_part_of_a_day(
    facts: Facts, after: int, offset: int
) -> None:
    if not facts.verblijven:
        return
    stay, moved = facts.verblijven[0], facts.verblijven[0].begindatum + after * DAY
    if stay.einddatum is not None and moved > stay.einddatum:
        return
    parts = (replace(stay, einddatum=moved - DAY), replace(stay, id="naar", vestiging="00DD03", begindatum=moved))
    there = tuple(replace(f, vestiging="00DD03") for f in facts.aanstellingen if f.vestiging == stay.vestiging)
    split = replace(facts, verblijven=facts.verblijven[1:] + parts, aanstellingen=facts.aanstellingen + there)
    assert course_of(split).geteld == course_of(facts).geteld


@MODEST
@given(trajecten())
def test_verwachte_einddatum_is_the_first_day_with_enough_credit_and_the_sum_agrees(facts: Facts) -> None:
    course = course_of(facts)
    last = course.verwachte_einddatum
    months = facts.norms.normduur_maanden + sum(f.maanden for f in facts.verlengingen)
    total = (add_months(facts.startdatum, months) - facts.startdatum).days
    if facts.vrijgesteld:
        assert (last, course.nodig_dagen) == (None, 0)
        return
    assert course.nodig_dagen == max(0, total - facts.eerder_dagen)
    if last is None:
        assert credited_on(course, date(2190, 1, 1)) < course.nodig_dagen
        return
    assert credited_on(course, last) >= course.nodig_dagen
    assert last == facts.startdatum or credited_on(course, last - DAY) < course.nodig_dagen


@MODEST
@given(trajecten(rato=False), trajecten())
def test_deeltijd_naar_rato_off_makes_aanstellingen_irrelevant_to_credit(facts: Facts, other: Facts) -> None:
    one, two = course_of(facts), course_of(replace(facts, aanstellingen=other.aanstellingen))
    assert (one.geteld, one.verwachte_einddatum, one.jaren) == (two.geteld, two.verwachte_einddatum, two.jaren)
    assert one.gesprekken == two.gesprekken


@MODEST
@given(trajecten(rato=True), st.integers(1, 10_000), OFFSETS)
def test_deeltijd_naar_rato_on_weighs_every_day(facts: Facts, size: int, offset: int) -> None:
    # One aanstelling that lasts, of the same size everywhere: each day counts for that part.
    first = facts.startdatum - 30 * DAY
    jobs = tuple(Aanstelling(place, first, None, size * Decimal("0.0001"), "regulier") for place in PLACES)
    full = replace(facts, norms=replace(facts.norms, deeltijd_naar_rato=False))
    part, whole = course_of(replace(facts, aanstellingen=jobs)), course_of(full)
    assert credited_on(part, at(facts, offset)) == credited_on(whole, at(facts, offset)) * size // 10_000


@MODEST
@given(trajecten(), OFFSETS)
def test_months_and_days_of_credit_are_the_same_time(facts: Facts, offset: int) -> None:
    standing = standing_on(course_of(facts), at(facts, offset))
    start = facts.startdatum
    assert standing.opgebouwd_dagen == days_of(start, standing.opgebouwd_maanden) + standing.opgebouwd_restdagen
    assert standing.opgebouwd_dagen < days_of(start, standing.opgebouwd_maanden + 1)
