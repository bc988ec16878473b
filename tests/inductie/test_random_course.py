"""Whatever is written, in whatever order: the course that is stored is what the facts give, and the timeline tells it."""

from datetime import date, timedelta
from random import Random
from typing import Any

import pytest

from tests.inductie.support import Starter
from tests.inductie.test_following import stale
from tests.support import AANSTELLING, VESTIGING_A, VESTIGING_A2, on_day, the

FIRST = date(2024, 8, 1)
KINDS = ("onderbrekingen", "verlengingen", "programmas", "begeleiders", "voortgangsgesprekken", "observaties")


class Writer:
    """Writes at random to one traject and what it depends on."""

    def __init__(self, starter: Starter, seed: int) -> None:
        self.starter, self.random = starter, Random(seed)
        self.register = starter.register
        self.done: list[int] = []

    def write(self) -> None:
        """Write something; what the rules refuse is refused, and nothing ever breaks."""
        step = self.random.choice(
            (self.add, self.add, self.add, self.remove, self.work, self.work, self.step, self.merge)
        )
        answer = step()
        if answer is not None:
            assert answer.status_code < 500, answer.text
            self.done.append(answer.status_code)

    def day(self) -> str:
        """Give a day of the traject."""
        return (FIRST + timedelta(days=self.random.randrange(700))).isoformat()

    def add(self) -> Any:
        """Add a fact."""
        kind = self.random.choice(KINDS)
        first, last = sorted((self.day(), self.day()))
        body: dict[str, object] = {
            "onderbrekingen": {"soort": "ziekte", "begindatum": first, "einddatum": last},
            "verlengingen": {"maanden": self.random.randrange(1, 6), "motivering": "Meer tijd", "besluitdatum": first},
            "programmas": {"jaar": self.random.randrange(1, 4), "lesreductie": 10},
            "begeleiders": {"rol": "coach", "begeleiderNaam": "M. Voorbeeld", "begindatum": first},
            "voortgangsgesprekken": {"datum": first},
            "observaties": {"datum": first, "instrument": "DOT", "observatorNaam": "M. Voorbeeld"},
        }[kind]
        return self.register.post(f"{self.starter.path}/{kind}", body)

    def remove(self) -> Any:
        """Take a fact back."""
        kind = self.random.choice(KINDS)
        items = the(self.register.get(f"{self.starter.path}/{kind}"))["items"]
        return self.register.delete(f"{self.starter.path}/{kind}/{self.random.choice(items)['id']}") if items else None

    def work(self) -> Any:
        """Add, change or withdraw an aanstelling."""
        base = f"/leraren/{self.starter.number}/aanstellingen"
        first, last = sorted((self.day(), self.day()))
        items = the(self.register.get(base))["items"]
        if len(items) < 3 or self.random.random() < 0.3:
            place = self.random.choice((VESTIGING_A, VESTIGING_A2))
            return self.register.post(base, {**AANSTELLING, "vestiging": place, "begindatum": first, "einddatum": last})
        path = f"{base}/{self.random.choice(items)['id']}"
        change = self.random.choice(
            ({"einddatum": None}, {"begindatum": first}, {"betrekkingsomvang": 0.5}, {"einddatum": last})
        )
        return self.register.change(path, change) if self.random.random() < 0.7 else self.register.delete(path)

    def step(self) -> Any:
        """Move, stop, reopen or correct."""
        name, body = self.random.choice(
            (
                ("_verplaats", {"vestiging": self.random.choice((VESTIGING_A, VESTIGING_A2)), "vanaf": self.day()}),
                ("_stop", {"gestoptOp": self.day(), "stopReden": "overig"}),
                ("_heropen", {"reden": "Toch niet"}),
                ("_heropen", {"reden": "Toch niet"}),
                ("", {"startdatum": self.day(), "reden": "Verkeerd ingevoerd"}),
            )
        )  # fmt: skip
        return self.starter.do(name, **body) if name else self.starter.correct(**body)

    def merge(self) -> Any:
        """Go on as somebody else, who worked here too."""
        naar = self.register.leraar()
        self.register.aanstelling(naar, begindatum="2019-01-01", einddatum="2019-06-30", vestiging=VESTIGING_A2)
        body = {"van": self.starter.number, "naar": naar, "reden": "dubbel ingeschreven"}
        answer = self.register.post("/leraren/_samenvoegen", body, "k")
        if answer.status_code == 200:
            self.starter.number = naar
        return answer


@pytest.mark.parametrize("part_time", [False, True])
@pytest.mark.parametrize("seed", range(2))
def test_the_stored_course_is_always_that_of_the_facts(starter: Starter, seed: int, part_time: bool) -> None:
    register = starter.register
    if part_time:
        register.as_owner("update regeling set waarden = waarden || '{\"deeltijdNaarRato\": true}' where sector = 'vo'")
    writer = Writer(starter.started(), seed)
    with on_day(2026, 9, 1):
        for _ in range(25):
            writer.write()
            assert stale(register) == []
        assert {200, 201, 400} <= set(writer.done)
        timeline = the(register.get(f"{starter.path}/tijdlijn?limiet=500", "k"))["items"]
    ((requests,),) = register.rows(
        "select count(distinct j.tx) from journal j where j.table_name in ('onderbreking', 'verlenging', 'inductieprogramma', "
        "'voortgangsgesprek', 'observatie') and j.event <> 'leraar.samengevoegd'"
    )
    kinds = {"onderbreking", "verlenging", "programma", "voortgangsgesprek", "observatie"}
    assert len([entry for entry in timeline if entry["wat"] in kinds]) == requests
