"""Scores of an observatie (domain.md, Observatie): who writes them, what they are, and PostgreSQL behind the routes."""

import psycopg
import pytest

from tests.inductie.feiten import entered
from tests.inductie.lesson import KEPT, MARKER, OTHERS, ROLES, Lesson, lesson
from tests.support import Refusal, code, the, whole

__all__ = ("lesson",)


@pytest.mark.parametrize("role", ROLES)
def test_postgresql_itself_holds_the_wall(lesson: Lesson, role: str) -> None:
    lesson.kept()
    lesson.register.as_owner("analyze")
    assert lesson.in_database(ROLES[role]) == set()
    lesson.share()
    allowed = {"observatiescore", "journal"} if role == "the bestuur that observed" else set()
    assert lesson.in_database(ROLES[role]) == allowed
    lesson.unshare()
    assert lesson.in_database(ROLES[role]) == set()


def test_postgresql_shows_them_to_the_leraar(lesson: Lesson) -> None:
    lesson.kept()
    own = {"leraar": lesson.starter.number}
    assert lesson.in_database(own) == {"observatiescore", "journal"}


def test_nobody_but_the_leraar_writes_them(lesson: Lesson) -> None:
    for who in OTHERS:
        answer = lesson.keep(who)
        assert (answer.status_code, code(answer)) == (403, "geen-toestemming"), who
    lesson.kept(gedeeld=True)
    for who in OTHERS:
        for method, below, body in (
            ("PATCH", "", {"toelichting": "x"}),
            ("DELETE", "", None),
            ("POST", "/_deel", None),
        ):
            assert lesson.register.send(method, lesson.path + below, body, who=who, match="*").status_code == 403, who
        assert lesson.register.post(f"{lesson.path}/_afschermen", None, who).status_code == 403, who


@pytest.mark.parametrize("who", ["a", "b", "k"])
def test_the_role_of_a_bestuur_or_keeper_cannot_write_them_even_by_hand(lesson: Lesson, who: str) -> None:
    lesson.kept(gedeeld=True)
    role = {"a": ROLES["the bestuur that observed"], "b": ROLES["another bestuur"], "k": ROLES["the keeper"]}[who]
    for statement in ("update observatiescore set gedeeld = true", "delete from observatiescore"):
        with lesson.register.app_role(**role) as connection:
            assert connection.execute(statement).rowcount == 0  # type: ignore[arg-type]


def test_a_replayed_answer_goes_to_the_leraar_alone(lesson: Lesson) -> None:
    first, again = (lesson.register.post(lesson.path, KEPT, lesson.leraar, Idempotency_Key="les-1") for _ in range(2))
    assert (first.status_code, first.data) == (again.status_code, again.data)
    for who in OTHERS:
        answer = lesson.register.post(lesson.path, KEPT, who, Idempotency_Key="les-1")
        assert answer.status_code == 403
        assert MARKER not in answer.text


def test_scores_bestaan(lesson: Lesson) -> None:
    answer = lesson.kept().keep()
    assert (answer.status_code, code(answer)) == (409, "scores-bestaan")


def test_scores_change_by_merge_patch(lesson: Lesson) -> None:
    lesson.kept(scores={"a": 1, "b": 2})
    answer = lesson.register.change(lesson.path, {"scores": {"a": None, "c": 10}, "toelichting": None}, lesson.leraar)
    assert answer.status_code == 200, answer.text
    assert (the(answer)["scores"], the(answer)["toelichting"]) == ({"b": 2, "c": 10}, None)
    assert code(lesson.register.change(lesson.path, {}, lesson.leraar)) == "niets-te-wijzigen"
    many = {f"naam {number}": 1 for number in range(99)}
    assert Refusal.of(lesson.register.change(lesson.path, {"scores": many}, lesson.leraar)) == Refusal(
        400, "te-lang", "/scores"
    )


