"""Bevoegdheden over the API: adding, changing, verifying, withdrawing, and never the same one twice."""

from functools import partial

import pytest

from tests.support import BEVOEGDHEID, Refusal, Register, at_once, code, on_day, the


def test_adds_a_bevoegdheid_that_nobody_verified_yet(register: Register) -> None:
    number = register.leraar()
    answer = register.post(f"/leraren/{number}/bevoegdheden", {**BEVOEGDHEID, "instelling": "HAN"})
    assert answer.status_code == 201
    bevoegdheid = the(answer)
    assert bevoegdheid.pop("id") in answer.headers["Location"]
    assert bevoegdheid == {
        **BEVOEGDHEID, "leraar": number, "instelling": "HAN", "geldigTot": None, "verificatie": "niet-geverifieerd",
        "geverifieerdDoor": None, "geverifieerdOp": None, "geverifieerdTegen": None,
    }  # fmt: skip


def test_behaald_today_and_not_tomorrow(register: Register) -> None:
    with on_day(2026, 11, 23):
        path = f"/leraren/{register.leraar()}/bevoegdheden"
        assert register.post(path, {**BEVOEGDHEID, "behaaldOp": "2026-11-23"}).status_code == 201
        answer = register.post(path, {**BEVOEGDHEID, "behaaldOp": "2026-11-24"})
    assert Refusal.of(answer) == Refusal(400, "behaald-in-toekomst", "/behaaldOp")


@pytest.mark.parametrize(
    ("given", "code", "location"),
    [
        ({"soort": "eerstegraads", "vak": None}, "vak-verplicht", "/vak"),
        ({"soort": "pabo"}, "vak-niet-van-toepassing", "/vak"),
        ({"vak": "klingon"}, "vak-onbekend", "/vak"),
        ({"behaaldOp": "2000-05-05"}, "te-jong-voor-bevoegdheid", "/behaaldOp"),
        ({"geldigTot": "2015-06-30"}, "einde-voor-begin", "/geldigTot"),
        (
            {"soort": "geschiktheidsverklaring", "geldigTot": "2017-07-01"},
            "geschiktheidsverklaring-te-lang",
            "/geldigTot",
        ),
        ({"verificatie": "geverifieerd"}, "onbekend-veld", "/verificatie"),
    ],
)
def test_refuses_by_rule(register: Register, given: dict[str, object], code: str, location: str) -> None:
    path = f"/leraren/{register.leraar()}/bevoegdheden"
    assert Refusal.of(register.post(path, {**BEVOEGDHEID, **given})) == Refusal(400, code, location)
    assert register.rows("select from bevoegdheid") == []


def test_a_change_keeps_to_the_same_rules(register: Register) -> None:
    path = register.bevoegdheid(register.leraar())
    assert code(register.change(path, {"vak": None})) == "vak-verplicht"
    assert code(register.change(path, {"soort": "pabo"})) == "vak-niet-van-toepassing"
    assert code(register.change(path, {"geldigTot": "2010-01-01"})) == "einde-voor-begin"
    assert code(register.change(path, {})) == "niets-te-wijzigen"
    assert the(register.change(path, {"soort": "pabo", "vak": None}))["vak"] is None


def test_a_geschiktheidsverklaring_gets_its_last_day(register: Register) -> None:
    path = register.bevoegdheid(register.leraar(), soort="geschiktheidsverklaring", behaaldOp="2025-09-01")
    assert the(register.get(path))["geldigTot"] == "2027-08-31"
    assert the(register.change(path, {"geldigTot": None}))["geldigTot"] == "2027-08-31"


def test_verification_says_by_whom_when_and_against_what(register: Register) -> None:
    path = register.bevoegdheid(register.leraar())
    with on_day(2026, 12, 1):
        body = {"verificatie": "geverifieerd", "tegen": "diplomaregister"}
        answer = register.change(path, body, method="POST", step="/_verifieer")
    assert answer.status_code == 200
    found = the(answer)
    assert [found[name] for name in ("verificatie", "geverifieerdDoor", "geverifieerdOp", "geverifieerdTegen")] == [
        "geverifieerd", "client:a", "2026-12-01", "diplomaregister",
    ]  # fmt: skip


