"""The generated registraties: every period is what the rules make of the drawn facts, and every decision keeps the rules."""

from collections import Counter, defaultdict
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from register_service.demo.calendar import DAY, REFERENCE_DATE
from register_service.demo.nascholing import Nascholing
from register_service.demo.people import Population
from register_service.demo.registratie import Registratie
from register_service.registratie.rules.checks import Uitstel, check_doorhalen, check_hervatten, check_uitstel
from register_service.registratie.rules.course import GRONDEN, STATUSSEN, course_of, end_of, periods_until
from register_service.registratie.rules.facts import FOREVER, Dagen, Feiten, read_feiten
from register_service.registratie.rules.meldingen import Melding, days_of_meldingen, melding_on
from register_service.registratie.rules.norms import Regelingen


@pytest.fixture(scope="module")
def feiten(
    nascholing: Nascholing, population: Population, sectors: dict[str, str], regelingen: Regelingen
) -> dict[str, Feiten]:
    """Give the facts of everybody without any period, put together from the rows alone."""
    found: dict[str, dict[str, Any]] = {
        row.registratienummer: {"nummer": row.registratienummer, "geregistreerdOp": str(row.geregistreerd_op)}
        | {name: [] for name in ("bevoegd", "perioden", "doorhalingen", "uren", "ingediend", "werk")}
        for row in population.leraren
    }
    for bevoegdheid in population.bevoegdheden:
        if bevoegdheid.verificatie != "afgewezen":
            tot = bevoegdheid.geldig_tot and str(bevoegdheid.geldig_tot)
            span = {"soort": bevoegdheid.soort, "vanaf": str(bevoegdheid.behaald_op), "tot": tot}
            found[bevoegdheid.leraar]["bevoegd"].append(span)
    for work in population.aanstellingen:
        days = {"begindatum": str(work.begindatum), "einddatum": work.einddatum and str(work.einddatum)}
        share = {"betrekkingsomvang": work.betrekkingsomvang, "sector": sectors[work.vestiging]}
        found[work.leraar]["werk"].append(days | share)
    withdrawn = {id_ for ids in nascholing.ingetrokken().values() for id_ in ids}
    for row in (row for dossier in nascholing.dossiers for row in dossier.records):
        if row.status == "goedgekeurd" and row.id not in withdrawn:
            hours = {name: getattr(row, name) for name in ("vakinhoudelijk", "vakdidactisch", "pedagogisch", "overig")}
            days = {"einddatum": str(row.einddatum), "geteldOp": str(row.beoordeeld_op)}
            found[row.leraar]["uren"].append(days | hours)
    for registratie in nascholing.registraties:
        for struck in registratie.doorhalingen:
            span = {"vanaf": str(struck.vanaf), "tot": struck.tot and str(struck.tot)}
            found[struck.leraar]["doorhalingen"].append(span)
    return {nummer: read_feiten(facts, regelingen) for nummer, facts in found.items()}


def spans(feiten: Feiten) -> list[tuple[date, date, str]]:
    """Give the periods without their ids."""
    return [(one.begindatum, one.einddatum, one.grond) for one in feiten.perioden]


def test_the_rules_give_the_same_periods_of_the_same_facts(
    nascholing: Nascholing, feiten: dict[str, Feiten], regelingen: Regelingen
) -> None:
    for registratie in nascholing.registraties:
        nummer = registratie.feiten.nummer
        if registratie.uitstellen:
            continue
        computed = periods_until(feiten[nummer], regelingen, REFERENCE_DATE)
        assert spans(registratie.feiten) == [(one.begindatum, one.einddatum, one.grond) for one in computed], nummer


def test_there_is_nothing_to_do_on_the_reference_date(
    nascholing: Nascholing, feiten: dict[str, Feiten], regelingen: Regelingen
) -> None:
    for registratie in nascholing.registraties:
        stored = replace(feiten[registratie.feiten.nummer], perioden=registratie.feiten.perioden)
        assert course_of(stored, regelingen, REFERENCE_DATE).nieuw == ()


def test_every_status_and_every_way_to_begin_occurs(nascholing: Nascholing, regelingen: Regelingen) -> None:
    found = Counter(course_of(one.feiten, regelingen, REFERENCE_DATE).status for one in nascholing.registraties)
    assert set(found) == set(STATUSSEN)
    assert min(found.values()) >= 50 and found["geregistreerd"] > 3_000, found
    gronden = Counter(one.grond for registratie in nascholing.registraties for one in registratie.feiten.perioden)
    assert gronden["verlengd"] > gronden["hersteld"] > 100
    assert set(gronden) <= set(GRONDEN)


