"""Rules of aanbod and of how registeruren are split, each by name."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from register_service.aanbod import rules

AANBOD: dict[str, Any] = {
    "soort": "cursus",
    "titel": "Formatief handelen",
    "registeruren": Decimal("12.5"),
    "vakinhoudelijk": Decimal(4),
    "vakdidactisch": Decimal("6.5"),
    "pedagogisch": Decimal(2),
    "overig": Decimal(0),
    "zelfstudie": Decimal(0),
    "toets": False,
    "geldig_vanaf": date(2026, 8, 1),
    "geldig_tot": date(2028, 7, 31),
}


def refused(**changes: Any) -> list[tuple[str, str]]:
    found = rules.check_aanbod(AANBOD | changes, least=3, most=1680)
    return [(error.location, error.code) for error in found]


def hours(total: str, **split: str) -> dict[str, Decimal]:
    none = {name: Decimal(0) for name in rules.GEBIEDEN}
    return {"registeruren": Decimal(total), **none, **{name: Decimal(value) for name, value in split.items()}}


def test_what_is_right_is_taken() -> None:
    assert refused() == []


@pytest.mark.parametrize("field", ["vakinhoudelijk", "vakdidactisch", "pedagogisch", "overig", "zelfstudie"])
def test_geen_halve_uren(field: str) -> None:
    assert (f"/{field}", "geen-halve-uren") in refused(**{field: Decimal("0.25")})
    assert (f"/{field}", "geen-halve-uren") not in refused(**{field: Decimal("0.5")})


def test_geen_halve_uren_in_all() -> None:
    assert ("/registeruren", "geen-halve-uren") in refused(registeruren=Decimal("12.3"))


def test_registeruren_buiten_grenzen() -> None:
    for total in ("0", "1680.5", "9999"):
        assert ("/registeruren", "registeruren-buiten-grenzen") in refused(**hours(total, overig=total))
    for total in ("3", "1680"):
        assert refused(**hours(total, overig=total)) == []


def test_the_most_is_that_of_the_regeling() -> None:
    found = rules.check_verdeling(AANBOD, most=12)
    assert [error.code for error in found] == ["registeruren-buiten-grenzen"]


def test_verdeling_klopt_niet() -> None:
    assert refused(overig=Decimal("0.5")) == [("/registeruren", "verdeling-klopt-niet")]
    assert refused(pedagogisch=Decimal("1.5")) == [("/registeruren", "verdeling-klopt-niet")]


@given(st.lists(st.integers(0, 800), min_size=4, max_size=4), st.integers(-3, 3))
def test_the_split_adds_up_exactly(halves: list[int], off: int) -> None:
    split = {name: Decimal(n) / 2 for name, n in zip(rules.GEBIEDEN, halves, strict=True)}
    total = (sum(split.values()) or Decimal(1)) + Decimal(off) / 2
    found = rules.check_verdeling({"registeruren": total, **split}, most=10_000)
    assert (sum(split.values()) == total) == ("verdeling-klopt-niet" not in {error.code for error in found})


def test_zelfstudie_te_veel() -> None:
    assert ("/zelfstudie", "zelfstudie-te-veel") in refused(zelfstudie=Decimal(13), toets=True)
    assert refused(zelfstudie=Decimal("12.5"), toets=True) == []


def test_aanbod_te_kort() -> None:
    assert refused(**hours("2.5", overig="2.5")) == [("/registeruren", "aanbod-te-kort")]
    assert refused(**hours("3", overig="3")) == []


def test_toets_ontbreekt() -> None:
    assert refused(soort="zelfstudie") == [("/toets", "toets-ontbreekt")]
    assert refused(zelfstudie=Decimal("6.5")) == [("/toets", "toets-ontbreekt")]
    assert refused(zelfstudie=Decimal(6)) == []
    assert refused(soort="zelfstudie", toets=True) == []


def test_einde_voor_begin() -> None:
    assert refused(geldig_tot=date(2026, 7, 31)) == [("/geldigTot", "einde-voor-begin")]
    assert refused(geldig_tot=date(2026, 8, 1)) == refused(geldig_tot=None) == []


def test_everything_that_is_wrong_is_said_at_once() -> None:
    found = refused(**hours("2.5", overig="0.25"), zelfstudie=Decimal(9), geldig_tot=date(2020, 1, 1))
    assert {code for _, code in found} == {
        "geen-halve-uren", "verdeling-klopt-niet", "zelfstudie-te-veel", "aanbod-te-kort", "toets-ontbreekt", "einde-voor-begin",
    }  # fmt: skip


def test_kvk_nummer_onbekend() -> None:
    assert [error.code for error in rules.check_kvk_nummer("00000000")] == ["kvk-nummer-onbekend"]
    assert rules.check_kvk_nummer("01000000") == rules.check_kvk_nummer("69599068") == []


def test_reden_ontbreekt() -> None:
    assert [error.code for error in rules.check_beoordeling({"beoordeling": "afgewezen"})] == ["reden-ontbreekt"]
    assert rules.check_beoordeling({"beoordeling": "afgewezen", "reden": "Te vaag"}) == []
    assert rules.check_beoordeling({"beoordeling": "gevalideerd"}) == []


CHANGES: dict[str, Any] = {
    "soort": "studiedag",
    "titel": "Iets anders",
    "registeruren": Decimal(13),
    "vakinhoudelijk": Decimal(5),
    "vakdidactisch": Decimal(7),
    "pedagogisch": Decimal(1),
    "overig": Decimal(1),
    "zelfstudie": Decimal(1),
    "toets": True,
    "geldig_vanaf": date(2026, 7, 31),
    "geldig_tot": date(2028, 8, 1),
}


@pytest.mark.parametrize("field", CHANGES)
def test_other_aanbod_is_open_again(field: str) -> None:
    assert rules.reopens(AANBOD, AANBOD | {field: CHANGES[field]})


def test_aanbod_without_an_end_is_offered_on_more_days() -> None:
    assert rules.reopens(AANBOD, AANBOD | {"geldig_tot": None})


@pytest.mark.parametrize(
    "changes",
    [{"geldig_vanaf": date(2026, 9, 1)}, {"geldig_tot": date(2027, 7, 31)}, {"omschrijving": "Anders gezegd"}, {}],
)
def test_the_same_aanbod_on_fewer_days_stays_judged(changes: dict[str, Any]) -> None:
    assert not rules.reopens(AANBOD, AANBOD | changes)
