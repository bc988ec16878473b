"""Notices ahead of the end of a period: when each is due, and that nobody gets two at once."""

import pytest

from register_service.registratie.models import BerichtSoort
from register_service.registratie.rules.facts import Periode
from register_service.registratie.rules.meldingen import MELDINGEN, Melding, days_of_meldingen, melding_on
from tests.registratie.rules.build import END, NORMEN, START, day


def period(last: str = END) -> Periode:
    """Give a period that ends on a day."""
    return Periode("1", day(START), day(last), "eerste")


def due(on: str, *sent: Melding, last: str = END) -> str | None:
    """Give the soort of what falls due."""
    found = melding_on(period(last), NORMEN, day(on), sent)
    return None if found is None else found.soort


FIRST, SECOND = Melding("zes-maanden", day(END)), Melding("twaalf-weken", day(END))


@pytest.mark.parametrize(("on", "found"), [("2024-01-30", None), ("2024-01-31", "zes-maanden")])
def test_zes_maanden_voor_het_einde(on: str, found: str | None) -> None:
    assert due(on) == found


@pytest.mark.parametrize(("on", "found"), [("2024-05-07", None), ("2024-05-08", "twaalf-weken")])
def test_twaalf_weken_voor_het_einde(on: str, found: str | None) -> None:
    assert (day(END) - day("2024-05-08")).days == 84
    assert due(on, FIRST) == found


def test_zes_maanden_voor_het_einde_van_augustus_is_de_laatste_van_februari() -> None:
    assert list(days_of_meldingen(period("2024-08-31"), NORMEN).values()) == [day("2024-02-29"), day("2024-06-08")]
    assert (due("2024-02-28", last="2024-08-31"), due("2024-02-29", last="2024-08-31")) == (None, "zes-maanden")


def test_wat_verstuurd_is_wordt_niet_nog_eens_verstuurd() -> None:
    assert (due("2024-02-01", FIRST), due("2024-06-01", FIRST, SECOND)) == (None, None)


def test_wie_laat_is_verstuurt_alleen_de_dichtstbijzijnde() -> None:
    assert due("2024-05-08") == "twaalf-weken"
    assert due("2024-05-09", SECOND) is None


def test_tot_en_met_de_laatste_dag_en_niet_erna() -> None:
    assert (due(END, FIRST), due("2024-08-01", FIRST)) == ("twaalf-weken", None)


def test_na_uitstel_worden_ze_voor_het_nieuwe_einde_verstuurd() -> None:
    assert due("2024-06-01", FIRST, SECOND, last="2025-01-31") is None
    assert due("2024-07-31", FIRST, SECOND, last="2025-01-31") == "zes-maanden"


def test_de_soorten_zijn_die_van_de_tabel() -> None:
    assert list(MELDINGEN) == [soort.value for soort in BerichtSoort]
