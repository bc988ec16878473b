"""Who sees an activiteit: a bestuur what it reported and what the leraar shares, now, in the past and in the history."""

import re

import pytest
from werkzeug.test import TestResponse

from tests.professionalisering.support import CURSUS, Teacher, Validator
from tests.support import B, code, on_day, the, whole

ABSENT = "01890000-0000-7000-8000-0000000000ff"


@pytest.fixture
def hidden(teacher: Teacher) -> str:
    """The path of an activiteit that the leraar reported, with a bewijsstuk, and does not share."""
    path = teacher.reported()
    teacher.proven(path)
    return path


def reads(path: str, *moments: str) -> list[str]:
    """Give every address at which an activiteit shows to a client of a bestuur, now and at moments."""
    queries = ["", *(f"?beschikbaarOp={moment}" for moment in moments)]
    return [address + query for address in (path, f"{path}/historie") for query in queries]


def as_absent(teacher: Teacher, path: str, who: str, *moments: str) -> None:
    """See that an activiteit answers, on every address and in every list, as one that does not exist."""
    for address in reads(path, *moments):
        mine = teacher.register.get(address, who)
        absent = teacher.register.get(address.replace(path.rpartition("/")[2], ABSENT), who)
        assert mine.status_code == 404, address
        assert whole(mine) == whole(absent), address
    for moment in ("", *(f"&beschikbaarOp={moment}" for moment in moments)):
        listed = teacher.register.get(f"{teacher.path}?limiet=500{moment}", who)
        assert (listed.status_code, path.rpartition("/")[2] in listed.text) == (200, False)


def test_a_bestuur_does_not_see_what_it_did_not_report(teacher: Teacher, hidden: str) -> None:
    moment = teacher.register.seal()
    for who in ("a", "b"):
        as_absent(teacher, hidden, who, moment)


def test_of_another_bestuur_neither(teacher: Teacher) -> None:
    path = teacher.reported("a")
    moment = teacher.register.seal()
    as_absent(teacher, path, "b", moment)
    assert teacher.now(path, "a")["bestuur"] == "41285"


@pytest.mark.parametrize(
    "method_and_step", ["PATCH ", "DELETE ", "POST /_indienen", "POST /_intrekken", "POST /_heropen"]
)
def test_every_change_of_a_hidden_one_is_as_of_one_that_does_not_exist(
    teacher: Teacher, hidden: str, method_and_step: str
) -> None:
    method, step = method_and_step.split(" ")

    def send(path: str) -> TestResponse:
        body = {"titel": "x"} if method == "PATCH" else None
        return teacher.register.send(method, path + step, body, who="a", match="*")

    assert send(hidden).status_code == 404
    assert whole(send(hidden)) == whole(send(hidden.replace(hidden.rpartition("/")[2], ABSENT)))


def test_shared_every_employer_reads_it_with_its_bewijsstukken_and_history(teacher: Teacher, hidden: str) -> None:
    shared = teacher.do(hidden, "_delen")
    assert (shared.status_code, the(shared)["gedeeld"]) == (200, True)
    moment = teacher.register.seal()
    for who in ("a", "b"):
        for address in reads(hidden, moment):
            assert CURSUS["titel"] in teacher.register.get(address, who).text, address
        assert len(teacher.now(hidden, who)["bewijsstukken"]) == 1
        assert [one["titel"] for one in the(teacher.register.get(teacher.path, who))["items"]] == [CURSUS["titel"]]


def test_shared_no_longer_it_is_closed_in_the_past_too(teacher: Teacher, hidden: str) -> None:
    before = teacher.register.seal()
    teacher.do(hidden, "_delen")
    shared = teacher.register.seal()
    assert teacher.register.get(f"{hidden}?beschikbaarOp={shared}", "b").status_code == 200
    unshared = teacher.register.post(f"{hidden}/_afschermen", None, teacher.self_)
    assert (unshared.status_code, the(unshared)["gedeeld"]) == (200, False)
    after = teacher.register.seal()
    for who in ("a", "b"):
        as_absent(teacher, hidden, who, before, shared, after)
    assert teacher.register.post(f"{hidden}/_afschermen", None, teacher.self_).status_code == 200


def test_what_a_bestuur_reported_it_reads_whatever_the_leraar_shares(teacher: Teacher) -> None:
    path = teacher.reported("a")
    teacher.do(path, "_delen")
    assert teacher.now(path, "b")["gedeeld"] is True
    teacher.register.post(f"{path}/_afschermen", None, teacher.self_)
    assert teacher.now(path, "a")["gedeeld"] is False
    as_absent(teacher, path, "b", teacher.register.seal())


