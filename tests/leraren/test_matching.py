"""Matching: who may already be there is refused, and of two who register one person at once, one gets through."""

from functools import partial

import pytest

from tests.support import Refusal, Register, at_once, code, person, the

BORN = "1980-03-01"
KNOWN = {
    "voornamen": "Johannes Petrus",
    "roepnaam": "Jan",
    "voorvoegsel": "van den",
    "achternaam": "Berg",
    "geboortedatum": BORN,
}


@pytest.mark.parametrize(
    "same",
    [
        {"voornamen": "Johannes Petrus", "achternaam": "Berg"},
        {"voornamen": "JOHANNES PETRUS", "achternaam": "BERG"},
        {"voornamen": "Jöhannes Pétrus", "achternaam": "Bérg"},
        {"voornamen": "Johannes Petrus", "achternaam": "Berg", "voorvoegsel": "v.d."},
        {"voornamen": "Johannes Petrus", "achternaam": "van den Berg"},
        {"voornamen": "Johannes Petrus", "achternaam": "Berg, van den"},
        {"voornamen": "Johannes Petrus van den", "achternaam": "Berg"},
        {"voornamen": "Petrus Johannes", "achternaam": "Berg"},
        {"voornamen": "Berg", "achternaam": "Johannes Petrus"},
        {"voornamen": "Jan", "achternaam": "Berg"},
        {"voornamen": "Jan", "achternaam": "van den Berg"},
        {"voornamen": "Johannes", "roepnaam": "Jan", "achternaam": "Berg"},
        {"voornamen": "Johannes Petrus", "achternaam": "Bergh"},
        {"voornamen": "Johannes-Petrus", "achternaam": "Berg"},
    ],
)
def test_equal_geboortedatum_and_similar_name_may_be_there(register: Register, same: dict[str, str]) -> None:
    number = register.leraar(**KNOWN)
    answer = register.post("/leraren", {**same, "geboortedatum": BORN})
    assert Refusal.of(answer) == Refusal(409, "leraar-bestaat-mogelijk")
    assert the(answer)["kandidaten"] == [number]


@pytest.mark.parametrize(
    "other",
    [
        {**KNOWN, "geboortedatum": "1980-03-02"},
        {"voornamen": "Fatima", "achternaam": "El Amrani", "geboortedatum": BORN},
        {"voornamen": "Marie", "voorvoegsel": "van den", "achternaam": "Brink", "geboortedatum": BORN},
        {"voornamen": "Koen", "achternaam": "van den Heuvel", "geboortedatum": BORN},
    ],
)
def test_another_day_or_another_name_is_somebody_else(register: Register, other: dict[str, str]) -> None:
    register.leraar(**KNOWN)
    assert register.post("/leraren", other).status_code == 201


def test_equal_eck_id_is_the_same_person_whatever_the_name_and_also_when_confirmed(register: Register) -> None:
    number = register.leraar(eckId="eck:1")
    for confirmed in (False, True):
        answer = register.post(
            "/leraren", {**person(), "geboortedatum": "1990-01-01", "eckId": "eck:1", "bevestigdNieuw": confirmed}
        )
        assert Refusal.of(answer) == Refusal(409, "eck-id-bestaat")
        assert the(answer)["kandidaten"] == [number]


def test_bevestigd_nieuw_registers_somebody_who_looks_the_same(register: Register) -> None:
    first = register.leraar(**KNOWN)
    assert register.post("/leraren", {**KNOWN, "bevestigdNieuw": False}).status_code == 409
    answer = register.post("/leraren", {**KNOWN, "bevestigdNieuw": True})
    assert answer.status_code == 201
    assert the(answer)["registratienummer"] != first


def test_numbers_of_candidates_only_where_the_caller_may_know_them(register: Register) -> None:
    hidden = register.leraar("b", **KNOWN, eckId="eck:b")
    answer = register.post("/leraren", KNOWN)
    assert (answer.status_code, the(answer)["kandidaten"]) == (409, [])
    assert hidden.encode() not in answer.data
    by_eck = register.post("/leraren", {**person(), "eckId": "eck:b"})
    assert (by_eck.status_code, the(by_eck)["kandidaten"]) == (409, [])
    asked = the(register.post("/leraren/_kandidaten", {k: v for k, v in KNOWN.items() if k != "voorvoegsel"}))[
        "kandidaten"
    ]
    assert [(one["registratienummer"], one["gelijkenis"]) for one in asked] == [(None, 1)]
    own = register.leraar(**KNOWN)
    assert the(register.post("/leraren", KNOWN))["kandidaten"] == [own]


def test_a_merged_dossier_is_no_candidate(register: Register) -> None:
    van, naar = register.leraar(**KNOWN), register.leraar(**KNOWN)
    register.post("/leraren/_samenvoegen", {"van": van, "naar": naar, "reden": "dubbel"}, "k")
    assert the(register.post("/leraren", KNOWN))["kandidaten"] == [naar]


@pytest.mark.parametrize("turn", range(3))
def test_two_besturen_registering_one_person_at_once_create_exactly_one(register: Register, turn: int) -> None:
    answers = at_once(*(partial(register.post, "/leraren", KNOWN, who) for who in "abab"))
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409]
    assert register.rows("select count(*) from leraar") == [(1,)]


def test_two_registrations_with_one_eck_id_at_once_create_exactly_one(register: Register) -> None:
    bodies = [{**person(), "geboortedatum": f"19{year}-01-01", "eckId": "eck:1"} for year in (70, 80, 90)]
    answers = at_once(*(partial(register.post, "/leraren", body) for body in bodies))
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409]
    assert {code(answer) for answer in answers if answer.status_code == 409} == {"eck-id-bestaat"}


def test_an_eck_id_of_somebody_else_cannot_be_given_to_a_leraar(register: Register) -> None:
    register.leraar("b", eckId="eck:1")
    answer = register.change(f"/leraren/{register.leraar()}", {"eckId": "eck:1"})
    assert Refusal.of(answer) == Refusal(409, "eck-id-bestaat")