@pytest.mark.parametrize(
    ("scores", "code", "location"),
    [
        ({"a": 10.5}, "ongeldige-waarde", "/scores/a"),
        ({"a": -1}, "ongeldige-waarde", "/scores/a"),
        ({"a": "3"}, "ongeldig-type", "/scores/a"),
        ({"a": None}, "leeg", "/scores/a"),
        ({"a": True}, "ongeldig-type", "/scores/a"),
        ({"": 3}, "leeg", "/scores/"),
        ({"a\u0000b": 3}, "ongeldig-teken", "/scores/a\u0000b"),
        ({"x" * 101: 3}, "te-lang", "/scores/" + "x" * 101),
        ({f"naam {number}": 1 for number in range(101)}, "te-lang", "/scores"),
        ([1], "ongeldig-type", "/scores"),
        (None, "leeg", "/scores"),
    ],
)
def test_scores_that_cannot_be(lesson: Lesson, scores: object, code: str, location: str) -> None:
    assert Refusal.of(lesson.keep(scores=scores)) == Refusal(400, code, location)


@pytest.mark.parametrize("shared", [None, False, True], ids=["no scores", "kept", "shared"])
@pytest.mark.parametrize("who", ["a", "k"])
def test_withdrawing_the_observatie_tells_nobody_whether_there_are_scores(
    lesson: Lesson, shared: bool | None, who: str
) -> None:
    register = lesson.register
    bare = entered(lesson.starter, "observaties", datum="2024-11-19")
    if shared is not None:
        lesson.kept(gedeeld=shared)
    rows = register.rows("select count(*) from journal")[0][0]
    answers = [register.delete(path, who) for path in (lesson.facts["observaties"], bare)]
    assert {answer.status_code for answer in answers} == {204}, [answer.text for answer in answers]
    assert whole(answers[0]) == whole(answers[1])
    # Nor is there a number in the history that somebody could miss.
    assert register.rows("select table_name, action from journal order by id offset %s", rows) == (
        [("observatie", "delete")] * 2
    )


@pytest.mark.parametrize("shared", [False, True])
def test_scores_of_a_withdrawn_observatie_stay_with_the_leraar_and_are_closed_to_all_others(
    lesson: Lesson, shared: bool
) -> None:
    register = lesson.kept(gedeeld=shared).register
    kept, before = the(register.get(lesson.path, lesson.leraar)), register.seal()
    assert register.delete(lesson.facts["observaties"]).status_code == 204
    after = register.seal()
    assert the(register.get(lesson.path, lesson.leraar)) == kept
    for moment in (before, after):
        assert the(register.get(f"{lesson.path}?beschikbaarOp={moment}", lesson.leraar)) == kept
    for who in OTHERS:
        assert lesson.where(who, before, after) == set(), who
    for role in ROLES.values():
        assert lesson.in_database(role) == set()


def test_the_leraar_goes_on_with_scores_of_a_withdrawn_observatie(lesson: Lesson) -> None:
    register = lesson.kept().register
    assert register.delete(lesson.facts["observaties"]).status_code == 204
    assert register.change(lesson.path, {"toelichting": None}, lesson.leraar).status_code == 200
    # There is nobody left to share them with.
    assert lesson.share().status_code == 200
    assert lesson.where("a") == set()
    assert register.delete(lesson.path, lesson.leraar).status_code == 204
    assert lesson.keep().status_code == 404


@pytest.mark.parametrize("shared", [None, False, True], ids=["no scores", "kept", "shared"])
def test_nor_does_withdrawing_the_traject(lesson: Lesson, shared: bool | None) -> None:
    register = lesson.register
    if shared is not None:
        kept = the(lesson.kept(gedeeld=shared).register.get(lesson.path, lesson.leraar))
    answer = register.delete(lesson.starter.path)
    assert (answer.status_code, answer.data) == (204, b"")
    if shared is not None:
        assert the(register.get(lesson.path, lesson.leraar)) == kept
        assert lesson.where("a", register.seal()) == set()


def test_postgresql_takes_scores_of_an_observatie_of_that_leraar_only(lesson: Lesson) -> None:
    traject, observatie = (path.split("/")[-1] for path in (lesson.starter.path, lesson.facts["observaties"]))
    statement = (
        "insert into observatiescore (traject, leraar, observatie, scores, gedeeld) values (%s, %s, %s, '{}', true)"
    )
    for leraar, seen in ((lesson.starter.number, traject), (lesson.register.leraar(), observatie)):
        with (
            lesson.register.app_role(leraar=leraar) as connection,
            pytest.raises(psycopg.errors.InsufficientPrivilege),
        ):
            connection.execute(statement, (traject, leraar, seen))