def test_verification_is_a_judgement_and_names_its_source(register: Register) -> None:
    path = register.bevoegdheid(register.leraar())
    verify = partial(register.change, path, method="POST", step="/_verifieer")
    assert code(verify({"verificatie": "niet-geverifieerd", "tegen": "x"})) == "ongeldige-waarde"
    assert code(verify({"verificatie": "afgewezen"})) == "verplicht"
    assert the(verify({"verificatie": "afgewezen", "tegen": "diplomaregister"}))["verificatie"] == "afgewezen"


@pytest.mark.parametrize(
    ("change", "reopened"),
    [
        ({"vak": "frans"}, True),
        ({"soort": "eerstegraads"}, True),
        ({"behaaldOp": "2015-07-02"}, True),
        ({"instelling": "HAN"}, True),
        ({"geldigTot": "2027-01-01"}, False),
        ({"vak": "duits"}, False),
    ],
)
def test_what_was_verified_is_open_again_after_a_change_of_substance(
    register: Register, change: dict[str, str], reopened: bool
) -> None:
    path = register.bevoegdheid(register.leraar())
    verified = {"verificatie": "geverifieerd", "tegen": "diplomaregister"}
    register.change(path, verified, method="POST", step="/_verifieer")
    found = the(register.change(path, change))
    assert found["verificatie"] == ("niet-geverifieerd" if reopened else "geverifieerd")
    assert (found["geverifieerdDoor"] is None) == (found["geverifieerdOp"] is None) == reopened


def test_the_same_bevoegdheid_is_refused(register: Register) -> None:
    number = register.leraar()
    register.bevoegdheid(number)
    again = register.post(f"/leraren/{number}/bevoegdheden", {**BEVOEGDHEID, "instelling": "elders"})
    assert Refusal.of(again) == Refusal(409, "bevoegdheid-bestaat")
    other = register.bevoegdheid(number, vak="frans")
    assert code(register.change(other, {"vak": "duits"})) == "bevoegdheid-bestaat"


@pytest.mark.parametrize("given", [{}, {"soort": "pabo", "vak": None}])
def test_the_same_bevoegdheid_twice_at_once_is_one(register: Register, given: dict[str, object]) -> None:
    path = f"/leraren/{register.leraar()}/bevoegdheden"
    add = partial(register.post, path, {**BEVOEGDHEID, **given})
    assert sorted(answer.status_code for answer in at_once(add, add, add)) == [201, 409, 409]


def test_a_withdrawn_bevoegdheid_is_gone_and_its_history_stays(register: Register) -> None:
    number = register.leraar()
    path = register.bevoegdheid(number)
    assert register.delete(path).status_code == 204
    assert register.get(path).status_code == 404
    assert the(register.get(f"/leraren/{number}/bevoegdheden"))["items"] == []
    history = the(register.get(f"{path}/historie"))["items"]
    assert [entry["handeling"] for entry in history] == ["aangemaakt", "verwijderd"]
    assert register.bevoegdheid(number) != path


def test_geldig_op_shows_what_held_on_the_day(register: Register) -> None:
    number = register.leraar()
    path = register.bevoegdheid(number, geldigTot="2020-06-30")
    for day, held in (("2015-06-30", False), ("2015-07-01", True), ("2020-06-30", True), ("2020-07-01", False)):
        assert register.get(f"{path}?geldigOp={day}").status_code == (200 if held else 404)
        for listing in ("/bevoegdheden", "/dossier"):
            body = the(register.get(f"/leraren/{number}{listing}?geldigOp={day}"))
            assert bool(body.get("items", body.get("bevoegdheden"))) == held
