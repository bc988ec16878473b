"""The work list: what is found and what is not, for whom, in which forms, and that whoever is on it can see so."""

import csv
import io
from typing import Any

import pytest

from register_service.rapportages.werklijst import SOORTEN
from tests.rapportages.conftest import Region
from tests.support import VESTIGING_A2, VESTIGING_GESLOTEN, Register

PATH = "/rapportages/gegevenskwaliteit/werklijst"
TODAY = "2026-11-23"


def _list(register: Register, who: str = "a", query: str = "") -> list[tuple[str, str, str]]:
    register.seal()
    answer = register.get(f"{PATH}?geldigOp={TODAY}&limiet=500{query}", who)
    assert answer.status_code == 200, answer.text
    items: Any = answer.json["items"]  # type: ignore[index]
    return [(item["registratienummer"], item["soort"], item["sinds"]) for item in items]


def _person(register: Register, **aanstelling: object) -> str:
    number = register.leraar(emailadres="p@school.example", eckId=f"eck-{len(register.rows('select from leraar'))}")
    register.aanstelling(number, **aanstelling)
    return number


def test_of_whom_all_is_well_it_says_nothing(register: Register) -> None:
    number = _person(register, begindatum="2015-08-01")
    path = register.bevoegdheid(number)
    register.change(path, {"verificatie": "geverifieerd", "tegen": "diploma"}, step="/_verifieer", method="POST")
    assert _list(register) == []


def test_without_bevoegdheid_address_and_eck_id(register: Register) -> None:
    number = register.leraar()
    register.aanstelling(number)
    ((day,),) = register.rows("select geregistreerd_op::text from leraar where registratienummer = %s", number)
    assert _list(register) == [
        (number, "zonder-bevoegdheid", "2020-08-01"),
        (number, "zonder-emailadres", day),
        (number, "zonder-eck-id", day),
    ]


def test_a_bevoegdheid_of_another_day_does_not_help(register: Register) -> None:
    number = _person(register)
    register.as_owner(
        "insert into bevoegdheid (leraar, soort, behaald_op, geldig_tot, verificatie) values"
        " (%s, 'geschiktheidsverklaring', '2020-01-01', '2021-12-31', 'niet-geverifieerd')", number,
    )  # fmt: skip
    register.as_owner("update leraar set geregistreerd_op = '2026-11-01'")
    assert _list(register) == [(number, "zonder-bevoegdheid", "2020-08-01")]
    register.as_owner("update aanstelling set soort = 'zij-instroom'")
    assert _list(register) == [(number, "verklaring-verlopen", "2022-01-01")]


def test_not_verified_for_three_months(register: Register) -> None:
    number = _person(register, begindatum="2015-08-01")
    register.bevoegdheid(number)
    register.as_owner("update leraar set geregistreerd_op = '2026-08-24'")
    assert _list(register) == []
    register.as_owner("update leraar set geregistreerd_op = '2026-08-22'")
    assert _list(register) == [(number, "bevoegdheid-ongeverifieerd", "2026-08-22")]


def _verified(register: Register, number: str, day: str = "2015-07-01") -> None:
    register.as_owner(
        "insert into bevoegdheid (leraar, soort, behaald_op, verificatie, geverifieerd_op) values"
        " (%s, 'pabo', %s, 'geverifieerd', '2026-01-01')", number, day,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("begin", "behaald", "found"),
    [("2026-08-01", "2026-06-01", True), ("2026-09-01", "2026-06-01", False), ("2025-08-01", "2025-06-01", False),
     ("2026-08-01", "2020-06-01", False)],
)  # fmt: skip
def test_a_starter_without_traject(register: Register, begin: str, behaald: str, found: bool) -> None:
    number = _person(register, begindatum=begin)
    _verified(register, number, behaald)
    assert _list(register) == ([(number, "starter-zonder-traject", begin)] if found else [])


def test_a_closed_vestiging(register: Register) -> None:
    number = _person(register, begindatum="2015-08-01")
    _verified(register, number)
    register.as_owner("update aanstelling set vestiging = %s", VESTIGING_GESLOTEN)
    assert _list(register) == [(number, "vestiging-gesloten", "2026-01-01")]


def test_an_end_without_a_reason(register: Register) -> None:
    number = _person(register, begindatum="2015-08-01", einddatum="2026-07-31")
    _verified(register, number)
    assert _list(register) == [(number, "einde-zonder-reden", "2026-07-31")]
    register.aanstelling(number, vestiging=VESTIGING_A2, begindatum="2026-08-01")
    assert "einde-zonder-reden" not in {soort for _, soort, _ in _list(register)}


