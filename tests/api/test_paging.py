"""Pages: walked to the end they give everything exactly once, also while the list grows."""

from typing import Any

import pytest

from register_service.api.operation import Operation
from tests.api import world as w
from tests.api.routes import READS, name, path_of, readers
from tests.api.world import World

PAGED = [operation for operation in READS if operation.page and operation.method == "GET"]


@pytest.fixture(scope="module", autouse=True)
def _many(world: World) -> None:
    for n in range(7):
        number = world.new_leraar()
        assert world.send("POST", f"/v1/leraren/{number}/aanstellingen", json=w.aanstelling()).status_code == 201
        path = f"/v1/leraren/{w.VOL}"
        world.send("PATCH", path, json={"roepnaam": f"Zoë {n}"}, headers={"If-Match": "*"})


def _pages(world: World, path: str, who: str = "a", **query: Any) -> list[list[dict[str, Any]]]:
    pages, target = [], path
    while target:
        answer = world.send("GET", target, who=who, query_string=query if not pages else None)
        body: dict[str, Any] = answer.json  # type: ignore[assignment]
        pages.append(body["items"])
        link = answer.headers.get("Link", "")
        assert bool(link) == (body["volgende"] is not None)
        assert not link or link.endswith('>; rel="next"')
        target = link.partition(">")[0].removeprefix("<")
    return pages


@pytest.mark.parametrize("limiet", [1, 2, 3])
@pytest.mark.parametrize("operation", PAGED, ids=name)
def test_a_walk_gives_everything_once(world: World, operation: Operation, limiet: int) -> None:
    path, who = path_of(operation), readers(operation)[0]
    (whole,) = _pages(world, path, who, limiet=500)
    pages = _pages(world, path, who, limiet=limiet)
    assert [item for page in pages for item in page] == whole
    assert all(len(page) == limiet for page in pages[:-1])
    assert len(pages[-1]) <= limiet and (pages[-1] or len(pages) == 1)


def test_filters_stay_on_the_way(world: World) -> None:
    pages = _pages(world, "/v1/aanstellingen", limiet=2, vestiging="00AA00", geldigOp="2026-08-01")
    assert len(pages) > 2
    assert {item["vestiging"] for page in pages for item in page} == {"00AA00"}


def test_a_list_that_grows_gives_nothing_twice_and_loses_nothing_that_was_there(world: World) -> None:
    for path, key in (("/v1/leraren", "registratienummer"), ("/v1/aanstellingen", "id"), ("/v1/vestigingen", "code")):
        before = {item[key] for page in _pages(world, path, limiet=500) for item in page}
        seen: list[str] = []
        cursor = None
        while cursor is not None or not seen:
            query = {"limiet": 2} | ({"cursor": cursor} if cursor else {})
            body: Any = world.send("GET", path, query_string=query).json
            seen += [item[key] for item in body["items"]]
            cursor = body["volgende"]
            number = world.new_leraar() if len(seen) < 12 else None
            if number:
                world.send("POST", f"/v1/leraren/{number}/aanstellingen", json=w.aanstelling())
        assert len(seen) == len(set(seen))
        assert before <= set(seen)


def test_a_search_pages_by_its_body(world: World) -> None:
    question: dict[str, object] = {"geboortedatum": w.BIRTHDAY}
    whole: Any = world.send("POST", "/v1/leraren/_zoek", json=question).json
    seen, cursor = [], None
    while cursor is not None or not seen:
        body = question | {"limiet": 2} | ({"cursor": cursor} if cursor else {})
        answer = world.send("POST", "/v1/leraren/_zoek", json=body)
        assert "Link" not in answer.headers
        page: Any = answer.json
        seen += page["items"]
        cursor = page["volgende"]
    assert seen == whole["items"]
    assert len(seen) > 4


def test_the_past_is_paged_like_the_present(world: World) -> None:
    world.seal()
    ((moment,),) = world.query(
        "select to_char(max(at) at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.USZ') from checkpoint"
    )
    (now,) = _pages(world, "/v1/leraren", limiet=500)
    world.new_leraar()
    then = _pages(world, "/v1/leraren", limiet=2, beschikbaarOp=moment)
    assert [item for page in then for item in page] == now
