"""A validator of another bestuur decides, and judges the activity and not the person (domain.md): every rule by name."""

import re

import pytest

from tests.professionalisering.support import ALONE, CURSUS, Teacher, Validator, judging
from tests.support import VESTIGING_A, VESTIGING_B, A, Refusal, Register, code, on_day, the, whole


@pytest.fixture
def validator(register: Register) -> Validator:
    """Somebody who works nowhere."""
    return Validator.at(register)


def works(validator: Validator, who: str = "a", **fields: object) -> None:
    """Let the validator have an aanstelling at a bestuur."""
    fields = {"vestiging": VESTIGING_B if who == "b" else VESTIGING_A, **fields}
    known = {"registratienummer": validator.number, "geboortedatum": "1984-05-06"}
    validator.register.post("/leraren/_koppel", known, who)
    validator.register.aanstelling(validator.number, who, **fields)


def key(path: str) -> str:
    """Give the key in a path."""
    return path.rpartition("/")[2]


def test_what_was_submitted_is_offered_oldest_first_in_pages(teacher: Teacher, validator: Validator) -> None:
    paths = []
    for day in (3, 1, 2):
        with on_day(2026, 9, day):
            paths.append(teacher.submitted(titel=f"Dag {day}"))
    teacher.reported()
    first = the(validator.register.get("/beoordelingen?limiet=2", validator.who))
    rest = the(validator.register.get(f"/beoordelingen?limiet=2&cursor={first['volgende']}", validator.who))
    assert [one["titel"] for one in first["items"] + rest["items"]] == ["Dag 1", "Dag 2", "Dag 3"]
    assert rest["volgende"] is None


def test_a_validator_sees_the_activity_and_nothing_of_the_leraar(teacher: Teacher, validator: Validator) -> None:
    path = teacher.submitted("a")
    teacher.register.as_owner("update leraar set achternaam = 'Zoektocht', emailadres = 'zt@school.example'")
    teacher.register.as_owner(
        "insert into bewijsstuk (leraar, activiteit, sha256, mediatype, grootte, bestandsnaam)"
        " select leraar, id, repeat('a', 64), 'image/png', 9, 'Zoektocht.png' from activiteit"
    )
    answers = [
        validator.register.get(judging(path), validator.who),
        validator.register.get("/beoordelingen", validator.who),
        validator.judge(path),
    ]
    for answer in answers:
        assert answer.status_code == 200
        assert CURSUS["titel"] in answer.text
        # The bestuur as a word: ids and moments hold any five digits now and then.
        for word in (teacher.number, "Zoektocht", "zt@school", rf"\b{A}\b", "leraren/"):
            assert not re.search(word, f"{answer.text} {answer.headers}")
    assert [set(one) for one in the(answers[0])["bewijsstukken"]] == [{"id", "sha256", "mediatype", "grootte"}]


def test_a_validator_opens_no_dossier(teacher: Teacher, validator: Validator) -> None:
    path = teacher.submitted()
    for address in (path, teacher.path, f"{path}/historie", f"/leraren/{teacher.number}"):
        assert validator.register.get(address, validator.who).status_code == 403


def test_every_look_of_a_validator_is_logged_for_the_leraar(teacher: Teacher, validator: Validator) -> None:
    path = teacher.submitted()
    mark = teacher.register.rows("select coalesce(max(id), 0) from access_log")[0][0]
    validator.register.get(judging(path), validator.who)
    validator.register.get("/beoordelingen", validator.who)
    looked = teacher.register.rows("select leraar, actor, parts from access_log where id > %s", mark)
    assert looked == [(teacher.number, f"validator:{validator.number}", ["activiteiten"])] * 2


def test_approved_it_counts_from_that_day_on(teacher: Teacher, validator: Validator) -> None:
    path = teacher.submitted()
    with on_day(2026, 9, 5):
        validator.judged(path)
        judged = teacher.now(path)
    assert (judged["status"], judged["beoordeeldOp"], judged["ingediendOp"]) == (
        "goedgekeurd",
        "2026-09-05",
        "2026-09-01",
    )
    assert judged["beoordeeldDoor"] == validator.number


