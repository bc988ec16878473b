"""A body that is a file: how it is refused, kept, repeated; and the link by which it is read again."""

import hashlib
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.message import Message
from typing import Any
from urllib.parse import unquote

import pytest
from werkzeug.test import TestResponse

from register_service.access.scopes import GRANTABLE, Scope
from register_service.api.operation import RegisterBlueprint
from register_service.core import clock
from register_service.core.schema import ApiSchema
from register_service.storage.receiving import MOST
from tests.api.checks import SECURITY_HEADERS, assert_invalid, assert_problem
from tests.api.contract import Contract
from tests.api.world import World, written
from tests.helpers.upload_app import PATH, make_app
from tests.storage import files
from tests.storage.test_kinds import OTHERS, TWO_THINGS, WHOLE

PDF = files.pdf()


@pytest.fixture(scope="module")
def world(world: World) -> World:
    """A register with the routes that are tried here."""
    world.app.extensions["register"].database.dispose()
    world.app = make_app(world.settings)
    world.contract = Contract(world.app)
    return world


def post(world: World, content: bytes = PDF, content_type: str = "application/pdf", **headers: str) -> TestResponse:
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    return world.send("POST", PATH, who="k", data=content, content_type=content_type, headers=sent)


def kept(world: World) -> set[str]:
    """Give the hashes of what is in the storage."""
    assert list(world.app.extensions["register"].storage.store.incoming.glob("*")) == []
    return {path.name for path in (world.settings.var_dir / "bewijsstukken").glob("??/*")}


@pytest.fixture
def nothing_is_kept(world: World) -> Iterator[None]:
    """Check that a test left the storage, the journal and the idempotency keys as they were."""
    post(world)
    before = kept(world), written(world)
    yield
    assert (kept(world), written(world)) == before


@pytest.mark.parametrize("name", WHOLE)
def test_a_file_is_what_its_content_says(world: World, name: str) -> None:
    content, mediatype = WHOLE[name]
    sha256 = hashlib.sha256(content).hexdigest()
    for said in ("application/pdf", "image/png", "image/jpeg; x=1"):
        answer = post(world, content, said, Bestandsnaam="foto.pdf")
        assert answer.status_code == 201, answer.text
        assert answer.json == {
            "sha256": sha256, "mediatype": mediatype, "grootte": len(content), "bestandsnaam": "foto.pdf",
        }  # fmt: skip
    assert sha256 in kept(world)
    assert world.query("select count(*) from leraar where voornamen = %s", sha256) == [(3,)]


def test_its_name_may_be_left_out_or_have_any_signs(world: World) -> None:
    assert post(world).json["bestandsnaam"] is None  # type: ignore[index]
    assert post(world, Bestandsnaam="Diploma%20Zo%C3%AB.pdf").json["bestandsnaam"] == "Diploma Zoë.pdf"  # type: ignore[index]


@pytest.mark.parametrize("name", OTHERS)
@pytest.mark.usefixtures("nothing_is_kept")
def test_another_kind_is_refused(world: World, name: str) -> None:
    assert_problem(post(world, OTHERS[name]), 415, "bewijsstuk-soort")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "bewijsstuk-leeg"),
        (files.pdf()[:-30], "bewijsstuk-onvolledig"),
        (files.png() + b"<script>", "bewijsstuk-onvolledig"),
        *((content, "bewijsstuk-dubbelzinnig") for content in TWO_THINGS.values()),
    ],
)
@pytest.mark.usefixtures("nothing_is_kept")
def test_a_file_that_is_not_right_is_refused(world: World, content: bytes, code: str) -> None:
    assert_invalid(post(world, content), ("body", "", code))


@pytest.mark.parametrize(
    "said", ["application/json", "text/plain", "application/octet-stream", "multipart/form-data", ""]
)
@pytest.mark.usefixtures("nothing_is_kept")
def test_another_content_type_is_refused(world: World, said: str) -> None:
    assert_problem(post(world, content_type=said), 415, "mediatype-niet-ondersteund")


@pytest.mark.usefixtures("nothing_is_kept")
def test_a_compressed_file_is_refused(world: World) -> None:
    assert_problem(post(world, Content_Encoding="gzip"), 415, "mediatype-niet-ondersteund")


def test_ten_megabytes_are_taken_though_json_may_have_one_only(world: World) -> None:
    assert world.settings.max_body_bytes < MOST
    answer = post(world, files.pdf_of(MOST))
    assert (answer.status_code, answer.json["grootte"]) == (201, MOST)  # type: ignore[index]


