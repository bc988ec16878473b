"""Periods and statuses: what begins when, what follows on the end, rule by rule."""

import pytest

from register_service.registratie.rules.course import STATUSSEN, course_of
from register_service.registratie.rules.norms import read_regelingen
from tests.registratie.rules.build import (
    END,
    ENOUGH,
    REGELINGEN,
    START,
    day,
    holds,
    job,
    leraar,
    off,
    periods,
    rows,
    ru,
    status,
    stored,
)

FIRST = (START, END, "eerste")


def test_zonder_geldige_bevoegdheid_aspirant() -> None:
    feiten = leraar(bevoegd=[])
    assert (status(feiten, START), periods(feiten, "2030-01-01")) == ("aspirant", [])
    ended = leraar(bevoegd=[holds(tot="2021-07-31")])
    assert (status(ended, "2021-07-31"), status(ended, "2021-08-01")) == ("geregistreerd", "aspirant")


def test_zij_instromer_is_aspirant() -> None:
    assert status(leraar(bevoegd=[holds(soort="geschiktheidsverklaring")]), START) == "aspirant"


@pytest.mark.parametrize("soort", ["pabo", "tweedegraads", "eerstegraads", "pdg", "beperkt", "erkend-buitenland"])
def test_elke_andere_soort_registreert(soort: str) -> None:
    assert status(leraar(bevoegd=[holds(soort=soort)]), START) == "geregistreerd"


def test_welke_soorten_registreren_zegt_de_regeling_van_die_dag() -> None:
    regelingen = read_regelingen([*rows(), *rows("2021-01-01", registrerendeSoorten=["geschiktheidsverklaring"])])
    zij_instromer = leraar(regelingen, bevoegd=[holds(soort="geschiktheidsverklaring")])
    bevoegd = leraar(regelingen)
    assert [status(zij_instromer, on, regelingen) for on in ("2020-12-31", "2021-01-01")] == [
        "aspirant",
        "geregistreerd",
    ]
    assert [status(bevoegd, on, regelingen) for on in ("2020-12-31", "2021-01-01")] == ["geregistreerd", "aspirant"]


def test_eerste_periode_begint_op_de_dag_van_inschrijving_als_die_later_is() -> None:
    assert periods(leraar(), START) == [FIRST]


def test_eerste_periode_begint_op_de_eerste_dag_van_de_bevoegdheid_als_die_later_is() -> None:
    feiten = leraar(bevoegd=[holds("2021-02-10")])
    assert (status(feiten, "2021-02-09"), status(feiten, "2021-02-10")) == ("aspirant", "geregistreerd")
    assert periods(feiten, "2021-02-10") == [("2021-02-10", "2025-02-09", "eerste")]


def test_een_bevoegdheid_die_voor_de_inschrijving_verliep_telt_niet() -> None:
    feiten = leraar(bevoegd=[holds("2010-01-01", "2019-12-31"), holds("2022-01-01")])
    assert periods(feiten, "2022-01-01") == [("2022-01-01", "2025-12-31", "eerste")]


def test_periode_van_vier_jaar_vanaf_29_februari() -> None:
    assert periods(leraar(geregistreerdOp="2024-02-29"), "2024-02-29") == [("2024-02-29", "2028-02-28", "eerste")]


def test_voor_de_inschrijving_is_er_geen_status() -> None:
    verloop = course_of(leraar(), REGELINGEN, day("2020-07-31"))
    assert (verloop.status, verloop.standen, verloop.perioden) == (None, (), ())


def test_periode_houdt_de_regeling_van_haar_begindatum() -> None:
    regelingen = read_regelingen([*rows(), *rows("2020-08-02", registratieJaren=2, registeruren=500)])
    feiten = leraar(regelingen)
    # The first needs 160 RU and lasts 4 years still; the second is of the new figures.
    assert periods(feiten, "2024-08-01", regelingen) == [FIRST, ("2024-08-01", "2026-07-31", "verlengd")]
    assert status(feiten, "2026-08-01", regelingen) == "onder-voorwaarden"


def test_eisen_gehaald_op_de_laatste_dag_geeft_een_nieuwe_periode() -> None:
    feiten = leraar()
    assert periods(feiten, END) == [FIRST]
    assert periods(feiten, "2024-08-01") == [FIRST, ("2024-08-01", "2028-07-31", "verlengd")]
    assert status(feiten, "2024-08-01") == "geregistreerd"


def test_activiteit_die_op_de_laatste_dag_eindigt_telt_nog() -> None:
    assert periods(leraar(uren=[ru(END, 160)]), "2024-08-01")[1][2] == "verlengd"
    assert status(leraar(uren=[ru("2024-08-01", 160)]), "2024-08-01") == "onder-voorwaarden"


def test_niet_gehaald_is_onder_voorwaarden_voor_zes_maanden_en_dan_verlopen() -> None:
    feiten = leraar(uren=[])
    days = [END, "2024-08-01", "2025-01-31", "2025-02-01", "2040-01-01"]
    assert [status(feiten, on) for on in days] == [
        "geregistreerd", "onder-voorwaarden", "onder-voorwaarden", "verlopen", "verlopen",
    ]  # fmt: skip


