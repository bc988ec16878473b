"""Rules of decisions about a traject, each by its code: verlenging, afronding, and nothing in the future."""

from dataclasses import replace
from datetime import timedelta

import pytest

from register_service.inductie.rules.checks import Violation, violations
from register_service.inductie.rules.facts import Bevoegdheid, Facts, Gesprek, Observatie
from tests.inductie.rules.build import (
    NORMS,
    THERE,
    TODAY,
    codes,
    day,
    job,
    judged,
    longer,
    stay,
    traject,
)  # fmt: skip


def only(facts: Facts) -> Violation:
    """Give the one thing that is wrong."""
    (violation,) = violations(facts, TODAY)
    return violation


def ended(on: str, **changed: object) -> Facts:
    """Give a traject that was judged on a day, its stay closed on it."""
    return traject(verblijven=(stay("2024-08-01", on),), afronding=judged(on), **changed)


def test_verlenging_te_lang() -> None:
    assert codes(traject(verlengingen=(longer(6, "2026-01-01"), longer(6, "2026-02-01")))) == []
    facts = traject(verlengingen=(longer(6, "2026-01-01"), longer(7, "2026-02-01")))
    assert (only(facts).code, only(facts).id) == ("verlenging-te-lang", "verlenging 2026-02-01")


@pytest.mark.parametrize(("decided", "found"), [("2026-11-19", []), ("2026-11-20", ["verlenging-te-laat"])])
def test_verlenging_te_laat(decided: str, found: list[str]) -> None:
    # The verwachteEinddatum without it is 20 November 2026; on that day the time is up.
    start = "2023-11-21"
    facts = traject(startdatum=day(start), verblijven=(stay(start),), begeleidingen=(), aanstellingen=(job(start),),
                    bevoegdheden=(Bevoegdheid(day("2020-01-01"), None),), verlengingen=(longer(3, decided),))  # fmt: skip
    assert codes(facts) == found


def test_verlenging_te_laat_kijkt_naar_de_datum_met_eerdere_verlengingen() -> None:
    start = "2023-08-01"
    base = traject(startdatum=day(start), verblijven=(stay(start),), begeleidingen=(), aanstellingen=(job(start),),
                   bevoegdheden=(Bevoegdheid(day("2020-01-01"), None),))  # fmt: skip
    assert codes(replace(base, verlengingen=(longer(2, "2026-07-01"), longer(1, "2026-09-15")))) == []
    assert codes(replace(base, verlengingen=(longer(2, "2026-07-01"), longer(1, "2026-09-30")))) == [
        "verlenging-te-laat"
    ]


def test_datum_in_toekomst() -> None:
    tomorrow = TODAY + timedelta(days=1)
    facts = traject(
        gesprekken=(Gesprek("g", tomorrow), Gesprek("vandaag", TODAY)), observaties=(Observatie("o", tomorrow),),
        verlengingen=(longer(1, tomorrow.isoformat()),),
    )  # fmt: skip
    found = violations(facts, TODAY)
    assert {v.code for v in found} == {"datum-in-toekomst"}
    assert [(v.kind, v.field) for v in found] == [
        ("gesprek", "datum"),
        ("observatie", "datum"),
        ("verlenging", "besluitdatum"),
    ]
    judgement = traject(afronding=judged("2026-11-24"))
    assert [(v.code, v.field) for v in violations(judgement, TODAY)] == [
        ("datum-in-toekomst", "datum"), ("datum-in-toekomst", "meegedeeldOp"),
    ]  # fmt: skip
    assert codes(traject(gestopt_op=tomorrow)) == ["datum-in-toekomst"]


def test_afronding_voor_verblijf() -> None:
    stays = (stay("2024-08-01", "2025-12-31"), stay("2026-02-01", at=THERE))
    assert codes(traject(verblijven=stays, afronding=judged("2026-01-15"))) == ["afronding-voor-verblijf"]
    on_the_day = (stays[0], stay("2026-02-01", "2026-02-01", at=THERE))
    assert codes(traject(verblijven=on_the_day, afronding=judged("2026-02-01"))) == []


@pytest.mark.parametrize(("on", "found"), [("2025-07-30", ["afronding-te-vroeg"]), ("2025-07-31", [])])
def test_afronding_te_vroeg(on: str, found: list[str]) -> None:
    assert codes(ended(on)) == found


def test_afronding_te_vroeg_telt_eerder_opgebouwde_tijd_mee() -> None:
    assert codes(replace(ended("2024-09-01"), eerder_dagen=364, begeleidingen=())) == []


@pytest.mark.parametrize(("on", "found"), [("2026-07-30", ["vervroegd-ontbreekt"]), ("2026-07-31", [])])
def test_vervroegd_ontbreekt(on: str, found: list[str]) -> None:
    norms = replace(NORMS, normduur_maanden=24)
    facts = traject(norms=norms, verblijven=(stay("2024-08-01", on),), afronding=judged(on, vervroegd=False))
    assert codes(facts) == found


def test_vervroegd_gaat_over_de_normduur_en_niet_over_de_verlenging() -> None:
    norms = replace(NORMS, normduur_maanden=24)
    facts = traject(norms=norms, verblijven=(stay("2024-08-01", "2026-08-31"),), verlengingen=(longer(6, "2026-01-01"),),
                    afronding=judged("2026-08-31", vervroegd=False))  # fmt: skip
    assert codes(facts) == []


def test_motivering_ontbreekt() -> None:
    assert codes(replace(ended("2026-07-31"), afronding=judged("2026-07-31", motivering=False))) == [
        "motivering-ontbreekt"
    ]
    failed = judged("2026-07-31", "niet-behaald", motivering=False)
    assert codes(replace(ended("2026-07-31"), afronding=failed)) == ["motivering-ontbreekt"]


def test_behaald_op_tijd_heeft_geen_motivering_nodig() -> None:
    norms = replace(NORMS, normduur_maanden=24)
    plain = judged("2026-07-31", vervroegd=False, motivering=False, meegedeeld_op=None)
    assert codes(replace(ended("2026-07-31"), norms=norms, afronding=plain)) == []


def test_meegedeeld_ontbreekt() -> None:
    untold = judged("2026-07-31", "niet-behaald", meegedeeld_op=None)
    assert (only(replace(ended("2026-07-31"), afronding=untold)).code) == "meegedeeld-ontbreekt"
