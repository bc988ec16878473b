"""The end of a traject (domain.md, Inductietraject, Afronding): every rule by name, over the API."""

from collections.abc import Iterator

import pytest

from tests.inductie.support import Starter
from tests.support import VESTIGING_A2, VESTIGING_B, B, Refusal, code, on_day, the

LATE = {"motivering": "De doelen zijn niet gehaald", "meegedeeldOp": "2026-12-20"}


@pytest.fixture
def done(starter: Starter) -> Iterator[Starter]:
    """A starter whose three years end on 31 December 2026, a few days later."""
    starter.started(startdatum="2024-01-01")
    with on_day(2027, 1, 4):
        yield starter


def test_behaald_at_the_norm(done: Starter) -> None:
    traject = the(done.do("_afronden", afgerondOp="2026-12-31", resultaat="behaald"))
    assert (traject["status"], traject["resultaat"]) == ("afgerond", "behaald")
    assert traject["opgebouwd"] == {"dagen": 1096, "maanden": 36, "restdagen": 0}
    assert traject["verblijven"][0]["einddatum"] == "2026-12-31"
    assert done.now(geldigOp="2026-12-30")["status"] == "lopend"


def test_only_by_the_bestuur_of_the_last_stay(done: Starter) -> None:
    done.known_at_b()
    assert (
        code(done.do("_afronden", "b", afgerondOp="2026-12-31", resultaat="behaald")) == "afronding-door-ander-bestuur"
    )
    done.register.post(f"{done.path}/_instemmen", {"bestuur": B}, done.register.as_leraar(done.number))
    assert done.do("_overnemen", "b", vestiging=VESTIGING_B, vanaf="2026-12-01").status_code == 200
    assert code(done.do("_afronden", afgerondOp="2026-12-31", resultaat="behaald")) == "afronding-door-ander-bestuur"
    assert done.do("_afronden", "b", afgerondOp="2026-12-31", resultaat="behaald").status_code == 200


def test_not_before_the_begin_of_the_last_stay(done: Starter) -> None:
    done.do("_verplaats", vestiging=VESTIGING_A2, vanaf="2026-12-31")
    words = {"resultaat": "behaald", "vervroegd": True, "motivering": "Ruim gehaald"}
    assert code(done.do("_afronden", afgerondOp="2026-12-30", **words)) == "afronding-voor-verblijf"
    assert done.do("_afronden", afgerondOp="2026-12-31", **words).status_code == 200


def test_not_in_the_future(done: Starter) -> None:
    refused = done.do("_afronden", afgerondOp="2027-01-05", resultaat="behaald")
    assert Refusal.of(refused) == Refusal(400, "datum-in-toekomst", "/afgerondOp")
    assert done.do("_afronden", afgerondOp="2027-01-04", resultaat="behaald").status_code == 200


def test_niet_behaald_needs_a_motivation_and_the_day_the_leraar_was_told(done: Starter) -> None:
    refused = done.do("_afronden", afgerondOp="2026-12-31", resultaat="niet-behaald")
    found = {(error["code"], error["location"]) for error in the(refused)["errors"]}
    assert found == {("motivering-ontbreekt", "/motivering"), ("meegedeeld-ontbreekt", "/meegedeeldOp")}
    assert done.do("_afronden", afgerondOp="2026-12-31", resultaat="niet-behaald", **LATE).status_code == 200


def test_before_the_norm_needs_vervroegd_and_a_motivation(done: Starter) -> None:
    refused = done.do("_afronden", afgerondOp="2026-12-30", resultaat="behaald")
    assert "vervroegd-ontbreekt" in {error["code"] for error in the(refused)["errors"]}
    refused = done.do("_afronden", afgerondOp="2026-12-30", resultaat="behaald", vervroegd=True)
    assert code(refused) == "motivering-ontbreekt"
    words = {"resultaat": "behaald", "vervroegd": True, "motivering": "Ruim gehaald"}
    assert done.do("_afronden", afgerondOp="2026-12-30", **words).status_code == 200