def test_the_history_of_a_concept_that_a_bestuur_deleted_stays_with_that_bestuur_and_the_leraar(
    teacher: Teacher,
) -> None:
    path = teacher.reported("a")
    moment = teacher.register.seal()
    teacher.register.delete(path, "a")
    assert teacher.register.get(path, "a").status_code == 404
    for who in ("a", teacher.self_, "k"):
        history = the(teacher.register.get(f"{path}/historie", who))["items"]
        assert [one["handeling"] for one in history] == ["aangemaakt", "verwijderd"], who
        assert teacher.register.get(f"{path}?beschikbaarOp={moment}", who).status_code == 200, who
    as_absent(teacher, path, "b", moment)


def test_a_shared_concept_that_the_leraar_deleted_is_closed_for_employers(teacher: Teacher, hidden: str) -> None:
    teacher.do(hidden, "_delen")
    moment = teacher.register.seal()
    teacher.register.delete(hidden, teacher.self_)
    for who in ("a", "b"):
        as_absent(teacher, hidden, who, moment)


@pytest.mark.parametrize("step", ["_delen", "_afschermen"])
def test_only_the_leraar_decides_what_is_shared(teacher: Teacher, hidden: str, step: str) -> None:
    for who in ("a", "b", "k"):
        answer = teacher.register.send("POST", f"{hidden}/{step}", who=who, match="*")
        assert (answer.status_code, code(answer)) == (403, "geen-toestemming")


def test_another_leraar_sees_nothing(teacher: Teacher, hidden: str) -> None:
    teacher.do(hidden, "_delen")
    stranger = Teacher.at(teacher.register).self_
    for address in (*reads(hidden, teacher.register.seal()), teacher.path):
        assert teacher.register.get(address, stranger).status_code == 404


def test_a_bestuur_that_does_not_see_the_leraar_reads_nothing_shared_or_own(teacher: Teacher) -> None:
    path = teacher.reported("b")
    teacher.do(path, "_delen")
    assert teacher.register.get(path, "b").status_code == 200
    with on_day(2027, 9, 1):
        for address in (*reads(path, teacher.register.seal()), teacher.path):
            assert teacher.register.get(address, "b").status_code == 404


def test_who_judged_is_told_to_the_leraar_and_the_keeper_and_to_no_bestuur(teacher: Teacher) -> None:
    path = teacher.submitted("a")
    teacher.do(path, "_delen")
    validator = Validator.at(teacher.register)
    validator.judged(path)
    moment = teacher.register.seal()
    for who in ("a", "b"):
        for address in (*reads(path, moment), teacher.path, f"{teacher.path}?beschikbaarOp={moment}"):
            answer = teacher.register.get(address, who)
            assert (answer.status_code, validator.number in answer.text) == (200, False), address
        assert the(teacher.register.get(f"{path}/historie", who))["items"][-1]["actor"] == "validator"
    for who in (teacher.self_, "k"):
        assert teacher.now(path, who)["beoordeeldDoor"] == validator.number
        last = the(teacher.register.get(f"{path}/historie", who))["items"][-1]
        assert (last["actor"], last["toestand"]["beoordeeldDoor"]) == (
            f"validator:{validator.number}",
            validator.number,
        )


def test_every_look_of_an_employer_is_logged_and_the_own_is_none(teacher: Teacher) -> None:
    path = teacher.reported("a")
    teacher.register.as_owner("delete from idempotency_key")
    mark = teacher.register.rows("select coalesce(max(id), 0) from access_log")[0][0]
    teacher.now(path)
    teacher.register.get(teacher.path, teacher.self_)
    teacher.now(path, "a")
    teacher.register.get(f"{path}/historie", "a")
    looked = teacher.register.rows(
        "select leraar, actor, namens, parts from access_log where id > %s order by id", mark
    )
    who = (teacher.number, "client:a", "bestuur:41285")
    assert looked == [(*who, ["activiteiten"]), (*who, ["activiteiten/historie"])]


def test_the_other_bestuur_is_not_told_that_there_is_anything(teacher: Teacher) -> None:
    empty = teacher.register.get(teacher.path, "b")
    for _ in range(3):
        teacher.reported()
        teacher.reported("a")
    assert whole(teacher.register.get(teacher.path, "b")) == whole(empty)
    # As a word: ids, moments and numbers hold any five digits now and then.
    assert not re.search(rf"\b{B}\b", teacher.register.get(teacher.path, "a").text)
