"""Rules of the bevoegdheid, without a database."""

from datetime import date
from typing import Any

import pytest

from register_service.bevoegdheden.models import BevoegdheidSoort
from register_service.bevoegdheden.rules import check, complete
from register_service.bevoegdheden.vakken import VAKKEN

TODAY = date(2026, 11, 23)
BORN = date(1990, 6, 15)


def codes(**bevoegdheid: Any) -> list[str]:
    """Give the codes of what is wrong with a bevoegdheid."""
    whole = {"soort": "tweedegraads", "vak": "duits", "behaald_op": date(2015, 7, 1), **bevoegdheid}
    found = check(whole, vakken=VAKKEN, geboortedatum=BORN, today=TODAY, lowest_age=16, years_of_geschiktheid=2)
    return [error.code for error in found]


@pytest.mark.parametrize("soort", ["tweedegraads", "eerstegraads", "beperkt"])
def test_vak_verplicht(soort: str) -> None:
    assert codes(soort=soort, vak=None) == ["vak-verplicht"]
    assert codes(soort=soort, vak="wiskunde") == []


@pytest.mark.parametrize("soort", ["pabo", "pdg"])
def test_vak_niet_van_toepassing(soort: str) -> None:
    assert codes(soort=soort, vak="wiskunde") == ["vak-niet-van-toepassing"]
    assert codes(soort=soort, vak=None) == []


@pytest.mark.parametrize("soort", ["geschiktheidsverklaring", "erkend-buitenland"])
def test_vak_may_be_given_or_not(soort: str) -> None:
    assert codes(soort=soort, vak=None) == codes(soort=soort, vak="wiskunde") == []


def test_every_soort_of_the_domain_has_a_rule_for_its_vak() -> None:
    assert {soort.value for soort in BevoegdheidSoort} == {
        "pabo", "tweedegraads", "eerstegraads", "pdg", "beperkt", "geschiktheidsverklaring", "erkend-buitenland",
    }  # fmt: skip


@pytest.mark.parametrize("vak", ["Duits", "klingon", "wiskunde "])
def test_vak_onbekend(vak: str) -> None:
    assert codes(vak=vak) == ["vak-onbekend"]


def test_codes_of_vakken_fit_their_field() -> None:
    assert all(len(code) <= 20 and code == code.lower() and name for code, name in VAKKEN.items())


def test_behaald_in_toekomst() -> None:
    assert codes(behaald_op=TODAY) == []
    assert codes(behaald_op=date(2026, 11, 24)) == ["behaald-in-toekomst"]


def test_te_jong_voor_bevoegdheid() -> None:
    assert codes(behaald_op=date(2006, 6, 15)) == []
    assert codes(behaald_op=date(2006, 6, 14)) == ["te-jong-voor-bevoegdheid"]


def test_einde_voor_begin() -> None:
    assert codes(geldig_tot=date(2015, 7, 1)) == []
    assert codes(geldig_tot=date(2015, 6, 30)) == ["einde-voor-begin"]


@pytest.mark.parametrize(
    ("behaald_op", "last"),
    [
        (date(2025, 9, 1), date(2027, 8, 31)),
        (date(2024, 2, 29), date(2026, 2, 27)),  # two years on there is no 29 February: it would be the 28th
        (date(2025, 1, 1), date(2026, 12, 31)),
    ],
)
def test_a_geschiktheidsverklaring_holds_two_years(behaald_op: date, last: date) -> None:
    given = {"soort": "geschiktheidsverklaring", "vak": None, "behaald_op": behaald_op}
    assert complete(given, 2)["geldig_tot"] == last
    assert complete({**given, "geldig_tot": behaald_op}, 2)["geldig_tot"] == behaald_op
    assert codes(**given, geldig_tot=last) == []
    after = date.fromordinal(last.toordinal() + 1)
    assert codes(**given, geldig_tot=after) == ["geschiktheidsverklaring-te-lang"]


def test_the_years_of_a_geschiktheidsverklaring_are_a_figure() -> None:
    given = {"soort": "geschiktheidsverklaring", "behaald_op": date(2025, 9, 1)}
    assert complete(given, 3)["geldig_tot"] == date(2028, 8, 31)


def test_other_soorten_hold_without_end() -> None:
    assert complete({"soort": "pabo", "behaald_op": BORN}, 2).get("geldig_tot") is None


def test_everything_wrong_comes_at_once() -> None:
    assert codes(vak=None, behaald_op=date(2027, 1, 1), geldig_tot=date(2020, 1, 1)) == [
        "vak-verplicht", "behaald-in-toekomst", "einde-voor-begin",
    ]  # fmt: skip
