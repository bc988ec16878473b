"""The history of facts, and how they were known and held on a day."""

import pytest

from tests.inductie.feiten import FACTS, NAMES, entered, every_fact, items
from tests.inductie.support import Starter
from tests.support import A, the

every = pytest.mark.parametrize("kind", FACTS)


@every
def test_the_history_says_who_did_what_and_keeps_it_after_withdrawal(starter: Starter, kind: str) -> None:
    path, register = entered(starter.started(), kind), starter.register
    made, name = the(register.get(path)), NAMES[kind]
    register.change(path, FACTS[kind][1])
    assert register.delete(path).status_code == 204
    assert register.get(path).status_code == 404
    entries = the(register.get(f"{path}/historie"))["items"]
    assert [one["gebeurtenis"] for one in entries] == [
        f"{name}.{what}" for what in ("toegevoegd", "gewijzigd", "ingetrokken")
    ]
    assert [one["handeling"] for one in entries] == ["aangemaakt", "gewijzigd", "verwijderd"]
    assert entries[0]["toestand"] == made
    assert entries[2]["toestand"] is None
    assert {one["namens"] for one in entries} == {f"bestuur:{A}"}


def test_the_history_of_a_stay_begins_with_the_start(starter: Starter) -> None:
    path = every_fact(starter.started())["periodes"]
    starter.register.change(path, {"leidinggevendeNaam": "Tess"})
    entries = the(starter.register.get(f"{path}/historie"))["items"]
    assert [one["gebeurtenis"] for one in entries] == ["inductietraject.gestart", "periode.gewijzigd"]


def test_the_past_shows_what_was_known_then_also_of_what_was_withdrawn(starter: Starter) -> None:
    register, facts = starter.register, every_fact(starter.started())
    known, moment = {kind: the(register.get(path)) for kind, path in facts.items()}, register.seal()
    for kind, path in facts.items():
        register.change(path, {"leidinggevendeNaam": "Tess"} if kind == "periodes" else FACTS[kind][1])
        register.delete(path)
    register.seal()
    for kind, path in facts.items():
        for who in ("a", "k", register.as_leraar(starter.number)):
            assert the(register.get(f"{path}?beschikbaarOp={moment}", who)) == known[kind], (kind, who)
            assert items(starter, kind, who, f"?beschikbaarOp={moment}") == [known[kind]], (kind, who)


def test_geldig_op_shows_what_held_on_a_day(starter: Starter) -> None:
    facts = every_fact(starter.started())
    for kind, day, seen in (
        ("onderbrekingen", "2025-01-05", False), ("onderbrekingen", "2025-01-06", True),
        ("onderbrekingen", "2025-03-14", True), ("onderbrekingen", "2025-03-15", False),
        ("verlengingen", "2026-08-19", False), ("verlengingen", "2026-08-20", True), ("programmas", "1999-01-01", True),
        ("begeleiders", "2025-07-31", True), ("begeleiders", "2025-08-01", False),
        ("observaties", "2024-11-11", False), ("observaties", "2024-11-12", True),
        ("voortgangsgesprekken", "2025-01-19", False), ("voortgangsgesprekken", "2025-01-20", True),
        ("periodes", "2024-07-31", False), ("periodes", "2199-12-31", True),
    ):  # fmt: skip
        status = 200 if seen else 404
        assert starter.register.get(f"{facts[kind]}?geldigOp={day}").status_code == status, (kind, day)
        assert starter.register.get(f"{facts[kind]}/historie?geldigOp={day}").status_code == status, (kind, day)
        assert bool(items(starter, kind, query=f"?geldigOp={day}")) == seen, (kind, day)


@pytest.mark.parametrize("kind", ["observaties", "voortgangsgesprekken"])
def test_a_list_gives_the_oldest_first_in_whatever_order_they_came(starter: Starter, kind: str) -> None:
    starter.started()
    for day in ("2025-06-02", "2024-09-02", "2025-01-20"):
        entered(starter, kind, datum=day)
    assert [found["datum"] for found in items(starter, kind)] == ["2024-09-02", "2025-01-20", "2025-06-02"]


def test_the_past_before_it_was_known_shows_nothing(starter: Starter) -> None:
    before = starter.register.seal()
    started = starter.started().register.seal()
    facts = every_fact(starter)
    starter.register.seal()
    for kind, path in facts.items():
        assert starter.register.get(f"{path}?beschikbaarOp={before}").status_code == 404, kind
        assert starter.register.get(f"{starter.path}/{kind}?beschikbaarOp={before}").status_code == 404, kind
        assert len(items(starter, kind, query=f"?beschikbaarOp={started}")) == (kind == "periodes"), kind
