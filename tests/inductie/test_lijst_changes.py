"""Lists of inductietrajecten while things change: what was shown then can be asked for ever, and a walk loses nothing."""

import pytest

from register_service.inductie import queries_lijst
from tests.inductie.feiten import entered
from tests.inductie.support import Starter
from tests.support import VESTIGING_A, VESTIGING_A2, Register, on_day, the

LIST, COUNTS = "/inductietrajecten", "/inductietrajecten/_aantallen"


def ids(register: Register, query: str = "", who: str = "a") -> list[str]:
    """Give the keys of a list that fits on one page."""
    answer = register.get(f"{LIST}?{query}", who)
    assert answer.status_code == 200, answer.text
    return [item["id"] for item in the(answer)["items"]]


def identifier(starter: Starter) -> str:
    """Give the key of a traject."""
    return starter.path.rpartition("/")[2]


def test_the_past_shows_and_counts_what_was_shown_and_counted_then(starter: Starter) -> None:
    register = starter.register
    starter.started()
    coach = register.leraar()
    entered(starter, "begeleiders", begeleiderNaam=None, begeleider=coach, einddatum=None)
    asked = [
        "", "status=lopend", "status=gestopt", "achterstallig=alles", "achterstallig=programma", "sector=vo", "sector=po",
        f"vestiging={VESTIGING_A}", f"vestiging={VESTIGING_A2}", "verwachteEinddatumVoor=2027-08-01",
        f"begeleider={coach}", "geldigOp=2024-07-31&status=gepland", "geldigOp=2029-01-01&achterstallig=afronding",
    ]  # fmt: skip
    then = {(path, query): register.get(f"{path}?{query}").data for path in (LIST, COUNTS) for query in asked}
    moment = register.seal()
    starter.do("_verplaats", vestiging=VESTIGING_A2, vanaf="2025-08-01")
    entered(starter, "programmas")
    starter.do("_stop", gestoptOp="2026-03-31", stopReden="uit-dienst")
    Starter.at(register).started()
    for who in ("a", "k"):
        for (path, query), body in then.items():
            assert register.get(f"{path}?{query}&beschikbaarOp={moment}", who).data == body, (path, query, who)
    nothing = the(register.get(f"{LIST}?beschikbaarOp={moment}", "b"))
    assert nothing["items"] == []
    assert the(register.get(f"{COUNTS}?beschikbaarOp={moment}", "b"))["totaal"] == 0


def test_a_walk_loses_nothing_that_was_there_while_the_list_grows(starter: Starter) -> None:
    register = starter.register
    before = {identifier(starter.started()), *(identifier(Starter.at(register).started()) for _ in range(3))}
    seen: list[str] = []
    cursor: str | None = ""
    while cursor is not None:
        page = the(register.get(f"{LIST}?status=lopend&limiet=1" + (f"&cursor={cursor}" if cursor else "")))
        seen += [item["id"] for item in page["items"]]
        cursor = page["volgende"]
        if len(seen) < 4:
            Starter.at(register).started()
    assert before <= set(seen)
    assert len(seen) == len(set(seen))


@pytest.mark.parametrize("few", [0, 1000])
def test_a_leraar_who_left_long_ago_is_listed_no_more_but_the_traject_can_be_opened(
    starter: Starter, few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries_lijst, "FEW", few)
    register = starter.register
    starter.started()
    register.as_owner("update aanstelling set einddatum = '2026-03-31' where leraar = %s", starter.number)
    register.as_owner("delete from koppeling where leraar = %s", starter.number)
    asked = ("", "status=lopend", "sector=vo", "verwachteEinddatumVoor=2030-01-01")
    for day, listed in (((2027, 3, 31), True), ((2027, 4, 1), False)):
        with on_day(*day):
            for query in asked:
                assert bool(ids(register, query)) == listed
            assert the(register.get(COUNTS))["totaal"] == listed
            assert register.get(starter.path).status_code == 200
            assert ids(register, "", "k") == [identifier(starter)]


@pytest.mark.parametrize("few", [0, 1000])
def test_begeleider_looks_at_what_the_own_bestuur_recorded(
    starter: Starter, few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries_lijst, "FEW", few)
    register = starter.register
    starter.started().known_at_b()
    coach = register.leraar()
    entered(starter, "begeleiders", begeleiderNaam=None, begeleider=coach, einddatum=None)
    assert ids(register, "", "b") == [identifier(starter)]
    assert ids(register, f"begeleider={coach}", "b") == []
    assert ids(register, f"begeleider={coach}&status=lopend") == [identifier(starter)]
    answers = [the(register.get(f"{COUNTS}?begeleider={coach}", who)) for who in ("a", "b")]
    assert [answer["totaal"] for answer in answers] == [1, 0]


def test_who_looked_at_a_list_is_logged_for_every_leraar_on_it_and_for_counts_nobody(starter: Starter) -> None:
    register = starter.register
    starter.started()
    register.as_owner("alter table access_log disable trigger all")
    register.as_owner("delete from access_log")
    register.get(COUNTS)
    assert register.rows("select leraar from access_log") == []
    assert ids(register) == [identifier(starter)]
    logged = "select leraar, purpose, parts from access_log"
    assert register.rows(logged) == [(starter.number, "inductietrajecten opsommen", ["inductietrajecten"])]
