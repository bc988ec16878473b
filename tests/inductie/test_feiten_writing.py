"""Facts of every kind are entered, corrected and withdrawn in the same way; each write is looked at as a whole."""

import pytest

from tests.inductie.feiten import FACTS, enter, entered, every_fact, items
from tests.inductie.support import Starter
from tests.support import VESTIGING_B, A, B, Refusal, code, the

every = pytest.mark.parametrize("kind", FACTS)


@every
def test_a_fact_is_entered_and_read_back(starter: Starter, kind: str) -> None:
    starter.started()
    answer = enter(starter, kind)
    assert answer.status_code == 201, answer.text
    path = answer.headers["Location"].removeprefix("/v1")
    read = starter.register.get(path)
    assert (read.data, read.headers["ETag"]) == (answer.data, answer.headers["ETag"])
    found = the(read)
    assert {name: found[name] for name in FACTS[kind][0]} == FACTS[kind][0]
    assert (found["leraar"], found["bestuur"], found["traject"]) == (starter.number, A, starter.path.split("/")[-1])
    assert items(starter, kind) == [found]


def test_a_fact_is_entered_once_with_one_idempotency_key(starter: Starter) -> None:
    starter.started()
    for kind, (body, _) in FACTS.items():
        path = f"{starter.path}/{kind}"
        first, again = (starter.register.post(path, body, Idempotency_Key=f"feit-{kind}") for _ in range(2))
        assert (first.status_code, first.data) == (again.status_code, again.data), kind
        assert len(items(starter, kind)) == 1, kind


@every
def test_a_correction_changes_what_is_given_and_nothing_else(starter: Starter, kind: str) -> None:
    path = entered(starter.started(), kind)
    before, change = the(starter.register.get(path)), FACTS[kind][1]
    answer = starter.register.change(path, change)
    assert answer.status_code == 200, answer.text
    assert the(answer) == {**before, **change}
    assert answer.headers["ETag"] == starter.register.get(path).headers["ETag"]


def test_a_correction_changes_something(starter: Starter) -> None:
    for path in every_fact(starter.started()).values():
        assert Refusal.of(starter.register.change(path, {})) == Refusal(400, "niets-te-wijzigen", ""), path


def test_a_change_needs_the_state_that_the_caller_saw(starter: Starter) -> None:
    for kind, path in every_fact(starter.started()).items():
        change = {"leidinggevendeNaam": "Tess Testman"} if kind == "periodes" else FACTS[kind][1]
        assert starter.register.send("PATCH", path, change, match='"x"').status_code == 412, kind
        assert starter.register.send("DELETE", path, match='"x"').status_code == 412, kind


def test_geen_verblijf_bij_uw_bestuur(starter: Starter) -> None:
    starter.started().known_at_b()
    for kind in FACTS:
        answer = enter(starter, kind, "b")
        assert (answer.status_code, code(answer)) == (409, "geen-verblijf-bij-uw-bestuur"), kind


def test_the_keeper_writes_for_the_bestuur_of_that_day(starter: Starter) -> None:
    starter.started().known_at_b()
    starter.register.post(f"{starter.path}/_instemmen", {"bestuur": B}, starter.register.as_leraar(starter.number))
    moved = starter.do("_overnemen", "b", vestiging=VESTIGING_B, vanaf="2026-08-01")
    assert moved.status_code == 200, moved.text
    for kind in FACTS:
        answer = enter(starter, kind, "k")
        assert answer.status_code == 201, answer.text
        assert the(answer)["bestuur"] == (B if kind in ("verlengingen", "programmas") else A), kind


def test_feit_na_einde(starter: Starter) -> None:
    starter.started()
    assert starter.do("_stop", gestoptOp="2024-10-31", stopReden="op-verzoek").status_code == 200
    for kind, field in (
        ("onderbrekingen", "begindatum"), ("verlengingen", "besluitdatum"), ("begeleiders", "einddatum"),
        ("observaties", "datum"), ("voortgangsgesprekken", "datum"),
    ):  # fmt: skip
        errors = the(enter(starter, kind))["errors"]
        assert ("feit-na-einde", f"/{field}") in {(error["code"], error["location"]) for error in errors}, kind
    assert enter(starter, "programmas").status_code == 201
    assert enter(starter, "voortgangsgesprekken", datum="2024-10-31").status_code == 201


def test_a_write_recomputes_the_course(starter: Starter) -> None:
    starter.started()
    assert starter.now()["verwachteEinddatum"] == "2027-07-31"
    path = entered(starter, "onderbrekingen")
    assert starter.now()["verwachteEinddatum"] == "2027-10-07"
    starter.register.change(path, {"einddatum": "2025-01-20"})
    assert starter.now()["verwachteEinddatum"] == "2027-07-31"
    starter.register.change(path, {"einddatum": None})
    assert starter.now()["verwachteEinddatum"] is None
    starter.register.delete(path)
    assert starter.now()["verwachteEinddatum"] == "2027-07-31"
