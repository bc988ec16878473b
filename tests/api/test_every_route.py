"""One walk over every route: declared with a scope and a purpose, and closed to whoever should not come in."""

from typing import Any

import pytest

from register_service.access.scopes import GRANTABLE, Scope
from register_service.api.operation import Operation, RegisterBlueprint
from tests.api.checks import assert_headers, assert_invalid, assert_problem
from tests.api.routes import OPERATIONS, example, name, path_of, readers
from tests.api.world import World

every = pytest.mark.parametrize("operation", OPERATIONS, ids=name)
closed = pytest.mark.parametrize("operation", [one for one in OPERATIONS if not one.open], ids=name)
OPEN = {"/v1/openapi.json", "/v1/docs", "/v1/docs/", "/v1/docs/<name>"}


def test_every_route_below_v1_is_declared(world: World) -> None:
    declared = {(operation.method, operation.rule) for operation in OPERATIONS}
    matcher = world.app.url_map.bind("localhost")
    assert len(declared) == len(OPERATIONS)
    for rule in world.app.url_map.iter_rules():
        if rule.rule.startswith("/v1") and rule.rule not in OPEN:
            assert rule.endpoint.split(".")[0] in {
                "organisaties",
                "regelingen",
                "leraren",
                "aanmelding",
                "bevoegdheden",
                "aanstellingen",
                "inductietrajecten",
                "aanbod",
                "professionalisering",
                "registratie",
                "dossiers",
                "rapportages",
            }
    for operation in OPERATIONS:
        endpoint, _ = matcher.match(path_of(operation), operation.method)
        assert endpoint
    routed = [rule for rule in world.app.url_map.iter_rules() if rule.rule.startswith("/v1") and rule.rule not in OPEN]
    assert len(routed) == len(OPERATIONS)


@every
def test_it_names_a_scope_and_a_purpose(operation: Operation) -> None:
    assert operation.scope in GRANTABLE or operation.open
    assert operation.purpose.strip()
    assert operation.event or not operation.writes
    assert operation.summary.endswith(".")


@pytest.mark.parametrize("missing", ["scope", "purpose", "event"])
def test_a_route_without_scope_purpose_or_event_does_not_start(missing: str) -> None:
    blueprint = RegisterBlueprint("proef", __name__, "Proef")
    how: dict[str, Any] = {"scope": Scope.LERAREN_LEZEN, "purpose": "proef", "event": "proef"}
    for absent in (None, ""):
        with pytest.raises(TypeError):
            blueprint.write("/proeven", **{**how, missing: absent})(lambda call, session: None)
    with pytest.raises(TypeError):
        blueprint.write("/proeven", **{key: value for key, value in how.items() if key != missing})


def test_one_route_is_open_to_all_and_looks_at_no_token(world: World) -> None:
    (operation,) = (one for one in OPERATIONS if one.open)
    assert name(operation) == "POST /verificaties"
    body, authorizations = example(operation).body, ({}, {"Authorization": "Bearer x.y.z"}, world.headers("b"))
    answers = [world.send("POST", path_of(operation), who=None, json=body, headers=sent) for sent in authorizations]
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.data for answer in answers}) == 1


@closed
def test_without_a_token_it_is_closed(world: World, operation: Operation) -> None:
    for authorization in ({}, {"Authorization": "Bearer"}, {"Authorization": "Basic YTpi"}):
        answer = world.send(operation.method, path_of(operation), who=None, headers=authorization)
        assert_problem(answer, 401, "niet-aangemeld")
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    answer = world.send(operation.method, path_of(operation), who=None, headers={"Authorization": "Bearer x.y.z"})
    assert_problem(answer, 401)
    assert 'error="invalid_token"' in answer.headers["WWW-Authenticate"]


@closed
def test_without_its_scope_it_is_closed(world: World, operation: Operation) -> None:
    world.tokens["bekrompen"] = world.issue("k", GRANTABLE - {operation.scope})
    answer = world.send(operation.method, path_of(operation), who="bekrompen", json=example(operation).body)
    assert_problem(answer, 403, "geen-toestemming")
    assert f'scope="{operation.scope}"' in answer.headers["WWW-Authenticate"]


@closed
def test_a_token_or_client_taken_back_is_refused_at_once(world: World, operation: Operation) -> None:
    services = world.app.extensions["register"]
    world.tokens["terug"] = world.issue("a")
    claims = services.authority.verify_token(world.tokens["terug"])
    world.execute("insert into revoked_token (jti, expires_at) values (%s, now() + '1 hour')", claims.jti)
    world.execute("update client set ingetrokken_op = now() where client_id = 'weg' and ingetrokken_op is null")
    world.tokens["weg"] = world.issue("weg")
    for who in ("terug", "weg"):
        answer = world.send(
            operation.method, path_of(operation), who=who, json=example(operation).body, headers={"If-Match": "*"}
        )
        assert_problem(answer, 401, "token-ingetrokken")
        assert 'error="invalid_token"' in answer.headers["WWW-Authenticate"]


