"""Reporting an activiteit and changing it (domain.md, Professionaliseringsactiviteit): every rule by name, over the API."""

from tests.professionalisering.support import CURSUS, Teacher, Validator
from tests.support import A, Refusal, code, on_day, the, whole


def test_a_leraar_reports_an_activiteit_as_concept(teacher: Teacher) -> None:
    answer = teacher.report()
    assert answer.status_code == 201, answer.text
    made = the(answer)
    assert {name: made[name] for name in CURSUS} == CURSUS
    assert (made["status"], made["gemeldDoor"], made["bestuur"], made["gedeeld"]) == ("concept", "leraar", None, False)
    assert (made["bewijsstukken"], made["mogelijkDubbel"]) == ([], [])
    assert teacher.now(answer.headers["Location"].removeprefix("/v1")) == made


def test_a_bestuur_reports_for_a_leraar_it_sees(teacher: Teacher) -> None:
    made = the(teacher.report("a"))
    assert (made["gemeldDoor"], made["bestuur"]) == ("bestuur", A)
    stranger = Teacher(teacher.register, teacher.register.leraar("b"))
    absent = Teacher(teacher.register, "7776531435")
    assert whole(stranger.report("a")) == whole(absent.report("a"))
    assert stranger.report("a").status_code == 404


def test_the_keeper_reports_for_the_leraar(teacher: Teacher) -> None:
    assert the(teacher.report("k"))["gemeldDoor"] == "leraar"
