"""Refusals of steps of a traject that no other file is about."""

from tests.inductie.support import Starter
from tests.support import VESTIGING_B, B, Refusal, code


def test_bestuur_onbekend(starter: Starter) -> None:
    who = starter.started().register.as_leraar(starter.number)
    answer = starter.register.post(f"{starter.path}/_instemmen", {"bestuur": "99999"}, who)
    assert (answer.status_code, code(answer)) == (409, "bestuur-onbekend")


def test_feiten_van_ander_bestuur_keep_a_traject_from_being_withdrawn(starter: Starter) -> None:
    starter.started().known_at_b()
    starter.register.post(f"{starter.path}/_instemmen", {"bestuur": B}, starter.register.as_leraar(starter.number))
    assert starter.do("_overnemen", "b", vestiging=VESTIGING_B, vanaf="2026-08-01").status_code == 200
    for who in ("a", "b"):
        answer = starter.register.delete(starter.path, who)
        assert (answer.status_code, code(answer)) == (409, "feiten-van-ander-bestuur")


def test_a_traject_is_withdrawn_with_what_the_leraar_agreed_to(starter: Starter) -> None:
    register = starter.started().known_at_b().register
    who = register.as_leraar(starter.number)
    assert register.post(f"{starter.path}/_instemmen", {"bestuur": B}, who).status_code == 200
    assert register.delete(starter.path).status_code == 204
    gone = register.rows(
        "select table_name from journal where action = 'delete' and event = 'inductietraject.ingetrokken'"
    )
    assert ("overname_instemming",) in gone


def test_regeling_ontbreekt(starter: Starter) -> None:
    starter.register.as_owner("update regeling set geldig_vanaf = '2024-08-02' where sector = 'vo'")
    assert Refusal.of(starter.start()) == Refusal(400, "regeling-ontbreekt", "/startdatum")
