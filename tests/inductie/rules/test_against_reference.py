"""The rules against a second, slow set that counts day by day."""

from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

from hypothesis import HealthCheck, given, settings

from register_service.core.days import add_months
from register_service.inductie.rules.course import course_of
from register_service.inductie.rules.credit import credit_of
from register_service.inductie.rules.dues import MOST_GESPREKKEN, dues_of
from register_service.inductie.rules.facts import Facts
from register_service.inductie.rules.standing import standing_on
from tests.inductie.rules import reference
from tests.inductie.rules.strategies import trajecten

DAY = timedelta(days=1)
LENGTH = 900
SLOW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@SLOW
@given(trajecten())
def test_credit_and_status_are_those_of_counting_day_by_day(facts: Facts) -> None:
    course, credit = course_of(facts), Fraction(0)
    first, needed, reached = facts.startdatum - 5 * DAY, reference.needed(facts), None
    years = [(add_months(facts.startdatum, 12 * n) - facts.startdatum).days for n in range(1, 10)]
    for day in reference.days(first, LENGTH):
        before, credit = credit, credit + reference.weight(facts, day)
        if reached is None and credit >= needed and day >= facts.startdatum:
            reached = day
        if (day - first).days % 3:
            continue
        standing = standing_on(course, day)
        assert (standing.opgebouwd_dagen, standing.status) == (int(credit), reference.status(facts, day)), day
        if not facts.vrijgesteld and facts.startdatum <= day and (facts.einde is None or day <= facts.einde):
            assert standing.inductiejaar == 1 + sum(int(before) + facts.eerder_dagen >= limit for limit in years), day
    if facts.vrijgesteld:
        assert course.verwachte_einddatum is None
    elif reached is not None or (course.verwachte_einddatum or date.min) < first + LENGTH * DAY:
        assert course.verwachte_einddatum == reached


@SLOW
@given(trajecten())
def test_signals_and_vestiging_are_those_of_looking_day_by_day(facts: Facts) -> None:
    course = course_of(facts)
    for day in reference.days(facts.startdatum - 5 * DAY, LENGTH):
        if (day - facts.startdatum).days % 3:
            continue
        standing = standing_on(course, day)
        codes = {signal.code for signal in standing.signalen}
        running = standing.status == "lopend"
        guided = any(f.rol == "coach" and reference.covers(f, day) for f in facts.begeleidingen)
        assert ("coach-ontbreekt" in codes) == (running and not guided), day
        stay = reference.place_on(facts, day) if standing.status != "vrijgesteld" and day >= facts.startdatum else None
        stay = stay if facts.einde is None or day <= facts.einde else None
        assert standing.vestiging == reference.vestiging_on(facts, day), day
        jobs = [f for f in facts.aanstellingen if stay is not None and f.vestiging == stay.vestiging]
        employed = any(reference.covers(f, day) for f in jobs)
        wanted = stay is not None and standing.status in ("lopend", "onderbroken")
        assert ("verblijf-zonder-aanstelling" in codes) == (wanted and not employed), day


@SLOW
@given(trajecten())
def test_gesprekken_are_those_of_taking_each_in_turn(facts: Facts) -> None:
    talks = course_of(facts).gesprekken
    dues = [due for due, _ in talks]
    assert dues == [add_months(facts.startdatum, n * facts.norms.gesprek_maanden) for n in range(1, len(dues) + 1)]
    begins = [facts.startdatum, *(due + DAY for due in dues)]
    held: dict[date, date] = {}
    for day in sorted(gesprek.datum for gesprek in facts.gesprekken):
        open_ = [due for due, begin in zip(dues, begins, strict=False) if due not in held and begin <= day]
        if open_:
            held[open_[0]] = day
    assert {due: day for due, day in talks if day is not None} == held


@SLOW
@given(trajecten())
def test_no_gesprek_is_due_after_the_end_or_the_expected_end(facts: Facts) -> None:
    course = course_of(facts)
    ends = [day for day in (course.verwachte_einddatum, facts.einde) if day is not None]
    assert all(due <= min(ends, default=date.max) for due, _ in course.gesprekken)
    assert len(course.gesprekken) <= MOST_GESPREKKEN
    whole = not facts.vrijgesteld and len(course.gesprekken) < MOST_GESPREKKEN
    if ends and whole and course.verwachte_einddatum is not None:
        following = add_months(facts.startdatum, (len(course.gesprekken) + 1) * facts.norms.gesprek_maanden)
        assert following > min(ends)


@SLOW
@given(trajecten())
def test_induction_years_follow_each_other_and_begin_on_a_day_at_work(facts: Facts) -> None:
    years = dues_of(facts, credit_of(facts)).years
    for year in years:
        assert reference.present(facts, date.fromordinal(year.first))
        assert year.full is None or year.full >= year.first
    for one, two in pairwise(years):
        assert two.number == one.number + 1
        assert one.full is not None
        assert one.full < two.first
        between = reference.days(date.fromordinal(one.full + 1), two.first - one.full - 1)
        assert not any(reference.present(facts, day) for day in between)
