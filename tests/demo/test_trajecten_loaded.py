"""The inductietrajecten of the demo as they stand in the database: whole, journaled, and no rule of it broken."""

from register_service.demo.calendar import REFERENCE_DATE
from register_service.demo.load import EVENT
from register_service.demo.traject_draft import Draft
from register_service.demo.trajecten import records_of
from register_service.inductie.rules.checks import violations
from register_service.inductie.rules.course import course_of
from register_service.inductie.rules.facts import read_facts
from tests.demo.conftest import Loaded


def test_the_demo_is_loaded_with_its_trajecten_and_journaled(loaded: Loaded, trajecten: list[Draft]) -> None:
    for rows in records_of(trajecten):
        table = rows[0].table
        journaled = "select count(*) from journal where table_name = %s and event = %s and action = 'insert'"
        assert loaded.one(f"select count(*) from {table}") == len(rows)
        assert loaded.one(journaled, table, EVENT) == len(rows)


def test_each_stored_course_is_what_the_rules_make_of_the_stored_facts(loaded: Loaded) -> None:
    rows = loaded.connection.execute(
        "select f.feiten || o.omgeving as raw, t.verloop, t.verwachte_einddatum from inductietraject t"
        " join inductiefeiten f on f.traject = t.id join inductieomgeving o on o.leraar = t.leraar"
    ).fetchall()
    assert len(rows) > 1_100
    for raw, verloop, expected in rows:
        facts = read_facts(raw)
        assert verloop == course_of(facts).as_json()
        assert expected == course_of(facts).verwachte_einddatum
        assert violations(facts, REFERENCE_DATE) == []


def test_the_regeling_of_a_traject_is_that_of_its_sector_and_startdatum(loaded: Loaded) -> None:
    wrong = loaded.one(
        "select count(*) from inductietraject t join regeling r on r.id = t.regeling"
        " where r.sector <> t.sector or not t.startdatum between r.geldig_vanaf and coalesce(r.geldig_tot, 'infinity')",
    )
    assert wrong == 0


def test_nobody_guides_a_starter_whom_he_is_in_charge_of(loaded: Loaded) -> None:
    found = "select count(*) from inductietraject t cross join lateral begeleider_is_leidinggevende(t.id)"
    assert loaded.one(found) == 0
    itself = "select count(*) from begeleiding where heet_zo(leraar, begeleider_naam)"
    assert loaded.one(itself) == 0
    itself = "select count(*) from observatie where observator = leraar or heet_zo(leraar, observator_naam)"
    assert loaded.one(itself) == 0


def test_a_bestuur_writes_about_its_own_vestigingen(loaded: Loaded) -> None:
    elsewhere = (
        "select count(*) from inductieperiode p join vestiging v on v.code = p.vestiging where v.bestuur <> p.bestuur"
    )
    assert loaded.one(elsewhere) == 0
