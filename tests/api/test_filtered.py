"""Every route shows a bestuur its own leraren only; of another's it answers, to the byte, as of one that does not exist."""

from typing import Any

import pytest
from werkzeug.test import TestResponse

from register_service.access.models import ClientSoort
from register_service.access.persons import SCOPES
from register_service.api.operation import Operation
from tests.api import trajecten
from tests.api import world as w
from tests.api.routes import OPERATIONS, READS, example, name, path_of, readers
from tests.api.world import World

OF_LERAAR = tuple(operation for operation in OPERATIONS if "{registratienummer}" in operation.rule)
OF_ONE = tuple(operation for operation in OF_LERAAR if "/{id}" in operation.rule)
OF_TRAJECT = tuple(operation for operation in OPERATIONS if "/inductietrajecten/{id}" in operation.rule)
_ABSENT_ID = "01890000-0000-7000-8000-0000000000ff"


def _whole(answer: TestResponse) -> tuple[int, list[tuple[str, str]], bytes]:
    return answer.status_code, sorted(answer.headers), answer.data


def _send(world: World, operation: Operation, who: str, query: str = "", **identifiers: str) -> TestResponse:
    headers = {"If-Match": '"proef"'} if operation.needs_match else {}
    body = example(operation).body
    return world.send(operation.method, path_of(operation, **identifiers) + query, who=who, json=body, headers=headers)


@pytest.mark.parametrize("hidden", [w.VOL, w.LEEG, w.SAMENGEVOEGD])
@pytest.mark.parametrize("operation", OF_LERAAR, ids=name)
def test_anothers_leraar_is_as_one_that_does_not_exist(world: World, operation: Operation, hidden: str) -> None:
    mine = _send(world, operation, "b", registratienummer=hidden)
    absent = _send(world, operation, "b", registratienummer=w.ONBEKEND)
    assert mine.status_code == 404
    assert _whole(mine) == _whole(absent)


@pytest.mark.parametrize("operation", [one for one in OF_LERAAR if one.method == "GET"], ids=name)
def test_nor_does_the_past_show_more(world: World, operation: Operation) -> None:
    ((moment,),) = world.query(
        "select to_char(max(at) at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.USZ') from checkpoint"
    )
    assert _send(world, operation, readers(operation)[0], f"?beschikbaarOp={moment}").status_code == 200
    for query in (f"?beschikbaarOp={moment}", "?geldigOp=2021-01-01", f"?beschikbaarOp={moment}&geldigOp=2021-01-01"):
        mine = _send(world, operation, "b", query)
        absent = _send(world, operation, "b", query, registratienummer=w.ONBEKEND)
        assert mine.status_code == 404
        assert _whole(mine) == _whole(absent)


@pytest.mark.parametrize("operation", OF_ONE, ids=name)
def test_nor_does_anothers_object_below_ones_own_leraar(world: World, operation: Operation) -> None:
    mine = _send(world, operation, "b", registratienummer=w.VAN_B)
    absent = _send(world, operation, "b", registratienummer=w.VAN_B, id=_ABSENT_ID)
    # What is between the leraar and the keeper is refused of whoever it is.
    assert mine.status_code == (404 if "k" not in readers(operation) or "a" in readers(operation) else 403)
    assert _whole(mine) == _whole(absent)


@pytest.mark.parametrize("who", ["b", "l"])
@pytest.mark.parametrize("operation", OF_TRAJECT, ids=name)
def test_anothers_traject_is_as_one_that_does_not_exist(world: World, operation: Operation, who: str) -> None:
    hidden = trajecten.TRAJECT if who == "b" else trajecten.VAN_B
    mine, absent = (_send(world, operation, who, id=one) for one in (hidden, _ABSENT_ID))
    assert mine.status_code in (403, 404)
    assert _whole(mine) == _whole(absent)


@pytest.mark.parametrize(
    "operation", [one for one in READS if one.page and one not in (*OF_LERAAR, *OF_TRAJECT)], ids=name
)
def test_no_list_shows_anothers_leraar(world: World, operation: Operation) -> None:
    answer = _send(world, operation, "b")
    assert answer.status_code == 200 or (answer.status_code == 404 and "a" not in readers(operation))
    assert not {w.VOL, w.LEEG, w.SAMENGEVOEGD} & set(_texts(answer.json))