def test_a_rejection_says_why(teacher: Teacher, validator: Validator) -> None:
    path = teacher.submitted()
    assert Refusal.of(validator.judge(path, "_afwijzen", {})) == Refusal(400, "verplicht", "/reden")
    validator.rejected(path, "Geen bewijs")
    judged = teacher.now(path)
    assert (judged["status"], judged["afwijzing"], judged["beoordeeldOp"]) == ("afgewezen", "Geen bewijs", "2026-09-01")


def test_what_is_decided_is_not_decided_again(teacher: Teacher, validator: Validator) -> None:
    path = teacher.submitted()
    validator.judged(path)
    assert code(validator.judge(path)) == "al-besloten"
    assert code(validator.judge(path, "_afwijzen", {"reden": "x"})) == "al-besloten"
    assert Validator.at(teacher.register).ids() == set()


def test_a_validator_decides_on_what_was_seen(teacher: Teacher, validator: Validator) -> None:
    path = teacher.submitted()
    seen = validator.register.get(judging(path), validator.who).headers["ETag"]
    teacher.do(path, "_intrekken")
    teacher.do(path, "_heropen")
    teacher.register.change(path, {"registeruren": 120, "vakinhoudelijk": 112}, teacher.self_)
    teacher.do(path, "_indienen")
    answer = validator.register.send("POST", f"{judging(path)}/_goedkeuren", who=validator.who, match=seen)
    assert answer.status_code == 412
    assert validator.register.send("POST", f"{judging(path)}/_goedkeuren", who=validator.who).status_code == 428


def test_another_bewijsstuk_is_another_thing_to_decide_on(teacher: Teacher, validator: Validator) -> None:
    path = teacher.reported(**ALONE)
    teacher.proven(path)
    teacher.do(path, "_indienen")
    (before,) = validator.offered()
    teacher.register.as_owner("delete from bewijsstuk")
    teacher.proven(path, "f" * 64)
    (after,) = validator.offered()
    assert before["kenmerk"] != after["kenmerk"]
    assert code(validator.decide([{"id": key(path), "kenmerk": before["kenmerk"], "besluit": "goedgekeurd"}])) == (
        "activiteit-gewijzigd"
    )


def test_mostly_zelfstudie_needs_a_toets_or_a_bewijsstuk_to_be_approved(teacher: Teacher, validator: Validator) -> None:
    path = teacher.reported(**ALONE)
    teacher.proven(path)
    teacher.do(path, "_indienen")
    teacher.register.as_owner("delete from bewijsstuk")
    assert Refusal.of(validator.judge(path)) == Refusal(409, "zelfstudie-zonder-bewijs")
    assert Refusal.of(validator.decide(validator.decisions())) == Refusal(
        409, "zelfstudie-zonder-bewijs", "/beslissingen/0/besluit"
    )
    teacher.proven(path)
    validator.judged(path)


def test_never_the_own_activiteit(teacher: Teacher) -> None:
    path = teacher.submitted()
    own = Validator(teacher.register, teacher.number)
    assert own.ids() == set()
    absent = own.register.get("/beoordelingen/01890000-0000-7000-8000-0000000000ff", own.who)
    assert absent.status_code == 404
    assert whole(own.register.get(judging(path), own.who)) == whole(absent)
    step = own.register.send("POST", f"{judging(path)}/_goedkeuren", who=own.who, match="*")
    assert step.status_code == 404
    (offered,) = Validator.at(teacher.register).offered()
    refused = own.decide([{"id": key(path), "kenmerk": offered["kenmerk"], "besluit": "goedgekeurd"}])
    assert Refusal.of(refused) == Refusal(409, "niet-aangeboden", "/beslissingen/0/id")


