"""What is made ready while others write: never is it older than what the asker may know."""

import random
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import date
from typing import Any

import psycopg
import pytest

from register_service.registratie import standen
from register_service.settings import Settings
from tests.registratie.lives import approve, employ, furnish, live
from tests.registratie.rules.build import job, ru
from tests.registratie.test_standen import CHANGES, ask, prepare
from tests.support import Register, on_day, the


@pytest.fixture
def register(settings: Settings) -> Iterator[Register]:
    """A register with a vestiging of every sector, half-way the period of the ordinary leraar."""
    register = Register(settings)
    furnish(register)
    with on_day(2023, 6, 1):
        yield register
    register.close()


def reached(register: Register, number: str) -> float:
    """Give the registeruren that count, as they are told of many."""
    hours: float = ask(register, number)["items"][0]["eisen"][0]["behaald"]
    return hours


def test_what_was_not_committed_when_it_was_made(register: Register) -> None:
    number = live(register)
    with register.owner() as writing:
        approve(writing, number, ru("2023-02-01", 8))
        prepare(register)
        assert reached(register, number) == 160
    assert reached(register, number) == 168
    assert prepare(register) == 1
    assert reached(register, number) == 168


def test_what_all_share_was_not_committed_when_it_was_made(register: Register) -> None:
    number = live(register)

    def asked() -> object:
        return ask(register, number)["items"][0]["eisen"][0]["nodig"]

    with register.owner() as writing:
        writing.execute("update regeling set waarden = waarden || '{\"registeruren\": 300}' where sector = 'alle'")
        other = live(register)
        prepare(register)
        assert asked() == 160
    assert asked() == 300
    assert prepare(register) == 2
    assert (asked(), ask(register, other)["items"][0]["eisen"][0]["nodig"]) == (300, 300)


def test_whoever_began_first_and_ended_last(register: Register) -> None:
    """The row with the lower transaction number comes to light after one with a higher."""
    number = live(register)
    with register.owner() as slow:
        approve(slow, number, ru("2023-02-01", 8))
        with register.owner() as quick:
            approve(quick, number, ru("2023-02-01", 4))
        prepare(register)
        assert reached(register, number) == 164
    assert reached(register, number) == 172


def test_what_was_recorded_between_reading_and_keeping(register: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    number = live(register)
    make = standen._standen

    def interrupted(connection: psycopg.Connection[Any], numbers: Sequence[str], today: date) -> Iterator[Any]:
        yield from make(connection, numbers, today)
        with register.owner() as writing:
            approve(writing, number, ru("2023-02-01", 8))

    monkeypatch.setattr(standen, "_standen", interrupted)
    prepare(register)
    assert reached(register, number) == 168


def test_what_was_rolled_back_never_was(register: Register) -> None:
    number = live(register)
    with pytest.raises(KeyError), register.owner() as writing:
        approve(writing, number, ru("2023-02-01", 8))
        prepare(register)
        raise KeyError
    assert reached(register, number) == 160


@pytest.mark.parametrize("seed", range(3))
def test_in_any_order_of_writing_making_and_asking(register: Register, seed: int) -> None:
    chance = random.Random(seed)
    numbers = [live(register) for _ in range(4)]
    steps: list[Callable[[Register, str], object]] = [
        *CHANGES.values(),
        *[lambda register, _: prepare(register)] * 6,
        lambda register, number: _write(register, number, chance),
    ]
    for _ in range(25):
        # What the register refuses is no change.
        with suppress(psycopg.errors.IntegrityError):
            chance.choice(steps)(register, chance.choice(numbers))
        alone = [the(register.get(f"/leraren/{number}/voortgang", "k")) for number in sorted(numbers)]
        assert ask(register, *numbers, who="k")["items"] == alone


def _write(register: Register, number: str, chance: random.Random) -> None:
    with register.owner() as connection:
        if chance.random() < 0.5:
            approve(connection, number, ru(f"2022-0{chance.randint(1, 9)}-01", chance.randint(1, 20) / 2))
        else:
            connection.execute("delete from aanstelling where leraar = %s", (number,))
            employ(connection, number, job(f"2021-0{chance.randint(1, 9)}-01", fte=0.3, sector="vo"), 0)
