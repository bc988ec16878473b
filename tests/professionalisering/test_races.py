"""What may not come out of two requests at once, on connections of their own: PostgreSQL holds it."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
import pytest
from werkzeug.test import TestResponse

from tests.professionalisering.support import ALONE, Teacher, Validator, judging
from tests.support import Refusal, Register, at_once, the

Action = Callable[[], TestResponse]
_WAITING = "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"


def held_up(
    register: Register, table: str, identifier: str, action: Action, meanwhile: Callable[[Any], object]
) -> TestResponse:
    """Send a request while somebody else holds a row, change something meanwhile, let go, and give the answer."""
    with ThreadPoolExecutor(1) as pool, register.owner() as holder:
        holder.execute(f"select from {table} where id = %s for update", (identifier,))  # type: ignore[arg-type]
        answer = pool.submit(action)
        while not register.rows(_WAITING):
            assert not answer.done()
        meanwhile(holder)
        holder.commit()
        return answer.result()


def key(path: str) -> str:
    """Give the key in a path."""
    return path.rpartition("/")[2]


def step(validator: Validator, path: str, name: str = "_goedkeuren", body: object = None) -> Action:
    """Make a step of a validator, against the state as it is now."""
    etag = validator.register.get(judging(path), validator.who).headers["ETag"]
    return lambda: validator.register.send("POST", f"{judging(path)}/{name}", body, who=validator.who, match=etag)


def test_of_two_validators_at_once_one_decides(teacher: Teacher) -> None:
    path = teacher.submitted()
    validators = [Validator.at(teacher.register) for _ in range(2)]
    actions = [step(one, path) for one in validators] + [
        step(one, path, "_afwijzen", {"reden": "Nee"}) for one in validators
    ]
    answers = at_once(*actions)
    assert sorted(answer.status_code for answer in answers)[0] == 200
    assert {answer.status_code for answer in answers if answer.status_code != 200} <= {404, 409, 412}
    assert [answer.status_code for answer in answers].count(200) == 1
    events = [event for (event,) in teacher.register.rows("select event from journal where table_name = 'activiteit'")]
    assert events.count("activiteit.goedgekeurd") + events.count("activiteit.afgewezen") == 1


def test_of_two_who_decide_on_the_same_days_work_one_does_and_the_other_is_told_all(teacher: Teacher) -> None:
    for number in range(5):
        teacher.submitted(titel=f"Cursus {number}")
    validators = [Validator.at(teacher.register) for _ in range(2)]
    # Each in another order: held in one order, neither waits for the other.
    work = [validators[0].decisions(), validators[1].decisions()[::-1]]
    answers = at_once(
        *[lambda one=one, todo=todo: one.decide(todo) for one, todo in zip(validators, work, strict=True)]
    )
    done, refused = sorted(answers, key=lambda answer: answer.status_code)
    assert (done.status_code, the(done)) == (200, {"goedgekeurd": 5, "afgewezen": 0})
    assert refused.status_code == 409
    assert [one["code"] for one in the(refused)["errors"]] == ["niet-aangeboden"] * 5


def test_what_the_leraar_withdraws_meanwhile_is_not_approved(teacher: Teacher) -> None:
    path = teacher.submitted()
    answer = held_up(
        teacher.register, "activiteit", key(path), step(Validator.at(teacher.register), path),
        lambda holder: holder.execute("update activiteit set status = 'ingetrokken' where id = %s", (key(path),)),
    )  # fmt: skip
    assert answer.status_code == 404
    assert teacher.now(path)["status"] == "ingetrokken"


def test_nor_what_another_approves_meanwhile(teacher: Teacher) -> None:
    path = teacher.submitted()
    first, second = Validator.at(teacher.register), Validator.at(teacher.register)
    answer = held_up(
        teacher.register, "activiteit", key(path), step(second, path),
        lambda holder: holder.execute(
            "update activiteit set status = 'goedgekeurd', beoordeeld_op = '2026-09-01', beoordeeld_door = %s where id = %s",
            (first.number, key(path)),
        ),
    )  # fmt: skip
    assert answer.status_code == 404
    assert teacher.now(path)["beoordeeldDoor"] == first.number


def test_a_withdrawal_and_a_judgement_at_once_come_one_after_the_other(teacher: Teacher) -> None:
    validator = Validator.at(teacher.register)
    for _ in range(5):
        path = teacher.submitted()
        etag = teacher.register.get(path, teacher.self_).headers["ETag"]
        retract = lambda path=path, etag=etag: teacher.register.send(  # noqa: E731
            "POST", f"{path}/_intrekken", who=teacher.self_, match=etag
        )
        withdrawn, judged = at_once(retract, step(validator, path))
        # Whoever comes second acts on a state that is no more.
        assert (withdrawn.status_code, judged.status_code) in ((200, 404), (412, 200))
        assert teacher.now(path)["status"] == ("ingetrokken" if withdrawn.status_code == 200 else "goedgekeurd")


def test_what_loses_its_last_bewijsstuk_meanwhile_is_not_submitted(teacher: Teacher) -> None:
    path = teacher.reported(**ALONE)
    teacher.proven(path)
    answer = held_up(
        teacher.register, "activiteit", key(path),
        lambda: teacher.register.send("POST", f"{path}/_indienen", who=teacher.self_, match="*"),
        lambda holder: holder.execute("delete from bewijsstuk where activiteit = %s", (key(path),)),
    )  # fmt: skip
    assert (answer.status_code, the(answer)["errors"][0]["code"]) == (409, "zelfstudie-zonder-bewijs")


def test_what_is_submitted_meanwhile_keeps_its_bewijsstukken(teacher: Teacher) -> None:
    path = teacher.reported(**ALONE)
    teacher.proven(path)

    def remove() -> None:
        # Past every check of the application, in a transaction of the service's own role.
        with teacher.register.app_role(leraar=teacher.number) as connection:
            connection.execute("delete from bewijsstuk where activiteit = %s", (key(path),))

    with ThreadPoolExecutor(1) as pool, teacher.register.owner() as holder:
        holder.execute(
            "update activiteit set status = 'ingediend', ingediend_op = '2026-09-01' where id = %s", (key(path),)
        )
        removed = pool.submit(remove)
        while not teacher.register.rows(_WAITING):
            assert not removed.done()
        holder.commit()
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="in concept only"):
            removed.result()
    assert teacher.register.rows("select count(*) from bewijsstuk") == [(1,)]


def test_an_activiteit_submitted_twice_at_once_is_submitted_once(teacher: Teacher) -> None:
    path = teacher.reported()
    etag = teacher.register.get(path, teacher.self_).headers["ETag"]
    submit = lambda: teacher.register.send("POST", f"{path}/_indienen", who=teacher.self_, match=etag)  # noqa: E731
    assert sorted(answer.status_code for answer in at_once(*[submit] * 4)) == [200, 412, 412, 412]


def test_nobody_judges_himself_by_way_of_a_merge(teacher: Teacher) -> None:
    path, validator = teacher.submitted(), Validator.at(teacher.register)
    ((row,),) = teacher.register.rows("select id::text from leraar where registratienummer = %s", validator.number)
    answer = held_up(
        teacher.register, "leraar", row, step(validator, path),
        lambda holder: holder.execute(
            "with merged as (update leraar set samengevoegd_met = %(naar)s where registratienummer = %(van)s)"
            " insert into samenvoeging (van, naar) values (%(van)s, %(naar)s)",
            {"van": validator.number, "naar": teacher.number},
        ),
    )  # fmt: skip
    assert Refusal.of(answer) == Refusal(409, "eigen-dossier-samengevoegd")
    assert teacher.now(path)["status"] == "ingediend"
