"""Entity tags: what has not changed is not sent again, and no change undoes another that its maker had not seen."""

import threading

import pytest

from register_service.api.operation import Operation
from tests.api import world as w
from tests.api.checks import assert_headers, assert_problem
from tests.api.routes import OPERATIONS, example, name, owner, path_of, readers
from tests.api.world import World, written

GETS = [operation for operation in OPERATIONS if operation.method == "GET"]
MATCHED = [operation for operation in OPERATIONS if operation.needs_match]


@pytest.mark.parametrize("operation", GETS, ids=name)
def test_what_has_not_changed_is_not_sent_again(world: World, operation: Operation) -> None:
    path, (who, *_) = path_of(operation), readers(operation)
    tag = world.etag(path, who)
    for condition in (tag, f"W/{tag}", f'"x", {tag}', "*"):
        answer = world.send("GET", path, who=who, headers={"If-None-Match": condition})
        assert (answer.status_code, answer.data) == (304, b"")
        assert answer.headers["ETag"] == tag
        assert_headers(answer)
    for condition in ('"x"', "x", '"'):
        answer = world.send("GET", path, who=who, headers={"If-None-Match": condition})
        assert (answer.status_code, answer.headers["ETag"]) == (200, tag)


@pytest.mark.parametrize("operation", MATCHED, ids=name)
def test_a_change_needs_the_tag_of_now(world: World, operation: Operation) -> None:
    before = written(world)
    path, body, who = path_of(operation), example(operation).body, owner(operation)
    missing = world.send(operation.method, path, who=who, json=body)
    assert_problem(missing, 428, "if-match-ontbreekt")
    tag = world.etag(path.partition("/_")[0], who)
    for condition in ('"x"', f"W/{tag}", '"x", "y"', '""'):
        stale = world.send(operation.method, path, who=who, json=body, headers={"If-Match": condition})
        assert_problem(stale, 412, "intussen-gewijzigd")
    assert written(world) == before


def test_a_tag_follows_the_content(world: World) -> None:
    path = f"/v1/leraren/{world.new_leraar()}"
    first = world.etag(path)
    changed = world.send("PATCH", path, json={"roepnaam": "Anders"}, headers={"If-Match": f'"x", {first}'})
    assert changed.status_code == 200
    assert changed.headers["ETag"] == world.etag(path) != first
    assert_problem(world.send("PATCH", path, json={"roepnaam": "X"}, headers={"If-Match": first}), 412)
    back = world.send("PATCH", path, json={"roepnaam": None}, headers={"If-Match": "*"})
    assert back.headers["ETag"] == first


def test_of_two_changes_at_the_same_moment_one_is_told_to_look_again(world: World) -> None:
    path = f"/v1/leraren/{world.new_leraar()}"
    tag = world.etag(path)
    statuses: list[int] = []
    barrier = threading.Barrier(4)

    def change(name: str) -> None:
        barrier.wait()
        statuses.append(world.send("PATCH", path, json={"roepnaam": name}, headers={"If-Match": tag}).status_code)

    threads = [threading.Thread(target=change, args=(f"Naam {n}",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(statuses) == [200, 412, 412, 412]


def test_the_tag_of_what_was_made_is_that_of_reading_it(world: World) -> None:
    made = world.send("POST", "/v1/leraren", json={**w.person(), "bevestigdNieuw": True})
    assert made.headers["ETag"] == world.etag(made.headers["Location"])
    below = made.headers["Location"]
    for part, body in (("aanstellingen", w.aanstelling()), ("bevoegdheden", w.bevoegdheid())):
        added = world.send("POST", f"{below}/{part}", json=body)
        read = world.send("GET", added.headers["Location"])
        assert (added.headers["ETag"], added.data) == (read.headers["ETag"], read.data)