@pytest.mark.parametrize("hidden", [w.LEEG, w.VAN_B])
@pytest.mark.parametrize("operation", OF_LERAAR, ids=name)
def test_to_a_leraar_anothers_dossier_is_as_one_that_does_not_exist(
    world: World, operation: Operation, hidden: str
) -> None:
    theirs = _send(world, operation, "l", registratienummer=hidden)
    absent = _send(world, operation, "l", registratienummer=w.ONBEKEND)
    assert theirs.status_code == (404 if operation.scope in SCOPES[ClientSoort.LERAAR] else 403)
    assert _whole(theirs) == _whole(absent)


@pytest.mark.parametrize("operation", [one for one in READS if one.scope in SCOPES[ClientSoort.LERAAR]], ids=name)
def test_a_leraar_reads_the_own_dossier_and_nobody_elses_and_is_no_onlooker(world: World, operation: Operation) -> None:
    looked = world.query("select count(*) from access_log")
    answer = _send(world, operation, "l")
    assert answer.status_code == 200, answer.text
    assert not {w.LEEG, w.VAN_B} & set(_texts(answer.json))
    assert world.query("select count(*) from access_log") == looked


def _texts(value: Any) -> list[str]:
    if isinstance(value, dict):
        value = list(value.values())
    return [text for item in value for text in _texts(item)] if isinstance(value, list) else [str(value)]


@pytest.mark.parametrize(
    "what", [{"achternaam": "Proefpersoon"}, {"geboortedatum": w.BIRTHDAY}, {"personeelsnummer": "P-001"}]
)
def test_a_search_finds_ones_own_only(world: World, what: dict[str, str]) -> None:
    found = world.send("POST", "/v1/leraren/_zoek", who="b", json=what).json["items"]  # type: ignore[index]
    assert {leraar["registratienummer"] for leraar in found} <= {w.VAN_B}


def test_a_wrong_geboortedatum_answers_as_an_unknown_number(world: World) -> None:
    wrong, unknown, hidden = (
        world.send("POST", "/v1/leraren/_koppel", who="b", json={"registratienummer": number, "geboortedatum": day})
        for number, day in ((w.VOL, "1984-05-07"), (w.ONBEKEND, w.BIRTHDAY), (w.VAN_B, "1984-05-07"))
    )
    assert wrong.status_code == 404
    assert _whole(wrong) == _whole(unknown) == _whole(hidden)


def test_an_upsert_for_anothers_leraar_answers_as_for_an_unknown_number(world: World) -> None:
    answers = [
        world.send(
            "POST",
            "/v1/aanstellingen/_bijwerken",
            who="b",
            json=w.aanstelling(vestiging="00CC00", leraar=number, personeelsnummer="x1"),
        )
        for number in (w.VOL, w.ONBEKEND)
    ]
    assert answers[0].status_code == 404
    assert _whole(answers[0]) == _whole(answers[1])


def test_of_a_shared_leraar_only_ones_own_aanstellingen_show(world: World) -> None:
    number = world.new_leraar()
    proof = {"registratienummer": number, "geboortedatum": w.BIRTHDAY}
    assert world.send("POST", "/v1/leraren/_koppel", who="b", json=proof).status_code == 200
    added = world.send("POST", f"/v1/leraren/{number}/aanstellingen", json=w.aanstelling())
    identifier = added.json["id"]  # type: ignore[index]
    assert world.send("GET", f"/v1/leraren/{number}/dossier", who="b").json["aanstellingen"] == []  # type: ignore[index]
    below = f"/v1/leraren/{number}/aanstellingen"
    for rest in ("", "/historie"):
        mine = world.send("GET", f"{below}/{identifier}{rest}", who="b")
        absent = world.send("GET", f"{below}/{_ABSENT_ID}{rest}", who="b")
        assert mine.status_code == 404
        assert _whole(mine) == _whole(absent)
    assert world.send("GET", f"{below}/{identifier}", who="a").status_code == 200


def test_a_merged_dossier_leads_on_for_who_may_see_it(world: World) -> None:
    answer = world.send("GET", f"/v1/leraren/{w.SAMENGEVOEGD}/dossier?geldigOp=2024-01-01")
    assert answer.status_code == 308
    assert answer.headers["Location"] == f"/v1/leraren/{w.VOL}/dossier?geldigOp=2024-01-01"
