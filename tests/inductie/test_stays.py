"""Where a starter is (domain.md, Inductietraject, Periodes): moves, takeovers, and corrections of the past."""

import pytest

from tests.inductie.support import START, Starter
from tests.support import (
    VESTIGING_A,
    VESTIGING_A2,
    VESTIGING_B,
    A,
    B,
    Refusal,
    at_once,
    code,
    on_day,
    the,
)


def stays(starter: Starter, who: str = "a") -> list[tuple[str, str, str | None]]:
    """Give the verblijven as (vestiging, begindatum, einddatum)."""
    return [(one["vestiging"], one["begindatum"], one["einddatum"]) for one in starter.now(who)["verblijven"]]


def stay_path(starter: Starter, place: int) -> str:
    """Give the path of the stay at a place in the order of time."""
    return f"{starter.path}/periodes/{starter.now()['verblijven'][place]['id']}"


def test_moving_from_a_day_closes_the_open_stay_on_the_day_before(starter: Starter) -> None:
    starter.started()
    before = starter.now()
    answer = starter.do("_verplaats", vestiging=VESTIGING_A2, vanaf="2025-08-01")
    assert answer.status_code == 200, answer.text
    assert stays(starter) == [(VESTIGING_A, START, "2025-07-31"), (VESTIGING_A2, "2025-08-01", None)]
    after = starter.now()
    assert (after["opgebouwd"], after["verwachteEinddatum"]) == (before["opgebouwd"], before["verwachteEinddatum"])
    assert after["vestiging"] == VESTIGING_A2


def test_a_move_before_the_stay_began_is_refused(starter: Starter) -> None:
    starter.started()
    refused = starter.do("_verplaats", vestiging=VESTIGING_A2, vanaf=START)
    assert Refusal.of(refused) == Refusal(400, "overgang-voor-begin", "/vanaf")


def test_a_move_needs_an_aanstelling_there(starter: Starter) -> None:
    starter.register.delete(aanstelling_at(starter, VESTIGING_A2))
    starter.started()
    refused = starter.do("_verplaats", vestiging=VESTIGING_A2, vanaf="2025-08-01")
    assert code(refused) == "aanstelling-ontbreekt"
    assert stays(starter) == [(VESTIGING_A, START, None)]


def test_a_stay_of_one_day_counts(starter: Starter) -> None:
    starter.started()
    starter.do("_verplaats", vestiging=VESTIGING_A2, vanaf="2024-08-02")
    assert stays(starter)[0] == (VESTIGING_A, START, START)
    assert starter.now()["opgebouwd"]["dagen"] == 762


def test_gaps_are_allowed_and_mean_onderbroken(starter: Starter) -> None:
    starter.started()
    assert starter.register.change(stay_path(starter, 0), {"einddatum": "2025-07-31"}).status_code == 200
    assert starter.now()["status"] == "onderbroken"
    assert starter.now()["verwachteEinddatum"] is None
    starter.do("_verplaats", vestiging=VESTIGING_A2, vanaf="2025-09-01")
    assert starter.now(geldigOp="2025-08-31")["status"] == "onderbroken"
    assert starter.now(geldigOp="2025-09-01")["status"] == "lopend"
    assert starter.now()["verwachteEinddatum"] == "2027-08-31"


def test_no_two_stays_share_a_day(starter: Starter) -> None:
    starter.started()
    starter.do("_verplaats", vestiging=VESTIGING_A2, vanaf="2025-08-01")
    refused = starter.register.change(stay_path(starter, 0), {"einddatum": "2025-08-01"})
    assert code(refused) == "periode-overlapt"
    assert starter.register.change(stay_path(starter, 0), {"einddatum": "2025-07-31"}).status_code == 200


def test_postgresql_itself_refuses_a_shared_day(starter: Starter) -> None:
    starter.started()
    starter.do("_verplaats", vestiging=VESTIGING_A2, vanaf="2025-08-01")
    with pytest.raises(Exception, match="inductieperiode_geen_overlap"):
        starter.register.as_owner("update inductieperiode set einddatum = '2025-08-01' where einddatum = '2025-07-31'")


