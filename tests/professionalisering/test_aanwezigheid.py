"""Attendance at aanbod: confirmed it counts at once, once, with exactly the hours of the aanbod; all or nothing."""

import pytest

from register_service.core.ids import new_registratienummer
from tests.professionalisering.attending import DAYS, EXACTLY, Attending, attending, named
from tests.support import Refusal, Register, at_once, on_day, the


@pytest.fixture
def course(register: Register) -> Attending:
    """Validated aanbod."""
    return attending(register)


def test_who_was_there_has_an_approved_activiteit_with_exactly_its_hours(course: Attending) -> None:
    number = named(course.register, "Jansen")
    assert course.confirmed((number, "Jansen")) == (1, 0)
    (found,) = course.activiteiten(number)
    assert {name: found[name] for name in EXACTLY} == EXACTLY
    assert {name: found[name] for name in DAYS} == DAYS
    assert (found["status"], found["beoordeeldOp"], found["beoordeeldDoor"]) == ("goedgekeurd", "2026-09-01", None)
    assert (found["gemeldDoor"], found["bestuur"], found["aanbieder"]) == ("aanbieder", None, "Aanbieder 69599068")
    assert course.path.endswith(found["aanbod"])


def test_a_whole_group_in_one_call(course: Attending) -> None:
    people = [(named(course.register, "Groep"), "Groep") for _ in range(25)]
    assert course.confirmed(*people) == (25, 0)
    assert {item["registratienummer"] for item in course.present()} == {number for number, _ in people}


def test_a_bestuur_confirms_for_leraren_it_sees(course: Attending) -> None:
    number = named(course.register, "Jansen")
    assert course.confirmed((number, "Jansen"), who="a") == (1, 0)
    (found,) = course.activiteiten(number)
    assert (found["gemeldDoor"], found["bestuur"], found["status"]) == ("bestuur", "41285", "goedgekeurd")
    assert course.refused((named(course.register, "Pietersen", "b"), "Pietersen"), who="a") == [
        ("/aanwezigen/0", "onbekende-leraar")
    ]


def test_confirmed_again_nothing_doubles(course: Attending) -> None:
    first, second = named(course.register, "Een"), named(course.register, "Twee")
    assert course.confirmed((first, "Een")) == (1, 0)
    assert course.confirmed((first, "Een"), (second, "Twee")) == (1, 1)
    assert course.confirmed((first, "Een"), who="a") == (0, 1)
    assert len(course.activiteiten(first)) == len(course.activiteiten(second)) == 1


def test_another_time_is_another_activiteit(course: Attending) -> None:
    number = named(course.register, "Jansen")
    assert course.confirmed((number, "Jansen")) == (1, 0)
    assert course.confirmed((number, "Jansen"), begindatum="2026-05-04", einddatum="2026-05-04") == (1, 0)
    assert len(course.activiteiten(number)) == 2


def test_confirmed_at_once_by_many_it_is_there_once(course: Attending) -> None:
    people = [(named(course.register, "Race"), "Race") for _ in range(6)]
    calls = [
        lambda one=one, who=who: course.confirm(*one, who=who)
        for one in (people, people[::-1], people[2:] + people[:2])
        for who in (course.who, "a")
    ]
    answers = at_once(*calls)
    assert [answer.status_code for answer in answers] == [200] * 6, [answer.text for answer in answers]
    assert sum(the(answer)["toegevoegd"] for answer in answers) == 6
    ((rows,),) = course.register.rows("select count(*) from activiteit")
    assert rows == 6


def test_all_or_nothing_with_everything_that_is_wrong(course: Attending) -> None:
    good = named(course.register, "Goed")
    wrong = course.refused(
        (good, "Goed"), (good, "Anders"), ("2657035144", "Nergens"), begindatum="2026-10-02", einddatum="2026-10-01"
    )
    assert sorted(wrong) == [
        ("/aanwezigen/1", "dubbel"),
        ("/aanwezigen/2", "onbekende-leraar"),
        ("/einddatum", "einddatum-in-toekomst"),
        ("/einddatum", "einde-voor-begin"),
    ]
    assert course.activiteiten(good) == course.present() == []


def test_every_one_of_500_is_named_when_wrong(course: Attending) -> None:
    people = [(number, "Niemand") for number in {new_registratienummer() for _ in range(600)}][:500]
    assert course.refused(*people) == [(f"/aanwezigen/{place}", "onbekende-leraar") for place in range(500)]


@pytest.mark.parametrize("number", [0, 501])
def test_one_to_500_at_once(course: Attending, number: int) -> None:
    assert course.refused(*[("2657035144", "Jansen")] * number) == [("/aanwezigen", "ongeldige-waarde")]


def test_einddatum_in_toekomst(course: Attending) -> None:
    number = named(course.register, "Jansen")
    assert course.refused((number, "Jansen"), einddatum="2026-09-02") == [("/einddatum", "einddatum-in-toekomst")]
    assert course.confirmed((number, "Jansen"), einddatum="2026-09-01") == (1, 0)


