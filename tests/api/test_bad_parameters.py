"""Parameters, addresses and headers that callers get wrong: a clear refusal of each, and nothing is written."""

import pytest

from tests.api import world as w
from tests.api.checks import assert_invalid, assert_problem
from tests.api.world import World

pytestmark = pytest.mark.usefixtures("nothing_is_written")

LERAREN = "/v1/leraren"


@pytest.mark.parametrize(
    "moment",
    [
        "x", "", "2025-01-01", "2025-01-01T00:00:00", "2025-01-01T00:00:00 01:00", "2025-02-30T00:00:00Z",
        "2025-01-01T24:00:00Z", "2025-01-01T23:59:60Z", "2025-01-01T00:00:00+99:99", "2025-01-01T00:00:00.1234567Z",
        "0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59", "2025-01-01T00:00:00,5Z", "now", "infinity",
    ],
)  # fmt: skip
def test_a_moment_that_cannot_be(world: World, moment: str) -> None:
    answer = world.send("GET", f"{LERAREN}/{w.VOL}", query_string={"beschikbaarOp": moment})
    assert_invalid(answer, ("query", "/beschikbaarOp", "ongeldig-tijdstip"))


@pytest.mark.parametrize("moment", ["2999-01-01T00:00:00Z", "9999-12-31T23:59:59.999999Z"])
def test_a_moment_that_is_not_sealed_yet(world: World, moment: str) -> None:
    for path in (
        LERAREN,
        f"{LERAREN}/{w.VOL}/dossier",
        f"{LERAREN}/{w.VOL}/historie",
        "/v1/vestigingen",
        "/v1/scholen/00AA",
    ):
        answer = world.send("GET", path, query_string={"beschikbaarOp": moment})
        assert_invalid(answer, ("query", "/beschikbaarOp", "nog-niet-verzegeld"))


def test_any_offset_is_the_same_moment(world: World) -> None:
    ((utc, local),) = world.query(
        "select to_char(max(at) at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"'),"
        " to_char(max(at) at time zone 'UTC' + interval '5:30', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"+05:30\"') from checkpoint"
    )
    answers = [
        world.send("GET", f"{LERAREN}/{w.VOL}/dossier", query_string={"beschikbaarOp": moment})
        for moment in (utc, local, utc.lower())
    ]
    assert [answer.status_code for answer in answers] == [200] * 3
    assert len({answer.data for answer in answers}) == 1


@pytest.mark.parametrize(
    ("limiet", "code"),
    [(text, "ongeldige-waarde") for text in ("0", "-1", "501", "9" * 40)]
    + [(text, "ongeldig-type") for text in ("abc", "１", "1.5", "", " 5", "+5", "1e2", "0x5", "9" * 41)],
)
def test_a_limiet_that_cannot_be(world: World, limiet: str, code: str) -> None:
    for path in (LERAREN, "/v1/vestigingen", f"{LERAREN}/{w.VOL}/historie"):
        answer = world.send("GET", path, query_string={"limiet": limiet})
        assert_invalid(answer, ("query", "/limiet", code))


@pytest.mark.parametrize("cursor", ["x", "!!!", "AAAA", "MDAwMA", "_w", "é", "a" * 200, "Jzsg", "====", "a b"])
def test_a_cursor_that_no_page_gave(world: World, cursor: str) -> None:
    for path in (LERAREN, "/v1/aanstellingen", "/v1/partnerschappen", f"{LERAREN}/{w.VOL}/historie"):
        answer = world.send("GET", path, query_string={"cursor": cursor})
        assert_invalid(answer, ("query", "/cursor", "onbekende-cursor"))
    answer = world.send("POST", f"{LERAREN}/_zoek", json={"achternaam": "x", "cursor": cursor})
    assert_invalid(answer, ("body", "/cursor", "onbekende-cursor"))


