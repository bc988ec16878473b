"""What holds of every page, whatever it is about: who may open it, what it loads, and how it is built."""

import re
from itertools import pairwise
from urllib.parse import quote

import pytest

from register_service.web.page import PAGES, Page
from tests.api import world as w
from tests.api.world import World
from tests.web.addresses import (
    OF_LERAAR,
    SHOWN,
    address_of,
    address_of_another,
    address_of_nothing,
    rule_of,
)
from tests.web.visitor import Document, Visitor, read

POLICY = {
    "default-src": "'none'",
    "style-src": "'self'",
    "img-src": "'self'",
    "font-src": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
}
HTML = tuple(page for page in OF_LERAAR if not page.rule.endswith(".json"))


def _whole(visitor: Visitor, path: str) -> tuple[int, str, list[tuple[str, str]]]:
    answer = visitor.open(path)
    return answer.status_code, answer.text, sorted(answer.headers)


@pytest.mark.parametrize("page", [page for page in SHOWN if page.role], ids=rule_of)
def test_without_a_session_it_leads_to_the_sign_in_and_back(visitor: Visitor, page: Page) -> None:
    answer = visitor.open(address_of(page) + "?cursor=x")
    assert answer.status_code == 303
    assert answer.headers["Location"] == f"/aanmelden?next={quote(address_of(page), safe='')}%3Fcursor%3Dx"


@pytest.mark.parametrize("page", OF_LERAAR, ids=rule_of)
def test_it_is_not_for_another_role(visitor: Visitor, page: Page) -> None:
    answer = visitor.signed_in().open(address_of(page))
    assert answer.status_code == 403
    assert w.VOL not in answer.text


@pytest.mark.parametrize("page", OF_LERAAR, ids=rule_of)
def test_a_leraar_opens_it_and_is_no_onlooker(world: World, visitor: Visitor, page: Page) -> None:
    looked = world.query("select count(*) from access_log")
    assert visitor.signed_in(leraar=w.VOL).open(address_of(page)).status_code == 200
    assert world.query("select count(*) from access_log") == looked


@pytest.mark.parametrize("page", [page for page in OF_LERAAR if "{" in page.rule], ids=rule_of)
def test_what_is_anothers_is_as_what_is_not_there(visitor: Visitor, page: Page) -> None:
    visitor.signed_in(leraar=w.VOL)
    theirs, absent = _whole(visitor, address_of_another(page)), _whole(visitor, address_of_nothing(page))
    assert theirs[0] == 404
    # But for the mark of the session, which is the same in one session, they are the same bytes.
    assert theirs == absent


@pytest.mark.parametrize("page", [page for page in OF_LERAAR if "{" in page.rule], ids=rule_of)
def test_what_is_ones_own_is_not_shown_to_another_leraar(visitor: Visitor, page: Page) -> None:
    assert visitor.signed_in(leraar=w.LEEG).open(address_of(page)).status_code == 404


@pytest.mark.parametrize("page", [page for page in OF_LERAAR if "{" not in page.rule], ids=rule_of)
def test_a_leraar_of_whom_little_is_known_can_open_it_too(visitor: Visitor, page: Page) -> None:
    answer = visitor.signed_in(leraar=w.LEEG).open(page.rule)
    assert answer.status_code == 200
    assert w.VOL not in answer.text


@pytest.mark.parametrize("page", HTML, ids=rule_of)
def test_a_leraars_page_is_sound(visitor: Visitor, page: Page) -> None:
    _assert_sound(visitor.signed_in(leraar=w.VOL), address_of(page))


@pytest.mark.parametrize("path", ["/", "/uitleg", "/aanmelden", "/bestaat-niet"])
def test_a_page_for_anybody_is_sound(visitor: Visitor, path: str) -> None:
    _assert_sound(visitor, path)


@pytest.mark.parametrize("page", SHOWN, ids=rule_of)
def test_no_page_can_be_kept_or_framed(visitor: Visitor, page: Page) -> None:
    headers = visitor.signed_in(leraar=w.VOL).open(address_of(page)).headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("page", HTML, ids=rule_of)
