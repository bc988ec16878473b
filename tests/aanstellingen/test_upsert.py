"""`POST /aanstellingen/_bijwerken`: by the HR system's own key (bestuur, personeelsnummer, begindatum); again never doubles."""

from functools import partial

import pytest
from werkzeug.test import TestResponse

from tests.support import AANSTELLING, VESTIGING_A, VESTIGING_A2, VESTIGING_B, Refusal, Register, at_once, on_day, the


def upsert(register: Register, number: str, who: str = "a", **fields: object) -> TestResponse:
    """Write an aanstelling by key."""
    place = VESTIGING_B if who == "b" else VESTIGING_A
    body = {**AANSTELLING, "vestiging": place, "personeelsnummer": "P1", "leraar": number, **fields}
    return register.post("/aanstellingen/_bijwerken", body, who)


def test_the_same_key_again_changes_and_never_doubles(register: Register) -> None:
    number = register.leraar()
    first = the(upsert(register, number))
    second = the(upsert(register, number, functie="mentor", vestiging=VESTIGING_A2, einddatum="2026-07-31"))
    assert second == {**first, "functie": "mentor", "vestiging": VESTIGING_A2, "einddatum": "2026-07-31"}
    assert the(upsert(register, number)) == first  # what is not given becomes empty
    assert register.rows("select count(*) from aanstelling") == [(1,)]


def test_the_same_again_leaves_no_trace(register: Register) -> None:
    number = register.leraar()
    upsert(register, number)
    journal = register.rows("select count(*) from journal")
    assert upsert(register, number).status_code == 200
    assert register.rows("select count(*) from journal") == journal


def test_another_begindatum_or_another_number_is_another_aanstelling(register: Register) -> None:
    number = register.leraar()
    upsert(register, number, einddatum="2021-07-31")
    upsert(register, number, begindatum="2021-08-01")
    upsert(register, number, personeelsnummer="P2", vestiging=VESTIGING_A2)
    assert register.rows("select count(*) from aanstelling") == [(3,)]


def test_the_keys_of_another_bestuur_are_its_own(register: Register) -> None:
    one, two = register.leraar(), register.leraar("b")
    upsert(register, one)
    assert upsert(register, two, "b").status_code == 200
    assert upsert(register, two, "b", functie="mentor").status_code == 200
    assert register.rows("select bestuur, functie from aanstelling order by 1") == [
        ("41285", "docent"),
        ("41300", "mentor"),
    ]


def test_a_key_of_another_leraar_is_refused(register: Register) -> None:
    one, two = register.leraar(), register.leraar()
    upsert(register, one)
    assert Refusal.of(upsert(register, two)) == Refusal(409, "personeelsnummer-van-andere-leraar")


def test_a_key_of_another_leraar_out_of_sight_is_refused_just_so(register: Register) -> None:
    with on_day(2021, 1, 1):
        upsert(register, register.leraar(), einddatum="2021-07-31")
    with on_day(2026, 11, 23):
        answer = upsert(register, register.leraar())
    assert Refusal.of(answer) == Refusal(409, "personeelsnummer-van-andere-leraar")


@pytest.mark.parametrize("turn", range(3))
def test_two_at_once_are_one_row(register: Register, turn: int) -> None:
    number = register.leraar()
    answers = at_once(*(partial(upsert, register, number, functie=name) for name in ("docent", "mentor", "decaan")))
    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert len({the(answer)["id"] for answer in answers}) == 1
    assert register.rows("select count(*) from aanstelling") == [(1,)]


def test_for_two_leraren_at_once_one_gets_the_key(register: Register) -> None:
    answers = at_once(*(partial(upsert, register, number) for number in (register.leraar(), register.leraar())))
    assert sorted(answer.status_code for answer in answers) == [200, 409]


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"betrekkingsomvang": 1.3}, "betrekkingsomvang-te-groot"),
        ({"vestiging": VESTIGING_B}, "vestiging-van-ander-bestuur"),
        ({"redenEinde": "overig"}, "reden-zonder-einddatum"),
    ],
)
def test_keeps_to_the_rules_when_new_and_when_known(register: Register, given: dict[str, object], code: str) -> None:
    number = register.leraar()
    for _ in range(2):
        assert Refusal.of(upsert(register, number, **given)).code == code
        upsert(register, number)


def test_overlap_is_refused(register: Register) -> None:
    number = register.leraar()
    register.aanstelling(number)
    assert Refusal.of(upsert(register, number, begindatum="2021-01-01")) == Refusal(409, "aanstelling-overlapt")


def test_a_merged_number_in_the_body_means_the_survivor(register: Register) -> None:
    van, naar = register.leraar(), register.leraar()
    upsert(register, van)
    register.post("/leraren/_samenvoegen", {"van": van, "naar": naar, "reden": "dubbel"}, "k")
    answer = upsert(register, van, functie="mentor")
    assert (answer.status_code, the(answer)["leraar"], the(answer)["functie"]) == (200, naar, "mentor")
    assert register.rows("select count(*) from aanstelling") == [(1,)]


def test_is_for_a_bestuur_only(register: Register) -> None:
    answer = upsert(register, register.leraar(), "k")
    assert Refusal.of(answer) == Refusal(403, "geen-toestemming")