def test_another_bestuur_takes_over_once_the_first_has_closed_its_stay(starter: Starter) -> None:
    starter.started().known_at_b()
    assert (
        code(starter.do("_overnemen", "b", vestiging=VESTIGING_B, vanaf="2025-08-01")) == "overname-zonder-instemming"
    )
    starter.register.change(stay_path(starter, 0), {"einddatum": "2025-07-31"})
    assert starter.do("_overnemen", "b", vestiging=VESTIGING_B, vanaf="2025-08-01").status_code == 200
    assert stays(starter, "b") == [(VESTIGING_A, START, "2025-07-31"), (VESTIGING_B, "2025-08-01", None)]
    assert starter.now("b")["opgebouwd"] == starter.now("a")["opgebouwd"]


def test_or_when_the_leraar_agrees(starter: Starter) -> None:
    starter.started().known_at_b()
    leraar = starter.register.as_leraar(starter.number)
    agreed = starter.register.post(f"{starter.path}/_instemmen", {"bestuur": B}, leraar)
    assert agreed.status_code == 200, agreed.text
    assert starter.do("_overnemen", "b", vestiging=VESTIGING_B, vanaf="2025-08-01").status_code == 200
    assert stays(starter, "b") == [(VESTIGING_A, START, "2025-07-31"), (VESTIGING_B, "2025-08-01", None)]


def test_the_leraar_can_take_the_agreement_back(starter: Starter) -> None:
    starter.started().known_at_b()
    leraar = starter.register.as_leraar(starter.number)
    for step in ("_instemmen", "_herroepen"):
        assert starter.register.post(f"{starter.path}/{step}", {"bestuur": B}, leraar).status_code == 200
    assert (
        code(starter.do("_overnemen", "b", vestiging=VESTIGING_B, vanaf="2025-08-01")) == "overname-zonder-instemming"
    )


def test_only_the_leraar_agrees(starter: Starter) -> None:
    starter.started().known_at_b()
    for who in ("a", "b", "k"):
        assert starter.register.post(f"{starter.path}/_instemmen", {"bestuur": B}, who).status_code == 403
    stranger = starter.register.as_leraar(starter.register.leraar())
    assert starter.register.post(f"{starter.path}/_instemmen", {"bestuur": B}, stranger).status_code == 404


def test_postgresql_itself_lets_nobody_close_anothers_stay_without_agreement(starter: Starter) -> None:
    starter.started().known_at_b()
    identifier = starter.path.rsplit("/", 1)[1]
    for bestuur in (B, "99999"):
        with pytest.raises(Exception, match=r"agreed|sees"), starter.register.app_role(bestuur) as connection:
            connection.execute("select inductie_afsluiten(%s, '2025-07-31')", (identifier,))


def test_the_first_bestuur_keeps_reading_what_it_wrote_and_no_further(starter: Starter) -> None:
    starter.started().known_at_b()
    starter.register.change(stay_path(starter, 0), {"einddatum": "2025-07-31"})
    starter.do("_overnemen", "b", vestiging=VESTIGING_B, vanaf="2025-08-01")
    for vestiging in (VESTIGING_A, VESTIGING_A2):
        starter.register.change(aanstelling_at(starter, vestiging), {"einddatum": "2025-07-31"})
    assert starter.now("a")["vestiging"] == VESTIGING_B
    starter.register.as_owner("delete from koppeling where bestuur = %s", A)
    with on_day(2026, 9, 1):
        assert starter.register.get(f"/leraren/{starter.number}").status_code == 404
        seen = starter.now("a")
        assert (seen["peildatum"], seen["opgebouwd"]["maanden"], seen["vestiging"]) == ("2025-07-31", 12, VESTIGING_A)
        assert [stay["bestuur"] for stay in seen["verblijven"]] == [A]
        assert starter.now("b")["opgebouwd"]["maanden"] == 25


