"""States of an activiteit: concept, ingediend, goedgekeurd or afgewezen, ingetrokken (domain.md): every rule by name."""

import pytest

from tests.professionalisering.support import ALONE, CURSUS, Teacher, Validator
from tests.support import Refusal, code, on_day, the

STATUS = Refusal(409, "status-laat-dit-niet-toe")


def test_what_is_over_is_submitted(teacher: Teacher) -> None:
    path = teacher.reported()
    submitted = teacher.do(path, "_indienen")
    assert submitted.status_code == 200, submitted.text
    assert (the(submitted)["status"], the(submitted)["ingediendOp"]) == ("ingediend", "2026-09-01")
    assert Refusal.of(teacher.do(path, "_indienen")) == STATUS


def test_a_bestuur_submits_what_it_reported(teacher: Teacher) -> None:
    assert teacher.now(teacher.submitted("a"))["status"] == "ingediend"


def test_einddatum_is_not_in_the_future_to_be_submitted(teacher: Teacher) -> None:
    path = teacher.reported(einddatum="2026-09-02")
    assert Refusal.of(teacher.do(path, "_indienen")) == Refusal(409, "einddatum-in-toekomst", "/einddatum")
    with on_day(2026, 9, 2):
        assert teacher.do(path, "_indienen").status_code == 200


@pytest.mark.parametrize("fields", [{"zelfstudie": 6.5}, {"soort": "zelfstudie"}])
def test_mostly_zelfstudie_needs_a_toets_or_a_bewijsstuk_to_be_submitted(
    teacher: Teacher, fields: dict[str, object]
) -> None:
    path = teacher.reported(**fields)
    assert Refusal.of(teacher.do(path, "_indienen")) == Refusal(409, "zelfstudie-zonder-bewijs", "/toets")
    assert teacher.submitted(toets=True, **fields)
    teacher.proven(path)
    assert teacher.do(path, "_indienen").status_code == 200


def test_half_of_the_hours_alone_is_not_mostly(teacher: Teacher) -> None:
    assert teacher.submitted(zelfstudie=6)


def test_what_stands_in_the_way_of_submitting_comes_at_once(teacher: Teacher) -> None:
    answer = teacher.do(teacher.reported(**{**ALONE, "einddatum": "2026-09-02"}), "_indienen")
    assert (answer.status_code, the(answer)["code"]) == (409, "nog-niet-in-te-dienen")
    assert {one["code"] for one in the(answer)["errors"]} == {"einddatum-in-toekomst", "zelfstudie-zonder-bewijs"}


def test_a_rejected_one_that_is_changed_is_concept_again(teacher: Teacher) -> None:
    path = teacher.submitted()
    Validator.at(teacher.register).rejected(path)
    changed = the(teacher.register.change(path, {"titel": "Beter"}, teacher.self_))
    assert changed["status"] == "concept"
    assert [changed[name] for name in ("ingediendOp", "beoordeeldOp", "beoordeeldDoor", "afwijzing")] == [None] * 4
    assert teacher.do(path, "_indienen").status_code == 200


def test_a_rejected_one_is_reopened_by_who_reported_it(teacher: Teacher) -> None:
    path, theirs = teacher.submitted(), teacher.submitted("a")
    for one in (path, theirs):
        Validator.at(teacher.register).rejected(one)
    assert the(teacher.do(path, "_heropen"))["status"] == "concept"
    assert Refusal.of(teacher.do(theirs, "_heropen")).code == "door-ander-gemeld"
    assert the(teacher.do(theirs, "_heropen", "a"))["status"] == "concept"


def test_only_what_is_rejected_or_withdrawn_is_reopened(teacher: Teacher) -> None:
    path = teacher.reported()
    assert Refusal.of(teacher.do(path, "_heropen")) == STATUS
    teacher.do(path, "_indienen")
    assert Refusal.of(teacher.do(path, "_heropen")) == STATUS
    Validator.at(teacher.register).judged(path)
    assert Refusal.of(teacher.do(path, "_heropen")) == STATUS


