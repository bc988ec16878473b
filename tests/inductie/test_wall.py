"""The formative wall (domain.md, Observatie): what was seen in a lesson stays with the leraar, unless shared."""

from tests.inductie.lesson import KEPT, MARKER, OTHERS, READS, Lesson, lesson
from tests.support import the, whole

__all__ = ("lesson",)


def test_the_walk_is_over_every_route_that_reads(lesson: Lesson) -> None:
    walked = {address.split()[0] for address in lesson.readable("a")}
    assert walked == {"GET", "POST"}
    assert len(READS) > 40
    # It finds what is there to find: who is named in the facts shows on many of them.
    seen = [address for address, (_, data) in lesson.readable("a").items() if b"Kim Coach" in data]
    assert len(seen) >= 5


def test_the_leraar_keeps_scores_and_reads_them_back(lesson: Lesson) -> None:
    answer = lesson.keep()
    assert answer.status_code == 201, answer.text
    assert answer.headers["Location"] == f"/v1{lesson.path}"
    kept = the(answer)
    assert {name: kept[name] for name in KEPT} == KEPT
    assert (kept["gedeeld"], kept["leraar"]) == (False, lesson.starter.number)
    read = lesson.register.get(lesson.path, lesson.leraar)
    assert (read.data, read.headers["ETag"]) == (answer.data, answer.headers["ETag"])


def test_for_everybody_else_every_answer_is_as_if_there_were_none(lesson: Lesson) -> None:
    before = {who: lesson.readable(who) for who in OTHERS}
    lesson.kept()
    for who in OTHERS:
        now = lesson.readable(who)
        assert now == before[who], who
        assert not [address for address, (_, data) in now.items() if MARKER.encode() in data]


def test_to_the_bestuur_that_observed_unshared_scores_are_as_none(lesson: Lesson) -> None:
    absent = lesson.register.get(lesson.path)
    assert absent.status_code == 404
    lesson.kept()
    assert whole(lesson.register.get(lesson.path)) == whole(absent)
    nowhere = lesson.path.replace(lesson.facts["observaties"].split("/")[-1], "01890000-0000-7000-8000-0000000000ff")
    assert whole(lesson.register.get(nowhere)) == whole(absent)


def test_shared_they_are_read_by_the_bestuur_that_observed_and_by_nobody_else(lesson: Lesson) -> None:
    shared = lesson.kept().share()
    assert (shared.status_code, the(shared)["gedeeld"]) == (200, True)
    moment = lesson.register.seal()
    assert lesson.where("a", moment) == {f"GET {lesson.path}", f"GET {lesson.path}?beschikbaarOp={moment}"}
    for who in ("b", "k", "au"):
        assert lesson.where(who, moment) == set(), who


def test_a_look_at_shared_scores_is_logged(lesson: Lesson) -> None:
    lesson.kept(gedeeld=True).register.get(lesson.path)
    looked = lesson.register.rows("select leraar, actor, parts from access_log order by id desc limit 1")
    assert looked == [(lesson.starter.number, "client:a", ["scores"])]


def test_another_leraar_sees_nothing(lesson: Lesson) -> None:
    moment = lesson.kept(gedeeld=True).register.seal()
    stranger = lesson.register.as_leraar(lesson.register.leraar())
    assert lesson.where(stranger, moment) == set()
    assert lesson.keep(stranger).status_code == 404
    assert lesson.register.post(f"{lesson.path}/_afschermen", None, stranger).status_code == 404
