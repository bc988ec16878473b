"""Aanbod over the API: added, seen by whom it concerns, judged, changed, and its history."""

import psycopg
import pytest

from tests.aanbod.offering import AANBOD, Offering, offering
from tests.support import Refusal, Register, on_day, the, whole

ABSENT = "/aanbod/01890000-0000-7000-8000-0000000000ff"


@pytest.fixture
def offers(register: Register) -> Offering:
    """Two aanbieders and a validator."""
    return offering(register)


def test_an_aanbieder_adds_aanbod_which_is_open(offers: Offering) -> None:
    found = the(offers.add())
    assert {name: found[name] for name in AANBOD} == AANBOD
    assert (found["beoordeling"], found["beoordeeldOp"], found["aanbiederNaam"]) == (
        "open",
        None,
        "Aanbieder 69599068",
    )
    assert (found["overig"], found["zelfstudie"], found["toets"]) == (0, 0, False)


def test_the_keeper_says_whose_it_is(offers: Offering) -> None:
    aanbieder = the(offers.add())["aanbieder"]
    assert the(offers.add("k", aanbieder=aanbieder))["aanbieder"] == aanbieder
    assert Refusal.of(offers.add("k")) == Refusal(400, "verplicht", "/aanbieder")
    unknown = offers.add("k", aanbieder="01890000-0000-7000-8000-0000000000ff")
    assert Refusal.of(unknown) == Refusal(400, "aanbieder-onbekend", "/aanbieder")


def test_nobody_offers_for_another(offers: Offering) -> None:
    aanbieder = the(offers.add())["aanbieder"]
    assert offers.add(offers.other, aanbieder=aanbieder).status_code == 403
    assert offers.add(offers.who, aanbieder=aanbieder).status_code == 201


def test_everything_wrong_is_said_at_once(offers: Offering) -> None:
    answer = offers.add(registeruren=2.2, zelfstudie=9, geldigTot="2020-01-01")
    assert {(error["location"], error["code"]) for error in the(answer)["errors"]} == {
        ("/registeruren", "geen-halve-uren"),
        ("/registeruren", "verdeling-klopt-niet"),
        ("/registeruren", "aanbod-te-kort"),
        ("/zelfstudie", "zelfstudie-te-veel"),
        ("/toets", "toets-ontbreekt"),
        ("/geldigTot", "einde-voor-begin"),
    }


def test_the_least_and_the_most_stand_in_the_regeling(offers: Offering) -> None:
    split = {"vakinhoudelijk": 0, "vakdidactisch": 0, "pedagogisch": 0}
    assert offers.add(registeruren=1700, overig=1700, **split).status_code == 400
    offers.register.as_owner(
        """update regeling set waarden = waarden || '{"activiteitMaximaalUren": 2000, "aanbodMinimaalUren": 1}'"""
        " where sector = 'alle'"
    )
    for total in (1700, 1):
        assert offers.add(registeruren=total, overig=total, **split).status_code == 201


def test_what_is_not_validated_is_seen_by_whom_it_concerns(offers: Offering) -> None:
    path, leraar = offers.added(), offers.register.as_leraar(offers.register.leraar())
    seen = {who: offers.register.get(path, who).status_code for who in (offers.who, "k", offers.validator)}
    assert set(seen.values()) == {200}
    for who in ("a", leraar, offers.other):
        assert whole(offers.register.get(path, who)) == whole(offers.register.get(ABSENT, who)), who
        assert offers.found("", who) == []
    offers.judge(path)
    for who in ("a", leraar):
        assert offers.register.get(path, who).status_code == 200
        assert len(offers.found("", who)) == 1


ATTENDED: dict[str, object] = {
    "begindatum": "2025-01-01",
    "einddatum": "2025-01-01",
    "aanwezigen": [{"registratienummer": "2657035144", "achternaam": "Proef"}],
}


@pytest.mark.parametrize(
    ("method", "step", "body"),
    [
        ("GET", "", None),
        ("GET", "/historie", None),
        ("PATCH", "", {"titel": "Van een ander"}),
        ("GET", "/aanwezigen", None),
        ("DELETE", "/aanwezigen/01890000-0000-7000-8000-0000000000ff", None),
        ("POST", "/aanwezigen/_bevestig", ATTENDED),
    ],
)
def test_anothers_aanbod_is_as_what_does_not_exist(
    offers: Offering, method: str, step: str, body: dict[str, object] | None
) -> None:
    path = offers.validated()
    theirs, absent = (
        offers.register.send(method, one + step, body, who=offers.other, match="*") for one in (path, ABSENT)
    )
    assert theirs.status_code == 404
    assert whole(theirs) == whole(absent)


def test_only_a_validator_judges(offers: Offering) -> None:
    path = offers.added()
    for who in (offers.who, "k", "a"):
        answer = offers.register.send("POST", f"{path}/_beoordeel", {"beoordeling": "gevalideerd"}, who=who, match="*")
        assert answer.status_code == 403, who


def test_a_judgement_says_when_and_a_rejection_why(offers: Offering) -> None:
    path = offers.added()
    assert Refusal.of(offers.judge(path, "afgewezen")) == Refusal(400, "reden-ontbreekt", "/reden")
    with on_day(2026, 9, 1):
        found = the(offers.judge(path, "afgewezen", reden="Geen leerdoelen"))
    assert (found["beoordeling"], found["beoordeeldOp"], found["afwijzing"]) == (
        "afgewezen", "2026-09-01", "Geen leerdoelen",
    )  # fmt: skip
    found = the(offers.judge(path))
    assert (found["beoordeling"], found["afwijzing"]) == ("gevalideerd", None)