def test_of_those_who_work_here_most_are_registered_and_every_validator_is(
    nascholing: Nascholing, regelingen: Regelingen
) -> None:
    here = [one for one in nascholing.registraties if one.dossier.career.left is None]
    found = {one.feiten.nummer: course_of(one.feiten, regelingen, REFERENCE_DATE).status for one in here}
    statuses = Counter(found.values())
    assert statuses["geregistreerd"] > 0.85 * len(here)
    assert statuses["verlopen"] >= 50 and statuses["onder-voorwaarden"] >= 10
    assert {found[nummer] for nummer in nascholing.validators} == {"geregistreerd"}


def test_uitstel_keeps_the_rules(nascholing: Nascholing, regelingen: Regelingen) -> None:
    seen: Counter[int] = Counter()
    for registratie in nascholing.registraties:
        for uitstel in registratie.uitstellen:
            at_that_time = [one for one in registratie.feiten.perioden if one.begindatum <= uitstel.besluitdatum]
            periode, normen = at_that_time[-1], regelingen.on(at_that_time[-1].begindatum)
            assert periode.id == str(uitstel.periode)
            given = [Uitstel(str(uitstel.id), uitstel.maanden, uitstel.besluitdatum)]
            assert check_uitstel(at_that_time, periode, given, normen, REFERENCE_DATE) == []
            assert periode.einddatum == end_of(periode.begindatum, normen, uitstel.maanden)
            assert uitstel.motivering
            seen[uitstel.maanden] += 1
    assert set(seen) == {3, 6, 12, 24} and 50 < seen.total() < 300


def test_doorhalen_and_hervatten_keep_the_rules(
    nascholing: Nascholing, feiten: dict[str, Feiten], regelingen: Regelingen
) -> None:
    seen: Counter[bool] = Counter()
    for registratie in nascholing.registraties:
        for struck in registratie.doorhalingen:
            facts = replace(feiten[struck.leraar], perioden=known_on(registratie, struck.vanaf), doorhalingen=())
            assert check_doorhalen(facts, regelingen, struck.vanaf, struck.vanaf) == [], struck
            seen[struck.tot is None] += 1
            if struck.tot is not None:
                open_ended = replace(facts, doorhalingen=(Dagen(struck.vanaf, FOREVER),))
                assert check_hervatten(open_ended, regelingen, struck.tot + DAY) == [], struck
    assert seen[True] > 200 and seen[False] >= 5


def known_on(registratie: Registratie, day: date) -> tuple[Any, ...]:
    """Give the periods that had begun on a day."""
    return tuple(one for one in registratie.feiten.perioden if one.begindatum <= day)


def test_nothing_was_decided_after_the_reference_date(nascholing: Nascholing) -> None:
    for registratie in nascholing.registraties:
        assert all(one.begindatum <= REFERENCE_DATE for one in registratie.feiten.perioden)
        assert all(one.besluitdatum <= REFERENCE_DATE for one in registratie.uitstellen)
        assert all(one.vanaf <= REFERENCE_DATE for one in registratie.doorhalingen)


def test_every_notice_that_was_due_was_sent_once(nascholing: Nascholing, regelingen: Regelingen) -> None:
    sent: dict[UUID, list[Melding]] = defaultdict(list)
    for row in nascholing.berichten:
        sent[row.periode].append(Melding(row.soort, row.einddatum))
        assert row.gemaakt_op == row.verzonden_op.date() <= REFERENCE_DATE
        assert row.afgegeven_op < row.verzonden_op
    assert all(len(set(of_period)) == len(of_period) for of_period in sent.values())
    assert 1_000 < len(nascholing.berichten) < 5_000
    waiting = 0
    for registratie in nascholing.registraties:
        if course_of(registratie.feiten, regelingen, REFERENCE_DATE).status == "geregistreerd":
            periode = registratie.feiten.perioden[-1]
            known = sent.get(UUID(periode.id), ())
            waiting += melding_on(periode, regelingen.on(periode.begindatum), REFERENCE_DATE, known) is not None
    assert waiting == 0


def test_notices_are_of_the_days_that_the_rules_give(nascholing: Nascholing, regelingen: Regelingen) -> None:
    periods = {one.id: one for registratie in nascholing.registraties for one in registratie.feiten.perioden}
    late = 0
    for row in nascholing.berichten:
        periode = periods[str(row.periode)]._replace(einddatum=row.einddatum)
        due = days_of_meldingen(periode, regelingen.on(periode.begindatum))[Melding(row.soort, row.einddatum)]
        assert due <= row.gemaakt_op <= row.einddatum
        late += due < row.gemaakt_op
    # After uitstel a notice may be due at once.
    assert late < 30


def test_a_third_allows_verification_by_anyone(nascholing: Nascholing, population: Population) -> None:
    registered = {leraar.registratienummer: leraar.geregistreerd_op for leraar in population.leraren}
    assert 1_500 < len(nascholing.toestemmingen) < 1_900
    assert len({row.leraar for row in nascholing.toestemmingen}) == len(nascholing.toestemmingen)
    assert all(registered[row.leraar] <= row.gegeven_op <= REFERENCE_DATE for row in nascholing.toestemmingen)
