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


def test_registeruren_in_steps_of_a_half(teacher: Teacher) -> None:
    answer = teacher.report(registeruren=12.25, vakinhoudelijk=4.25)
    errors = {(error["location"], error["code"]) for error in the(answer)["errors"]}
    assert errors == {("/registeruren", "geen-halve-uren"), ("/vakinhoudelijk", "geen-halve-uren")}
    zelfstudie = teacher.report(zelfstudie=0.25)
    assert Refusal.of(zelfstudie) == Refusal(400, "geen-halve-uren", "/zelfstudie")
    assert teacher.report(registeruren=12.5, vakinhoudelijk=4.5).status_code == 201


def test_registeruren_over_0_to_1680(teacher: Teacher) -> None:
    none = teacher.report(registeruren=0, vakinhoudelijk=0, vakdidactisch=0, pedagogisch=0, overig=0)
    assert Refusal.of(none) == Refusal(400, "registeruren-buiten-grenzen", "/registeruren")
    more = teacher.report(registeruren=1680.5, vakinhoudelijk=1672.5)
    assert Refusal.of(more) == Refusal(400, "registeruren-buiten-grenzen", "/registeruren")
    assert teacher.report(registeruren=1680, vakinhoudelijk=1672).status_code == 201
    assert teacher.report(registeruren=0.5, vakinhoudelijk=0, vakdidactisch=0, pedagogisch=0).status_code == 201


def test_the_most_registeruren_is_a_figure_of_the_regeling(teacher: Teacher) -> None:
    teacher.register.as_owner(
        "update regeling set waarden = waarden || '{\"activiteitMaximaalUren\": 10}' where sector = 'alle'"
    )
    assert Refusal.of(teacher.report()) == Refusal(400, "registeruren-buiten-grenzen", "/registeruren")


def test_the_split_adds_up_exactly(teacher: Teacher) -> None:
    for total in (11.5, 12.5):
        answer = teacher.report(registeruren=total)
        assert Refusal.of(answer) == Refusal(400, "verdeling-klopt-niet", "/registeruren")
    assert teacher.report(registeruren=3, vakinhoudelijk=3, vakdidactisch=0, pedagogisch=0, overig=0).status_code == 201


def test_what_is_left_out_of_the_split_is_nothing(teacher: Teacher) -> None:
    body = {name: value for name, value in CURSUS.items() if name not in ("vakdidactisch", "pedagogisch", "overig")}
    made = the(teacher.register.post(teacher.path, {**body, "registeruren": 4}, teacher.self_))
    assert [made[name] for name in ("vakdidactisch", "pedagogisch", "overig", "zelfstudie", "toets")] == [
        0,
        0,
        0,
        0,
        False,
    ]


def test_no_more_zelfstudie_than_registeruren(teacher: Teacher) -> None:
    assert Refusal.of(teacher.report(zelfstudie=12.5)) == Refusal(400, "zelfstudie-te-veel", "/zelfstudie")
    assert teacher.report(zelfstudie=12).status_code == 201


def test_einddatum_is_not_before_begindatum(teacher: Teacher) -> None:
    assert Refusal.of(teacher.report(einddatum="2026-03-01")) == Refusal(400, "einde-voor-begin", "/einddatum")
    assert teacher.report(einddatum="2026-03-02").status_code == 201


def test_everything_that_is_wrong_comes_at_once(teacher: Teacher) -> None:
    answer = teacher.report(einddatum="2026-03-01", registeruren=11.75, zelfstudie=13)
    codes = {error["code"] for error in the(answer)["errors"]}
    assert codes == {"geen-halve-uren", "verdeling-klopt-niet", "zelfstudie-te-veel", "einde-voor-begin"}


def test_a_concept_changes(teacher: Teacher) -> None:
    path = teacher.reported()
    changed = the(teacher.register.change(path, {"titel": "Anders", "aanbieder": None}, teacher.self_))
    assert (changed["titel"], changed["aanbieder"], changed["registeruren"]) == ("Anders", None, 12)
    wrong = teacher.register.change(path, {"vakinhoudelijk": 3}, teacher.self_)
    assert Refusal.of(wrong) == Refusal(400, "verdeling-klopt-niet", "/registeruren")
    assert code(teacher.register.change(path, {}, teacher.self_)) == "niets-te-wijzigen"


def test_what_was_submitted_does_not_change(teacher: Teacher) -> None:
    path = teacher.submitted()
    assert Refusal.of(teacher.register.change(path, {"titel": "x"}, teacher.self_)).code == "status-laat-dit-niet-toe"
    Validator.at(teacher.register).judged(path)
    assert Refusal.of(teacher.register.change(path, {"titel": "x"}, teacher.self_)).code == "status-laat-dit-niet-toe"


def test_a_change_against_an_older_state_is_refused(teacher: Teacher) -> None:
    path = teacher.reported()
    old = teacher.register.get(path, teacher.self_).headers["ETag"]
    teacher.register.change(path, {"titel": "Anders"}, teacher.self_)
    answer = teacher.register.send("PATCH", path, {"titel": "Nog eens"}, who=teacher.self_, match=old)
    assert answer.status_code == 412


