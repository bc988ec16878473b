"""`Idempotency-Key`: the same POST again is one write and one answer, for 24 hours."""

import threading
from datetime import timedelta

from werkzeug.test import TestResponse

from register_service.core import clock
from tests.api import world as w
from tests.api.checks import assert_problem
from tests.api.world import World, written


def _register(world: World, key: str, body: dict[str, object], who: str = "a") -> TestResponse:
    return world.send("POST", "/v1/leraren", who=who, json=body, headers={"Idempotency-Key": key})


def _new(**fields: object) -> dict[str, object]:
    return {**w.person(), "bevestigdNieuw": True, **fields}


def test_again_gives_the_same_answer_and_writes_nothing(world: World) -> None:
    body = _new()
    first = _register(world, "zelfde", body)
    before = written(world)
    again = _register(world, "zelfde", body)
    assert written(world) == before
    assert first.status_code == again.status_code == 201
    assert first.data == again.data
    for name in ("ETag", "Location", "Content-Type"):
        assert first.headers[name] == again.headers[name]
    assert (first.headers.get("Idempotency-Replayed"), again.headers["Idempotency-Replayed"]) == (None, "true")


def test_with_another_body_address_or_parameter_it_is_refused(world: World) -> None:
    body = _new()
    assert _register(world, "ander", body).status_code == 201
    before = written(world)
    assert_problem(_register(world, "ander", {**body, "roepnaam": "x"}), 409, "idempotency-key-hergebruikt")
    elsewhere = world.send("POST", "/v1/leraren/_kandidaten", json=w.person(), headers={"Idempotency-Key": "ander"})
    assert_problem(elsewhere, 409, "idempotency-key-hergebruikt")
    assert written(world) == before


def test_another_clients_key_is_another_key(world: World) -> None:
    first, other = (_register(world, "gedeeld", _new(), who=who) for who in ("a", "b"))
    assert first.status_code == other.status_code == 201
    assert first.data != other.data


def test_a_refused_write_does_not_use_up_the_key(world: World) -> None:
    body = _new(geboortedatum="1900-01-01")
    assert_problem(_register(world, "poging", body), 400)
    number = world.new_leraar()
    path = f"/v1/leraren/{number}/aanstellingen"
    world.send("POST", path, json=w.aanstelling())
    refused = world.send("POST", path, json=w.aanstelling(), headers={"Idempotency-Key": "poging"})
    assert_problem(refused, 409, "aanstelling-overlapt")
    assert _register(world, "poging", _new()).status_code == 201


def test_after_a_day_the_key_is_free(world: World) -> None:
    now = clock.now()
    body = _new()
    with clock.fixed_at(now):
        first = _register(world, "verloopt", body)
    with clock.fixed_at(now + timedelta(hours=23, minutes=59)):
        world.tokens["later"] = world.issue("a")
        assert _register(world, "verloopt", body, who="later").data == first.data
    with clock.fixed_at(now + timedelta(hours=24, seconds=1)):
        world.tokens["later"] = world.issue("a")
        renewed = _register(world, "verloopt", {**_new(), "roepnaam": "Ander"}, who="later")
        assert renewed.status_code == 201
        assert renewed.data != first.data


def test_at_the_same_moment_it_is_one_write(world: World) -> None:
    body = _new()
    answers: list[TestResponse] = []
    barrier = threading.Barrier(4)

    def send() -> None:
        barrier.wait()
        answers.append(_register(world, "tegelijk", body))

    threads = [threading.Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [answer.status_code for answer in answers] == [201] * 4
    assert len({answer.data for answer in answers}) == 1
    assert sorted(answer.headers.get("Idempotency-Replayed", "") for answer in answers) == ["", "true", "true", "true"]
    ((count,),) = world.query("select count(*) from leraar where achternaam = %s", body["achternaam"])
    assert count == 1


def test_at_the_same_moment_with_a_first_that_is_refused(world: World) -> None:
    # One of them gets the place; the others, having waited, do the work themselves and are refused by the rule itself.
    number = world.new_leraar()
    path = f"/v1/leraren/{number}/aanstellingen"
    statuses: list[int] = []
    barrier = threading.Barrier(4)

    def send(key: str) -> None:
        barrier.wait()
        statuses.append(world.send("POST", path, json=w.aanstelling(), headers={"Idempotency-Key": key}).status_code)

    threads = [threading.Thread(target=send, args=(f"race-{n % 2}",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(statuses) == [201, 201, 409, 409]
    ((count,),) = world.query("select count(*) from aanstelling where leraar = %s", number)
    assert count == 1


def test_a_search_takes_the_key_and_needs_it_not(world: World) -> None:
    for _ in range(2):
        answer = world.send(
            "POST", "/v1/leraren/_zoek", json={"achternaam": "Proefpersoon"}, headers={"Idempotency-Key": "zoek"}
        )
        assert answer.status_code == 200