def test_a_move_is_for_the_bestuur_where_the_leraar_is(starter: Starter) -> None:
    starter.started().known_at_b()
    assert (
        code(starter.do("_verplaats", "b", vestiging=VESTIGING_B, vanaf="2025-08-01")) == "verblijf-bij-ander-bestuur"
    )
    assert (
        code(starter.do("_overnemen", "a", vestiging=VESTIGING_A2, vanaf="2025-08-01")) == "verblijf-al-bij-uw-bestuur"
    )


def test_two_besturen_move_at_once_and_one_gets_through(starter: Starter) -> None:
    starter.started().known_at_b()
    leraar = starter.register.as_leraar(starter.number)
    starter.register.post(f"{starter.path}/_instemmen", {"bestuur": B}, leraar)
    answers = at_once(
        lambda: starter.do("_verplaats", vestiging=VESTIGING_A2, vanaf="2025-08-01"),
        lambda: starter.do("_overnemen", "b", vestiging=VESTIGING_B, vanaf="2025-08-01"),
    )
    assert sorted(answer.status_code for answer in answers) in ([200, 400], [200, 412])
    assert len(stays(starter)) == 2


def test_a_wrong_startdatum_is_corrected_and_all_that_follows_computed_again(starter: Starter) -> None:
    starter.started()
    answer = starter.correct(startdatum="2024-09-01", reden="een maand te vroeg")
    assert answer.status_code == 200, answer.text
    assert (the(answer)["verwachteEinddatum"], the(answer)["opgebouwd"]["dagen"]) == ("2027-08-31", 731)
    assert stays(starter) == [(VESTIGING_A, "2024-09-01", None)]
    last = the(starter.register.get(f"{starter.path}/historie"))["items"][-1]
    assert (last["gebeurtenis"], last["reden"]) == ("inductietraject.gecorrigeerd", "een maand te vroeg")


def test_or_refused_whole_with_every_conflict_listed(starter: Starter) -> None:
    starter.started()
    starter.do("_verplaats", vestiging=VESTIGING_A2, vanaf="2025-08-01")
    refused = starter.correct(startdatum="2025-09-01", reden="verkeerd")
    assert refused.status_code == 400
    codes = {error["code"] for error in the(refused)["errors"]}
    assert {"einde-voor-begin"} < codes
    assert starter.now()["startdatum"] == START


def test_a_wrong_vestiging_is_corrected(starter: Starter) -> None:
    starter.started()
    assert starter.register.change(stay_path(starter, 0), {"vestiging": VESTIGING_A2}).status_code == 200
    assert starter.now()["vestiging"] == VESTIGING_A2
    refused = starter.register.change(stay_path(starter, 0), {"vestiging": VESTIGING_B})
    assert code(refused) == "vestiging-van-ander-bestuur"


def test_another_besturens_stay_is_not_corrected(starter: Starter) -> None:
    starter.started().known_at_b()
    starter.register.change(stay_path(starter, 0), {"einddatum": "2025-07-31"})
    starter.do("_overnemen", "b", vestiging=VESTIGING_B, vanaf="2025-08-01")
    assert code(starter.correct("b", startdatum="2024-09-01", reden="x")) == "verblijf-van-ander-bestuur"


def test_the_past_shows_the_traject_as_it_was_known(starter: Starter) -> None:
    starter.started()
    moment, before = starter.register.seal(), starter.now()
    starter.do("_verplaats", vestiging=VESTIGING_A2, vanaf="2025-08-01")
    starter.register.seal()
    assert starter.now(beschikbaarOp=moment) == before
    assert starter.now() != before


def aanstelling_at(starter: Starter, vestiging: str) -> str:
    """Give the path of the aanstelling at a vestiging."""
    items = the(starter.register.get(f"/leraren/{starter.number}/aanstellingen"))["items"]
    (found,) = [one["id"] for one in items if one["vestiging"] == vestiging]
    return f"/leraren/{starter.number}/aanstellingen/{found}"
