"""Signals, one by one, each named after its code; and what every one of them says."""

import re
from decimal import Decimal

import pytest

from register_service.inductie.rules.facts import CRITERIA, Facts, Gesprek
from register_service.inductie.rules.signals import RULES
from tests.inductie.rules.build import (
    HOURS,
    THERE,
    day,
    guide,
    job,
    judged,
    longer,
    on,
    pause,
    programme,
    stay,
    traject,
)

TALKS = tuple(
    Gesprek(text, day(text)) for text in ("2025-01-01", "2025-07-01", "2026-01-01", "2026-07-01", "2027-01-01")
)


def signals(facts: Facts, text: str) -> list[tuple[str, int | None, str]]:
    """Give the signals of a traject on a day: code, year, since when."""
    return [(s["code"], s["jaar"], s["sinds"]) for s in on(facts, text).as_json()["signalen"]]


def only_text(facts: Facts, text: str) -> str:
    """Give the text of the one signal there is on a day."""
    (signal,) = on(facts, text).signalen
    return signal.tekst


def test_een_traject_waaraan_niets_ontbreekt_heeft_geen_signaal() -> None:
    assert signals(traject(gesprekken=TALKS), "2024-07-01") == []
    assert signals(traject(gesprekken=TALKS), "2027-07-31") == []


def test_lesreductie_onder_norm() -> None:
    facts = traject(
        programmas=(programme(1, lesreductie=Decimal("19.5")), programme(2, lesreductie=Decimal(10))), gesprekken=TALKS
    )
    assert signals(facts, "2024-07-31") == []
    assert signals(facts, "2024-08-01") == [("lesreductie-onder-norm", 1, "2024-08-01")]
    assert only_text(facts, "2025-09-01").startswith("De lesreductie in jaar 1 is 19,5%; de norm is 20%.")
    facts = traject(programmas=(programme(1), programme(2, lesreductie=Decimal(9))), gesprekken=TALKS)
    assert signals(facts, "2025-08-01") == [("lesreductie-onder-norm", 2, "2025-08-01")]


def test_lesreductie_die_niet_is_ingevuld_is_onder_de_norm() -> None:
    facts = traject(programmas=(programme(1, lesreductie=None),))
    assert only_text(facts, "2024-08-01").startswith("Voor jaar 1 staat er geen lesreductie; de norm is 20%.")


def test_lesreductie_heeft_na_de_jaren_van_de_norm_geen_norm() -> None:
    facts = traject(programmas=(programme(1), programme(2), programme(3, lesreductie=None)), gesprekken=TALKS)
    assert signals(facts, "2027-01-01") == []


def test_criterium_zonder_uren() -> None:
    planned = {**HOURS, "enculturatie": Decimal(0)}
    del planned["werkdrukvermindering"]
    facts = traject(programmas=(programme(1, gepland=planned),))
    assert signals(facts, "2024-08-01") == [("criterium-zonder-uren", 1, "2024-08-01")]
    assert "voor: werkdrukvermindering, enculturatie." in only_text(facts, "2024-08-01")


def test_uren_achter() -> None:
    realised = {**HOURS, "enculturatie": Decimal("39.5")}
    facts = traject(programmas=(programme(1, gerealiseerd=realised), programme(2)), gesprekken=TALKS)
    assert signals(facts, "2025-07-31") == []
    assert signals(facts, "2025-08-01") == [("uren-achter", 1, "2025-08-01")]
    assert "voor: enculturatie." in only_text(facts, "2025-08-01")


def test_uren_achter_van_het_laatste_jaar_blijft_na_de_afronding() -> None:
    programmas = (programme(1), programme(2), programme(3, gerealiseerd={}))
    facts = traject(programmas=programmas, afronding=judged("2027-07-31"), gesprekken=TALKS)
    assert signals(facts, "2027-08-01") == [("uren-achter", 3, "2027-08-01")]


def test_uren_achter_van_een_verlenging_begint_als_de_verlenging_om_is() -> None:
    programmas = (programme(1), programme(2), programme(3), programme(4, gerealiseerd={}))
    facts = traject(programmas=programmas, verlengingen=(longer(6, "2026-01-01"),), gesprekken=TALKS)
    assert ("uren-achter", 4, "2028-02-01") in signals(facts, "2028-02-01")
    assert "uren-achter" not in {code for code, _, _ in signals(facts, "2028-01-31")}


def test_uren_achter_geldt_niet_voor_een_jaar_dat_niet_vol_werd() -> None:
    stopped = traject(programmas=(programme(1, gerealiseerd={}),), verblijven=(stay("2024-08-01", "2024-12-31"),))
    assert signals(traject(programmas=stopped.programmas, gestopt_op=day("2024-12-31")), "2026-01-01") == []