# The leraar works at bestuur A since 1 August 2024; the activiteit began on 2 March 2026; it is 1 September 2026.
@pytest.mark.parametrize(
    ("begin", "end", "offered"),
    [
        ("2020-08-01", None, False),
        ("2020-08-01", "2026-03-01", True),
        ("2020-08-01", "2026-03-02", False),
        ("2026-09-01", None, False),
        ("2026-09-02", None, True),
        ("2026-04-01", "2026-04-01", False),
    ],
)
def test_never_of_a_leraar_of_a_bestuur_where_the_validator_worked_since_it_began(
    teacher: Teacher, validator: Validator, begin: str, end: str | None, offered: bool
) -> None:
    path = teacher.submitted()
    works(validator, begindatum=begin, einddatum=end)
    assert (validator.ids() == {key(path)}) is offered
    assert validator.register.get(judging(path), validator.who).status_code == (200 if offered else 404)


def test_nor_of_a_leraar_who_left_that_bestuur_since_it_began(teacher: Teacher, validator: Validator) -> None:
    path = teacher.submitted()
    teacher.known_at_b().works_at_b(begindatum="2025-01-01", einddatum="2026-03-02")
    works(validator, "b", begindatum="2026-08-01")
    assert validator.ids() == set()
    teacher.register.as_owner(
        "update aanstelling set einddatum = '2026-03-01' where leraar = %s and bestuur = '41300'", teacher.number
    )
    assert validator.ids() == {key(path)}


def test_nor_what_such_a_bestuur_reported(teacher: Teacher, validator: Validator) -> None:
    theirs, own = teacher.submitted("b"), teacher.submitted()
    works(validator, "b", begindatum="2026-01-01")
    assert validator.ids() == {key(own)}
    assert validator.register.get(judging(theirs), validator.who).status_code == 404


def test_a_validator_of_another_bestuur_decides(teacher: Teacher, validator: Validator) -> None:
    works(validator, "b", begindatum="2020-08-01")
    validator.judged(teacher.submitted())


def test_an_own_decision_is_revised_with_a_reason_and_offered_again(teacher: Teacher, validator: Validator) -> None:
    path = teacher.submitted()
    validator.judged(path)
    assert Refusal.of(validator.judge(path, "_herzien", {})) == Refusal(400, "verplicht", "/reden")
    validator.judged(path, "_herzien", {"reden": "Ik keek naar een ander bewijsstuk"})
    revised = teacher.now(path)
    assert (revised["status"], revised["beoordeeldOp"], revised["beoordeeldDoor"]) == ("ingediend", None, None)
    history = the(teacher.register.get(f"{path}/historie", teacher.self_))["items"]
    assert history[-1]["reden"] == "Ik keek naar een ander bewijsstuk"
    assert code(validator.judge(path, "_herzien", {"reden": "x"})) == "geen-besluit"
    other = Validator.at(teacher.register)
    assert other.ids() == {key(path)}
    other.rejected(path)


def test_nobody_revises_anothers_decision(teacher: Teacher, validator: Validator) -> None:
    path = teacher.submitted()
    validator.judged(path)
    other = Validator.at(teacher.register)
    answer = other.register.send("POST", f"{judging(path)}/_herzien", {"reden": "x"}, who=other.who, match="*")
    assert answer.status_code == 404


def test_who_may_not_judge_it_any_more_revises_nothing(teacher: Teacher, validator: Validator) -> None:
    path = teacher.submitted()
    validator.judged(path)
    works(validator, begindatum="2026-09-01")
    assert code(validator.judge(path, "_herzien", {"reden": "x"})) == "niet-meer-onafhankelijk"
    assert teacher.now(path)["status"] == "goedgekeurd"


def test_what_the_leraar_withdrew_is_offered_no_more(teacher: Teacher, validator: Validator) -> None:
    path = teacher.submitted()
    teacher.do(path, "_intrekken")
    assert validator.ids() == set()
    assert validator.register.get(judging(path), validator.who).status_code == 404


def test_only_a_validator_judges(teacher: Teacher) -> None:
    path = teacher.submitted("a")
    for who in ("a", "k", teacher.self_):
        for method, address, body in (
            ("GET", "/beoordelingen", None),
            ("POST", f"{judging(path)}/_goedkeuren", None),
            ("POST", "/beoordelingen/_beslis", {"beslissingen": []}),
        ):
            assert teacher.register.send(method, address, body, who=who, match="*").status_code == 403
