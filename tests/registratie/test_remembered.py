"""Progress of many is remembered, and never older than what was recorded last."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest

from register_service.registratie import remembered
from register_service.registratie.remembered import Known, Remembered
from register_service.settings import Settings
from tests.registratie.lives import PLACES, approve, employ, furnish, live, qualify, strike_off
from tests.registratie.rules.build import Json, holds, job, off, ru
from tests.support import B, Register, on_day, the


@pytest.fixture
def register(settings: Settings) -> Iterator[Register]:
    """A register with a vestiging of every sector, half-way the period of the ordinary leraar."""
    register = Register(settings)
    furnish(register)
    with on_day(2023, 6, 1):
        yield register
    register.close()


def ask(register: Register, *numbers: str, who: str = "a", **query: str) -> dict[str, Any]:
    """Ask for the progress of many."""
    words = "&".join(f"{name}={value}" for name, value in query.items())
    return the(register.post(f"/leraren/_voortgang?{words}", {"registratienummers": [*numbers]}, who))


@pytest.fixture
def worked_out(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many were worked out anew, at each call that had to."""
    from register_service.registratie import queries

    counts: list[int] = []
    work_out = queries.voortgangen_of

    def counting(bodies: Any, day: date) -> Any:
        found = list(work_out(bodies, day))
        counts.append(len(found))
        return found

    monkeypatch.setattr(queries, "voortgangen_of", counting)
    return counts


def test_what_is_known_is_not_worked_out_again(register: Register, worked_out: list[int]) -> None:
    numbers = [live(register) for _ in range(3)]
    first = ask(register, *numbers)
    assert ask(register, *numbers) == first
    other = live(register)
    assert len(ask(register, *numbers, other)["items"]) == 4
    assert worked_out == [3, 1]


def test_another_day_is_worked_out(register: Register, worked_out: list[int]) -> None:
    number = live(register)
    found = [ask(register, number, geldigOp=day)["items"][0]["verstreken"] for day in ("2021-01-01", "2023-01-01") * 2]
    assert (found[:2], worked_out) == (found[2:], [1, 1])
    with on_day(2023, 6, 2):
        ask(register, number)
        assert worked_out == [1, 1, 1]


CHANGES: dict[str, Callable[[Register, str], object]] = {
    "activiteit": lambda register, number: _by(register, approve, number, ru("2023-01-01", 3)),
    "activiteit gone": lambda register, _: register.as_owner("update activiteit set status = 'ingetrokken'"),
    "aanstelling": lambda register, number: _by(register, employ, number, job("2022-01-01", sector="vo")),
    "bevoegdheid": lambda register, number: _by(register, qualify, number, holds("2020-01-01")),
    "bevoegdheid gone": lambda register, _: register.as_owner("delete from bevoegdheid"),
    "doorhaling": lambda register, number: _by(register, strike_off, number, off("2023-01-01")),
    "leraar": lambda register, _: register.as_owner("update leraar set geregistreerd_op = '2022-01-01'"),
    "sector": lambda register, _: register.as_owner("update vestiging set sector = 'vo' where code = %s", f"{PLACES['po']}00"),
    "regeling": lambda register, _: register.as_owner(
        "update regeling set waarden = waarden || '{\"registeruren\": 300}' where sector = 'alle'"
    ),
}  # fmt: skip


def _by(register: Register, change: Callable[[Any, str, Json], None], number: str, fact: Json) -> None:
    with register.owner() as connection:
        change(connection, number, fact)


@pytest.mark.parametrize("change", CHANGES.values(), ids=[*CHANGES])
def test_what_was_recorded_shows_at_once(register: Register, change: Callable[[Register, str], object]) -> None:
    number = live(register)
    before = ask(register, number)["items"]
    change(register, number)
    after = ask(register, number, who="k")["items"]
    assert after == [the(register.get(f"/leraren/{number}/voortgang", "k"))]
    assert (after == before) == (change is CHANGES["bevoegdheid"])


def test_what_one_may_see_is_not_shown_to_another(register: Register) -> None:
    number = live(register)
    assert len(ask(register, number)["items"]) == 1
    for who in ("b", register.as_leraar(live(register))):
        assert ask(register, number, who=who) == {"items": [], "nietGevonden": [number]}
    assert register.rows("select from koppeling where bestuur = %s", B) == []


def test_after_a_merge_the_dossier_that_is_gone_is_not_found(register: Register) -> None:
    gone, kept = live(register), live(register)
    ask(register, gone, kept)
    register.as_owner("update leraar set samengevoegd_met = %s where registratienummer = %s", kept, gone)
    found = ask(register, gone, kept)
    assert (len(found["items"]), found["nietGevonden"]) == (1, [gone])


def test_every_look_is_logged_also_at_what_is_remembered(register: Register) -> None:
    number = live(register)
    for _ in range(3):
        ask(register, number)
    assert register.rows("select leraar, parts from access_log") == [(number, ["voortgang"])] * 3


def test_what_was_not_asked_for_longest_is_forgotten() -> None:
    memory, day = Remembered(most=2), date(2024, 1, 1)
    one, two, three = (Known(f"{place}", "1.1", day) for place in range(3))
    memory.put(one, b"1")
    memory.put(two, b"2")
    assert memory.get(one) == b"1"
    memory.put(three, b"3")
    assert [memory.get(known) for known in (one, two, three)] == [b"1", None, b"3"]
    assert remembered.MOST == 10_000