def test_never_before_twelve_credited_months(done: Starter) -> None:
    words = {"resultaat": "behaald", "vervroegd": True, "motivering": "Ruim gehaald"}
    assert code(done.do("_afronden", afgerondOp="2024-12-30", **words)) == "afronding-te-vroeg"
    assert done.do("_afronden", afgerondOp="2024-12-31", **words).status_code == 200


def test_it_can_be_withdrawn_with_a_reason_and_nothing_is_lost_from_the_history(done: Starter) -> None:
    done.do("_afronden", afgerondOp="2026-12-31", resultaat="niet-behaald", **LATE)
    assert done.do("_heropen").status_code == 400
    answer = done.do("_heropen", reden="Beoordeling was van een ander")
    assert answer.status_code == 200, answer.text
    assert (the(answer)["status"], the(answer)["resultaat"], the(answer)["motivering"]) == ("lopend", None, None)
    assert the(answer)["verblijven"][0]["einddatum"] is None
    history = the(done.register.get(f"{done.path}/historie"))["items"]
    assert history[-1]["reden"] == "Beoordeling was van een ander"
    assert [one["toestand"]["resultaat"] for one in history] == [None, "niet-behaald", None]


def test_what_has_not_ended_is_not_reopened(done: Starter) -> None:
    assert code(done.do("_heropen", reden="zomaar")) == "niet-afgesloten"


def test_after_the_end_nothing_moves(done: Starter) -> None:
    done.do("_afronden", afgerondOp="2026-12-31", resultaat="behaald")
    for step, words in (
        ("_verplaats", {"vestiging": VESTIGING_A2, "vanaf": "2027-01-01"}),
        ("_afronden", {"afgerondOp": "2026-12-31", "resultaat": "behaald"}),
        ("_stop", {"gestoptOp": "2026-12-31", "stopReden": "overig"}),
    ):
        assert code(done.do(step, **words)) == "traject-afgesloten"


def test_gestopt_with_a_reason_and_reopened(done: Starter) -> None:
    traject = the(done.do("_stop", gestoptOp="2025-06-30", stopReden="buiten-regio"))
    assert (traject["status"], traject["stopReden"], traject["opgebouwd"]["maanden"]) == ("gestopt", "buiten-regio", 18)
    assert the(done.do("_heropen", reden="Toch gebleven"))["status"] == "lopend"
    assert code(done.do("_stop", gestoptOp="2027-01-05", stopReden="overig")) == "datum-in-toekomst"


def test_a_stopped_traject_with_a_later_one_is_not_reopened(done: Starter) -> None:
    done.do("_stop", gestoptOp="2025-06-30", stopReden="op-verzoek")
    old = done.path
    done.started(startdatum="2026-01-01")
    done.path = old
    assert code(done.do("_heropen", reden="Toch")) == "vervolg-bestaat"
    assert done.register.delete(old).status_code == 409


def test_a_correction_of_the_first_traject_reaches_the_one_that_follows(done: Starter) -> None:
    done.do("_stop", gestoptOp="2025-06-30", stopReden="op-verzoek")
    old = done.path
    done.started(startdatum="2026-01-01")
    before, new = done.now()["nodig"]["dagen"], done.path
    done.path = old
    assert done.correct(startdatum="2024-01-11", reden="tien dagen later").status_code == 200
    done.path = new
    assert done.now()["nodig"]["dagen"] == before + 10


def test_a_late_afronding_is_a_signal_and_not_an_error(done: Starter) -> None:
    with on_day(2027, 3, 1):
        late = done.now()
        assert {"wat": "afronding", "sinds": "2027-01-01"} in late["achterstallig"]
        assert "afronding-achterstallig" in {signal["code"] for signal in late["signalen"]}
        assert all(signal["naam"] and signal["bron"] and signal["tekst"] for signal in late["signalen"])
        assert done.do("_afronden", afgerondOp="2027-02-28", resultaat="behaald").status_code == 200
