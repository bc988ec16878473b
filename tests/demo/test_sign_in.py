"""Whom `make run` shows: they are in the demo region, and worth looking at."""

from collections import Counter
from datetime import date

import pytest

from register_service.demo.calendar import REFERENCE_DATE
from register_service.demo.nascholing import Nascholing
from register_service.demo.region import DEMO_HR_BESTUUR
from register_service.demo.registratie import Registratie
from register_service.registratie.rules.norms import Regelingen
from register_service.registratie.rules.voortgang import voortgang_on
from register_service.runtime.demo_client import DEMO_AANBIEDER, DEMO_LERAAR, DEMO_VALIDATOR


@pytest.fixture
def leraar(nascholing: Nascholing) -> Registratie:
    """Give the leraar whose token is shown."""
    return next(one for one in nascholing.registraties if one.feiten.nummer == DEMO_LERAAR)


def test_the_aanbieder_offers_something(nascholing: Nascholing) -> None:
    (id_,) = (one.id for one in nascholing.catalogue.aanbieders if one.kvk_nummer == DEMO_AANBIEDER)
    assert sum(entry.record.aanbieder == id_ for entry in nascholing.catalogue.entries) > 5
    attended = [row for dossier in nascholing.dossiers for row in dossier.records if row.gemeld_door == "aanbieder"]
    mine = {entry.record.id for entry in nascholing.catalogue.validated() if entry.record.aanbieder == id_}
    assert sum(row.aanbod in mine for row in attended) > 500


def test_the_leraar_lacks_something_shortly_before_the_end_of_a_period(
    leraar: Registratie, regelingen: Regelingen
) -> None:
    row = leraar.dossier.career.row_on(REFERENCE_DATE)
    assert row is not None and row.bestuur == DEMO_HR_BESTUUR
    progress = voortgang_on(leraar.feiten, regelingen, date(2026, 11, 25))
    assert progress.status == "geregistreerd" and not progress.voldaan and progress.verstreken > 85
    assert 0 < sum(eis.ontbreekt > 0 for eis in progress.eisen) < 4
    assert set(Counter(row.status for row in leraar.dossier.records)) >= {"goedgekeurd", "ingediend", "concept"}
    assert len(leraar.feiten.perioden) > 1


def test_the_validator_judges_much_and_may_judge_that_leraar(nascholing: Nascholing, leraar: Registratie) -> None:
    assert DEMO_VALIDATOR in nascholing.validators
    validator = next(one.dossier.career for one in nascholing.registraties if one.feiten.nummer == DEMO_VALIDATOR)
    assert validator.besturen.isdisjoint(leraar.dossier.career.besturen)
    decided = Counter(row.beoordeeld_door for dossier in nascholing.dossiers for row in dossier.records)
    assert decided[DEMO_VALIDATOR] > 500
