"""What may be the same activiteit twice is pointed out, and never refused (domain.md; issue 4)."""

import pytest

from tests.professionalisering.support import Teacher, Validator
from tests.support import the


def doubles(teacher: Teacher, path: str, who: str | None = None) -> list[str]:
    """Give the keys of what an activiteit may be the same as."""
    found: list[str] = teacher.now(path, who)["mogelijkDubbel"]
    return found


def key(path: str) -> str:
    """Give the key in a path."""
    return path.rpartition("/")[2]


@pytest.mark.parametrize(
    "titel", ["Formatief evalueren", "formatief EVALUËREN!", "Evalueren, formatief", "Formatief evalueren 2"]
)
def test_same_soort_overlapping_dates_and_a_similar_titel_are_pointed_out(teacher: Teacher, titel: str) -> None:
    first = teacher.reported()
    answer = teacher.report(titel=titel, begindatum="2026-03-16", einddatum="2026-04-01")
    assert answer.status_code == 201
    assert the(answer)["mogelijkDubbel"] == [key(first)]
    assert doubles(teacher, first) == [the(answer)["id"]]


@pytest.mark.parametrize(
    "other",
    [
        {"soort": "opleiding"},
        {"begindatum": "2026-03-17", "einddatum": "2026-03-18"},
        {"begindatum": "2026-02-01", "einddatum": "2026-03-01"},
        {"titel": "Groepsdynamica in de brugklas"},
    ],
)
def test_another_soort_other_days_or_another_titel_is_no_double(teacher: Teacher, other: dict[str, str]) -> None:
    teacher.reported()
    assert doubles(teacher, teacher.reported(**other)) == []


def test_how_alike_titles_are_is_a_figure_of_the_regeling(teacher: Teacher) -> None:
    teacher.register.as_owner(
        "update regeling set waarden = waarden || '{\"gelijkenisTitel\": 1}' where sector = 'alle'"
    )
    teacher.reported()
    assert doubles(teacher, teacher.reported(titel="Formatief evalueren 2")) == []
    assert len(doubles(teacher, teacher.reported())) == 1


def test_what_counts_for_nothing_is_no_double(teacher: Teacher) -> None:
    rejected, retracted = teacher.submitted(), teacher.reported()
    Validator.at(teacher.register).rejected(rejected)
    teacher.do(retracted, "_intrekken")
    assert doubles(teacher, teacher.reported()) == []


def test_another_leraar_is_no_double(teacher: Teacher) -> None:
    Teacher.at(teacher.register).reported("a")
    assert doubles(teacher, teacher.reported("a"), "a") == []


def test_a_bestuur_is_told_of_those_it_sees_only(teacher: Teacher) -> None:
    hidden, own = teacher.reported(), teacher.reported("a")
    assert doubles(teacher, own, "a") == []
    assert doubles(teacher, own) == [key(hidden)]
    teacher.do(hidden, "_delen")
    assert doubles(teacher, own, "a") == [key(hidden)]
    teacher.register.post(f"{hidden}/_afschermen", None, teacher.self_)
    moment = teacher.register.seal()
    assert doubles(teacher, own, "a") == []
    assert doubles(teacher, f"{own}?beschikbaarOp={moment}", "a") == []
    assert doubles(teacher, f"{own}?beschikbaarOp={moment}") == [key(hidden)]


def test_a_validator_is_told_of_those_that_are_offered(teacher: Teacher) -> None:
    first, second = teacher.submitted(), teacher.submitted()
    teacher.reported()
    validator = Validator.at(teacher.register)
    assert {one["id"]: one["mogelijkDubbel"] for one in validator.offered()} == {
        key(first): [key(second)],
        key(second): [key(first)],
    }