def test_zes_maanden_na_29_februari() -> None:
    # The last day is 28 February 2028; the conditions run from 29 February to 28 August.
    feiten = leraar(geregistreerdOp="2024-02-29", uren=[])
    days = ["2028-02-28", "2028-02-29", "2028-08-28", "2028-08-29"]
    assert [status(feiten, on) for on in days] == [
        "geregistreerd",
        "onder-voorwaarden",
        "onder-voorwaarden",
        "verlopen",
    ]


def test_zes_maanden_na_het_einde_van_een_korte_maand() -> None:
    feiten = leraar(geregistreerdOp="2021-03-01", uren=[])
    days = ["2025-02-28", "2025-03-01", "2025-08-31", "2025-09-01"]
    assert [status(feiten, on) for on in days] == [
        "geregistreerd",
        "onder-voorwaarden",
        "onder-voorwaarden",
        "verlopen",
    ]


def test_besluit_op_de_dag_na_het_einde_herstelt() -> None:
    # Not there as counted on the last day; there on the first day after it: nobody was onder-voorwaarden for a day.
    feiten = leraar(uren=[ru("2024-07-01", 160, decided="2024-08-01")])
    assert periods(feiten, "2024-08-01") == [FIRST, ("2024-08-01", "2028-07-31", "hersteld")]


def test_hersteld_op_de_eerste_dag_waarop_alles_gehaald_is() -> None:
    feiten = leraar(uren=[ru("2024-07-01", 160, decided="2024-10-15")])
    assert status(feiten, "2024-10-14") == "onder-voorwaarden"
    assert periods(feiten, "2024-10-15") == [FIRST, ("2024-10-15", "2028-10-14", "hersteld")]


def test_in_de_zes_maanden_tellen_activiteiten_en_werk_van_die_tijd_mee() -> None:
    # An activiteit belongs to the period in which it ended: it helps from the day after.
    late = leraar(uren=[ru("2024-07-01", 100), ru("2024-09-10", 60)])
    assert (status(late, "2024-09-10"), status(late, "2024-09-11")) == ("onder-voorwaarden", "geregistreerd")
    # 1000 days of 0.2 fte are 908.4 hours; with 115 days of 0.8 fte 1326.3, and with 116 days 1329.9.
    worker = leraar(werk=[job("2021-11-05", END, fte=0.2), job("2024-08-01", fte=0.8)])
    found = periods(worker, "2025-01-01")
    assert found[1] == ("2024-11-25", "2028-11-24", "hersteld")


def test_hersteld_op_de_laatste_dag_van_de_zes_maanden_maar_niet_erna() -> None:
    in_time = leraar(uren=[ru("2024-07-01", 160, decided="2025-01-31")])
    too_late = leraar(uren=[ru("2024-07-01", 160, decided="2025-02-01")])
    assert periods(in_time, "2025-02-01")[1:] == [("2025-01-31", "2029-01-30", "hersteld")]
    assert status(too_late, "2025-02-01") == "verlopen"


def test_activiteit_telt_in_een_periode() -> None:
    # 200 RU in the time of the conditions: 60 of them would do, but none of them is left for the next period.
    feiten = leraar(uren=[ru("2024-07-01", 100), ru("2024-09-10", 200)])
    assert periods(feiten, "2028-09-11") == [FIRST, ("2024-09-11", "2028-09-10", "hersteld")]
    assert status(feiten, "2028-09-11") == "onder-voorwaarden"


def test_niet_bevoegd_op_de_dag_na_het_einde_is_aspirant_tot_de_volgende_bevoegde_dag() -> None:
    feiten = leraar(uren=[], bevoegd=[holds(tot=END), holds("2026-03-01")])
    assert [status(feiten, on) for on in (END, "2024-08-01", "2026-02-28")] == ["geregistreerd", "aspirant", "aspirant"]
    assert periods(feiten, "2026-03-01") == [FIRST, ("2026-03-01", "2030-02-28", "eerste")]


def test_bevoegdheid_die_onderweg_wegvalt_stopt_de_periode_niet() -> None:
    feiten = leraar(bevoegd=[holds(tot="2022-01-31"), holds("2022-03-01")])
    assert [status(feiten, on) for on in ("2022-02-01", "2022-03-01")] == ["aspirant", "geregistreerd"]
    assert periods(feiten, END) == [FIRST]


def test_bevoegdheid_die_onder_voorwaarden_wegvalt_stopt_de_zes_maanden_niet() -> None:
    feiten = leraar(uren=[], bevoegd=[holds(tot="2024-09-30"), holds("2025-02-01")])
    assert [status(feiten, on) for on in ("2024-10-01", "2025-02-01")] == ["aspirant", "verlopen"]


def test_doorgehaald_vanaf_die_dag_tot_hervat() -> None:
    feiten = leraar(doorhalingen=[off("2022-01-01", "2022-12-31")])
    days = ["2021-12-31", "2022-01-01", "2022-12-31", "2023-01-01"]
    assert [status(feiten, on) for on in days] == ["geregistreerd", "doorgehaald", "doorgehaald", "geregistreerd"]


