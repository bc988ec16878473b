"""Progress: each requirement, what is missing, the whole in percents, and whether that is on course."""

import orjson

from tests.registratie.rules.build import END, ENOUGH, START, eis, holds, job, leraar, off, progress, ru, stored


def test_wat_behaald_is_wat_nodig_is_en_wat_ontbreekt() -> None:
    feiten = leraar(uren=[ru("2022-05-01", 90.5, overig=20)], werk=[job(fte=0.2)])
    found = progress(feiten, "2022-07-31")
    assert [tuple(one) for one in found.eisen] == [
        ("registeruren", 90.5, 160, 69.5, 56, False),
        ("primair", 70.5, 100, 29.5, 70, False),
        ("vakinhoudelijk", 0, 0, 0, 100, True),
        ("werkuren", 664, 1328, 664, 50, False),
    ]
    assert (found.status, str(found.vanaf), str(found.tot), found.sector) == ("geregistreerd", START, END, "po")


def test_percentage_is_dat_van_alles_wat_gevraagd_wordt() -> None:
    # 56, 70 and 50; that nothing vakinhoudelijk is asked for fills no part of the bar.
    assert (
        progress(leraar(uren=[ru("2022-05-01", 90.5, overig=20)], werk=[job(fte=0.2)]), "2022-07-31").percentage == 58
    )


def test_honderd_procent_alleen_als_alles_gehaald_is() -> None:
    short = progress(leraar(uren=[ru("2022-05-01", 159.5)]), END)
    assert (short.percentage, short.voldaan, short.op_koers) == (99, False, False)
    done = progress(leraar(), END)
    assert (done.percentage, done.voldaan, done.op_koers) == (100, True, True)


def test_meer_dan_gevraagd_is_honderd_procent() -> None:
    assert eis(leraar(uren=[ru("2022-05-01", 500)]), END, "registeruren")[1:] == (500, 160, 0, 100, True)


def test_op_koers_naar_het_deel_van_de_periode_dat_voorbij_is() -> None:
    # Half of the time: 80 RU, and 664 hours of work.
    half = {
        on: progress(leraar(uren=[ru("2021-05-01", 80)], werk=[job(fte=0.2)]), on)
        for on in ("2022-07-31", "2022-08-20")
    }
    assert [(p.verstreken, p.op_koers) for p in half.values()] == [(49, True), (51, False)]


def test_op_de_eerste_dag_op_koers() -> None:
    found = progress(leraar(uren=[]), START)
    assert (found.verstreken, found.percentage, found.op_koers) == (0, 0, True)


def test_ingediend_is_wat_in_deze_periode_op_een_validator_wacht() -> None:
    waiting = [
        {"einddatum": on, "registeruren": hours} for on, hours in (("2020-07-31", 1), (START, 2.5), ("2022-01-01", 4))
    ]
    assert progress(leraar(ingediend=waiting), "2022-01-01").ingediend == 6.5
    assert progress(leraar(ingediend=waiting), "2021-12-31").ingediend == 2.5


def test_onder_voorwaarden_blijft_het_de_periode_die_voorbij_is() -> None:
    found = progress(leraar(uren=[ru("2024-07-01", 100), ru("2024-09-10", 30)]), "2024-09-10")
    assert (found.status, str(found.vanaf), str(found.tot), found.verstreken) == (
        "onder-voorwaarden",
        START,
        "2025-01-31",
        100,
    )
    assert (found.eisen[0].behaald, found.op_koers) == (130, False)


def test_verlopen_is_het_wat_hervatten_nodig_heeft() -> None:
    # What was worked and ended in the four years before the day; that day itself is no part of them.
    feiten = leraar(uren=[ru("2022-07-09", 1), ru("2022-07-10", 2), ru("2026-07-09", 4), ru("2026-07-10", 8)])
    found = progress(feiten, "2026-07-10")
    assert (found.status, str(found.vanaf), str(found.tot)) == ("verlopen", "2022-07-10", "2026-07-09")
    assert (found.eisen[0].behaald, found.verstreken) == (6, 100)


def test_aspirant_en_doorgehaald_zonder_periode_hebben_geen_eisen() -> None:
    for feiten, on in (
        (leraar(bevoegd=[]), "2022-01-01"),
        (leraar(), "2020-07-31"),
        (leraar(doorhalingen=[off("2024-01-01")]), "2024-08-01"),
        (leraar(bevoegd=[holds(tot=END)]), "2024-08-01"),
    ):
        found = progress(feiten, on)
        assert (found.eisen, found.vanaf, found.tot, found.percentage, found.voldaan) == ((), None, None, 0, False)


def test_aspirant_en_doorgehaald_in_een_periode_zien_die() -> None:
    assert progress(leraar(doorhalingen=[off("2024-01-01")]), END).eisen[0].behaald == 160
    assert progress(leraar(bevoegd=[holds(tot="2022-01-31")]), END).eisen[0].behaald == 160


def test_na_verlenging_telt_de_nieuwe_periode() -> None:
    found = progress(leraar(), "2024-08-01")
    assert (str(found.vanaf), found.eisen[0].behaald, found.eisen[3].behaald) == ("2024-08-01", 0, 3)


def test_met_uitstel_is_de_periode_langer_en_de_eis_gelijk() -> None:
    found = progress(leraar(perioden=[stored(START, "2026-07-31", uitstel=24)]), END)
    assert (str(found.tot), found.verstreken, found.eisen[0].nodig) == ("2026-07-31", 66, 160)


def test_voortgang_is_json() -> None:
    json = progress(leraar(uren=[ENOUGH]), END).as_json()
    assert orjson.loads(orjson.dumps(json)) == json
    assert list(json) == [
        "registratienummer", "peildatum", "status", "vanaf", "tot", "sector", "verstreken", "percentage", "voldaan", "opKoers",
        "ingediend", "eisen",
    ]  # fmt: skip
    assert list(json["eisen"][0]) == ["eis", "behaald", "nodig", "ontbreekt", "percentage", "voldaan"]
