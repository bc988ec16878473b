"""A client that goes away while its report is made: PostgreSQL stops working on it."""

import http.client
import time
from collections.abc import Callable
from urllib.parse import urlsplit

import psycopg
import pytest

from register_service.access.keys import KeyStore
from register_service.access.scopes import GRANTABLE
from register_service.access.tokens import TokenAuthority
from register_service.core import db
from tests.helpers.live import LiveServer
from tests.rapportages.conftest import Region

_WAITING = """
select count(*) from pg_stat_activity
where datname = current_database() and usename = 'register_app' and wait_event_type = 'Lock'
"""


def _until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.05)


@pytest.mark.parametrize("path", ["/v1/rapportages/inductie", "/v1/rapportages/gegevenskwaliteit?formaat=csv"])
def test_its_query_ends(region: Region, path: str) -> None:
    with LiveServer(region.settings) as server, psycopg.connect(region.settings.database_url) as owner:
        authority = TokenAuthority(server.url, KeyStore(region.settings.key_dir / "tokens"))
        token = authority.issue_token(client_id="auditor", role="auditor", bestuur=None, scopes=GRANTABLE)
        # Whoever reads it waits.
        owner.execute("lock table bestuur in access exclusive mode")
        client = http.client.HTTPConnection("127.0.0.1", urlsplit(server.url).port)
        client.request("GET", path, headers={"Authorization": f"Bearer {token}"})
        with psycopg.connect(region.settings.database_url, autocommit=True) as watching:

            def waiting() -> int:
                row = watching.execute(_WAITING).fetchone()
                return int(row[0]) if row else 0

            _until(lambda: waiting() == 1)
            client.close()
            _until(lambda: waiting() == 0)
        owner.rollback()


def test_a_report_that_takes_too_long_says_so(region: Region, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(db, "_FOR_REPORTS", (*db._FOR_REPORTS, "set local statement_timeout = 200"))
    with psycopg.connect(region.settings.database_url) as owner:
        owner.execute("lock table bestuur in access exclusive mode")
        answer = region.get("/inductie")
    assert (answer.status_code, answer.json["code"]) == (503, "rapport-duurt-te-lang")  # type: ignore[index]
    assert answer.headers["Retry-After"] == "60"
    assert region.get("/inductie").status_code == 200