@pytest.mark.usefixtures("nothing_is_kept")
def test_a_byte_more_is_refused(world: World) -> None:
    body = assert_problem(post(world, files.pdf_of(MOST + 1)), 413, "te-groot")
    assert "10 MB" in body["detail"]


@pytest.mark.usefixtures("nothing_is_kept")
def test_whatever_else_is_wrong_is_said_at_once(world: World) -> None:
    answer = world.send(
        "POST",
        f"{PATH}?x=1",
        who="k",
        data=files.pdf(),
        content_type="application/pdf",
        headers={"Bestandsnaam": "%00", "Reden": "%ff", "Idempotency-Key": "a b"},
    )
    assert_invalid(
        answer,
        ("query", "/x", "onbekend-veld"),
        ("header", "/Bestandsnaam", "ongeldig-teken"),
        ("header", "/Reden", "ongeldig-teken"),
        ("header", "/Idempotency-Key", "ongeldige-waarde"),
    )


@pytest.mark.parametrize(
    ("name", "code"),
    [("x" * 201, "te-lang"), ("%20", "leeg"), ("a%0D%0Ab", "ongeldig-teken"), ("%E2%80%AE.pdf", "ongeldig-teken")],
)
@pytest.mark.usefixtures("nothing_is_kept")
def test_a_name_that_is_none_is_refused(world: World, name: str, code: str) -> None:
    assert_invalid(post(world, Bestandsnaam=name), ("header", "/Bestandsnaam", code))


def test_without_its_scope_it_is_closed(world: World) -> None:
    world.tokens["bekrompen"] = world.issue("k", GRANTABLE - {Scope.LERAREN_SCHRIJVEN})
    for who, status in ((None, 401), ("bekrompen", 403)):
        answer = world.send("POST", PATH, who=who, data=files.pdf(), content_type="application/pdf")
        assert_problem(answer, status)


def test_again_with_its_key_is_one_write_and_one_answer(world: World) -> None:
    content = files.pdf(b"sleutel")
    first = post(world, content, Idempotency_Key="zelfde", Bestandsnaam="a.pdf")
    before = kept(world), written(world)
    again = post(world, content, Idempotency_Key="zelfde", Bestandsnaam="a.pdf")
    assert (kept(world), written(world)) == before
    assert first.status_code == again.status_code == 201
    assert first.data == again.data
    assert again.headers["Idempotency-Replayed"] == "true"


def test_another_file_or_name_with_that_key_is_refused(world: World) -> None:
    assert post(world, files.pdf(b"een"), Idempotency_Key="ander").status_code == 201
    before = kept(world), written(world)
    for content, headers in ((files.pdf(b"twee"), {}), (files.pdf(b"een"), {"Bestandsnaam": "x"})):
        assert_problem(post(world, content, Idempotency_Key="ander", **headers), 409, "idempotency-key-hergebruikt")
    assert (kept(world), written(world)) == before


def test_what_the_register_refuses_leaves_no_row_and_can_be_sent_again(world: World) -> None:
    """Its content may stay for a day, until the worker comes by; the transaction and its key are gone."""
    before = written(world)
    content = files.pdf(b"botst")
    assert_problem(post(world, content, Bestandsnaam="botst", Idempotency_Key="botst"), 409, "proef-botst")
    assert written(world) == before
    assert post(world, content, Idempotency_Key="botst").status_code == 201


def test_a_route_takes_a_file_or_json_and_writes_it() -> None:
    blueprint = RegisterBlueprint("proef", __name__, "Proef")
    how: dict[str, Any] = {"scope": Scope.LERAREN_SCHRIJVEN, "purpose": "proef", "body_stream": True}
    with pytest.raises(TypeError):
        blueprint.write("/proeven", event="proef", body=ApiSchema, **how)
    with pytest.raises(TypeError):
        blueprint.read("/proeven", method="POST", **how)


def test_the_document_says_all_of_it(world: World) -> None:
    operation = world.contract.operation("POST", PATH)
    assert operation is not None
    assert set(operation["requestBody"]["content"]) == {"application/pdf", "image/png", "image/jpeg"}
    assert {"$ref": "#/components/parameters/Bestandsnaam"} in operation["parameters"]
    said = {status: answer.get("description", "") for status, answer in operation["responses"].items()}
    assert "10 MB" in said["413"]
    assert "`bewijsstuk-soort`" in said["415"]
    assert "JSON" not in said["415"]
    assert all(f"`bewijsstuk-{code}`" in said["400"] for code in ("leeg", "onvolledig", "dubbelzinnig", "besmet"))
    assert "`virusscan-niet-beschikbaar`" in said["503"]


