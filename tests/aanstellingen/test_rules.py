"""Rules of the aanstelling, without a database."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from marshmallow import ValidationError

from register_service.aanstellingen.models import AanstellingSoort, RedenEinde
from register_service.aanstellingen.rules import Place, check
from register_service.core.fields import Fte

A, B = "41285", "41300"
OPEN = Place(A, None)


def codes(place: Place | None = OPEN, bestuur: str | None = A, **aanstelling: Any) -> list[str]:
    """Give the codes of what is wrong with an aanstelling."""
    whole = {"begindatum": date(2020, 8, 1), "betrekkingsomvang": Decimal("0.8"), **aanstelling}
    return [error.code for error in check(whole, place=place, bestuur=bestuur, highest=Decimal("1.2000"))]


@pytest.mark.parametrize(
    ("size", "found"),
    [("0.0001", []), ("1.2", []), ("1.2001", ["betrekkingsomvang-te-groot"]), ("0", ["betrekkingsomvang-te-groot"])],
)
def test_betrekkingsomvang_is_over_0_and_at_most_1_2(size: str, found: list[str]) -> None:
    assert codes(betrekkingsomvang=Decimal(size)) == found


@pytest.mark.parametrize("value", [0, -0.1, 0.00001, 0.80001, 10, True, "0.8", None, float("inf")])
def test_betrekkingsomvang_is_a_number_over_0_of_at_most_four_decimals(value: object) -> None:
    with pytest.raises(ValidationError):
        Fte().deserialize(value)


@pytest.mark.parametrize(("value", "number"), [(0.8, "0.8"), (1, "1"), (0.0001, "0.0001"), (1.1999, "1.1999")])
def test_betrekkingsomvang_keeps_four_decimals(value: float, number: str) -> None:
    assert Fte().deserialize(value) == Decimal(number)


def test_einde_voor_begin() -> None:
    assert codes(einddatum=date(2020, 8, 1)) == []
    assert codes(einddatum=date(2020, 7, 31)) == ["einde-voor-begin"]


def test_reden_zonder_einddatum() -> None:
    assert codes(reden_einde="pensioen") == ["reden-zonder-einddatum"]
    assert codes(reden_einde="pensioen", einddatum=date(2026, 1, 1)) == []
    assert codes(einddatum=date(2026, 1, 1)) == []


def test_redenen_en_soorten_are_those_of_the_domain() -> None:
    assert {reden.value for reden in RedenEinde} == {
        "ander-bestuur-in-regio", "buiten-regio", "buiten-onderwijs", "pensioen", "overig",
    }  # fmt: skip
    assert {soort.value for soort in AanstellingSoort} == {"regulier", "vervanging", "zij-instroom", "in-opleiding"}


def test_vestiging_onbekend() -> None:
    assert codes(place=None) == ["vestiging-onbekend"]


def test_vestiging_van_ander_bestuur() -> None:
    assert codes(place=Place(B, None)) == ["vestiging-van-ander-bestuur"]
    assert codes(place=Place(None, None)) == ["vestiging-van-ander-bestuur"]
    assert codes(place=Place(None, None), bestuur=None) == ["vestiging-van-ander-bestuur"]
    assert codes(place=Place(B, None), bestuur=None) == []


def test_vestiging_gesloten_from_that_day_on() -> None:
    closed = Place(A, date(2026, 1, 1))
    assert codes(place=closed) == ["vestiging-gesloten"]
    assert codes(place=closed, einddatum=date(2026, 1, 1)) == ["vestiging-gesloten"]
    assert codes(place=closed, einddatum=date(2025, 12, 31)) == []


def test_everything_wrong_comes_at_once() -> None:
    assert codes(place=None, einddatum=date(2019, 1, 1), betrekkingsomvang=Decimal(2)) == [
        "vestiging-onbekend", "einde-voor-begin", "betrekkingsomvang-te-groot",
    ]  # fmt: skip