def test_doorgehaald_gaat_voor_aspirant() -> None:
    feiten = leraar(bevoegd=[holds(tot="2021-12-31")], doorhalingen=[off("2022-01-01")])
    assert status(feiten, "2022-01-01") == "doorgehaald"


def test_na_hervatten_gaat_de_lopende_periode_verder() -> None:
    assert periods(leraar(doorhalingen=[off("2022-01-01", "2022-12-31")]), "2023-01-01") == [FIRST]


def test_doorgehaald_geen_nieuwe_periode_en_na_hervatten_een_nieuwe() -> None:
    feiten = leraar(doorhalingen=[off("2024-01-01", "2025-12-31")])
    assert periods(feiten, "2025-12-31") == [FIRST]
    assert periods(feiten, "2026-01-01") == [FIRST, ("2026-01-01", "2029-12-31", "hervat")]


def test_hervat_op_de_dag_na_het_einde_telt_wat_gehaald_is() -> None:
    feiten = leraar(doorhalingen=[off("2024-01-01", END)])
    assert periods(feiten, "2024-08-01")[1][2] == "verlengd"


def test_doorhalen_onder_voorwaarden_stopt_de_zes_maanden_niet() -> None:
    feiten = leraar(uren=[], doorhalingen=[off("2024-09-01", "2024-12-31")])
    assert status(feiten, "2025-01-01") == "onder-voorwaarden"
    late = leraar(uren=[], doorhalingen=[off("2024-09-01", "2025-03-31")])
    assert (status(late, "2025-04-01"), periods(late, "2025-04-01")) == ("verlopen", [FIRST])


def test_wat_doorgehaald_op_tijd_gehaald_werd_geeft_na_hervatten_een_nieuwe_periode() -> None:
    feiten = leraar(uren=[ru("2024-07-01", 160, decided="2024-10-01")], doorhalingen=[off("2024-09-01", "2025-03-31")])
    assert periods(feiten, "2025-03-31") == [FIRST]
    assert periods(feiten, "2025-04-01") == [FIRST, ("2025-04-01", "2029-03-31", "hervat")]


def test_na_verlopen_en_hervatten_de_periode_die_is_vastgelegd() -> None:
    feiten = leraar(uren=[], perioden=[stored(*FIRST), stored("2026-05-01", "2030-04-30", "hervat")])
    assert [status(feiten, on) for on in ("2026-04-30", "2026-05-01")] == ["verlopen", "geregistreerd"]


def test_uitstel_verschuift_het_einde() -> None:
    feiten = leraar(uren=[ru("2025-01-20", 160)], perioden=[stored(START, "2025-01-31", uitstel=6)])
    assert status(feiten, "2025-01-31") == "geregistreerd"
    assert periods(feiten, "2025-02-01")[1] == ("2025-02-01", "2029-01-31", "verlengd")


def test_wat_is_vastgelegd_staat_ook_als_de_feiten_later_anders_zijn() -> None:
    # The hours were withdrawn after the renewal was decided.
    feiten = leraar(uren=[], perioden=[stored(*FIRST), stored("2024-08-01", "2028-07-31", "verlengd")])
    assert status(feiten, "2025-06-01") == "geregistreerd"
    assert [p.grond for p in course_of(feiten, REGELINGEN, day("2025-06-01")).nieuw] == []


def test_terugkijken_ziet_geen_periode_van_later() -> None:
    feiten = leraar(perioden=[stored(*FIRST), stored("2024-10-15", "2028-10-14", "hersteld")])
    assert periods(feiten, "2024-10-14") == [FIRST]
    # By the facts of now there would have been one from 1 August; but it was decided otherwise.
    assert status(feiten, "2024-10-14") == "onder-voorwaarden"


def test_nieuw_is_wat_nog_niet_is_vastgelegd() -> None:
    verloop = course_of(leraar(perioden=[stored(*FIRST)]), REGELINGEN, day("2024-08-01"))
    assert [(p.id, p.grond) for p in verloop.nieuw] == [(None, "verlengd")]


def test_standen_zijn_zo_lang_als_de_status_duurt() -> None:
    verloop = course_of(leraar(bevoegd=[holds("2020-09-01")], uren=[]), REGELINGEN, day("2025-06-01"))
    assert [(s.status, str(s.vanaf), str(s.tot)) for s in verloop.standen] == [
        ("aspirant", "2020-08-01", "2020-08-31"),
        ("geregistreerd", "2020-09-01", "2024-08-31"),
        ("onder-voorwaarden", "2024-09-01", "2025-02-28"),
        ("verlopen", "2025-03-01", "None"),
    ]
    assert {s.status for s in verloop.standen} < set(STATUSSEN)


def test_verlengd_is_een_doorlopende_stand() -> None:
    assert len(course_of(leraar(uren=[ENOUGH]), REGELINGEN, day("2024-08-01")).standen) == 1
