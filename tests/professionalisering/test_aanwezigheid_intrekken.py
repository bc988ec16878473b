"""Attendance that is withdrawn: by who confirmed it, by mistake; by the leraar, for good until the leraar brings it back."""

import pytest

from tests.professionalisering.attending import Attending, attending, named
from tests.support import Refusal, Register, code, the


@pytest.fixture
def course(register: Register) -> Attending:
    """Validated aanbod."""
    return attending(register)


def test_withdrawn_it_counts_no_longer_and_the_history_keeps_it(course: Attending) -> None:
    number = named(course.register, "Jansen")
    course.confirmed((number, "Jansen"))
    (there,) = course.present()
    assert course.withdraw(there["id"]).status_code == 204
    assert [item["status"] for item in course.present()] == ["ingetrokken"]
    assert [item["status"] for item in course.activiteiten(number)] == ["ingetrokken"]
    history = course.register.get(
        f"/leraren/{number}/activiteiten/{there['id']}/historie", course.register.as_leraar(number)
    )
    events = [item["gebeurtenis"] for item in the(history)["items"]]
    assert events == ["aanwezigheid.bevestigd", "aanwezigheid.ingetrokken"]


def test_withdrawn_by_mistake_it_is_confirmed_anew(course: Attending) -> None:
    number = named(course.register, "Jansen")
    course.confirmed((number, "Jansen"))
    course.withdraw(course.present()[0]["id"])
    assert course.confirmed((number, "Jansen")) == (1, 0)
    assert sorted(item["status"] for item in course.present()) == ["goedgekeurd", "ingetrokken"]


def test_withdrawn_once(course: Attending) -> None:
    course.confirmed((named(course.register, "Jansen"), "Jansen"))
    (there,) = course.present()
    course.withdraw(there["id"])
    assert Refusal.of(course.withdraw(there["id"])) == Refusal(409, "al-ingetrokken")


def test_who_did_not_confirm_does_not_withdraw(course: Attending) -> None:
    number = named(course.register, "Jansen")
    course.confirmed((number, "Jansen"), who="a")
    (there,) = course.present()
    assert Refusal.of(course.withdraw(there["id"])) == Refusal(409, "door-ander-gemeld")
    assert course.withdraw(there["id"], who="a").status_code == 204


def test_the_keeper_withdraws_too(course: Attending) -> None:
    course.confirmed((named(course.register, "Jansen"), "Jansen"))
    assert course.withdraw(course.present()[0]["id"], who="k").status_code == 204


def test_the_leraar_withdraws_it_and_confirmed_again_it_does_not_come_back(course: Attending) -> None:
    number = named(course.register, "Jansen")
    course.confirmed((number, "Jansen"))
    path, who = f"/leraren/{number}/activiteiten/{course.present()[0]['id']}", course.register.as_leraar(number)
    assert course.register.change(path, None, who, method="POST", step="/_intrekken").status_code == 200
    for confirming in (course.who, "a"):
        assert course.confirmed((number, "Jansen"), who=confirming) == (0, 1)
    assert [item["status"] for item in course.activiteiten(number)] == ["ingetrokken"]
    assert code(course.withdraw(course.present()[0]["id"])) == "al-ingetrokken"


def test_the_leraar_brings_back_what_the_leraar_withdrew(course: Attending) -> None:
    number = named(course.register, "Jansen")
    course.confirmed((number, "Jansen"))
    path, who = f"/leraren/{number}/activiteiten/{course.present()[0]['id']}", course.register.as_leraar(number)
    before = the(course.register.get(path, who))
    for step in ("/_intrekken", "/_heropen"):
        assert course.register.change(path, None, who, method="POST", step=step).status_code == 200
    assert the(course.register.get(path, who)) == before
    course.withdraw(course.present()[0]["id"])
    answer = course.register.change(path, None, who, method="POST", step="/_heropen")
    assert Refusal.of(answer) == Refusal(409, "door-ander-ingetrokken")
