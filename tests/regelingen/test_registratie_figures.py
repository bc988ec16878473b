"""Figures of professionalisering and registratie: read and checked, in the first regeling, and changed by command."""

from typing import Any

import pytest
from click.testing import CliRunner

from register_service.bevoegdheden.models import BevoegdheidSoort
from register_service.cli.main import cli
from register_service.regelingen.figures import (
    SOORTEN,
    check_figures,
    read_registratie_figures,
    read_vakinhoudelijk_uren,
)
from tests.support import Register, on_day

VALUES: dict[str, Any] = {
    "registratieJaren": 4,
    "registeruren": 160,
    "primairUren": 100,
    "werkuren": 1328,
    "jaaruren": 1659,
    "voorwaardenMaanden": 6,
    "uitstelMaximaalMaanden": 24,
    "meldingMaanden": 6,
    "meldingWeken": 12,
    "registrerendeSoorten": ["pabo", "tweedegraads", "eerstegraads", "pdg", "beperkt", "erkend-buitenland"],
    "activiteitMaximaalUren": 1680,
    "aanbodMinimaalUren": 3,
    "gelijkenisTitel": 0.5,
}


def test_reads_every_figure() -> None:
    figures = read_registratie_figures(VALUES)
    assert (figures.registratie_jaren, figures.registeruren, figures.primair_uren, figures.werkuren) == (
        4,
        160,
        100,
        1328,
    )
    assert figures.registrerende_soorten == SOORTEN - {"geschiktheidsverklaring"}


def test_the_soorten_are_those_of_a_bevoegdheid() -> None:
    assert {soort.value for soort in BevoegdheidSoort} == SOORTEN


@pytest.mark.parametrize(
    ("wrong", "text"),
    [
        ({"registratieJaren": 0}, "registratieJaren ligt niet tussen"),
        ({"registeruren": -1}, "registeruren ligt niet tussen"),
        ({"registeruren": 160.5}, "registeruren is geen geheel getal"),
        ({"primairUren": 161}, "primairUren is meer dan registeruren"),
        ({"werkuren": "1328"}, "werkuren is geen geheel getal"),
        ({"jaaruren": 0}, "jaaruren ligt niet tussen"),
        ({"voorwaardenMaanden": -1}, "voorwaardenMaanden"),
        ({"uitstelMaximaalMaanden": None}, "uitstelMaximaalMaanden"),
        ({"meldingMaanden": 0}, "meldingMaanden"),
        ({"meldingWeken": 24}, "meldingWeken ligt niet na meldingMaanden"),
        ({"registrerendeSoorten": "pabo"}, "registrerendeSoorten is geen lijst"),
        ({"registrerendeSoorten": []}, "registrerendeSoorten is geen lijst"),
        ({"registrerendeSoorten": ["pabbo"]}, "registrerendeSoorten heeft iets anders dan beperkt"),
        ({"registrerendeSoorten": [["pabo"]]}, "registrerendeSoorten heeft iets anders"),
        ({"activiteitMaximaalUren": 0}, "activiteitMaximaalUren"),
        ({"aanbodMinimaalUren": True}, "aanbodMinimaalUren is geen geheel getal"),
        ({"gelijkenisTitel": 0}, "gelijkenisTitel ligt niet tussen 0 en 1"),
    ],
)
def test_a_figure_that_cannot_be_is_named(wrong: dict[str, Any], text: str) -> None:
    with pytest.raises(ValueError, match=text):
        read_registratie_figures({**VALUES, **wrong})


@pytest.mark.parametrize("name", VALUES)
def test_a_figure_that_is_missing_is_named(name: str) -> None:
    with pytest.raises(KeyError, match=f"{name} ontbreekt"):
        read_registratie_figures({key: value for key, value in VALUES.items() if key != name})


@pytest.mark.parametrize("wrong", [-1, 40.5, None, "40"])
def test_vakinhoudelijk_is_whole_hours_of_a_sector(wrong: object) -> None:
    assert read_vakinhoudelijk_uren({"vakinhoudelijkUren": 40}) == 40
    with pytest.raises(ValueError, match="vakinhoudelijkUren"):
        read_vakinhoudelijk_uren({"vakinhoudelijkUren": wrong})


def test_every_sector_has_its_own_vakinhoudelijk_and_all_pass_the_check(register: Register) -> None:
    rows = register.rows("select sector, waarden from regeling")
    for sector, values in rows:
        check_figures(sector, values)
    found = {sector: values["vakinhoudelijkUren"] for sector, values in rows if sector != "alle"}
    assert found == {"po": 0, "so": 0, "vo": 40, "mbo": 0, "ho": 0}


def test_they_change_by_command_and_never_to_what_cannot_be(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", register.settings.database_url)

    def add(figure: str) -> str:
        with on_day(2026, 11, 23):
            arguments = ["regeling", "add", figure, "--vanaf", "2027-01-01", "--reden", "afspraak"]
            return CliRunner().invoke(cli, arguments).output

    assert "meldingWeken ligt niet na meldingMaanden" in add("meldingWeken=40")
    assert "Vanaf 2027-01-01 geldt" in add('registrerendeSoorten=["pabo","pdg"]')
    assert register.rows(
        "select waarden -> 'registrerendeSoorten' from regeling where geldig_vanaf = '2027-01-01'"
    ) == [(["pabo", "pdg"],)]