def test_head_is_get_without_a_body(visitor: Visitor, page: Page) -> None:
    visitor.signed_in(leraar=w.VOL)
    head, get = (visitor.open(address_of(page), method) for method in ("HEAD", "GET"))
    assert (head.status_code, head.data) == (200, b"")
    assert head.headers["Content-Type"] == get.headers["Content-Type"] == "text/html; charset=utf-8"


@pytest.mark.parametrize("page", OF_LERAAR, ids=rule_of)
def test_a_page_asks_postgresql_no_more_than_three_times(
    world: World, visitor: Visitor, page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    visitor.signed_in(leraar=w.VOL)
    database, asked = world.app.extensions["register"].database, []
    ask = database._pipelined
    visitor.open(address_of(page))  # reads the figures of the regeling, for all requests of today
    monkeypatch.setattr(database, "_pipelined", lambda statements: asked.append(statements) or ask(statements))
    visitor.open(address_of(page))
    # One round trip more finds the session, over a connection in autocommit.
    assert 0 < len(asked) <= 3, len(asked)


def test_no_two_pages_have_one_title(visitor: Visitor) -> None:
    visitor.signed_in(leraar=w.VOL)
    # A history is named after what it is of, and there are two of those that are called the same.
    titles = [visitor.page(address_of(page)).text_of("title") for page in HTML if "{" not in page.rule]
    assert len(set(titles)) == len(titles)


def test_every_page_in_the_navigation_leads_to_a_page(visitor: Visitor) -> None:
    document = visitor.signed_in(leraar=w.VOL).page("/mijn")
    named = [page.rule for page in PAGES if page.role == "leraar" and page.nav]
    assert [href for href in document.links if href in named][: len(named)] == named


@pytest.mark.parametrize("page", HTML, ids=rule_of)
def test_every_link_of_ours_leads_somewhere(visitor: Visitor, page: Page) -> None:
    visitor.signed_in(leraar=w.VOL)
    for href in set(visitor.page(address_of(page)).links):
        if href.startswith("/") and not href.startswith("/v1"):
            assert visitor.open(href.partition("#")[0]).status_code in (200, 303), href


def _assert_sound(visitor: Visitor, path: str) -> None:
    answer = visitor.open(path)
    document = read(answer)
    assert document.mistakes == []
    _assert_loads_nothing_else(answer.text, document)
    _assert_policy(answer.headers["Content-Security-Policy"])
    _assert_built_well(document)


def _assert_policy(header: str) -> None:
    directives = dict(part.strip().split(" ", 1) for part in header.split(";"))
    assert directives.pop("form-action").startswith("'self'")
    assert directives == POLICY


def _assert_loads_nothing_else(text: str, document: Document) -> None:
    assert not document.all("script", "style", "iframe", "object", "embed")
    for element in document.elements:
        assert not {name for name in element.attributes if name == "style" or name.startswith("on")}, element
        for name in ("src", "href", "action"):
            assert not re.match(r"[a-z]+:|//", element.attributes.get(name, "")), element
    assert "url(" not in text


def _assert_built_well(document: Document) -> None:
    (html,) = document.all("html")
    assert html.attributes["lang"] == "nl"
    assert document.text_of("title").endswith("Lerarenregister RA-ZON")
    levels = [int(element.name[1]) for element in document.all("h1", "h2", "h3", "h4")]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels)), levels
    ids = [element.attributes["id"] for element in document.elements if "id" in element.attributes]
    assert len(set(ids)) == len(ids)
    labelled = {element.attributes.get("for") for element in document.all("label")}
    for field in document.all("input", "select", "textarea"):
        assert field.attributes.get("type") == "hidden" or field.attributes["id"] in labelled, field
    for element in document.elements:
        for name in ("aria-labelledby", "aria-describedby"):
            assert set(element.attributes.get(name, "").split()) <= set(ids), element
    assert all(link.text.strip() for link in document.all("a", "button", "summary"))