def test_an_activiteit_that_waits_and_a_registratie_that_ends(register: Register) -> None:
    number = _person(register, begindatum="2015-08-01")
    _verified(register, number)
    register.as_owner(
        "insert into activiteit (leraar, gemeld_door, bestuur, begindatum, einddatum, status, ingediend_op, soort, titel,"
        " registeruren, vakinhoudelijk, vakdidactisch, pedagogisch, overig) values"
        " (%s, 'bestuur', '41285', '2026-09-01', '2026-09-02', 'ingediend', '2026-10-11', 'cursus', 'x', 4, 4, 0, 0, 0)", number,
    )  # fmt: skip
    register.as_owner(
        "insert into registratieperiode (leraar, begindatum, einddatum, grond) values (%s, '2023-05-24', '2027-05-23', 'eerste')",
        number,
    )
    assert _list(register) == [
        (number, "registratie-loopt-af", "2027-05-23"),
        (number, "activiteit-wacht", "2026-10-11"),
    ]
    register.as_owner("update activiteit set ingediend_op = '2026-10-12'")
    register.as_owner("update registratieperiode set einddatum = '2027-05-24'")
    assert _list(register) == []


def test_a_bestuur_sees_its_own_and_the_keeper_all(register: Register) -> None:
    mine, other = register.leraar(), register.leraar("b")
    register.aanstelling(mine)
    register.aanstelling(other, "b")
    assert {number for number, _, _ in _list(register)} == {mine}
    assert {number for number, _, _ in _list(register, query="&bestuur=41300")} == {mine}
    assert {number for number, _, _ in _list(register, "k")} == {mine, other}
    assert {number for number, _, _ in _list(register, "k", "&bestuur=41300")} == {other}


def test_an_auditor_gets_no_names(region: Region) -> None:
    answer = region.get("/gegevenskwaliteit/werklijst")
    assert (answer.status_code, answer.json["code"]) == (403, "alleen-voor-bestuur")  # type: ignore[index]


def test_at_a_sealed_moment_it_is_what_it_was(register: Register) -> None:
    number = register.leraar()
    register.aanstelling(number)
    moment = register.seal()
    before = register.get(f"{PATH}?geldigOp={TODAY}&beschikbaarOp={moment}")
    register.as_owner("update leraar set emailadres = 'nu@school.example'")
    _verified(register, number)
    assert len(_list(register)) == 1
    assert register.get(f"{PATH}?geldigOp={TODAY}&beschikbaarOp={moment}").data == before.data


def test_as_csv_it_is_the_same_list_whole(region: Region) -> None:
    items, cursor = list[dict[str, str]](), ""
    while cursor is not None:
        page: Any = region.get(f"/gegevenskwaliteit/werklijst?limiet=100{cursor}", "bestuur").json
        items += page["items"]
        cursor = f"&cursor={page['volgende']}" if page["volgende"] else None
    answer = region.get("/gegevenskwaliteit/werklijst?formaat=csv", "bestuur")
    lines = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"), newline="")))
    assert lines == items
    assert len({(item["registratienummer"], item["soort"], item["object"]) for item in items}) == len(items) > 200
    assert answer.data.count(b"\n") == answer.data.count(b"\r\n") == len(items) + 1
    tag = answer.headers["ETag"]
    again = region.get("/gegevenskwaliteit/werklijst?formaat=csv", "bestuur", If_None_Match=tag)
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize("form", ["json", "csv"])
def test_whoever_is_on_it_can_see_who_looked(region: Region, form: str) -> None:
    ((mark,),) = region.rows("select coalesce(max(id), 0) from access_log")
    answer = region.get(f"/gegevenskwaliteit/werklijst?soort=gesprek-te-laat&formaat={form}", "bestuur")
    text = answer.data.decode("utf-8-sig")
    looked = region.rows("select leraar, actor, purpose, parts, namens from access_log where id > %s", mark)
    assert len(looked) == len({row[0] for row in looked}) > 5
    assert all(number in text for number, *_ in looked)
    assert {tuple(map(str, row[1:])) for row in looked} == {
        ("client:bestuur", "werklijst opvragen", "['werklijst']", f"bestuur:{region.bestuur}")
    }


def test_no_value_of_the_list_needs_care_in_a_spreadsheet() -> None:
    for melding in SOORTEN.values():
        for text in (melding.titel, melding.wat_te_doen):
            assert text[0].isalpha()
            assert "\n" not in text