def test_the_cursor_of_another_list(world: World) -> None:
    cursor = world.send("GET", f"{LERAREN}?limiet=1").json["volgende"]  # type: ignore[index]
    assert world.send("GET", f"{LERAREN}?limiet=1&cursor={cursor}").status_code == 200
    for path in ("/v1/aanstellingen", "/v1/vestigingen", f"{LERAREN}/{w.VOL}/historie"):
        answer = world.send("GET", path, query_string={"cursor": cursor})
        assert_invalid(answer, ("query", "/cursor", "onbekende-cursor"))


@pytest.mark.parametrize("query", ["gemeente=%ff", "gemeente=%ed%a0%80", "%ff=1"])
def test_parameters_that_are_no_utf8(world: World, query: str) -> None:
    assert_invalid(world.send("GET", f"/v1/vestigingen?{query}"), ("query", "", "ongeldig-teken"))


def test_nul_and_doubles_in_parameters(world: World) -> None:
    answer = world.send("GET", "/v1/vestigingen?gemeente=a%00b&%00=1&limiet=1&limiet=2")
    assert_invalid(
        answer,
        ("query", "/gemeente", "ongeldig-teken"),
        ("query", "/\0", "onbekend-veld"),
        ("query", "/limiet", "dubbel"),
    )


@pytest.mark.parametrize(
    "path",
    ["/v1/leraren/%00", f"/v1/leraren/{w.VOL}%00", "/v1/%ff/x", "/v1/leraren/%0d%0aX:y", "/v1/leraren/2657035145x",
     "/v1/leraren/２６５７０３５１４４", "/v1/leraren/../besturen", f"/v1/leraren/{w.VOL}/aanstellingen/geen-uuid",
     "/v1/besturen/4128", "/v1/scholen/00aa", "/v1/leraren/" + "9" * 3000, "/V1/leraren"],
)  # fmt: skip
def test_addresses_that_do_not_exist(world: World, path: str) -> None:
    assert_problem(world.send("GET", path), 404)


def test_long_parameters(world: World) -> None:
    answer = world.send("GET", f"{LERAREN}?vestiging={'x' * 5000}&{'y' * 5000}=1")
    assert_invalid(answer, ("query", "/vestiging", "te-lang"), ("query", f"/{'y' * 5000}", "onbekend-veld"))


@pytest.mark.parametrize("tag", ["x", '"', '"x" "y"', ",", "", '"é"', '*, "x"', "W/x", '"x'], ids=repr)
def test_an_if_match_that_is_no_tag(world: World, tag: str) -> None:
    answer = world.send("PATCH", f"{LERAREN}/{w.VOL}", json={"roepnaam": "Zo"}, headers={"If-Match": tag})
    assert_invalid(answer, ("header", "/If-Match", "ongeldige-waarde" if tag else "leeg"))


@pytest.mark.parametrize("reason", ["é", "%00", "%ff", "%ED%A0%80", "x" * 201, "", "%20", "%0A", "\xff\xfe"], ids=repr)
def test_a_reden_that_cannot_be_kept(world: World, reason: str) -> None:
    answer = world.send("POST", LERAREN, json=w.person(), headers={"Reden": reason})
    body = assert_problem(answer, 400)
    assert [(error["in"], error["location"]) for error in body["errors"]] == [("header", "/Reden")]


@pytest.mark.parametrize("key", ["é", "", "x" * 101, "a b"], ids=repr)
def test_an_idempotency_key_that_cannot_be(world: World, key: str) -> None:
    answer = world.send("POST", LERAREN, json=w.person(), headers={"Idempotency-Key": key})
    body = assert_problem(answer, 400)
    assert [(error["in"], error["location"]) for error in body["errors"]] == [("header", "/Idempotency-Key")]


@pytest.mark.parametrize(
    "token", ["é", "x" * 10_000, "a.b.c", "\xff", "..", "e30.e30.e30"], ids=lambda token: repr(token[:8])
)
def test_a_token_that_is_none(world: World, token: str) -> None:
    answer = world.send("GET", LERAREN, who=None, headers={"Authorization": f"Bearer {token}"})
    assert_problem(answer, 401)
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")
