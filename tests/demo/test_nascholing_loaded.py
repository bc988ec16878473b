"""The professionalisering and registratie of the demo as they stand in the database."""

from datetime import date

import pytest

from register_service.demo.calendar import REFERENCE_DATE
from register_service.registratie.rules.course import course_of
from register_service.registratie.rules.facts import Feiten, read_feiten
from register_service.registratie.rules.norms import Regelingen, read_regelingen
from tests.demo.conftest import Loaded


@pytest.fixture
def stored_regelingen(loaded: Loaded) -> Regelingen:
    """Give the figures as the register has them."""
    rows = loaded.connection.execute("select sector, geldig_vanaf::text, waarden from regeling").fetchall()
    return read_regelingen([{"sector": row[0], "geldigVanaf": row[1], "waarden": row[2]} for row in rows])


@pytest.fixture
def stored(loaded: Loaded, stored_regelingen: Regelingen) -> dict[str, Feiten]:
    """Give the facts of everybody as the service reads them."""
    query = "select f.leraar, f.feiten from registratiefeiten(array(select registratienummer from leraar), null) f"
    return {nummer: read_feiten(raw, stored_regelingen) for nummer, raw in loaded.connection.execute(query)}


def test_the_figures_are_those_that_it_was_drawn_with(stored_regelingen: Regelingen, regelingen: Regelingen) -> None:
    assert stored_regelingen == regelingen


def test_the_rules_find_nothing_to_do_in_what_is_stored(
    stored: dict[str, Feiten], stored_regelingen: Regelingen
) -> None:
    assert [nummer for nummer, one in stored.items() if course_of(one, stored_regelingen, REFERENCE_DATE).nieuw] == []


def test_the_service_counts_what_was_approved(loaded: Loaded, stored: dict[str, Feiten]) -> None:
    approved = loaded.one("select count(*) from activiteit where status = 'goedgekeurd'")
    assert sum(len(one.uren) for one in stored.values()) == approved > 55_000
    assert sum(len(one.perioden) for one in stored.values()) == loaded.one("select count(*) from registratieperiode")
    assert sum(bool(one.doorhalingen) for one in stored.values()) == loaded.one("select count(*) from doorhaling")


def test_who_withdrew_something_is_known(loaded: Loaded) -> None:
    query = "select gemeld_door, ingetrokken_door, count(*) from activiteit where status = 'ingetrokken' group by 1, 2"
    found = {(reported, withdrew): number for reported, withdrew, number in loaded.connection.execute(query)}
    assert set(found) == {(role, role) for role in ("leraar", "bestuur", "aanbieder")}
    assert min(found.values()) >= 20


def test_a_validator_finds_work_and_none_of_the_own_bestuur(loaded: Loaded) -> None:
    waiting = loaded.one("select count(*) from activiteit where status = 'ingediend'")
    query = "select distinct beoordeeld_door from activiteit where beoordeeld_door is not null order by 1 limit 8"
    offered = []
    for (validator,) in loaded.connection.execute(query).fetchall():
        with loaded.connection.transaction(force_rollback=True):
            loaded.connection.execute("select set_config('register.role', 'validator', true)")
            loaded.connection.execute("select set_config('register.leraar', %s, true)", (validator,))
            offered.append(loaded.one("select count(*) from te_beoordelen"))
            same = loaded.one(
                "select count(*) from te_beoordelen t join aanstelling w on w.leraar = t.leraar join aanstelling v"
                " on v.bestuur = w.bestuur where v.leraar = %s and w.einddatum is null and v.einddatum is null", validator,
            )  # fmt: skip
            assert same == 0
    assert 0.5 * waiting < min(offered) < waiting
    assert max(offered) <= waiting


def test_aanbod_is_found_in_dutch(loaded: Loaded) -> None:
    query = (
        "select count(*) from aanbod where beoordeling = 'gevalideerd'"
        " and zoektekst @@ websearch_to_tsquery('dutch', zoekvorm(%s))"
    )
    assert loaded.one(query, "lezen") >= 5
    assert loaded.one(query, "rekenproblemen dyscalculie") >= 1


def test_doubles_are_there_to_be_pointed_out(loaded: Loaded) -> None:
    doubles = loaded.one(
        "select count(*) from activiteit a join activiteit b on b.leraar = a.leraar and b.soort = a.soort and b.id > a.id"
        " and b.begindatum <= a.einddatum and b.einddatum >= a.begindatum and similarity(a.titel, b.titel) > 0.5"
    )
    assert doubles >= 50


def test_the_reference_date_is_the_last_day_of_all(loaded: Loaded) -> None:
    assert date(2026, 11, 1) == REFERENCE_DATE
    for table, column in (("activiteit", "beoordeeld_op"), ("aanbod", "beoordeeld_op"), ("bericht", "gemaakt_op")):
        assert loaded.one(f"select count(*) from {table} where {column} > %s", REFERENCE_DATE) == 0
