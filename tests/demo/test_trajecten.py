"""The generated inductietrajecten: in every state, possible by every rule, and the same every time."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest

from register_service.demo.calendar import REFERENCE_DATE
from register_service.demo.records import Record
from register_service.demo.region import DEMO_HR_BESTUUR
from register_service.demo.traject_draft import Draft
from register_service.demo.trajecten import records_of
from register_service.inductie.models import (
    CRITERIA,
    FACTS,
    BegeleidingRol,
    Instrument,
    OnderbrekingSoort,
    StopReden,
    VrijstellingGrond,
)
from register_service.inductie.rules.checks import violations
from register_service.inductie.rules.standing import Standing, standing_on

# The day on which somebody looks at the demo: facts stop at the reference date.
TODAY = date(2026, 11, 23)
YEAR = timedelta(days=365)
STATES = {"gepland", "lopend", "onderbroken", "afgerond", "gestopt", "vrijgesteld"}


def standings(drafts: Sequence[Draft], day: date) -> list[Standing]:
    """Give how each stands on a day."""
    return [standing_on(draft.course(), day) for draft in drafts]


def of_hr(drafts: Sequence[Draft]) -> list[Draft]:
    """Give those of the bestuur whose HR system signs in in the first `make run`."""
    return [draft for draft in drafts if any(leg.bestuur == DEMO_HR_BESTUUR for leg in draft.legs)]


def fingerprint(tables: Sequence[Sequence[Record]]) -> str:
    """Give a hash over every value of every row."""
    digest = hashlib.sha256()
    for rows in tables:
        for row in rows:
            digest.update("\x1f".join(map(str, row.values())).encode() + b"\n")
    return digest.hexdigest()


def test_there_are_some_1200_trajecten(trajecten: list[Draft]) -> None:
    assert 1_100 <= len(trajecten) <= 1_300


def test_trajecten_are_the_same_every_time(trajecten: list[Draft], draw_again: Any) -> None:
    assert fingerprint(records_of(draw_again())) == fingerprint(records_of(trajecten))


def test_ids_of_trajecten_are_unique_uuids_of_version_7(trajecten: list[Draft]) -> None:
    ids = [row.id for rows in records_of(trajecten) for row in rows]  # type: ignore[attr-defined]
    assert len(set(ids)) == len(ids)
    assert {id_.version for id_ in ids} == {7}


def test_no_traject_breaks_a_rule_on_the_reference_date(trajecten: list[Draft]) -> None:
    found = {(v.code, d.leraar, v.detail) for d in trajecten for v in violations(d.facts(), REFERENCE_DATE)}
    assert found == set()


@pytest.mark.parametrize("day", [REFERENCE_DATE, TODAY])
def test_every_state_occurs_in_the_region_and_at_the_demo_bestuur(trajecten: list[Draft], day: date) -> None:
    for drafts, least in ((trajecten, 10), (of_hr(trajecten), 3)):
        found = Counter(s.status for s in standings(drafts, day))
        assert set(found) == STATES
        assert min(found.values()) >= least, found
        years = Counter(s.inductiejaar for s in standings(drafts, day) if s.status == "lopend")
        assert {1, 2, 3} <= set(years)


def test_every_way_to_end_occurs_and_most_is_behaald(trajecten: list[Draft]) -> None:
    ends = [draft.end for draft in trajecten if draft.end]
    judged = Counter((end.resultaat, end.vervroegd) for end in ends if end.resultaat)
    assert min(judged[kind] for kind in (("behaald", True), ("niet-behaald", False), ("niet-behaald", True))) >= 5
    assert judged["behaald", False] > len(ends) / 2
    assert {end.reden for end in ends if end.reden} == set(StopReden)
    assert {d.exemption.grond for d in trajecten if d.exemption} == set(VrijstellingGrond)
    assert sum(bool(draft.verlengingen) for draft in trajecten) >= 30


def test_a_stopped_traject_is_followed_by_one_that_takes_over_its_credit(trajecten: list[Draft]) -> None:
    followers = [draft for draft in trajecten if draft.earlier]
    by_id = {draft.id: draft for draft in trajecten}
    assert len(followers) >= 20
    for draft in followers:
        earlier = by_id[draft.earlier[0]] if draft.earlier else draft
        assert earlier.end is not None and earlier.end.reden and earlier.end.datum < draft.startdatum
        assert draft.course().eerder_dagen > 0
    stopped = sum(bool(draft.end and draft.end.reden) for draft in trajecten)
    assert stopped > len(followers) + 50


def test_nobody_stops_after_the_time_is_up(trajecten: list[Draft]) -> None:
    for draft in trajecten:
        expected = draft.course().verwachte_einddatum
        assert not (draft.end and draft.end.reden and expected) or draft.end.datum <= expected


def test_most_hours_that_were_planned_for_a_year_that_is_over_were_realised(trajecten: list[Draft]) -> None:
    years = Counter(
        any(signal.code == "uren-achter" and signal.jaar == year.jaar for signal in course.signalen)
        for course in (draft.course() for draft in trajecten)
        for year, _ in pairwise(course.jaren)
        if year.programma and year.vanaf < REFERENCE_DATE - 2 * YEAR
    )
    assert 0.05 < years[True] / years.total() < 0.4


def test_starters_move_within_a_bestuur_and_to_another_with_and_without_instemming(trajecten: list[Draft]) -> None:
    within = other = 0
    for draft in trajecten:
        steps = [before.bestuur == after.bestuur for before, after in pairwise(draft.periodes)]
        within += any(steps)
        other += not all(steps)
        assert {row.bestuur for row in draft.instemmingen} <= {stay.bestuur for stay in draft.periodes[1:]}
    agreed = sum(bool(draft.instemmingen) for draft in trajecten)
    assert within > 50 and other > 50 and 10 < agreed < other - 10


def test_every_kind_of_fact_occurs_in_every_variety(trajecten: list[Draft]) -> None:
    tables: dict[str, list[Any]] = {rows[0].table: list(rows) for rows in records_of(trajecten)}
    assert set(tables) == {"inductietraject", *(fact.__tablename__ for fact in FACTS)}
    leave = tables["onderbreking"]
    assert {row.soort for row in leave} == set(OnderbrekingSoort)
    lengths = [(row.einddatum - row.begindatum).days + 1 for row in leave if row.einddatum]
    assert min(lengths) < 30 < max(lengths) and len(lengths) < len(leave)
    assert {row.instrument for row in tables["observatie"]} == set(Instrument)
    shared = Counter(row.gedeeld for row in tables["observatiescore"])
    assert 50 < shared[True] < shared[False] / 3
    assert {row.rol for row in tables["begeleiding"]} == set(BegeleidingRol)
    coaches = Counter(row.begeleider is not None for row in tables["begeleiding"] if row.rol == "coach")
    assert coaches[True] > coaches[False] > 100
    changed = Counter(row.traject for row in tables["begeleiding"] if row.rol == "coach")
    assert max(changed.values()) >= 2 and len(changed) < len(tables["inductietraject"])
    managers = Counter(
        (row.leidinggevende is not None, row.leidinggevende_naam is not None) for row in tables["inductieperiode"]
    )
    assert set(managers) == {(True, False), (False, True), (False, False)}
    for criterium in CRITERIA:
        assert any((getattr(row, f"{criterium}_gerealiseerd") or 0) > 0 for row in tables["inductieprogramma"])


def test_something_is_late_and_some_norm_is_missed_at_the_demo_bestuur(trajecten: list[Draft]) -> None:
    found = standings(of_hr(trajecten), TODAY)
    assert {late.wat for standing in found for late in standing.achterstallig} == {
        "voortgangsgesprek", "programma", "afronding",
    }  # fmt: skip
    signals = {signal.code for standing in found if standing.status == "lopend" for signal in standing.signalen}
    assert signals >= {
        "lesreductie-onder-norm", "criterium-zonder-uren", "uren-achter", "coach-ontbreekt", "gesprek-achterstallig",
        "afronding-achterstallig", "programma-ontbreekt",
    }  # fmt: skip
    open_ones = [standing for standing in found if standing.status in ("lopend", "onderbroken")]
    assert sum(bool(standing.achterstallig) for standing in open_ones) < len(open_ones) / 2


def test_nothing_happened_on_a_day_of_leave_or_after_the_reference_date(trajecten: list[Draft]) -> None:
    for draft in trajecten:
        for fact in (*draft.observaties, *draft.gesprekken):
            assert draft.is_present(fact.datum) and fact.datum <= draft.last_day
            assert fact.datum.weekday() < 5
            stay = draft.stay_on(fact.datum)
            assert stay is not None and stay.bestuur == fact.bestuur


def test_registered_coaches_work_where_they_guide(trajecten: list[Draft], population: Any) -> None:
    there = {(row.leraar, row.vestiging): row for row in population.aanstellingen}
    works = {(row.leraar, row.bestuur) for row in population.aanstellingen}
    assert there
    for draft in trajecten:
        for row in draft.begeleidingen:
            assert row.begeleider is None or (row.begeleider, row.bestuur) in works
            assert row.begeleider != draft.leraar
