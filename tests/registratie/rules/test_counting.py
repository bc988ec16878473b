"""What counts: registeruren, their split, hours of work; and what is needed of them."""

import pytest

from tests.registratie.rules.build import END, START, eis, job, leraar, progress, ru, status

AFTER = "2024-08-01"


def test_alleen_activiteiten_die_in_de_periode_eindigden() -> None:
    uren = [ru("2020-07-31", 1), ru(START, 2), ru(END, 4), ru("2024-08-01", 8)]
    assert eis(leraar(uren=uren), END, "registeruren").behaald == 6


def test_activiteit_over_een_grens_telt_waar_zij_eindigde() -> None:
    # Only its end is a fact: it began in the period before, or goes on after the day that is looked at.
    feiten = leraar(uren=[ru(END, 160), ru("2024-08-01", 10)])
    assert eis(feiten, AFTER, "registeruren").behaald == 10


def test_telt_vanaf_de_dag_van_het_besluit() -> None:
    feiten = leraar(uren=[ru("2023-01-10", 12, decided="2023-03-01")])
    assert [eis(feiten, on, "registeruren").behaald for on in ("2023-02-28", "2023-03-01")] == [0, 12]


def test_wat_na_de_laatste_dag_besloten_wordt_telt_op_die_dag_niet() -> None:
    feiten = leraar(uren=[ru("2024-07-01", 160, decided="2024-08-02")])
    assert (status(feiten, AFTER), status(feiten, "2024-08-02")) == ("onder-voorwaarden", "geregistreerd")


@pytest.mark.parametrize(("hours", "found"), [(160, "geregistreerd"), (159.5, "onder-voorwaarden")])
def test_160_registeruren(hours: float, found: str) -> None:
    assert status(leraar(uren=[ru("2023-01-10", hours)]), AFTER) == found


@pytest.mark.parametrize(("overig", "found"), [(60, "geregistreerd"), (60.5, "onder-voorwaarden")])
def test_100_primair(overig: float, found: str) -> None:
    assert status(leraar(uren=[ru("2023-01-10", 160, overig=overig)]), AFTER) == found


def test_primair_is_vakinhoudelijk_vakdidactisch_en_pedagogisch_samen() -> None:
    feiten = leraar(uren=[ru("2023-01-10", 20, vakinhoudelijk=2.5, vakdidactisch=3, overig=10)])
    found = {name: eis(feiten, END, name).behaald for name in ("registeruren", "primair", "vakinhoudelijk")}
    assert found == {"registeruren": 20, "primair": 10, "vakinhoudelijk": 2.5}


@pytest.mark.parametrize(("hours", "found"), [(40, "geregistreerd"), (39.5, "onder-voorwaarden")])
def test_40_vakinhoudelijk_in_het_vo(hours: float, found: str) -> None:
    feiten = leraar(uren=[ru("2023-01-10", 160, vakinhoudelijk=hours)], werk=[job(sector="vo")])
    assert status(feiten, AFTER) == found


@pytest.mark.parametrize("sector", ["po", "so", "mbo"])
def test_geen_vakinhoudelijk_nodig_in_een_andere_sector(sector: str) -> None:
    assert status(leraar(werk=[job(sector=sector)]), AFTER) == "geregistreerd"


def test_sector_is_die_met_de_meeste_uren_in_de_periode() -> None:
    # Longer in po, but with more hours in vo; and all of the work in po of before the period.
    werk = [job("2010-08-01", "2022-09-30", fte=0.4), job("2022-10-01", fte=0.6, sector="vo")]
    assert progress(leraar(werk=werk), END).sector == "vo"
    assert progress(leraar(werk=werk), "2023-06-30").sector == "po"


def test_bij_gelijke_uren_de_sector_die_het_minst_vraagt() -> None:
    both = [job(sector="vo"), job(sector="po")]
    assert progress(leraar(werk=both), END).sector == progress(leraar(werk=both[::-1]), END).sector == "po"


def test_werk_in_de_zes_maanden_verandert_de_sector_niet() -> None:
    feiten = leraar(uren=[], werk=[job("2024-07-01", END), job("2024-08-01", fte=1, sector="vo")])
    assert progress(feiten, "2025-01-20").sector == "po"
    # More hours in vo in those months than in po in the years before; but nothing vakinhoudelijk is asked for.
    much = [job("2024-08-01", fte=1.2, sector="vo"), job("2024-08-01", fte=1.2, sector="vo")]
    late = leraar(uren=[ru("2024-07-01", 160, decided="2025-01-31")], werk=[job(START, END, fte=0.2), *much])
    assert (status(late, "2025-01-30"), status(late, "2025-01-31")) == ("onder-voorwaarden", "geregistreerd")


def test_een_vijfde_fte_in_precies_vier_jaar_is_1328_uur() -> None:
    feiten = leraar(werk=[job(fte=0.2)])
    assert (eis(feiten, END, "werkuren").behaald, status(feiten, AFTER)) == (1328, "geregistreerd")


def test_een_dag_minder_is_het_niet() -> None:
    feiten = leraar(werk=[job("2020-08-02", fte=0.2)])
    assert (eis(feiten, END, "werkuren").behaald, status(feiten, AFTER)) == (1327, "onder-voorwaarden")


def test_werkuren_tot_en_met_de_dag_en_alleen_in_de_periode() -> None:
    # A whole fte is 4.542 hours a day.
    feiten = leraar(werk=[job("2010-01-01", fte=1)])
    assert [eis(feiten, on, "werkuren").behaald for on in (START, "2020-08-02", "2020-08-11")] == [5, 10, 50]


def test_werkuren_van_aanstellingen_naast_elkaar_tellen_op() -> None:
    apart = leraar(werk=[job(fte=0.1, sector="po"), job(fte=0.1, sector="vo")])
    # Rounded once, over all of them.
    assert eis(apart, END, "werkuren") == eis(leraar(werk=[job(fte=0.2)]), END, "werkuren")


def test_aanstelling_van_een_dag_telt_een_dag() -> None:
    assert eis(leraar(werk=[job("2023-01-10", "2023-01-10", fte=1)]), END, "werkuren").behaald == 5


def test_wie_nergens_werkte_heeft_geen_sector_en_geen_uren() -> None:
    found = progress(leraar(werk=[]), END)
    assert (found.sector, eis(leraar(werk=[]), END, "vakinhoudelijk").nodig) == (None, 0)
    assert eis(leraar(werk=[]), END, "werkuren")[1:] == (0, 1328, 1328, 0, False)
