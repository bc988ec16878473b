"""Aanbieders and validators see no dossier on any route, with whatever scopes; an aanbieder sees no aanbod of another."""

import pytest
from werkzeug.test import TestResponse

from register_service.access.clients import OF_AANBIEDER
from register_service.access.scopes import GRANTABLE
from register_service.api.operation import Operation
from tests.api import catalogus
from tests.api import world as w
from tests.api.routes import OPERATIONS, READS, example, name, path_of
from tests.api.world import World

OF_AANBOD = tuple(operation for operation in OPERATIONS if operation.rule.startswith("/aanbod/{id}"))
_ABSENT_ID = "01890000-0000-7000-8000-0000000000ff"
_ROLES = {"aanbieder": "p", "validator": "v"}
# Nothing but these names somebody to who sees no dossier.
_NAMES = {"aanbieder": "/aanwezigen", "validator": "/steekproeven"}


@pytest.fixture
def almighty(world: World) -> World:
    """The world, with tokens of an aanbieder and a validator that carry every scope there is."""
    authority = world.app.extensions["register"].authority
    for role, client in _ROLES.items():
        world.tokens[f"{role}, alles"] = authority.issue_token(
            client_id=client,
            role=role,
            bestuur=None,
            scopes=GRANTABLE,
            leraar=w.VALIDATOR if role == "validator" else None,
        )
    return world


def _everybody(world: World) -> set[str]:
    return {number for (number,) in world.query("select registratienummer from leraar")}


@pytest.mark.parametrize("role", _ROLES)
@pytest.mark.parametrize("operation", READS, ids=name)
def test_who_sees_no_dossier_sees_none_on_any_route(almighty: World, operation: Operation, role: str) -> None:
    ((moment,),) = almighty.query(
        "select to_char(max(at) at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.USZ') from checkpoint"
    )
    past = operation.method == "GET" and operation.query is not None and "beschikbaar_op" in operation.query.fields
    for query in ("", f"?beschikbaarOp={moment}") if past else ("",):
        path, body = path_of(operation), example(operation).body
        answer = almighty.send(operation.method, path + query, who=f"{role}, alles", json=body)
        assert answer.status_code in (200, 403, 404), answer.text
        if _NAMES[role] not in operation.rule:
            shown = {
                number for number in _everybody(almighty) if number in answer.text and number not in f"{path} {body}"
            }
            assert not shown
        if "{registratienummer}" in operation.rule:
            assert answer.status_code in (403, 404)


@pytest.mark.parametrize("operation", OPERATIONS, ids=name)
def test_an_aanbieder_gets_no_further_than_its_scopes(world: World, operation: Operation) -> None:
    headers = {"If-Match": "*"} if operation.needs_match else {}
    answer = world.send(operation.method, path_of(operation), who="p", json=example(operation).body, headers=headers)
    if operation.scope not in OF_AANBIEDER and not operation.open:
        assert answer.status_code == 403


def _send(world: World, operation: Operation, identifier: str, query: str = "") -> TestResponse:
    headers = {"If-Match": '"proef"'} if operation.needs_match else {}
    path = path_of(operation, id=identifier) + query
    return world.send(operation.method, path, who="p", json=example(operation).body, headers=headers)


@pytest.mark.parametrize("operation", OF_AANBOD, ids=name)
def test_anothers_aanbod_is_as_aanbod_that_does_not_exist(world: World, operation: Operation) -> None:
    theirs, absent = (_send(world, operation, one) for one in (catalogus.VAN_ANDER, _ABSENT_ID))
    assert theirs.status_code == (404 if operation.scope in OF_AANBIEDER else 403)
    assert (theirs.status_code, sorted(theirs.headers), theirs.data) == (
        absent.status_code, sorted(absent.headers), absent.data,
    )  # fmt: skip


@pytest.mark.parametrize("operation", [one for one in OF_AANBOD if one.method == "GET"], ids=name)
def test_nor_does_the_past_show_it(world: World, operation: Operation) -> None:
    ((moment,),) = world.query(
        "select to_char(max(at) at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.USZ') from checkpoint"
    )
    query = f"?beschikbaarOp={moment}"
    assert _send(world, operation, catalogus.AANBOD, query).status_code == 200
    theirs, absent = (_send(world, operation, one, query) for one in (catalogus.VAN_ANDER, _ABSENT_ID))
    assert theirs.status_code == 404
    assert theirs.data == absent.data
