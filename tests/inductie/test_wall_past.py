"""The formative wall in the past: `beschikbaarOp` opens nothing that is closed today."""

from tests.inductie.lesson import OTHERS, Lesson, lesson
from tests.support import the

__all__ = ("lesson",)


def test_nor_does_the_past_show_them(lesson: Lesson) -> None:
    moment = lesson.kept().register.seal()
    for who in OTHERS:
        assert lesson.where(who, moment) == set(), who
    assert f"GET {lesson.path}?beschikbaarOp={moment}" in lesson.where(lesson.leraar, moment)


def test_shared_no_longer_they_are_closed_in_the_past_too(lesson: Lesson) -> None:
    register = lesson.register
    unshared, before = register.seal(), lesson.readable("a")
    lesson.kept(gedeeld=True)
    shared = register.seal()
    assert register.get(f"{lesson.path}?beschikbaarOp={shared}").status_code == 200
    assert the(lesson.unshare())["gedeeld"] is False
    after = register.seal()
    assert lesson.where("a", unshared, shared, after) == set()
    assert lesson.readable("a") == before
    assert lesson.unshare().status_code == 200


def test_taken_away_they_are_gone_for_everybody_but_the_history_of_the_leraar(lesson: Lesson) -> None:
    register = lesson.kept(gedeeld=True).register
    moment = register.seal()
    assert register.delete(lesson.path, lesson.leraar).status_code == 204
    register.seal()
    assert register.get(lesson.path, lesson.leraar).status_code == 404
    for who in OTHERS:
        assert lesson.where(who, moment) == set(), who
    assert register.get(f"{lesson.path}?beschikbaarOp={moment}", lesson.leraar).status_code == 200


def test_shared_again_they_stay_closed_for_the_time_in_which_they_were_not(lesson: Lesson) -> None:
    register = lesson.kept(gedeeld=True).register
    moments = [register.seal()]
    for step in (lesson.unshare, lesson.share):
        assert step().status_code == 200
        moments.append(register.seal())
    seen = [register.get(f"{lesson.path}?beschikbaarOp={moment}").status_code for moment in moments]
    assert seen == [200, 404, 200]
    assert lesson.where("a", moments[1]) == {f"GET {lesson.path}"}
    assert register.get(f"{lesson.path}?beschikbaarOp={moments[1]}", lesson.leraar).status_code == 200
