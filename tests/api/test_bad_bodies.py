"""Bodies that callers get wrong: a clear 400 (or a status of its own) with every error at once, and nothing is written."""

from typing import Any

import pytest

from tests.api import world as w
from tests.api.checks import assert_invalid, assert_problem
from tests.api.world import World

pytestmark = pytest.mark.usefixtures("nothing_is_written")

LERAREN = "/v1/leraren"
AANSTELLINGEN = f"/v1/leraren/{w.VOL}/aanstellingen"
NAME = b'"achternaam":"x","geboortedatum":"1984-05-06"'


def _post(world: World, raw: bytes, path: str = LERAREN, **headers: str) -> Any:
    return world.send("POST", path, data=raw, content_type="application/json", headers=headers)


def _nested(depth: int, opening: bytes, closing: bytes) -> bytes:
    return b'{"voornamen":' + opening * depth + b"1" + closing * depth + b"}"


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b" ",
        b'{"voornamen":',
        b"{'voornamen': 1}",
        b'{"voornamen":NaN}',
        b'{"voornamen":Infinity}',
        b'{"betrekkingsomvang":1e400}',
        b'{"betrekkingsomvang":-1e400}',
        b'{"betrekkingsomvang":1' + b"0" * 1000 + b"}",
        b'{"voornamen":"\\ud800"}',
        b'{"voornamen":"\\udfff\\ud800"}',
        b'{"\\ud800":1}',
        b'{"voornamen":"\xff"}',
        b'{"voornamen":"\xed\xa0\x80"}',
        b'\xef\xbb\xbf{"voornamen":"x"}',
        '{"voornamen":"x"}'.encode("utf-16"),
        b'{"voornamen":"a\x00b"}',
        b'{"voornamen":"a\nb"}',
        b"[" * 100_000 + b"]" * 100_000,
        b'{"a":' * 100_000,
        b"\x00",
    ],
    ids=lambda raw: repr(raw[:24]),
)
def test_what_is_no_json(world: World, raw: bytes) -> None:
    for path in (LERAREN, AANSTELLINGEN, f"{LERAREN}/_zoek"):
        assert_invalid(_post(world, raw, path), ("body", "", "ongeldige-json"))


@pytest.mark.parametrize("raw", [b"[]", b"null", b'"x"', b"1", b"true", b"[{}]", b"[[" * 20 + b"]]" * 20])
def test_what_is_no_object(world: World, raw: bytes) -> None:
    assert_invalid(_post(world, raw), ("body", "", "ongeldig-type"))


@pytest.mark.parametrize("depth", [20, 500])
@pytest.mark.parametrize("brackets", [(b"[", b"]"), (b'{"a":', b"}")])
def test_deep_nesting_is_a_wrong_type_and_no_more(world: World, depth: int, brackets: tuple[bytes, bytes]) -> None:
    answer = _post(world, _nested(depth, *brackets))
    assert_invalid(
        answer,
        ("body", "/voornamen", "ongeldig-type"),
        ("body", "/achternaam", "verplicht"),
        ("body", "/geboortedatum", "verplicht"),
    )


def test_nesting_beyond_reason_is_refused(world: World) -> None:
    for brackets in ((b"[", b"]"), (b'{"a":', b"}")):
        assert_problem(_post(world, _nested(1000, *brackets)), 400)


def test_everything_wrong_is_said_at_once(world: World) -> None:
    body = {
        "vestiging": 1,
        "functie": [],
        "soort": "x",
        "begindatum": "2025-02-30",
        "einddatum": True,
        "betrekkingsomvang": "0.8",
        "personeelsnummer": {"a": 1},
        "redenEinde": False,
        "bsn": "123456782",
        "a/b~c": 1,
        "": 2,
    }
    answer = world.send("POST", f"{AANSTELLINGEN}?x=1", json=body, headers={"Reden": "%00", "Idempotency-Key": "a b"})
    assert_invalid(
        answer,
        ("query", "/x", "onbekend-veld"),
        ("header", "/Reden", "ongeldig-teken"),
        ("header", "/Idempotency-Key", "ongeldige-waarde"),
        ("body", "/vestiging", "ongeldig-type"),
        ("body", "/functie", "ongeldig-type"),
        ("body", "/soort", "ongeldige-waarde"),
        ("body", "/begindatum", "ongeldige-datum"),
        ("body", "/einddatum", "ongeldige-datum"),
        ("body", "/betrekkingsomvang", "ongeldig-type"),
        ("body", "/personeelsnummer", "ongeldig-type"),
        ("body", "/redenEinde", "ongeldig-type"),
        ("body", "/bsn", "onbekend-veld"),
        ("body", "/a~1b~0c", "onbekend-veld"),
        ("body", "/", "onbekend-veld"),
    )


