"""The generated inductietrajecten: in every state, possible by every rule, and the same every time."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import Any

import psycopg
import pytest
from psycopg import Connection

from register_service.core.context import set_context
from register_service.demo.calendar import REFERENCE_DATE
from register_service.demo.load import EVENT, REASON, load_demo
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
from register_service.inductie.rules.course import course_of
from register_service.inductie.rules.facts import read_facts
from register_service.inductie.rules.standing import Standing, standing_on

Db = Connection[Any]
# The day on which somebody looks at the demo: facts stop at the reference date.
TODAY = date(2026, 11, 23)
STATES = {"gepland", "lopend", "onderbroken", "afgerond", "gestopt", "vrijgesteld"}


@pytest.fixture(scope="module")
def loaded(module_database_url: str) -> Iterator[Db]:
    """Give a register with the demo in it, to read as the keeper does."""
    with psycopg.connect(module_database_url) as connection:
        set_context(connection, actor="beheer:cli", event=EVENT, today=TODAY, reason=REASON)
        load_demo(connection, lambda _: None)
        connection.execute("set constraints all immediate")
        yield connection
        connection.rollback()


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


def test_the_demo_is_loaded_with_its_trajecten_and_journaled(loaded: Db, trajecten: list[Draft]) -> None:
    for rows in records_of(trajecten):
        table = rows[0].table
        journaled = "select count(*) from journal where table_name = %s and event = %s and action = 'insert'"
        assert _one(loaded, f"select count(*) from {table}") == len(rows)
        assert _one(loaded, journaled, table, EVENT) == len(rows)


def test_each_stored_course_is_what_the_rules_make_of_the_stored_facts(loaded: Db) -> None:
    rows = loaded.execute(
        "select f.feiten || o.omgeving as raw, t.verloop, t.verwachte_einddatum from inductietraject t"
        " join inductiefeiten f on f.traject = t.id join inductieomgeving o on o.leraar = t.leraar"
    ).fetchall()
    assert len(rows) > 1_100
    for raw, verloop, expected in rows:
        facts = read_facts(raw)
        assert verloop == course_of(facts).as_json()
        assert expected == course_of(facts).verwachte_einddatum
        assert violations(facts, REFERENCE_DATE) == []


def test_the_regeling_of_a_traject_is_that_of_its_sector_and_startdatum(loaded: Db) -> None:
    wrong = _one(
        loaded,
        "select count(*) from inductietraject t join regeling r on r.id = t.regeling"
        " where r.sector <> t.sector or not t.startdatum between r.geldig_vanaf and coalesce(r.geldig_tot, 'infinity')",
    )
    assert wrong == 0


def test_nobody_guides_a_starter_whom_he_is_in_charge_of(loaded: Db) -> None:
    found = "select count(*) from inductietraject t cross join lateral begeleider_is_leidinggevende(t.id)"
    assert _one(loaded, found) == 0
    itself = "select count(*) from begeleiding where heet_zo(leraar, begeleider_naam)"
    assert _one(loaded, itself) == 0
    itself = "select count(*) from observatie where observator = leraar or heet_zo(leraar, observator_naam)"
    assert _one(loaded, itself) == 0


def test_a_bestuur_writes_about_its_own_vestigingen(loaded: Db) -> None:
    elsewhere = (
        "select count(*) from inductieperiode p join vestiging v on v.code = p.vestiging where v.bestuur <> p.bestuur"
    )
    assert _one(loaded, elsewhere) == 0


def _one(connection: Db, query: str, *values: object) -> int:
    row = connection.execute(query, values or None).fetchone()  # type: ignore[arg-type]
    assert row is not None
    return int(row[0])