@pytest.mark.parametrize(
    "changes", [{"titel": "Iets anders"}, {"registeruren": 13, "overig": 0.5}, {"geldigTot": None}]
)
def test_what_was_judged_is_open_again_once_it_is_other_aanbod(offers: Offering, changes: dict[str, object]) -> None:
    path = offers.validated()
    found = the(offers.register.change(path, changes, offers.who))
    assert (found["beoordeling"], found["beoordeeldOp"]) == ("open", None)
    assert offers.register.get(path, "a").status_code == 404


def test_the_same_aanbod_said_otherwise_stays_judged(offers: Offering) -> None:
    path = offers.validated()
    found = the(offers.register.change(path, {"omschrijving": "Anders gezegd", "geldigTot": "2027-07-31"}, offers.who))
    assert found["beoordeling"] == "gevalideerd"


def test_a_change_is_checked_as_a_whole(offers: Offering) -> None:
    path = offers.added()
    answer = offers.register.change(path, {"overig": 1}, offers.who)
    assert Refusal.of(answer) == Refusal(400, "verdeling-klopt-niet", "/registeruren")
    assert Refusal.of(offers.register.change(path, {}, offers.who)) == Refusal(400, "niets-te-wijzigen", "")


def test_a_judgement_of_what_changed_meanwhile_is_refused(offers: Offering) -> None:
    path = offers.added()
    etag = offers.register.get(path, offers.validator).headers["ETag"]
    offers.register.change(path, {"titel": "Stilletjes anders"}, offers.who)
    answer = offers.register.send(
        "POST", f"{path}/_beoordeel", {"beoordeling": "gevalideerd"}, who=offers.validator, match=etag
    )
    assert answer.status_code == 412


@pytest.mark.parametrize(
    ("who", "statement"),
    [
        ("who", "update aanbod set beoordeling = 'gevalideerd', beoordeeld_op = '2026-01-01'"),
        ("who", "update aanbod set registeruren = 20, overig = 7.5 where beoordeling = 'gevalideerd'"),
        ("who", "update aanbod set geldig_tot = null where beoordeling = 'gevalideerd'"),
        ("who", "update aanbod set aanbieder = (select id from aanbieder where kvk_nummer = '68750110')"),
        ("k", "update aanbod set titel = 'x' where beoordeling = 'gevalideerd'"),
        ("validator", "update aanbod set titel = 'x'"),
        ("validator", "update aanbod set beoordeling = 'afgewezen', afwijzing = 'x', beoordeeld_door = '1'"),
        ("validator", "update aanbod set beoordeling = 'gevalideerd', beoordeeld_op = '2020-01-01'"),
    ],
)
def test_postgresql_itself_holds_who_judges_what(offers: Offering, who: str, statement: str) -> None:
    offers.validated()
    register = offers.register
    ((aanbieder,),) = register.rows("select id::text from aanbieder where kvk_nummer = '69599068'")
    role = {"who": "aanbieder", "k": "beheer", "validator": "validator"}[who]
    with (
        register.app_role("", role) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute("select set_config('register.aanbieder', %s, true)", (aanbieder,))
        connection.execute("select set_config('register.leraar', %s, true)", (offers.validator.partition(":")[2],))
        connection.execute(statement)  # type: ignore[call-overload]


def test_the_history_tells_that_a_validator_judged_and_not_which(offers: Offering) -> None:
    path = offers.validated()
    number = offers.validator.partition(":")[2]
    mine = offers.register.get(f"{path}/historie", offers.who)
    assert [item["actor"] for item in the(mine)["items"]] == [f"client:{offers.who}", "validator"]
    assert number not in mine.text
    assert number in offers.register.get(f"{path}/historie", "k").text


def test_others_read_no_more_of_the_past_than_of_the_present(offers: Offering) -> None:
    path = offers.added()
    offers.judge(path, "afgewezen", reden="Geen leerdoelen")
    rejected = offers.register.seal()
    offers.judge(path)
    validated = offers.register.seal()
    assert offers.register.get(f"{path}?beschikbaarOp={rejected}", "a").status_code == 404
    assert offers.found(f"beschikbaarOp={rejected}", "a") == []
    assert offers.found(f"beschikbaarOp={rejected}", offers.who) == [AANBOD["titel"]]
    assert offers.found(f"beschikbaarOp={validated}", "a") == [AANBOD["titel"]]
    assert "Geen leerdoelen" not in offers.register.get(f"{path}/historie", "a").text
    assert "Geen leerdoelen" in offers.register.get(f"{path}/historie", offers.who).text


def test_geldig_op_is_what_was_offered_on_that_day(offers: Offering) -> None:
    offers.validated(titel="Vroeger", geldigVanaf="2020-01-01", geldigTot="2021-12-31")
    offers.validated(titel="Altijd", geldigVanaf="2020-01-01", geldigTot=None)
    assert offers.found("geldigOp=2021-12-31") == ["Vroeger", "Altijd"]
    assert offers.found("geldigOp=2022-01-01") == ["Altijd"]


def test_filters_hold_together(offers: Offering) -> None:
    offers.validated(titel="Een")
    offers.validated(titel="Twee", soort="studiedag")
    offers.added(titel="Drie", soort="studiedag")
    other = the(offers.register.get(offers.validated(offers.other, titel="Vier", soort="studiedag")))["aanbieder"]
    assert offers.found("soort=studiedag", "k") == ["Twee", "Drie", "Vier"]
    assert offers.found("soort=studiedag&beoordeling=open", "k") == ["Drie"]
    assert offers.found(f"aanbieder={other}") == ["Vier"]