def link_of(world: World, content: bytes = PDF, name: str | None = "Diploma Zoë.pdf") -> dict[str, str]:
    added = post(world, content).json
    answer = world.send("POST", f"{PATH}/_download", who="k", json={**added, "bestandsnaam": name})  # type: ignore[dict-item]
    assert answer.status_code == 200, answer.text
    return answer.json  # type: ignore[return-value]


def fetch(world: World, url: str, method: str = "GET") -> TestResponse:
    base = world.settings.base_url
    assert url.startswith(f"{base}/bewijsstukken/")
    return world.send(method, url.removeprefix(base), who=None)


def test_a_link_gives_the_content_as_an_attachment_and_nothing_shows_it(world: World) -> None:
    content = files.pdf(b"inhoud" * 100_000)
    answer = fetch(world, link_of(world, content)["url"])
    assert (answer.status_code, answer.content_type, answer.data) == (200, "application/pdf", content)
    assert answer.content_length == len(content)
    assert {name: answer.headers[name] for name in SECURITY_HEADERS} == SECURITY_HEADERS
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'; frame-ancestors 'none'"
    for name in ("Content-Security-Policy", "Cache-Control", "Content-Disposition", "X-Content-Type-Options"):
        assert len(answer.headers.getlist(name)) == 1
    assert "ETag" not in answer.headers
    assert "Access-Control-Allow-Origin" not in answer.headers


@pytest.mark.parametrize(
    ("name", "plain", "saved_as"),
    [
        ("Diploma Zoë.pdf", "Diploma Zo_.pdf", "Diploma Zoë.pdf"),
        (None, "bewijsstuk.pdf", "bewijsstuk.pdf"),
        (
            'x"; filename=evil.exe\r\nSet-Cookie: a',
            "x filename=evil.exeSet-Cookie a.pdf",
            "x filename=evil.exeSet-Cookie a.pdf",
        ),
        ("diploma.html", "diploma.html.pdf", "diploma.html.pdf"),
    ],
)
def test_it_is_saved_under_a_safe_name(world: World, name: str | None, plain: str, saved_as: str) -> None:
    answer = fetch(world, link_of(world, name=name)["url"])
    said = answer.headers["Content-Disposition"]
    assert said.startswith("attachment; ")
    assert re.search(r'filename="([^"]*)"', said)[1] == plain  # type: ignore[index]
    assert unquote(said.partition("filename*=UTF-8''")[2]) == saved_as
    message = Message()
    message["Content-Disposition"] = said
    assert message.get_filename() in (plain, saved_as)


def test_nobody_reads_the_name_in_a_link(world: World) -> None:
    assert "Xylofoonsma" not in unquote(link_of(world, name="Diploma Xylofoonsma.pdf")["url"])


def test_head_tells_how_large_it_is(world: World) -> None:
    answer = fetch(world, link_of(world)["url"], "HEAD")
    assert (answer.status_code, answer.data, answer.content_length) == (200, b"", len(files.pdf()))


def test_it_works_for_five_minutes(world: World) -> None:
    now = datetime.now(UTC).replace(microsecond=0)
    with clock.fixed_at(now):
        services = world.app.extensions["register"]
        from register_service.storage.links import Download

        sha256 = post(world).json["sha256"]  # type: ignore[index]
        link = services.storage.links.make(Download(sha256, "application/pdf", "x.pdf"))
    for seconds, status in ((299, 200), (301, 404)):
        with clock.fixed_at(now + timedelta(seconds=seconds)):
            assert fetch(world, link.url).status_code == status


def test_whatever_is_wrong_with_a_link_the_answer_is_the_same(world: World) -> None:
    gone = link_of(world, files.pdf(b"gaat weg"))["url"]
    sha256 = hashlib.sha256(files.pdf(b"gaat weg")).hexdigest()
    world.app.extensions["register"].storage.store.delete(sha256)
    good = link_of(world)["url"]
    with clock.fixed_at(datetime.now(UTC) - timedelta(minutes=6)):
        late = world.app.extensions["register"].storage.links
        from register_service.storage.links import Download

        expired = late.make(Download(sha256, "application/pdf", "x.pdf")).url
    base = f"{world.settings.base_url}/bewijsstukken/"
    wrong = [gone, expired, good[:-1], good[:-5] + "AAAAA", f"{good}A", f"{base}x", f"{base}%00", f"{base}{'A' * 3000}"]
    answers = [fetch(world, url) for url in wrong]
    assert {(answer.status_code, answer.data) for answer in answers} == {(404, answers[0].data)}
    assert len({str(sorted(answer.headers)) for answer in answers}) == 1
    assert_problem(answers[0], 404, "niet-gevonden")
    assert fetch(world, good).status_code == 200