@pytest.mark.parametrize("status", ["concept", "ingediend", "goedgekeurd", "afgewezen"])
def test_the_leraar_withdraws_from_any_status(teacher: Teacher, status: str) -> None:
    path = teacher.reported()
    if status != "concept":
        teacher.do(path, "_indienen")
    if status == "goedgekeurd":
        Validator.at(teacher.register).judged(path)
    if status == "afgewezen":
        Validator.at(teacher.register).rejected(path)
    assert teacher.now(path)["status"] == status
    withdrawn = the(teacher.do(path, "_intrekken"))
    assert (withdrawn["status"], withdrawn["ingetrokkenDoor"]) == ("ingetrokken", "leraar")
    assert code(teacher.do(path, "_intrekken")) == "al-ingetrokken"


def test_the_leraar_withdraws_what_a_bestuur_reported_and_only_the_leraar_reopens_it(teacher: Teacher) -> None:
    path = teacher.submitted("a")
    assert the(teacher.do(path, "_intrekken"))["status"] == "ingetrokken"
    assert code(teacher.do(path, "_heropen", "a")) == "door-ander-ingetrokken"
    reopened = the(teacher.do(path, "_heropen"))
    assert (reopened["status"], reopened["ingetrokkenDoor"], reopened["ingediendOp"]) == ("concept", None, None)
    assert teacher.do(path, "_indienen", "a").status_code == 200


def test_only_the_leraar_withdraws(teacher: Teacher) -> None:
    path = teacher.reported("a")
    for who in ("a", "k"):
        answer = teacher.do(path, "_intrekken", who)
        assert (answer.status_code, code(answer)) == (403, "geen-toestemming")


def test_confirmed_attendance_that_is_reopened_counts_as_it_did(teacher: Teacher) -> None:
    teacher.register.as_aanbieder("12345678")
    teacher.register.as_owner(
        """with o as (
            insert into aanbod (aanbieder, soort, titel, registeruren, vakinhoudelijk, vakdidactisch, pedagogisch, overig,
                                geldig_vanaf, beoordeling, beoordeeld_op)
            select id, 'cursus', 'T', 3, 3, 0, 0, 0, '2026-01-01', 'gevalideerd', '2026-01-01' from aanbieder returning id)
        insert into activiteit (leraar, gemeld_door, aanbod, soort, titel, registeruren, vakinhoudelijk, vakdidactisch,
                                pedagogisch, overig, begindatum, einddatum, status, beoordeeld_op)
        select %s, 'aanbieder', id, 'cursus', 'T', 3, 3, 0, 0, 0, '2026-02-01', '2026-02-01', 'goedgekeurd', '2026-02-02' from o
        """,
        teacher.number,
    )
    ((key,),) = teacher.register.rows("select id::text from activiteit")
    path = f"{teacher.path}/{key}"
    assert the(teacher.do(path, "_intrekken"))["status"] == "ingetrokken"
    reopened = the(teacher.do(path, "_heropen"))
    assert (reopened["status"], reopened["beoordeeldOp"]) == ("goedgekeurd", "2026-02-02")


def test_the_history_says_who_did_what_in_every_state(teacher: Teacher) -> None:
    path = teacher.submitted()
    validator = Validator.at(teacher.register)
    validator.rejected(path)
    teacher.register.change(path, {"titel": "Beter"}, teacher.self_)
    teacher.do(path, "_indienen")
    validator.judged(path)
    teacher.do(path, "_intrekken")
    history = the(teacher.register.get(f"{path}/historie", teacher.self_))["items"]
    assert [(one["gebeurtenis"], one["toestand"]["status"]) for one in history] == [
        ("activiteit.gemeld", "concept"),
        ("activiteit.ingediend", "ingediend"),
        ("activiteit.afgewezen", "afgewezen"),
        ("activiteit.gewijzigd", "concept"),
        ("activiteit.ingediend", "ingediend"),
        ("activiteit.goedgekeurd", "goedgekeurd"),
        ("activiteit.ingetrokken", "ingetrokken"),
    ]
    assert history[2]["toestand"]["afwijzing"] == history[2]["reden"] == "Het bewijs noemt geen uren"
    assert {one["toestand"]["titel"] for one in history} == {CURSUS["titel"], "Beter"}