@every
def test_a_trailing_slash_is_another_address(world: World, operation: Operation) -> None:
    answer = world.send(operation.method, path_of(operation) + "/", json=example(operation).body)
    assert_problem(answer, 404)
    assert "Location" not in answer.headers


@every
def test_a_wrong_method_is_refused_with_those_that_work(world: World, operation: Operation) -> None:
    for method in ("PUT", "OPTIONS", "TRACE"):
        answer = world.send(method, path_of(operation))
        assert_problem(answer, 405)
        assert operation.method in answer.headers["Allow"].split(", ")


@every
def test_a_form_that_is_not_there_is_refused(world: World, operation: Operation) -> None:
    # Of what is there in more forms, another one will do.
    none_left = ("application/xml;q=0.9, text/*", "application/json;q=0, */*") if not operation.forms else ("image/*",)
    for accept in ("text/html", *none_left):
        answer = world.send(
            operation.method, path_of(operation), json=example(operation).body, headers={"Accept": accept}
        )
        assert_problem(answer, 406)


@pytest.mark.parametrize(
    "accept", ["*/*", "application/*;q=0.1", "application/json; charset=utf-8", "text/html, application/JSON;q=0.5", ""]
)
def test_a_form_that_json_is_one_of_is_spoken(world: World, accept: str) -> None:
    assert world.send("GET", "/v1/besturen", headers={"Accept": accept}).content_type == "application/json"


@pytest.mark.parametrize("operation", [one for one in OPERATIONS if one.body is not None], ids=name)
def test_a_body_that_is_not_json_is_refused(world: World, operation: Operation) -> None:
    for content_type in ("text/plain", "application/x-www-form-urlencoded", "application/xml", ""):
        answer = world.send(operation.method, path_of(operation), data=b"{}", content_type=content_type)
        assert_problem(answer, 415)


@pytest.mark.parametrize("operation", [one for one in OPERATIONS if one.body_stream], ids=name)
def test_a_body_that_is_no_file_of_its_kinds_is_refused(world: World, operation: Operation) -> None:
    for content_type in ("application/json", "text/html", "application/octet-stream", ""):
        answer = world.send(operation.method, path_of(operation), data=b"%PDF-1.7", content_type=content_type)
        assert_problem(answer, 415, "mediatype-niet-ondersteund")


@every
def test_an_unknown_parameter_is_refused(world: World, operation: Operation) -> None:
    answer = world.send(
        operation.method,
        path_of(operation) + "?onbekend=1",
        who=example(operation).who,
        json=example(operation).body,
        headers={"If-Match": "*"} if operation.needs_match else {},
    )
    assert_invalid(answer, ("query", "/onbekend", "onbekend-veld"))


@pytest.mark.parametrize("operation", [one for one in OPERATIONS if one.method == "GET"], ids=name)
def test_head_is_get_without_a_body(world: World, operation: Operation) -> None:
    who = readers(operation)[0]
    head, get = (world.send(method, path_of(operation), who=who) for method in ("HEAD", "GET"))
    assert (head.status_code, head.data) == (200, b"")
    for header in ("ETag", "Content-Type", "Content-Length", "Link"):
        assert head.headers.get(header) == get.headers.get(header)


@pytest.mark.parametrize(
    "path", ["/health/live", "/health/ready", "/metrics", "/v1/openapi.json", "/v1/docs/", "/", "/v1", "/v1/x", "/x"]
)
def test_every_answer_carries_the_headers(world: World, path: str) -> None:
    for method in ("GET", "HEAD", "POST", "PUT"):
        assert_headers(world.send(method, path, who=None))


def test_the_document_is_open_to_all(world: World) -> None:
    answer = world.send("GET", "/v1/openapi.json", who=None, headers={"Origin": "https://elders.example"})
    assert (answer.status_code, answer.content_type) == (200, "application/json")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_an_unforeseen_error_is_a_problem_too(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: object, **_kwargs: object) -> None:
        raise RuntimeError("Zoë Proefpersoon 1984-05-06")

    monkeypatch.setattr(world.app.extensions["register"].database, "read", fail)
    answer = world.send("GET", "/v1/besturen")
    assert_problem(answer, 500, "interne-fout")
    assert "Proefpersoon" not in answer.text
