"""Registering and changing a leraar: what is kept and what is refused."""

from datetime import UTC, datetime
from functools import partial

import pytest

from register_service.core import clock
from register_service.core.ids import is_registratienummer
from register_service.leraren import service
from tests.support import Refusal, Register, at_once, code, on_day, person, the


def test_registers_a_leraar_with_a_number_and_the_day(register: Register) -> None:
    with on_day(2026, 11, 23):
        body = {**person(), "roepnaam": "Zoë", "voorvoegsel": "van de", "emailadres": "z@school.nl", "eckId": "eck:1"}
        answer = register.post("/leraren", body)
    assert answer.status_code == 201
    leraar = the(answer)
    number = leraar.pop("registratienummer")
    assert is_registratienummer(number)
    assert leraar == {**body, "geregistreerdOp": "2026-11-23"}
    assert answer.headers["Location"] == f"/v1/leraren/{number}"


def test_the_day_of_registration_is_that_in_amsterdam(register: Register) -> None:
    with clock.fixed_at(datetime(2026, 6, 30, 22, 30, tzinfo=UTC)):
        assert the(register.post("/leraren", person()))["geregistreerdOp"] == "2026-07-01"


@pytest.mark.parametrize(
    ("born", "status"), [("2010-11-23", 201), ("2010-11-24", 400), ("1925-11-24", 201), ("1925-11-23", 400)]
)
def test_leeftijd_bij_inschrijving_is_16_to_100(register: Register, born: str, status: int) -> None:
    with on_day(2026, 11, 23):
        answer = register.post("/leraren", {**person(), "geboortedatum": born})
    assert answer.status_code == status
    if status == 400:
        assert Refusal.of(answer) == Refusal(400, "leeftijd-bij-inschrijving", "/geboortedatum")


def test_a_corrected_geboortedatum_keeps_to_the_age_at_registration(register: Register) -> None:
    with on_day(2026, 11, 23):
        number = register.leraar(geboortedatum="2000-01-01")
    with on_day(2026, 12, 24):
        answer = register.change(f"/leraren/{number}", {"geboortedatum": "2010-12-01"})
    assert Refusal.of(answer) == Refusal(400, "leeftijd-bij-inschrijving", "/geboortedatum")


def test_a_corrected_geboortedatum_does_not_make_a_bevoegdheid_too_early(register: Register) -> None:
    number = register.leraar(geboortedatum="1990-01-01")
    register.bevoegdheid(number, behaaldOp="2007-01-01")
    answer = register.change(f"/leraren/{number}", {"geboortedatum": "1991-01-02"})
    assert Refusal.of(answer) == Refusal(400, "te-jong-voor-bevoegdheid", "/geboortedatum")
    assert register.change(f"/leraren/{number}", {"geboortedatum": "1991-01-01"}).status_code == 200


@pytest.mark.parametrize("name", ["bsn", "burgerservicenummer", "BSN", "sofinummer"])
def test_a_bsn_is_never_accepted_nor_kept(register: Register, name: str) -> None:
    answer = register.post("/leraren", {**person(), name: "123456782"})
    assert Refusal.of(answer) == Refusal(400, "onbekend-veld", f"/{name}")
    assert b"123456782" not in answer.data
    assert register.rows("select from leraar") == []


def test_a_number_that_is_taken_is_drawn_again(register: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    taken = register.leraar()
    drawn = iter([taken, taken, "2657035144"])
    monkeypatch.setattr(service, "new_registratienummer", lambda: next(drawn))
    assert register.leraar() == "2657035144"


def test_changes_what_is_given_and_empties_with_null(register: Register) -> None:
    number = register.leraar(roepnaam="Zoë", emailadres="z@school.nl")
    answer = register.change(f"/leraren/{number}", {"roepnaam": None, "emailadres": "nieuw@school.nl"})
    assert (the(answer)["roepnaam"], the(answer)["emailadres"]) == (None, "nieuw@school.nl")
    assert code(register.change(f"/leraren/{number}", {})) == "niets-te-wijzigen"


def test_two_changes_at_once_do_not_wait_for_each_other_for_ever(register: Register) -> None:
    path = f"/leraren/{register.leraar()}"
    for turn in range(6):
        etag = register.get(path).headers["ETag"]
        change = partial(register.send, "PATCH", path, match=etag)
        answers = at_once(*(partial(change, {"eckId": f"eck:{turn}{letter}"}) for letter in "ab"))
        assert sorted(answer.status_code for answer in answers) == [200, 412]
