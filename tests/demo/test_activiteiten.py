"""The generated activiteiten: some 60,000 in every state, by every rule of the domain, and the same every time."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import pytest

from register_service.demo.calendar import REFERENCE_DATE, WINDOW_START
from register_service.demo.nascholing import Nascholing
from register_service.demo.nascholing_records import ActiviteitRecord
from register_service.demo.people import Population
from register_service.demo.records import AanstellingRecord
from register_service.demo.traject_draft import school_day
from register_service.professionalisering.models import GemeldDoor, Status
from register_service.professionalisering.rules import check_activiteit, check_indienen

# Changes only together with the demo itself or the rules of the registratie, and then on purpose.
FINGERPRINT = "58e6510d06d4617c7f449bbb114d9382d2121d98431a541fb341b6678d6f4761"

Activiteiten = Sequence[ActiviteitRecord]
Works = Mapping[str, Sequence[AanstellingRecord]]


@pytest.fixture(scope="module")
def activiteiten(nascholing: Nascholing) -> Activiteiten:
    """Give all of them, as they stand before some were withdrawn."""
    return [record for dossier in nascholing.dossiers for record in dossier.records]


@pytest.fixture(scope="module")
def works(population: Population) -> Works:
    """Give the aanstellingen of each leraar."""
    found = defaultdict(list)
    for row in population.aanstellingen:
        found[row.leraar].append(row)
    return found


def values_of(record: ActiviteitRecord) -> dict[str, Any]:
    """Give an activiteit as the rules take it."""
    return {name: getattr(record, name) for name in record.columns()}


def fingerprint(nascholing: Nascholing) -> str:
    """Give a hash over every value of every row."""
    digest = hashlib.sha256()
    for rows in nascholing.tables():
        for row in rows:
            digest.update("\x1f".join(map(str, row.values())).encode() + b"\n")
    digest.update(str(nascholing.ingetrokken()).encode())
    return digest.hexdigest()


def test_the_demo_is_the_same_every_time(
    nascholing: Nascholing, draw_nascholing_again: Callable[[], Nascholing]
) -> None:
    assert fingerprint(nascholing) == FINGERPRINT
    assert fingerprint(draw_nascholing_again()) == FINGERPRINT


def test_there_are_some_60000_in_every_state_most_of_them_approved(
    nascholing: Nascholing, activiteiten: Activiteiten
) -> None:
    assert 57_000 <= len(activiteiten) <= 67_000
    withdrawn = {id_ for ids in nascholing.ingetrokken().values() for id_ in ids}
    found = Counter("ingetrokken" if row.id in withdrawn else row.status for row in activiteiten)
    assert set(found) == set(Status)
    assert found["goedgekeurd"] > 0.9 * len(activiteiten)
    assert min(found.values()) >= 200, found


def test_leraar_bestuur_and_aanbieder_report_them(nascholing: Nascholing, activiteiten: Activiteiten) -> None:
    found = Counter(row.gemeld_door for row in activiteiten)
    assert set(found) == set(GemeldDoor)
    assert min(found.values()) > 0.15 * len(activiteiten), found
    assert set(nascholing.ingetrokken()) == set(GemeldDoor)
    assert 0.2 < sum(row.gedeeld for row in activiteiten) / len(activiteiten) < 0.5
    assert not any(row.gedeeld for row in activiteiten if row.gemeld_door == "bestuur")


def test_ids_are_unique_uuids_of_version_7(nascholing: Nascholing) -> None:
    ids = [row.id for rows in nascholing.tables() for row in rows]  # type: ignore[attr-defined]
    assert len(set(ids)) == len(ids)
    assert {id_.version for id_ in ids} == {7}


def test_no_activiteit_breaks_a_rule(activiteiten: Activiteiten) -> None:
    for row in activiteiten:
        values = values_of(row)
        assert check_activiteit(values, most=1_680) == [], row
        if row.status != "concept":
            submitted = row.ingediend_op or row.beoordeeld_op
            assert submitted is not None
            assert check_indienen(values, bewijsstukken=0, today=submitted) == [], row


def test_being_at_aanbod_counts_with_exactly_what_was_validated(
    nascholing: Nascholing, activiteiten: Activiteiten
) -> None:
    aanbod = {entry.record.id: entry for entry in nascholing.catalogue.entries}
    same = (
        "soort",
        "titel",
        "registeruren",
        "vakinhoudelijk",
        "vakdidactisch",
        "pedagogisch",
        "overig",
        "zelfstudie",
        "toets",
    )
    groups: Counter[tuple[object, date]] = Counter()
    for row in activiteiten:
        if row.aanbod is None:
            continue
        entry = aanbod[row.aanbod]
        assert entry.record.beoordeling == "gevalideerd" and row.aanbieder == entry.aanbieder
        assert [getattr(row, name) for name in same] == [getattr(entry.record, name) for name in same]
        assert entry.record.geldig_vanaf <= row.begindatum and row.einddatum <= (entry.record.geldig_tot or date.max)
        assert (row.status, row.ingediend_op, row.beoordeeld_door) == ("goedgekeurd", None, None)
        assert row.beoordeeld_op is not None and row.einddatum < row.beoordeeld_op <= REFERENCE_DATE
        groups[row.aanbod, row.begindatum] += 1
    assert groups.total() > 15_000 and max(groups.values()) > 10
    keys = [(row.aanbod, row.leraar, row.begindatum) for row in activiteiten if row.aanbod]
    assert len(set(keys)) == len(keys)


def test_a_validator_of_another_bestuur_decided(
    nascholing: Nascholing, activiteiten: Activiteiten, works: Works
) -> None:
    for row in activiteiten:
        if row.beoordeeld_door is None:
            assert row.aanbod is not None or row.status in ("concept", "ingediend")
            continue
        assert row.beoordeeld_door in nascholing.validators
        assert row.ingediend_op is not None and row.beoordeeld_op is not None
        assert row.einddatum < row.ingediend_op <= row.beoordeeld_op <= REFERENCE_DATE
        assert (row.status == "afgewezen") == (row.afwijzing is not None)
        theirs = set(besturen(works[row.leraar], row.begindatum, row.beoordeeld_op)) | {row.bestuur}
        assert theirs.isdisjoint(besturen(works[row.beoordeeld_door], row.begindatum, row.beoordeeld_op)), row
        assert row.leraar != row.beoordeeld_door


def besturen(rows: Sequence[AanstellingRecord], since: date, until: date) -> Iterator[str]:
    """Give where somebody worked on any day of a stretch."""
    return (row.bestuur for row in rows if row.begindatum <= until and (row.einddatum or date.max) >= since)


def test_nothing_was_done_before_somebody_worked_or_after(
    activiteiten: Activiteiten, works: Works, population: Population
) -> None:
    registered = {leraar.registratienummer: leraar.geregistreerd_op for leraar in population.leraren}
    for row in activiteiten:
        rows = works[row.leraar]
        assert max(WINDOW_START, registered[row.leraar]) <= row.begindatum <= REFERENCE_DATE
        assert any(one.begindatum <= row.begindatum <= (one.einddatum or date.max) for one in rows), row
        assert row.einddatum <= max(one.einddatum or date.max for one in rows)
        assert row.status == "concept" or row.einddatum <= REFERENCE_DATE


def test_a_bestuur_reports_who_worked_there_on_school_days(activiteiten: Activiteiten, works: Works) -> None:
    teams: Counter[tuple[str | None, str, date]] = Counter()
    for row in activiteiten:
        if row.soort == "studiedag":
            assert row.begindatum == row.einddatum == school_day(row.begindatum)
        if row.bestuur is not None:
            assert row.bestuur in besturen(works[row.leraar], row.begindatum, row.begindatum)
            teams[row.bestuur, row.titel, row.begindatum] += 1
    # They come in teams.
    assert sum(size for size in teams.values() if size > 3) > teams.total() / 2


def test_some_are_very_active_and_some_do_nothing(nascholing: Nascholing) -> None:
    long_there = [d for d in nascholing.dossiers if (d.career.last - d.career.first) > timedelta(days=365 * 9)]
    sizes = sorted(len(dossier.records) for dossier in long_there)
    assert sizes[0] == 0 and sizes[-1] > 35
    assert 18 < sizes[len(sizes) // 2] < 30


def test_what_is_done_suits_the_sector_and_the_vak(nascholing: Nascholing) -> None:
    for dossier in nascholing.dossiers:
        career = dossier.career
        if {career.sectors[row.vestiging] for row in career.line} == {"po"}:
            assert not any("vmbo" in row.titel or "mbo" in row.titel for row in dossier.records)
    of_vak = [
        d
        for d in nascholing.dossiers
        if d.career.vak == "biologie" and d.career.sectors[d.career.line[0].vestiging] == "vo"
    ]
    assert sum("iologie" in row.titel for d in of_vak for row in d.records) > len(of_vak)


def test_late_ones_report_late_and_the_last_weeks_wait_for_a_validator(activiteiten: Activiteiten) -> None:
    lags = [(row.ingediend_op - row.einddatum).days for row in activiteiten if row.ingediend_op]
    assert min(lags) >= 1 and max(lags) > 365
    waiting = [row.ingediend_op for row in activiteiten if row.status == "ingediend" and row.ingediend_op]
    assert sum(day >= date(2026, 9, 1) for day in waiting) > len(waiting) / 2


def test_what_was_reported_twice_is_pointed_out(activiteiten: Activiteiten) -> None:
    twice = [row for row in activiteiten if row.afwijzing and "al voor u gemeld" in row.afwijzing]
    assert len(twice) > 50
    of_team = {(row.leraar, row.begindatum) for row in activiteiten if row.bestuur}
    assert all((row.leraar, row.begindatum) in of_team for row in twice)
