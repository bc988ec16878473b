"""What is due of a traject, by example: voortgangsgesprekken, programmes, afronding; what is overdue and what to do next."""

from dataclasses import replace

from register_service.inductie.rules.course import course_of
from register_service.inductie.rules.facts import Facts, Gesprek
from tests.inductie.rules.build import NORMS, day, judged, longer, on, pause, programme, stay, traject


def talks(facts: Facts, text: str) -> list[tuple[str, str, str | None]]:
    """Give the gesprekken of a traject on a day."""
    return [(g["uiterlijk"], g["status"], g["gehoudenOp"]) for g in on(facts, text).as_json()["gesprekken"]]


def held(*days: str) -> tuple[Gesprek, ...]:
    """Give gesprekken on these days."""
    return tuple(Gesprek(f"gesprek {text}", day(text)) for text in days)


def late(facts: Facts, text: str) -> list[tuple[str, str]]:
    """Give what is overdue on a day, and since when."""
    return [(item["wat"], item["sinds"]) for item in on(facts, text).as_json()["achterstallig"]]


def to_do(facts: Facts, text: str) -> list[tuple[str, str]]:
    """Give what is to be done on a day, and by when."""
    return [(item["wat"], item["uiterlijk"]) for item in on(facts, text).as_json()["teDoen"]]


def test_voortgangsgesprek_elke_zes_maanden_tot_het_einde() -> None:
    assert [due for due, _, _ in talks(traject(), "2024-08-01")] == [
        "2025-02-01", "2025-08-01", "2026-02-01", "2026-08-01", "2027-02-01",
    ]  # fmt: skip


def test_voortgangsgesprek_tot_en_met_de_dag_van_het_einde() -> None:
    stopped = traject(verblijven=(stay("2024-08-01", "2025-08-01"),), gestopt_op=day("2025-08-01"))
    assert [due for due, _, _ in talks(stopped, "2024-08-01")] == ["2025-02-01", "2025-08-01"]
    earlier = traject(verblijven=(stay("2024-08-01", "2025-07-31"),), gestopt_op=day("2025-07-31"))
    assert [due for due, _, _ in talks(earlier, "2024-08-01")] == ["2025-02-01"]


def test_voortgangsgesprekken_van_de_31e_vallen_op_de_laatste_dag_van_de_maand() -> None:
    facts = traject(startdatum=day("2023-08-31"), verblijven=(stay("2023-08-31"),))
    assert [due for due, _, _ in talks(facts, "2024-01-01")][:3] == ["2024-02-29", "2024-08-31", "2025-02-28"]


def test_voortgangsgesprek_is_achterstallig_vanaf_de_dag_erna() -> None:
    assert talks(traject(), "2025-02-01")[0] == ("2025-02-01", "verwacht", None)
    assert talks(traject(), "2025-02-02")[0] == ("2025-02-01", "achterstallig", None)
    assert late(traject(), "2025-02-01") == []
    assert late(traject(), "2025-02-02") == [("voortgangsgesprek", "2025-02-02")]


def test_voortgangsgesprek_op_tijd_is_gehouden_en_daarvoor_verwacht() -> None:
    facts = traject(gesprekken=held("2025-01-20"))
    assert talks(facts, "2025-01-19")[0] == ("2025-02-01", "verwacht", None)
    assert talks(facts, "2025-01-20")[0] == ("2025-02-01", "gehouden", "2025-01-20")
    assert late(facts, "2025-03-01") == []


def test_te_laat_gehouden_gesprek_is_tot_die_dag_achterstallig() -> None:
    facts = traject(gesprekken=held("2025-03-10"))
    assert late(facts, "2025-03-09") == [("voortgangsgesprek", "2025-02-02")]
    assert late(facts, "2025-03-10") == []
    assert talks(facts, "2025-03-10")[:2] == [
        ("2025-02-01", "gehouden", "2025-03-10"),
        ("2025-08-01", "verwacht", None),
    ]


def test_twee_gesprekken_in_een_half_jaar_zijn_er_niet_een_voor_het_volgende() -> None:
    facts = traject(gesprekken=held("2024-10-01", "2025-01-20"))
    assert talks(facts, "2025-08-02")[:2] == [
        ("2025-02-01", "gehouden", "2024-10-01"), ("2025-08-01", "achterstallig", None),
    ]  # fmt: skip


def test_een_tweede_gesprek_op_de_laatste_dag_hoort_niet_bij_het_volgende_half_jaar() -> None:
    assert talks(traject(gesprekken=held("2024-10-01", "2025-02-01")), "2025-08-02")[1][1] == "achterstallig"
    assert talks(traject(gesprekken=held("2024-10-01", "2025-02-02")), "2025-08-02")[1][1] == "gehouden"