def test_an_answer_to_a_thousand_mistakes_names_a_hundred(world: World) -> None:
    body = assert_problem(world.send("POST", LERAREN, json={f"veld{n}": n for n in range(1000)}), 400)
    assert len(body["errors"]) == 100
    assert "1003 fouten" in body["detail"]


def test_a_bsn_is_refused_everywhere_and_never_repeated(world: World) -> None:
    for field in ("bsn", "BSN", "burgerservicenummer"):
        answer = world.send("POST", LERAREN, json={**w.person(), field: "123456782"})
        assert_invalid(answer, ("body", f"/{field}", "onbekend-veld"))
        assert "123456782" not in answer.text


def test_a_name_twice_in_an_object_is_refused(world: World) -> None:
    for raw in (b'{"voornamen":"a","voornamen":"b",', b'{"voornamen":"a","voor\\u006eamen":"a",'):
        assert_invalid(_post(world, raw + NAME + b"}"), ("body", "/voornamen", "dubbel"))


@pytest.mark.parametrize(
    "text", ["a\0b", "a\nb", "a\tb", "a\x7fb", "a\x85b", "a\u2028b", "\u202eb", "a\u2066b", "a\x1bb"], ids=repr
)
def test_control_characters_are_refused_in_every_text(world: World, text: str) -> None:
    answer = world.send("POST", LERAREN, json={**w.person(), "voornamen": text, "roepnaam": text})
    assert_invalid(answer, ("body", "/voornamen", "ongeldig-teken"), ("body", "/roepnaam", "ongeldig-teken"))


@pytest.mark.parametrize("text", ["", "   ", "\u00a0\u2003"])
def test_an_empty_text_is_refused(world: World, text: str) -> None:
    assert_invalid(world.send("POST", LERAREN, json={**w.person(), "voornamen": text}), ("body", "/voornamen", "leeg"))


def test_null_where_it_means_nothing_is_refused(world: World) -> None:
    answer = world.send("POST", LERAREN, json={"voornamen": None, "achternaam": None, "geboortedatum": None})
    assert_invalid(answer, *(("body", f"/{name}", "leeg") for name in ("voornamen", "achternaam", "geboortedatum")))


def test_too_long_is_counted_in_characters(world: World) -> None:
    answer = world.send("POST", LERAREN, json={**w.person(), "voornamen": "x" * 201, "voorvoegsel": "é" * 31})
    assert_invalid(answer, ("body", "/voornamen", "te-lang"), ("body", "/voorvoegsel", "te-lang"))


@pytest.mark.parametrize(
    "number",
    [
        b"0",
        b"-0.0",
        b"-1",
        b"1e308",
        b"1e-300",
        b"10",
        b"1.21",
        b"0.00001",
        b"0.80000001",
        b"true",
        b'"1"',
        b"[1]",
        b"null",
    ],
)
def test_an_omvang_that_cannot_be(world: World, number: bytes) -> None:
    raw = (
        b'{"vestiging":"00AA00","functie":"x","soort":"regulier","begindatum":"2010-01-01","betrekkingsomvang":'
        + number
    )
    body = assert_problem(_post(world, raw + b"}", AANSTELLINGEN), 400)
    assert [(error["in"], error["location"]) for error in body["errors"]] == [("body", "/betrekkingsomvang")]


@pytest.mark.parametrize(
    "day",
    [
        "2025-02-30",
        "2023-02-29",
        "20250101",
        "2025-1-1",
        "1899-12-31",
        "2200-01-01",
        "0000-01-01",
        "",
        "２０２５-01-01",
    ],
)
def test_a_day_that_cannot_be(world: World, day: str) -> None:
    answer = world.send("POST", LERAREN, json={**w.person(), "geboortedatum": day})
    assert_invalid(answer, ("body", "/geboortedatum", "ongeldige-datum"))
    answer = world.send("GET", LERAREN, query_string={"geldigOp": day})
    assert_invalid(answer, ("query", "/geldigOp", "ongeldige-datum"))


def test_a_body_where_none_belongs(world: World) -> None:
    for method, path in (("GET", LERAREN), ("DELETE", f"{AANSTELLINGEN}/{w.AANSTELLING}")):
        answer = world.send(method, path, data=b"{}", content_type="application/json")
        assert_invalid(answer, ("body", "", "geen-inhoud"))


def test_a_body_that_is_too_large(world: World) -> None:
    assert_problem(_post(world, b'{"voornamen":"' + b"x" * 1_100_000 + b'"}'), 413, "te-groot")
    assert_problem(_post(world, b" " * 1_048_577), 413, "te-groot")


def test_a_compressed_body_is_not_understood(world: World) -> None:
    answer = _post(world, b"\x1f\x8b", **{"Content-Encoding": "gzip"})
    assert_problem(answer, 415)
