"""Progress of many follows from what was made ready, and is never older than what was recorded last."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest

from register_service import worker
from register_service.core import clock
from register_service.journal.connection import connect
from register_service.registratie import queries, standen
from register_service.registratie.routes import voortgang as routes
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


def prepare(register: Register) -> int:
    """Let the worker make ready what is missing."""
    with connect(register.settings.database_url, "test") as connection:
        return worker.prepare_voortgang(connection)


@pytest.fixture
def worked_out(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many were worked out from their facts, at each call that had to."""
    counts: list[int] = []
    work_out = queries.voortgangen_of

    def counting(bodies: Any, day: date) -> Any:
        found = list(work_out(bodies, day))
        counts.append(len(found))
        return found

    monkeypatch.setattr(queries, "voortgangen_of", counting)
    return counts


def test_what_is_ready_is_not_worked_out(register: Register, worked_out: list[int]) -> None:
    numbers = [live(register) for _ in range(3)]
    first = ask(register, *numbers)
    assert prepare(register) == 3
    assert ask(register, *numbers) == first
    other = live(register)
    assert len(ask(register, *numbers, other)["items"]) == 4
    assert worked_out == [3, 1]


def test_only_what_is_missing_is_made_ready(register: Register) -> None:
    numbers = [live(register) for _ in range(3)]
    assert [prepare(register) for _ in range(2)] == [3, 0]
    register.as_owner("delete from bevoegdheid where leraar = %s", numbers[0])
    assert [prepare(register) for _ in range(2)] == [1, 0]
    register.as_owner("update vestiging set naam = 'X' where code = '00AA00'")
    assert [prepare(register) for _ in range(2)] == [3, 0]


def test_it_serves_the_days_to_come_until_something_happens(register: Register, worked_out: list[int]) -> None:
    number = live(register)
    prepare(register)
    for day in ("2023-06-01", "2023-06-02", "2024-07-31"):
        assert ask(register, number, geldigOp=day)["items"] == [_alone(register, number, day)]
    assert worked_out == []
    for day in ("2023-05-31", "2024-08-01"):
        assert ask(register, number, geldigOp=day)["items"] == [_alone(register, number, day)]
    assert worked_out == [1, 1]


def test_at_midnight_in_amsterdam_it_is_another_day(register: Register, worked_out: list[int]) -> None:
    number = live(register)
    prepare(register)
    for moment, day in ((21, "2023-06-01"), (22, "2023-06-02")):
        with clock.fixed_at(datetime(2023, 6, 1, moment, 59, tzinfo=UTC)):
            assert ask(register, number)["items"][0]["peildatum"] == day
    assert worked_out == []


def _alone(register: Register, number: str, day: str) -> object:
    return the(register.get(f"/leraren/{number}/voortgang?geldigOp={day}", "k"))


def test_on_the_day_a_period_ends_it_is_made_anew(register: Register) -> None:
    live(register)
    prepare(register)
    for day, made in (((2024, 7, 31), 0), ((2024, 8, 1), 1)):
        with on_day(*day):
            assert prepare(register) == made


def test_other_rules_made_something_else(
    register: Register, worked_out: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    number = live(register)
    prepare(register)
    monkeypatch.setattr(routes, "fingerprint", lambda: "another version of this service")
    ask(register, number)
    assert worked_out == [1]


def test_a_past_moment_does_not_see_what_is_ready(register: Register, worked_out: list[int]) -> None:
    number = live(register)
    moment = register.seal()
    register.as_owner("update activiteit set status = 'ingetrokken'")
    prepare(register)
    then, now = ask(register, number, beschikbaarOp=moment), ask(register, number)
    assert [found["items"][0]["eisen"][0]["behaald"] for found in (then, now)] == [160, 0]
    assert worked_out == [1]


def test_killed_half_way_what_was_made_stays(register: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    numbers = [live(register) for _ in range(3)]
    monkeypatch.setattr(standen, "SIZE", 1)
    make = standen._prepare_some
    calls = iter(range(3))

    def dying(*arguments: Any) -> None:
        make(*arguments)
        if next(calls) == 1:
            raise KeyboardInterrupt

    monkeypatch.setattr(standen, "_prepare_some", dying)
    with pytest.raises(KeyboardInterrupt):
        prepare(register)
    assert register.rows("select count(*) from voortgangstand") == [(1,)]
    assert len(ask(register, *numbers)["items"]) == 3
    monkeypatch.setattr(standen, "_prepare_some", make)
    assert prepare(register) == 2


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
    prepare(register)
    before = ask(register, number)["items"]
    change(register, number)
    after = ask(register, number, who="k")["items"]
    assert after == [the(register.get(f"/leraren/{number}/voortgang", "k"))]
    assert (after == before) == (change is CHANGES["bevoegdheid"])


def test_what_one_may_see_is_not_shown_to_another(register: Register) -> None:
    number = live(register)
    prepare(register)
    assert len(ask(register, number)["items"]) == 1
    for who in ("b", register.as_leraar(live(register))):
        assert ask(register, number, who=who) == {"items": [], "nietGevonden": [number]}
    assert register.rows("select from koppeling where bestuur = %s", B) == []


def test_after_a_merge_the_dossier_that_is_gone_is_not_found(register: Register) -> None:
    gone, kept = live(register), live(register)
    prepare(register)
    register.as_owner("update leraar set samengevoegd_met = %s where registratienummer = %s", kept, gone)
    found = ask(register, gone, kept)
    assert (len(found["items"]), found["nietGevonden"]) == (1, [gone])


def test_every_look_is_logged_also_at_what_is_ready(register: Register) -> None:
    number = live(register)
    prepare(register)
    for _ in range(3):
        ask(register, number)
    assert register.rows("select leraar, parts from access_log") == [(number, ["voortgang"])] * 3