def test_na_een_gemist_gesprek_haalt_een_tweede_het_in() -> None:
    facts = traject(gesprekken=held("2025-03-10", "2025-07-01"))
    assert [status for _, status, _ in talks(facts, "2025-07-01")[:3]] == ["gehouden", "gehouden", "verwacht"]


def test_gesprekken_als_het_einde_niet_te_voorzien_is() -> None:
    # As if it went on the day after: an interruption that lasts pushes the end away without a bound.
    facts = traject(onderbrekingen=(pause("2025-08-01", None),))
    assert course_of(facts).verwachte_einddatum is None
    assert talks(facts, "2026-01-01")[-1][0] == "2027-02-01"


def test_gesprekken_lopen_door_met_een_verlenging() -> None:
    assert talks(traject(verlengingen=(longer(6, "2026-01-01"),)), "2026-11-23")[-1][0] == "2027-08-01"


def test_de_regeling_zegt_om_de_hoeveel_maanden_een_gesprek_is() -> None:
    facts = traject(norms=replace(NORMS, gesprek_maanden=12))
    assert [due for due, _, _ in talks(facts, "2024-08-01")] == ["2025-08-01", "2026-08-01"]


def test_afronding_is_achterstallig_na_de_verwachte_einddatum() -> None:
    facts = traject(gesprekken=held("2025-01-01", "2025-07-01", "2026-01-01", "2026-07-01", "2027-01-01"))
    assert late(facts, "2027-07-31") == []
    assert late(facts, "2027-08-01") == [("afronding", "2027-08-01")]
    judged_late = replace(facts, verblijven=(stay("2024-08-01", "2027-08-20"),), afronding=judged("2027-08-20"))
    assert late(judged_late, "2027-08-19") == [("afronding", "2027-08-01")]
    assert late(judged_late, "2027-08-20") == []


def test_programma_is_achterstallig_vanaf_het_begin_van_het_inductiejaar() -> None:
    facts = traject(programmas=(programme(1),), gesprekken=held("2025-01-01", "2025-07-01"))
    assert late(facts, "2025-07-31") == []
    assert late(facts, "2025-08-01") == [("programma", "2025-08-01")]


def test_programma_van_een_jaar_dat_in_een_gat_zou_beginnen_is_pas_nodig_als_het_verder_gaat() -> None:
    stays = (stay("2024-08-01", "2025-07-31"), stay("2025-10-01"))
    facts = traject(programmas=(programme(1),), verblijven=stays, gesprekken=held("2025-01-01", "2025-07-01"))
    assert late(facts, "2025-09-30") == []
    assert late(facts, "2025-10-01") == [("programma", "2025-10-01")]


def test_programma_van_jaren_die_eerder_zijn_gedaan_is_niet_nodig() -> None:
    facts = traject(eerder_dagen=400, programmas=())
    assert [(jaar.jaar, jaar.vanaf.isoformat()) for jaar in course_of(facts).jaren] == [
        (2, "2024-08-01"),
        (3, "2025-06-27"),
    ]


def test_na_de_normduur_is_geen_programma_meer_nodig_dan_bij_verlenging() -> None:
    assert [jaar.jaar for jaar in course_of(traject()).jaren] == [1, 2, 3]
    assert [jaar.jaar for jaar in course_of(traject(verlengingen=(longer(1, "2026-01-01"),))).jaren] == [1, 2, 3, 4]


def test_te_doen_kijkt_drie_maanden_vooruit_en_begint_met_wat_te_laat_is() -> None:
    facts = traject(programmas=(programme(1),), gesprekken=held("2025-01-20"))
    assert to_do(facts, "2025-04-30") == []
    assert to_do(facts, "2025-05-01") == [("programma", "2025-08-01"), ("voortgangsgesprek", "2025-08-01")]
    assert to_do(facts, "2026-01-31")[0] == ("programma", "2025-08-01")
    assert ("afronding", "2027-07-31") in to_do(facts, "2027-05-01")


def test_te_doen_voor_de_start_is_het_eerste_programma() -> None:
    assert to_do(traject(programmas=()), "2024-06-01") == [("programma", "2024-08-01")]


def test_na_het_einde_is_er_niets_te_doen_en_niets_te_laat() -> None:
    facts = traject(verblijven=(stay("2024-08-01", "2026-07-31"),), afronding=judged("2026-07-31"), programmas=())
    assert to_do(facts, "2026-07-30")
    assert (to_do(facts, "2026-07-31"), late(facts, "2026-07-31")) == ([], [])
