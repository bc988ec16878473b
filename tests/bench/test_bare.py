"""What the service is measured against does the same work: it gives the same bytes, and a write that leaves the same behind."""

import json

import psycopg
import pytest

from bench import compare, data, inside
from register_service.access.keys import KeyStore
from register_service.access.scopes import GRANTABLE
from register_service.access.tokens import TokenAuthority
from register_service.settings import Settings

# A page of a hundred, one more, and those that get aanstellingen.
LERAREN = 120


def test_the_bare_application_answers_as_the_service_does(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compare, "READ", LERAREN - 10)
    data.fill(settings.database_url, LERAREN)
    authority = TokenAuthority(settings.base_url, KeyStore(settings.key_dir / "tokens"))
    token = authority.issue_token(
        client_id=data.BIG.client_id, role=data.BIG.role, bestuur=data.BIG.bestuur, scopes=GRANTABLE
    )
    kinds = compare.requests(list(data.numbers(LERAREN)))
    compare.require_same_bytes(settings, kinds, token)

    first, second = kinds["POST aanstelling"](2)
    ours = json.loads(inside.call(inside.register_app(settings), first, token))
    bare = json.loads(inside.call(inside.bare_app(settings), second, token))
    assert ours.keys() == bare.keys()
    with psycopg.connect(settings.database_url) as connection:
        left = connection.execute(
            """select (select count(*) from journal where object_id = a.id), (select count(*) from access_log l
            where l.leraar = a.leraar and 'aanstellingen' = any(l.parts)) from aanstelling a where a.id = any(%s)""",
            ([ours["id"], bare["id"]],),
        ).fetchall()
    assert left == [(1, 1), (1, 1)]
