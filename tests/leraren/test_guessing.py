"""A geboortedatum cannot be guessed at `_koppel`: after so many misses the answer is 429, whatever is asked."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from register_service.access.purging import purge_expired
from register_service.api.call import Services
from register_service.core import clock
from register_service.core.db import Database
from register_service.leraren.rules import MOST_WRONG_LINKS, WRONG_LINKS_SECONDS
from tests.leraren.test_linking import BORN, link
from tests.support import Register, at_once, code, the, whole

NOON = datetime(2026, 9, 1, 12, tzinfo=UTC)
UNKNOWN = "2657035144"


@pytest.fixture(autouse=True)
def _moment() -> Iterator[None]:
    with clock.fixed_at(NOON):
        yield


def miss(register: Register, times: int, who: str = "b") -> set[int]:
    """Give a wrong geboortedatum a number of times, and the statuses of the answers."""
    return {link(register, UNKNOWN, BORN, who).status_code for _ in range(times)}


def test_after_so_many_misses_nothing_is_looked_up(register: Register) -> None:
    number = register.leraar(geboortedatum=BORN)
    assert miss(register, MOST_WRONG_LINKS) == {404}
    wrong, right = link(register, UNKNOWN, BORN), link(register, number, BORN)
    assert (wrong.status_code, code(wrong)) == (429, "te-veel-aanvragen")
    assert wrong.content_type == "application/problem+json"
    assert wrong.headers["Retry-After"] == str(WRONG_LINKS_SECONDS)
    assert f"over {WRONG_LINKS_SECONDS} seconden" in the(wrong)["detail"]
    assert whole(right) == whole(wrong)
    assert register.rows("select from koppeling where bestuur = '41300'") == []


def test_another_client_goes_on(register: Register) -> None:
    number = register.leraar("b", geboortedatum=BORN)
    assert miss(register, MOST_WRONG_LINKS + 1) == {404, 429}
    assert link(register, number, BORN, "a").status_code == 200


def test_each_miss_counts_for_an_hour(register: Register) -> None:
    number = register.leraar(geboortedatum=BORN)
    assert miss(register, 1) == {404}
    half = timedelta(seconds=WRONG_LINKS_SECONDS / 2)
    with clock.fixed_at(NOON + half):
        assert miss(register, MOST_WRONG_LINKS - 1) == {404}
        assert link(register, number, BORN).headers["Retry-After"] == str(int(half.total_seconds()))
    with clock.fixed_at(NOON + 2 * half - timedelta(microseconds=1)):
        assert link(register, number, BORN).headers["Retry-After"] == "1"
    with clock.fixed_at(NOON + 2 * half):
        assert miss(register, 1) == {404}
        assert link(register, number, BORN).status_code == 429


def test_what_is_found_does_not_count(register: Register) -> None:
    number = register.leraar(geboortedatum=BORN)
    assert miss(register, MOST_WRONG_LINKS - 1) == {404}
    assert {link(register, number, BORN).status_code for _ in range(MOST_WRONG_LINKS)} == {200}
    assert {link(register, number, "1980-02-30").status_code for _ in range(MOST_WRONG_LINKS)} == {400}
    assert miss(register, 2) == {404, 429}


def test_of_many_at_once_no_more_get_through(register: Register) -> None:
    guesses = [lambda: link(register, UNKNOWN, BORN)] * (2 * MOST_WRONG_LINKS)
    statuses = [answer.status_code for answer in at_once(*guesses)]
    assert (statuses.count(404), statuses.count(429)) == (MOST_WRONG_LINKS, MOST_WRONG_LINKS)


def test_it_holds_for_all_workers_together(register: Register) -> None:
    assert miss(register, MOST_WRONG_LINKS) == {404}
    services: Services = register.app.extensions["register"]
    another = Database(register.settings.app_database_url)
    register.app.extensions["register"] = replace(services, database=another)
    assert miss(register, 1) == {429}
    another.dispose()


def test_who_it_was_is_not_kept_and_what_is_kept_goes(register: Register) -> None:
    assert miss(register, 2) == {404}
    assert register.rows("select length(key), cardinality(hits) from rate_limit") == [(32, 2)]
    with register.owner() as connection:
        assert purge_expired(connection) == 0
        with clock.fixed_at(NOON + timedelta(seconds=WRONG_LINKS_SECONDS + 301)):
            assert purge_expired(connection) == 1
