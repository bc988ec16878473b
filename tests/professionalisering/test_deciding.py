"""The decisions of a day's work in one call: all of them, or none (issue 4)."""

import pytest

from tests.professionalisering.support import Teacher, Validator
from tests.support import Refusal, Register, the


@pytest.fixture
def validator(register: Register) -> Validator:
    """Somebody who works nowhere."""
    return Validator.at(register)


def test_a_days_work_is_decided_in_one_call(teacher: Teacher, validator: Validator) -> None:
    for number in range(3):
        teacher.submitted(titel=f"Cursus {number}")
    decisions = validator.decisions()
    decisions[1] = {**decisions[1], "besluit": "afgewezen", "reden": "Geen bewijs"}
    answer = validator.decide(decisions)
    assert (answer.status_code, the(answer)) == (200, {"goedgekeurd": 2, "afgewezen": 1})
    found = teacher.register.rows(
        "select status, afwijzing, beoordeeld_op::text, beoordeeld_door from activiteit order by titel"
    )
    assert found == [
        ("goedgekeurd", None, "2026-09-01", validator.number),
        ("afgewezen", "Geen bewijs", "2026-09-01", validator.number),
        ("goedgekeurd", None, "2026-09-01", validator.number),
    ]
    assert validator.ids() == set()


def test_all_or_nothing_with_every_conflict_and_its_place(teacher: Teacher, validator: Validator) -> None:
    paths = [teacher.submitted(titel=f"Cursus {number}") for number in range(4)]
    decisions = validator.decisions()
    teacher.do(paths[1], "_intrekken")
    Validator.at(teacher.register).judged(paths[2])
    decisions[3]["kenmerk"] = "0" * 32
    decisions.append({"id": "01890000-0000-7000-8000-0000000000ff", "kenmerk": "0" * 32, "besluit": "goedgekeurd"})
    answer = validator.decide(decisions)
    assert (answer.status_code, the(answer)["code"]) == (409, "beslissingen-geweigerd")
    assert [(one["location"], one["code"]) for one in the(answer)["errors"]] == [
        ("/beslissingen/1/id", "niet-aangeboden"),
        ("/beslissingen/2/id", "niet-aangeboden"),
        ("/beslissingen/3/kenmerk", "activiteit-gewijzigd"),
        ("/beslissingen/4/id", "niet-aangeboden"),
    ]
    assert teacher.now(paths[0])["status"] == "ingediend"


def test_decisions_that_cannot_be_are_refused_with_every_place(teacher: Teacher, validator: Validator) -> None:
    teacher.submitted(titel="Cursus 0")
    teacher.submitted(titel="Cursus 1")
    one, other = validator.decisions()
    answer = validator.decide([{**one, "besluit": "afgewezen"}, {**other, "reden": "Mooi"}, one])
    assert answer.status_code == 400
    assert {(error["location"], error["code"]) for error in the(answer)["errors"]} == {
        ("/beslissingen/0/reden", "reden-ontbreekt"),
        ("/beslissingen/1/reden", "reden-niet-van-toepassing"),
        ("/beslissingen/2/id", "dubbel"),
    }


def test_from_1_to_500_decisions(teacher: Teacher, validator: Validator) -> None:
    teacher.register.as_owner(
        "insert into activiteit (leraar, gemeld_door, soort, titel, registeruren, vakinhoudelijk, vakdidactisch, pedagogisch,"
        " overig, begindatum, einddatum, status, ingediend_op)"
        " select %s, 'leraar', 'cursus', 'T ' || n, 3, 3, 0, 0, 0, '2026-03-01', '2026-03-01', 'ingediend', '2026-03-02'"
        " from generate_series(1, 500) n",
        teacher.number,
    )
    listed = the(validator.register.get("/beoordelingen?limiet=500", validator.who))["items"]
    decisions = [{"id": one["id"], "kenmerk": one["kenmerk"], "besluit": "goedgekeurd"} for one in listed]
    for wrong in ([], [*decisions, decisions[0]]):
        assert Refusal.of(validator.decide(wrong)) == Refusal(400, "ongeldige-waarde", "/beslissingen")
    assert the(validator.decide(decisions)) == {"goedgekeurd": 500, "afgewezen": 0}
    assert teacher.register.rows("select count(*) from activiteit where status = 'goedgekeurd'") == [(500,)]
