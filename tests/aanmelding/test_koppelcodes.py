"""Koppelcodes over the API: handed out, listed, taken back; the code itself shown this once."""

from datetime import timedelta

from register_service.aanmelding.service import code_hash
from tests.aanmelding.conftest import Lobby
from tests.access.conftest import MovingClock
from tests.support import code, the


def below(number: str) -> str:
    return f"/leraren/{number}/koppelcodes"


def listed(lobby: Lobby, number: str, who: str = "a") -> list[str]:
    return [one["id"] for one in the(lobby.register.get(below(number), who))["items"]]


def test_the_code_is_shown_once(lobby: Lobby) -> None:
    number = lobby.leraar()
    answer = lobby.register.post(below(number), None)
    made = the(answer)
    assert (answer.status_code, made["leraar"], made["bestuur"]) == (201, number, "41285")
    assert answer.headers["Location"] == f"/v1{below(number)}/{made['id']}"
    for path in (below(number), f"{below(number)}/{made['id']}"):
        assert made["code"] not in lobby.register.get(path).text
    one = lobby.register.get(f"{below(number)}/{made['id']}")
    assert {**the(one), "code": made["code"]} == made and one.headers["ETag"] == answer.headers["ETag"]


def test_no_table_holds_the_code(lobby: Lobby) -> None:
    made = the(lobby.register.post(below(lobby.leraar()), None))
    letters = made["code"].replace("-", "")
    assert lobby.register.rows("select hash from koppelcode_secret") == [(code_hash(letters),)]
    for table in ("koppelcode", "koppelcode_secret", "journal"):
        kept = str(lobby.register.rows(f"select to_jsonb(t)::text from {table} t"))
        assert made["code"] not in kept and letters not in kept


def test_it_works_for_fourteen_days(lobby: Lobby, moving_clock: MovingClock) -> None:
    number = lobby.leraar()
    lobby.register.post(below(number), None)
    ((begin, end),) = lobby.register.rows("select uitgegeven_op, geldig_tot from koppelcode")
    assert (begin, end) == (moving_clock.now(), moving_clock.now() + timedelta(days=14))
    assert len(listed(lobby, number)) == 1
    moving_clock.forward(days=14)
    assert listed(lobby, number) == []


def test_not_for_a_leraar_of_another_bestuur(lobby: Lobby) -> None:
    number = lobby.leraar()
    for method, path in (("POST", below(number)), ("GET", below(number))):
        assert lobby.register.send(method, path, who="b").status_code == 404
    assert lobby.register.rows("select from koppelcode") == []


def test_for_nobody_but_hr_and_the_keeper(lobby: Lobby) -> None:
    number = lobby.leraar()
    answer = lobby.register.post(below(number), None, lobby.register.as_leraar(number))
    assert (answer.status_code, code(answer)) == (403, "geen-toestemming")
    assert lobby.register.post(below(number), None, "k").status_code == 201


def test_a_new_one_ends_the_one_before(lobby: Lobby) -> None:
    number = lobby.leraar()
    first, second = (the(lobby.register.post(below(number), None))["id"] for _ in range(2))
    assert listed(lobby, number) == [second]
    assert lobby.register.get(f"{below(number)}/{first}").status_code == 404


def test_each_bestuur_sees_its_own_while_they_work(lobby: Lobby) -> None:
    number = lobby.leraar()
    lobby.register.post("/leraren/_koppel", {"registratienummer": number, "geboortedatum": "1984-05-06"}, "b")
    of_a, of_b, of_k = (the(lobby.register.post(below(number), None, who))["id"] for who in ("a", "b", "k"))
    assert (listed(lobby, number, "a"), listed(lobby, number, "b")) == ([of_a], [of_b])
    assert set(listed(lobby, number, "k")) == {of_a, of_b, of_k}
    lobby.sign_in(sub="s")
    lobby.give_code(lobby.code_for(number, "b"))
    assert listed(lobby, number, "b") == [] and listed(lobby, number, "a") == [of_a]


def test_taken_back_it_no_longer_works(lobby: Lobby) -> None:
    number = lobby.leraar()
    made = the(lobby.register.post(below(number), None))
    path = f"{below(number)}/{made['id']}"
    assert lobby.register.send("DELETE", path).status_code == 428
    assert lobby.register.delete(path).status_code == 204
    assert lobby.register.get(path).status_code == 404
    lobby.sign_in(sub="s")
    assert "Dit klopt niet" in lobby.give_code(made["code"]).text


def test_asked_again_it_is_the_same_code_and_no_table_shows_it(lobby: Lobby) -> None:
    number = lobby.leraar()
    first, again = (lobby.register.post(below(number), None, Idempotency_Key="x") for _ in range(2))
    assert first.data == again.data and again.headers["Idempotency-Replayed"] == "true"
    ((kept,),) = lobby.register.rows("select body from idempotency_key")
    assert the(first)["code"].encode() not in kept
    assert len(listed(lobby, number)) == 1