def test_einde_voor_begin(course: Attending) -> None:
    person = (named(course.register, "Jansen"), "Jansen")
    assert course.refused(person, einddatum="2026-03-01") == [("/einddatum", "einde-voor-begin")]


def test_buiten_geldigheid(register: Register) -> None:
    course = attending(register, geldigVanaf="2026-03-01", geldigTot="2026-03-31")
    person = (named(register, "Jansen"), "Jansen")
    assert course.refused(person, begindatum="2026-02-28") == [("/begindatum", "buiten-geldigheid")]
    assert course.refused(person, einddatum="2026-04-01") == [("/einddatum", "buiten-geldigheid")]
    assert course.confirmed(person, begindatum="2026-03-01", einddatum="2026-03-31") == (1, 0)


def test_aanbod_niet_gevalideerd(register: Register) -> None:
    course = attending(register)
    course.path = course.offers.added()
    person = (named(register, "Jansen"), "Jansen")
    assert Refusal.of(course.confirm(person)) == Refusal(409, "aanbod-niet-gevalideerd")
    course.offers.judge(course.path, "afgewezen", reden="Te vaag")
    assert Refusal.of(course.confirm(person)) == Refusal(409, "aanbod-niet-gevalideerd")
    assert course.confirm(person, who="a").status_code == 404
    course.offers.judge(course.path)
    assert course.confirmed(person) == (1, 0)
    register.change(course.path, {"titel": "Heel iets anders"}, course.who)
    assert Refusal.of(course.confirm(person)) == Refusal(409, "aanbod-niet-gevalideerd")


def test_who_was_there_keeps_the_hours_of_then(course: Attending) -> None:
    first, second = named(course.register, "Eerder"), named(course.register, "Later")
    course.confirmed((first, "Eerder"))
    course.register.change(course.path, {"registeruren": 20, "overig": 7.5}, course.who)
    course.offers.judge(course.path)
    assert course.confirmed((first, "Eerder"), (second, "Later")) == (1, 1)
    assert [course.activiteiten(number)[0]["registeruren"] for number in (first, second)] == [12.5, 20]


def test_confirming_while_the_aanbod_changes_gives_its_hours_or_a_refusal(course: Attending) -> None:
    people = [(named(course.register, "Race"), "Race") for _ in range(3)]
    change = {"registeruren": 20, "overig": 7.5}
    answers = at_once(
        *[lambda person=person: course.confirm(person) for person in people],
        lambda: course.register.change(course.path, change, course.who),
    )
    assert answers[-1].status_code == 200
    assert {answer.status_code for answer in answers[:-1]} <= {200, 409}
    rows = course.register.rows("select distinct registeruren::float from activiteit")
    assert rows in ([], [(12.5,)])


@pytest.mark.parametrize("who", ["k", "leraar", "validator"])
def test_nobody_else_confirms(course: Attending, who: str) -> None:
    number = named(course.register, "Jansen")
    caller = {"leraar": course.register.as_leraar(number), "validator": course.offers.validator}.get(who, who)
    assert course.confirm((number, "Jansen"), who=caller).status_code == 403
    assert course.activiteiten(number) == []


def test_what_was_confirmed_changes_no_more(course: Attending) -> None:
    number = named(course.register, "Jansen")
    course.confirmed((number, "Jansen"), who="a")
    path = f"/leraren/{number}/activiteiten/{course.present()[0]['id']}"
    assert course.register.change(path, {"registeruren": 20, "overig": 7.5}, "a").status_code == 409


def test_the_list_is_paged_by_day(course: Attending) -> None:
    number = named(course.register, "Jansen")
    days = ["2026-03-09", "2026-03-02", "2026-03-16"]
    for day in days:
        course.confirmed((number, "Jansen"), begindatum=day, einddatum=day)
    assert [item["begindatum"] for item in course.present()] == sorted(days)
    seen, cursor = [], ""
    while True:
        page = the(course.register.get(f"{course.path}/aanwezigen?limiet=1{cursor}", course.who))
        seen += [item["begindatum"] for item in page["items"]]
        if page["volgende"] is None:
            break
        cursor = f"&cursor={page['volgende']}"
    assert seen == sorted(days)
    assert [item["begindatum"] for item in course.present(query="?geldigOp=2026-03-09")] == ["2026-03-09"]


def test_the_list_as_it_was_known(course: Attending) -> None:
    number = named(course.register, "Jansen")
    before = course.register.seal()
    course.confirmed((number, "Jansen"))
    confirmed = course.register.seal()
    course.withdraw(course.present()[0]["id"])
    course.register.seal()
    for who in (course.who, "k"):
        assert course.present(who, f"?beschikbaarOp={before}") == []
        (there,) = course.present(who, f"?beschikbaarOp={confirmed}")
        assert (there["registratienummer"], there["status"]) == (number, "goedgekeurd")


def test_nobody_was_there_yet_is_an_empty_list(course: Attending) -> None:
    assert course.present() == []
    with on_day(2026, 9, 2):
        assert course.present("a") == []