def test_coach_ontbreekt() -> None:
    coaches = (guide("2024-08-01", "2024-09-30"), guide("2024-11-01"), guide("2024-10-01", rol="schoolopleider"))
    facts = traject(begeleidingen=coaches)
    assert signals(facts, "2024-09-30") == []
    assert signals(facts, "2024-10-01") == [("coach-ontbreekt", None, "2024-10-01")]
    assert signals(facts, "2024-11-01") == []


def test_coach_ontbreekt_niet_tijdens_een_onderbreking() -> None:
    facts = traject(
        begeleidingen=(guide("2024-08-01", "2024-09-30"),), onderbrekingen=(pause("2024-10-01", "2024-12-31"),)
    )
    assert signals(facts, "2024-12-31") == []
    assert signals(facts, "2025-01-01") == [("coach-ontbreekt", None, "2025-01-01")]


def test_gesprek_achterstallig() -> None:
    assert signals(traject(), "2025-02-01") == []
    assert signals(traject(), "2025-02-02") == [("gesprek-achterstallig", None, "2025-02-02")]


def test_afronding_achterstallig() -> None:
    facts = traject(gesprekken=TALKS)
    assert signals(facts, "2027-08-01") == [("afronding-achterstallig", None, "2027-08-01")]


def test_programma_ontbreekt() -> None:
    facts = traject(programmas=(programme(1),), gesprekken=TALKS)
    assert signals(facts, "2025-07-31") == []
    assert signals(facts, "2025-08-01") == [("programma-ontbreekt", 2, "2025-08-01")]
    assert "jaar 2" in only_text(facts, "2025-08-01")


def test_verblijf_zonder_aanstelling() -> None:
    jobs = (job("2024-08-01", "2024-12-31"), job("2024-08-01", at=THERE))
    facts = traject(aanstellingen=jobs)
    assert signals(facts, "2024-12-31") == []
    assert signals(facts, "2025-01-01") == [("verblijf-zonder-aanstelling", None, "2025-01-01")]


def test_verblijf_zonder_aanstelling_is_ook_tijdens_een_onderbreking_een_signaal() -> None:
    facts = traject(aanstellingen=(job("2024-08-01", "2024-12-31"),), onderbrekingen=(pause("2024-12-01", None),))
    assert signals(facts, "2025-01-01") == [("verblijf-zonder-aanstelling", None, "2025-01-01")]


def test_na_het_einde_blijft_alleen_wat_over_een_programma_gaat() -> None:
    facts = traject(
        verblijven=(stay("2024-08-01", "2026-01-31"),), gestopt_op=day("2026-01-31"), begeleidingen=(), aanstellingen=(),
        programmas=(programme(1, lesreductie=Decimal(5)),),
    )  # fmt: skip
    assert {code for code, _, _ in signals(facts, "2026-01-30")} == {
        "lesreductie-onder-norm", "coach-ontbreekt", "verblijf-zonder-aanstelling", "programma-ontbreekt",
        "gesprek-achterstallig",
    }  # fmt: skip
    assert [code for code, _, _ in signals(facts, "2026-01-31")] == ["lesreductie-onder-norm"]


def test_onderbroken_traject_heeft_geen_lopend_signaal_van_een_coach() -> None:
    facts = traject(begeleidingen=(), verblijven=(stay("2024-08-01", "2024-08-31"),))
    assert "coach-ontbreekt" not in {code for code, _, _ in signals(facts, "2024-09-01")}


@pytest.mark.parametrize("code", sorted(RULES))
def test_elk_signaal_noemt_naam_bron_en_wat_te_doen(code: str) -> None:
    # Nothing is right: no coach, no aanstelling, no programme in year 2, too little of everything in year 1.
    poor = programme(1, gepland={"enculturatie": Decimal(10)}, gerealiseerd={}, lesreductie=Decimal(0))
    facts = traject(programmas=(poor,), begeleidingen=(), aanstellingen=())
    (signal, *_) = [s for s in on(facts, "2027-08-01").signalen if s.code == code]
    assert (signal.naam, signal.bron) == tuple(RULES[code])
    assert re.fullmatch(r"[A-Z].*\. [A-Z].*\.", signal.tekst)


def test_de_namen_van_de_criteria_zijn_die_van_de_cao() -> None:
    assert list(CRITERIA.values()) == [
        "werkdrukvermindering", "enculturatie", "professionele ontwikkeling", "observatie en begeleiding in de klas",
        "intervisie en gerichte begeleiding",
    ]  # fmt: skip
