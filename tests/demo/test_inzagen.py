"""Who looked at the dossiers of the demo region: what a leraar who signs in reads is credible, and the same every time."""

from collections import Counter
from datetime import UTC, date, datetime
from itertools import pairwise

import pytest

from register_service.demo.accounts import IN_ORDER, RUNS_OUT, STARTER
from register_service.demo.calendar import REFERENCE_DATE
from register_service.demo.inzagen import FIRST_DAY, Inzagen, draw_inzagen
from register_service.demo.nascholing import Nascholing
from register_service.demo.traject_draft import Draft
from tests.demo.conftest import Loaded

UNTIL = datetime(2026, 11, 23, tzinfo=UTC)


@pytest.fixture(scope="module")
def inzagen(nascholing: Nascholing, trajecten: list[Draft]) -> Inzagen:
    return draw_inzagen(nascholing, trajecten, UNTIL)


def test_the_looks_are_the_same_every_time(inzagen: Inzagen, nascholing: Nascholing, trajecten: list[Draft]) -> None:
    assert draw_inzagen(nascholing, trajecten, UNTIL) == inzagen


def test_they_are_of_the_last_ten_months_in_the_order_of_time(inzagen: Inzagen) -> None:
    days = [look.at.date() for look in inzagen.looks]
    assert days[0] >= FIRST_DAY and days[-1] <= REFERENCE_DATE
    assert all(earlier.at <= later.at for earlier, later in pairwise(inzagen.looks))


def test_no_look_is_still_to_come(inzagen: Inzagen, nascholing: Nascholing, trajecten: list[Draft]) -> None:
    until = datetime(2026, 6, 1, tzinfo=UTC)
    early = draw_inzagen(nascholing, trajecten, until)
    assert early.looks == [look for look in inzagen.looks if look.at <= until]
    assert 0 < len(early.looks) < len(inzagen.looks)


@pytest.mark.parametrize("leraar", [STARTER, RUNS_OUT, IN_ORDER])
def test_whoever_signs_in_to_the_demo_reads_of_several_who_looked(inzagen: Inzagen, leraar: str) -> None:
    looks = [look for look in inzagen.looks if look.leraar == leraar]
    kinds = Counter(look.actor.partition("-")[0].partition(":")[2] or look.actor for look in looks)
    assert 8 <= len(looks) <= 25 and kinds["bestuur"] >= 4
    assert any(look.actor.startswith("validator:") for look in looks)
    assert {"leraren opsommen", "dossier raadplegen"} <= {look.purpose for look in looks}


def test_a_look_in_a_steekproef_has_a_reason_and_no_other_has(inzagen: Inzagen) -> None:
    with_reason = [look for look in inzagen.looks if look.reason]
    assert {look.purpose for look in with_reason} == {"herregistratie nakijken in een steekproef"}
    assert {look.actor.split(":")[0] for look in with_reason if look.leraar == IN_ORDER} == {"validator", "client"}
    assert all(look.reason for look in inzagen.looks if "steekproef" in look.purpose)


def test_nobody_looks_at_the_own_dossier(inzagen: Inzagen) -> None:
    assert all(look.actor != f"validator:{look.leraar}" for look in inzagen.looks)


def test_only_who_allows_it_is_verified_by_anybody(inzagen: Inzagen, nascholing: Nascholing) -> None:
    given = {one.leraar: one.gegeven_op for one in nascholing.toestemmingen}
    verified = [look for look in inzagen.looks if look.actor == "openbaar"]
    assert len(verified) > 100
    assert all(given.get(look.leraar, date.max) < look.at.date() for look in verified)


def test_a_bestuur_looks_at_whom_it_sees(loaded: Loaded) -> None:
    unseen = """
        select count(*) from access_log g where g.namens is not null and not exists (
            select from aanstelling a where a.leraar = g.leraar and 'bestuur:' || a.bestuur = g.namens
            and g.at::date between a.begindatum - interval '3 months'
            and coalesce(a.einddatum, 'infinity') + interval '12 months')"""
    assert loaded.one("select count(*) from access_log where namens is not null") > 10_000
    assert loaded.one(unseen) == 0


def test_every_system_that_looked_is_known_and_nobody_can_be_it(loaded: Loaded) -> None:
    unknown = """
        select count(*) from access_log where starts_with(actor, 'client:')
        and substr(actor, 8) not in (select client_id from client)"""
    assert loaded.one(unknown) == 0
    assert loaded.one("select count(*) from client") > 30
    assert loaded.one("select count(*) from client where jwks is not null") == 0
    assert loaded.one("select count(*) from client_secret") == 0
