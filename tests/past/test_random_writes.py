"""Whatever is written after a sealed moment, every read of that moment keeps giving the same bytes."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.conftest import make_settings
from tests.helpers.databases import DatabaseServer
from tests.past.test_as_known import Snapshots
from tests.support import VESTIGING_A, VESTIGING_A2, VESTIGING_B, Register

PLACES = (VESTIGING_A, VESTIGING_A2, VESTIGING_B)
VAKKEN = ("duits", "frans", "engels")


@pytest.fixture(scope="module")
def shared(pg_server: DatabaseServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    """One register for all examples; each adds to what the ones before it left."""
    with pg_server.database() as name:
        register = Register(make_settings(pg_server.url(name), tmp_path_factory.mktemp("past")))
        yield register
        register.close()


@dataclass
class Play:
    """A sequence of writes, each chosen by a number among what there is by then. Refusals are fine: they change nothing."""

    register: Register
    numbers: list[str] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)

    def register_leraar(self, choice: int) -> None:
        """Register somebody."""
        self.numbers.append(self.register.leraar())

    def rename(self, choice: int) -> None:
        """Change a name."""
        self._change(f"/leraren/{self._number(choice)}", {"roepnaam": f"Naam {choice}"})

    def employ(self, choice: int) -> None:
        """Add an aanstelling."""
        begin = f"20{10 + choice % 12}-08-01"
        body = {"vestiging": PLACES[choice % 3], "functie": "docent", "soort": "regulier", "begindatum": begin}
        ended = {"einddatum": f"20{10 + choice % 12}-12-31"} if choice % 2 else {}
        self._add(choice, "aanstellingen", {**body, **ended, "betrekkingsomvang": 0.5})

    def qualify(self, choice: int) -> None:
        """Add a bevoegdheid."""
        self._add(
            choice, "bevoegdheden", {"soort": "tweedegraads", "vak": VAKKEN[choice % 3], "behaaldOp": "2015-07-01"}
        )

    def end(self, choice: int) -> None:
        """Give something an end."""
        path = self._path(choice)
        self._change(path, {"einddatum" if "aanstelling" in path else "geldigTot": f"20{15 + choice % 9}-07-31"})

    def move(self, choice: int) -> None:
        """Put an aanstelling elsewhere, perhaps at another bestuur, or change the vak of a bevoegdheid."""
        path = self._path(choice)
        self._change(path, {"vestiging": PLACES[choice % 3]} if "aanstelling" in path else {"vak": VAKKEN[choice % 3]})

    def withdraw(self, choice: int) -> None:
        """Withdraw something."""
        path = self._path(choice)
        etag = self.register.get(path, "k").headers.get("ETag", "")
        self.register.send("DELETE", path, who="k", match=etag)

    def merge(self, choice: int) -> None:
        """Merge two dossiers."""
        body = {"van": self._number(choice), "naar": self._number(choice // 7), "reden": "dubbel"}
        self.register.post("/leraren/_samenvoegen", body, "k")

    def by_hand(self, choice: int) -> None:
        """Change organisations and people without the application."""
        self.register.as_owner("update vestiging set naam = %s where code = %s", f"V{choice}", PLACES[choice % 3])
        self.register.as_owner(
            "update leraar set achternaam = %s where registratienummer = %s", f"H{choice}", self._number(choice)
        )

    def reads(self) -> list[str]:
        """Give everything that can be read, also on a day."""
        people = [f"/leraren/{number}{rest}" for number in self.numbers for rest in ("", "/dossier", "/historie")]
        objects = [path + rest for path in self.paths for rest in ("", "/historie")]
        paths = [
            *people,
            *objects,
            "/leraren?limiet=500",
            "/aanstellingen?limiet=500",
            "/vestigingen",
            f"/vestigingen/{VESTIGING_A}/historie",
        ]
        days = [f"{path}{'&' if '?' in path else '?'}geldigOp=2018-03-01" for path in paths[::2]]
        return paths + days

    def _number(self, choice: int) -> str:
        return self.numbers[choice % len(self.numbers)]

    def _path(self, choice: int) -> str:
        return self.paths[choice % len(self.paths)] if self.paths else f"/leraren/{self._number(choice)}"

    def _add(self, choice: int, kind: str, body: dict[str, object]) -> None:
        answer = self.register.post(f"/leraren/{self._number(choice)}/{kind}", body, "k")
        if answer.status_code == 201:
            self.paths.append(answer.headers["Location"].removeprefix("/v1"))

    def _change(self, path: str, body: dict[str, object]) -> None:
        etag = self.register.get(path, "k").headers.get("ETag", "")
        answer = self.register.send("PATCH", path, body, who="k", match=etag)
        assert answer.status_code in (200, 308, 400, 404, 409, 412), answer.text


STEPS: tuple[Callable[[Play, int], None], ...] = (
    Play.register_leraar, Play.rename, Play.employ, Play.employ, Play.qualify, Play.end, Play.move, Play.withdraw, Play.merge,
    Play.by_hand,
)  # fmt: skip


# Without shrinking: an example costs a second, and the failing read names itself.
@settings(max_examples=3, deadline=None, derandomize=True, database=None, phases=[Phase.generate])
@given(steps=st.lists(st.tuples(st.integers(0, len(STEPS) - 1), st.integers(0, 10_000)), min_size=10, max_size=15))
def test_the_past_stays_as_it_was_whatever_comes_after(shared: Register, steps: list[tuple[int, int]]) -> None:
    play = Play(shared)
    play.register_leraar(0)
    play.register_leraar(0)
    snapshots = [Snapshots(shared, who) for who in ("a", "k")]
    for turn, (step, choice) in enumerate(steps):
        STEPS[step](play, choice)
        if turn % 5 == 4:
            for one in snapshots:
                one.keep(*play.reads())
    for one in snapshots:
        one.check()
