"""The generated catalogue: plainly made up, believable, and by every rule of aanbod."""

from collections import Counter
from datetime import date

from register_service.aanbod import rules
from register_service.demo.aanbod import Entry
from register_service.demo.aanbod_runs import Calendar
from register_service.demo.calendar import REFERENCE_DATE, WINDOW_START
from register_service.demo.nascholing import Nascholing
from register_service.demo.nascholing_uren import split
from register_service.demo.traject_draft import school_day
from register_service.professionalisering.rules_aanwezigen import check_days


def values_of(entry: Entry) -> dict[str, object]:
    """Give an aanbod as the rules take it."""
    return {name: getattr(entry.record, name) for name in entry.record.columns()}


def test_aanbieders_are_plainly_made_up(nascholing: Nascholing) -> None:
    aanbieders = nascholing.catalogue.aanbieders
    assert len({one.kvk_nummer for one in aanbieders}) == len(aanbieders) == 12
    for one in aanbieders:
        assert one.naam.startswith("Demo")
        assert one.internetadres.endswith(".example.nl")
        assert one.kvk_nummer.startswith("0000")
        assert rules.check_kvk_nummer(one.kvk_nummer) == []


def test_some_150_are_validated_some_wait_some_were_rejected_and_some_are_past(nascholing: Nascholing) -> None:
    found = Counter(entry.record.beoordeling for entry in nascholing.catalogue.entries)
    assert set(found) == {"open", "gevalideerd", "afgewezen"}
    assert 130 <= found["gevalideerd"] <= 170 and min(found.values()) >= 5
    past = [e for e in nascholing.catalogue.validated() if (e.record.geldig_tot or date.max) < REFERENCE_DATE]
    assert 30 <= len(past) <= found["gevalideerd"] / 2
    soorten = Counter(entry.record.soort for entry in nascholing.catalogue.entries)
    assert set(soorten) >= {"opleiding", "cursus", "studiedag", "conferentie", "buitenschools", "zelfstudie"}


def test_no_aanbod_breaks_a_rule(nascholing: Nascholing) -> None:
    for entry in nascholing.catalogue.entries:
        values = values_of(entry)
        assert rules.check_aanbod(values, least=3, most=1_680) == [], entry
        assert rules.check_beoordeling({**values, "reden": entry.record.afwijzing}) == []
        assert len(entry.record.omschrijving) > 50


def test_a_validator_judged_it_before_the_reference_date(nascholing: Nascholing) -> None:
    for entry in nascholing.catalogue.entries:
        record = entry.record
        assert (record.beoordeling == "open") == (record.beoordeeld_op is None) == (record.beoordeeld_door is None)
        if record.beoordeeld_op is not None:
            assert WINDOW_START <= record.beoordeeld_op <= REFERENCE_DATE
            assert record.beoordeeld_door in nascholing.validators


def test_groups_are_on_school_days_within_what_is_offered(nascholing: Nascholing) -> None:
    calendar = Calendar(nascholing.catalogue.validated())
    runs = [run for year in range(2016, 2027) for run in calendar.offered(year, "vo", "biologie")]
    assert len(runs) > 500
    for run in runs:
        days = {"begindatum": run.begin, "einddatum": run.end}
        assert check_days(days, values_of(run.entry), run.confirmed) == []
        assert run.end < run.confirmed <= REFERENCE_DATE
        assert run.begin == school_day(run.begin)


def test_hours_are_split_exactly_in_halves() -> None:
    for halves in range(1, 400):
        for verdeling in ("4000", "1300", "0121", "2101", "0040"):
            total, *parts = split(halves, verdeling).split
            assert sum(parts) == total and 2 * total == halves
            assert all(2 * part % 1 == 0 for part in parts)
