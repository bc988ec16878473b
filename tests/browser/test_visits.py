"""No page goes unseen: the list of visits has every route that is for people."""

from flask import Flask

from register_service.web.errors import is_for_people
from tests.browser import pictures
from tests.browser.visits import ALL, NOT_PAGES


def test_every_page_is_visited(app: Flask) -> None:
    rules = set()
    for rule in app.url_map.iter_rules():
        with app.test_request_context(rule.rule):
            if "GET" in (rule.methods or ()) and is_for_people():
                rules.add(rule.rule)
    assert rules - NOT_PAGES.keys() == {visit.rule for visit in ALL if visit.rule}


def test_every_visit_has_a_name_of_its_own() -> None:
    assert len({visit.name for visit in ALL}) == len(ALL)


def test_the_pictures_kept_are_those_of_the_pages() -> None:
    wanted = set().union(*(pictures.wanted_of(visit) for visit in ALL))
    kept = {file.name: file.stat().st_size for file in pictures.KEPT.glob("*.png")}
    assert kept.keys() == wanted, "make pages"
    assert sum(kept.values()) < 4_000_000