def test_a_leraar_does_not_change_what_a_bestuur_reported_nor_the_other_way_round(teacher: Teacher) -> None:
    theirs, mine = teacher.reported("a"), teacher.reported()
    assert Refusal.of(teacher.register.change(theirs, {"titel": "x"}, teacher.self_)).code == "door-ander-gemeld"
    assert Refusal.of(teacher.register.delete(theirs, teacher.self_)).code == "door-ander-gemeld"
    assert Refusal.of(teacher.do(theirs, "_indienen")).code == "door-ander-gemeld"
    teacher.do(mine, "_delen")
    for body, method, step in (({"titel": "x"}, "PATCH", ""), (None, "DELETE", ""), (None, "POST", "/_indienen")):
        answer = teacher.register.change(mine, body, "a", method=method, step=step)
        assert Refusal.of(answer).code == "door-ander-gemeld"


def test_a_concept_is_deleted_with_its_bewijsstukken_and_its_history_stays(teacher: Teacher) -> None:
    path = teacher.reported()
    teacher.proven(path)
    assert teacher.register.delete(path, teacher.self_).status_code == 204
    assert teacher.register.get(path, teacher.self_).status_code == 404
    assert teacher.register.rows("select count(*) from bewijsstuk") == [(0,)]
    history = the(teacher.register.get(f"{path}/historie", teacher.self_))["items"]
    assert [one["gebeurtenis"] for one in history] == ["activiteit.gemeld", "activiteit.verwijderd"]
    assert history[0]["toestand"]["titel"] == CURSUS["titel"]


def test_only_a_concept_is_deleted(teacher: Teacher) -> None:
    path = teacher.submitted()
    assert Refusal.of(teacher.register.delete(path, teacher.self_)).code == "status-laat-dit-niet-toe"


def test_sent_once_with_one_idempotency_key(teacher: Teacher) -> None:
    first, second = (teacher.register.post(teacher.path, CURSUS, "a", Idempotency_Key="een") for _ in range(2))
    assert (first.status_code, first.data) == (second.status_code, second.data)
    assert teacher.register.rows("select count(*) from activiteit") == [(1,)]


def test_a_list_is_in_order_of_the_last_day_in_pages_and_filtered(teacher: Teacher) -> None:
    days = ["2026-02-01", "2025-12-01", "2026-03-01", "2026-01-01"]
    paths = {day: teacher.reported(begindatum="2025-11-01", einddatum=day, titel=f"T {day}") for day in days}
    teacher.do(paths["2026-01-01"], "_indienen")
    teacher.reported(soort="studiedag", begindatum="2026-04-01", einddatum="2026-04-01")

    def listed(query: str = "") -> list[str]:
        found, cursor = [], ""
        while cursor is not None:
            page = the(teacher.register.get(f"{teacher.path}?limiet=2{query}{cursor}", teacher.self_))
            found += [one["einddatum"] for one in page["items"]]
            cursor = f"&cursor={page['volgende']}" if page["volgende"] else None
        return found

    assert listed() == [*sorted(days), "2026-04-01"]
    assert listed("&soort=cursus") == sorted(days)
    assert listed("&status=ingediend") == ["2026-01-01"]
    assert listed("&status=concept&soort=studiedag") == ["2026-04-01"]
    assert listed("&geldigOp=2026-01-02") == ["2026-02-01", "2026-03-01"]


def test_a_leraar_without_any_has_an_empty_list_and_one_that_is_not_there_has_none(teacher: Teacher) -> None:
    assert the(teacher.register.get(teacher.path, "a")) == {"items": [], "volgende": None}
    looked = teacher.register.rows("select leraar, parts from access_log order by id desc limit 1")
    assert looked == [(teacher.number, ["activiteiten"])]
    assert teacher.register.get("/leraren/7776531435/activiteiten", "a").status_code == 404


def test_the_past_shows_what_was_known_then(teacher: Teacher) -> None:
    path = teacher.reported("a")
    moment = teacher.register.seal()
    teacher.register.change(path, {"titel": "Anders"}, "a")
    teacher.register.seal()
    for address in (f"{path}?beschikbaarOp={moment}", f"{teacher.path}?beschikbaarOp={moment}"):
        assert "Formatief evalueren" in teacher.register.get(address, "a").text


def test_an_activiteit_may_be_planned(teacher: Teacher) -> None:
    assert teacher.report(begindatum="2026-10-01", einddatum="2026-10-02").status_code == 201
    with on_day(2026, 10, 2):
        assert teacher.report(begindatum="2026-10-02", einddatum="2026-10-02").status_code == 201


def test_the_keeper_corrects_a_concept_of_anybody(teacher: Teacher) -> None:
    for path in (teacher.reported(), teacher.reported("a")):
        assert the(teacher.register.change(path, {"titel": "Verbeterd"}, "k"))["titel"] == "Verbeterd"
        assert teacher.do(path, "_indienen", "k").status_code == 200
