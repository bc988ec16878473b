"""Rules that need the whole of a traject's facts, each by its code."""

from dataclasses import replace

import pytest

from register_service.inductie.rules.checks import Violation, violations
from register_service.inductie.rules.facts import Bevoegdheid, Facts, Gesprek, Observatie
from tests.inductie.rules.build import (
    START,
    THERE,
    TODAY,
    codes,
    day,
    guide,
    job,
    judged,
    longer,
    pause,
    programme,
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


def test_an_ordinary_traject_breaks_no_rule() -> None:
    assert codes(traject()) == []
    assert codes(ended("2026-07-31")) == []


@pytest.mark.parametrize(("start", "found"), [("2027-03-23", []), ("2027-03-24", ["startdatum-te-ver-vooruit"])])
def test_startdatum_te_ver_vooruit(start: str, found: list[str]) -> None:
    assert codes(traject(startdatum=day(start), verblijven=(stay(start),), begeleidingen=())) == found


def test_startdatum_te_ver_vooruit_zegt_tot_en_met_welke_dag_het_kan() -> None:
    facts = traject(startdatum=day("2027-06-01"), verblijven=(stay("2027-06-01"),), begeleidingen=())
    assert "2027-03-23" in only(facts).detail


def test_aanstelling_ontbreekt() -> None:
    assert codes(traject(aanstellingen=(job("2024-08-01", "2024-08-01"),))) == []
    assert codes(traject(aanstellingen=(job("2024-08-02"),))) == ["aanstelling-ontbreekt"]
    assert codes(traject(aanstellingen=(job("2024-01-01", "2024-07-31"),))) == ["aanstelling-ontbreekt"]


def test_aanstelling_ontbreekt_ook_bij_een_overstap() -> None:
    stays = (stay("2024-08-01", "2025-07-31"), stay("2025-08-01", at=THERE))
    facts = traject(verblijven=stays, aanstellingen=(job("2024-08-01"),))
    violation = only(facts)
    assert (violation.code, violation.id, violation.field) == (
        "aanstelling-ontbreekt",
        "verblijf 2025-08-01",
        "vestiging",
    )


@pytest.mark.parametrize(
    ("held", "until", "found"),
    [("2024-08-01", None, []), ("2020-01-01", "2024-08-01", []), ("2024-08-02", None, ["bevoegdheid-ontbreekt"]),
     ("2020-01-01", "2024-07-31", ["bevoegdheid-ontbreekt"])],
)  # fmt: skip
def test_bevoegdheid_ontbreekt(held: str, until: str | None, found: list[str]) -> None:
    assert codes(traject(bevoegdheden=(Bevoegdheid(day(held), until and day(until)),))) == found  # type: ignore[arg-type]


@pytest.mark.parametrize("soort", ["zij-instroom", "in-opleiding"])
def test_bevoegdheid_hoeft_niet_met_een_aanstelling_zij_instroom_of_in_opleiding(soort: str) -> None:
    assert codes(traject(bevoegdheden=(), aanstellingen=(job("2024-08-01", soort=soort),))) == []
    elsewhere = (job("2024-08-01"), job("2024-08-01", at=THERE, soort=soort))
    assert codes(traject(bevoegdheden=(), aanstellingen=elsewhere)) == ["bevoegdheid-ontbreekt"]


def test_vrijgesteld_heeft_geen_bevoegdheid_en_geen_aanstelling_nodig() -> None:
    facts = traject(vrijgesteld=True, verblijven=(), begeleidingen=(), programmas=(), aanstellingen=(), bevoegdheden=())
    assert codes(facts) == []


def test_periode_overlapt() -> None:
    # A stay may not end on the day another starts either.
    facts = traject(verblijven=(stay("2024-08-01", "2025-08-01"), stay("2025-08-01", at=THERE)))
    assert (only(facts).code, only(facts).id) == ("periode-overlapt", "verblijf 2025-08-01")
    assert codes(traject(verblijven=(stay("2024-08-01", "2025-07-31"), stay("2025-08-01", at=THERE)))) == []
    assert codes(traject(verblijven=(stay("2024-08-01"), stay("2025-08-01", at=THERE)))) == ["periode-overlapt"]


def test_periode_overlapt_ook_met_een_die_lang_daarvoor_begon() -> None:
    stays = (stay("2024-08-01", "2025-12-31"), stay("2025-01-01", "2025-01-31"), stay("2025-06-01", "2025-06-30"))
    assert codes(traject(verblijven=stays)) == ["periode-overlapt", "periode-overlapt"]


@pytest.mark.parametrize("first", ["2024-07-31", "2024-08-02"])
def test_verblijf_voor_start(first: str) -> None:
    facts = traject(verblijven=(stay(first),), aanstellingen=(job("2024-01-01"),))
    assert (only(facts).code, only(facts).field) == ("verblijf-voor-start", "begindatum")


def test_einde_voor_begin() -> None:
    facts = traject(onderbrekingen=(pause("2025-01-02", "2025-01-01"),))
    assert (only(facts).code, only(facts).field) == ("einde-voor-begin", "einddatum")
    assert codes(traject(onderbrekingen=(pause("2025-01-02", "2025-01-02"),))) == []
    assert codes(traject(begeleidingen=(guide("2025-01-02", "2025-01-01"),))) == ["einde-voor-begin"]
    assert codes(traject(verblijven=(stay("2024-08-01", "2024-07-31"),))) == ["einde-voor-begin"]


def test_feit_na_einde() -> None:
    after = day("2026-08-01")
    facts = ended(
        "2026-07-31", onderbrekingen=(pause("2026-07-01", "2026-08-01"),), begeleidingen=(guide("2024-08-01", "2026-08-01"),),
        verlengingen=(longer(1, "2026-08-01"),), gesprekken=(Gesprek("g", after),), observaties=(Observatie("o", after),),
    )  # fmt: skip
    found = violations(facts, TODAY)
    assert {v.code for v in found} == {"feit-na-einde"}
    assert [v.kind for v in found] == ["begeleiding", "gesprek", "observatie", "onderbreking", "verlenging"]


def test_feit_na_einde_geldt_ook_voor_een_verblijf_en_na_stoppen() -> None:
    stopped = traject(verblijven=(stay("2024-08-01", "2025-08-01"),), gestopt_op=day("2025-07-31"))
    assert codes(stopped) == ["feit-na-einde"]
    later = (stay("2024-08-01", "2025-07-31"), stay("2025-09-01", at=THERE))
    assert codes(traject(verblijven=later, gestopt_op=day("2025-07-31"))) == ["feit-na-einde"]


def test_wat_zonder_einddatum_is_eindigt_met_het_traject() -> None:
    facts = ended("2026-07-31", onderbrekingen=(pause("2026-05-01", None),), begeleidingen=(guide("2024-08-01"),))
    assert codes(facts) == []


def test_onderbreking_buiten_traject() -> None:
    assert only(traject(onderbrekingen=(pause("2024-07-31", "2024-09-30"),))).code == "onderbreking-buiten-traject"
    assert codes(traject(onderbrekingen=(pause("2024-08-01", "2024-09-30"),))) == []


def test_onderbreking_overlapt() -> None:
    pauses = (pause("2024-09-01", "2024-09-30"), pause("2024-09-30", "2024-10-31"))
    assert only(traject(onderbrekingen=pauses)).code == "onderbreking-overlapt"
    assert codes(traject(onderbrekingen=(pauses[0], pause("2024-10-01", "2024-10-31")))) == []


def test_begeleiding_buiten_traject() -> None:
    assert only(traject(begeleidingen=(guide("2024-07-31"),))).code == "begeleiding-buiten-traject"


def test_coach_overlapt() -> None:
    coaches = (guide("2024-08-01", "2025-01-31"), guide("2025-01-31"))
    assert only(traject(begeleidingen=coaches)).code == "coach-overlapt"
    assert codes(traject(begeleidingen=(coaches[0], guide("2025-02-01")))) == []
    assert codes(traject(begeleidingen=(coaches[0], guide("2024-08-01", rol="schoolopleider")))) == []


def test_observatie_buiten_verblijf() -> None:
    stays = (stay("2024-08-01", "2024-12-31"), stay("2025-02-01", at=THERE))
    for text, found in (("2024-12-31", []), ("2025-01-01", ["observatie-buiten-verblijf"]), ("2025-02-01", [])):
        assert codes(traject(verblijven=stays, observaties=(Observatie("o", day(text)),))) == found


def test_gesprek_buiten_traject() -> None:
    assert codes(traject(gesprekken=(Gesprek("g", day("2024-07-31")),))) == ["gesprek-buiten-traject"]
    assert codes(traject(gesprekken=(Gesprek("g", START),))) == []


def test_programma_dubbel() -> None:
    twice = (programme(1), replace(programme(1), id="tweede"))
    assert only(traject(programmas=twice)).code == "programma-dubbel"


def test_alles_tegelijk() -> None:
    facts = traject(
        bevoegdheden=(), aanstellingen=(), onderbrekingen=(pause("2024-07-01", "2024-06-30"),),
        afronding=judged("2025-01-01", "niet-behaald", motivering=False, meegedeeld_op=None),
        verblijven=(stay("2024-08-01", "2025-01-01"),), gesprekken=(Gesprek("g", day("2026-12-01")),),
    )  # fmt: skip
    assert set(codes(facts)) == {
        "bevoegdheid-ontbreekt", "aanstelling-ontbreekt", "einde-voor-begin", "onderbreking-buiten-traject", "afronding-te-vroeg",
        "motivering-ontbreekt", "meegedeeld-ontbreekt", "datum-in-toekomst", "feit-na-einde",
    }  # fmt: skip


def test_what_was_wrong_before_is_known_again_though_its_words_change() -> None:
    late = (longer(2, "2026-09-01"),)
    start = "2023-08-01"
    before = traject(startdatum=day(start), verblijven=(stay(start),), begeleidingen=(), aanstellingen=(job(start),),
                     bevoegdheden=(Bevoegdheid(day("2020-01-01"), None),), verlengingen=late)  # fmt: skip
    # A short month of leave moves the expected end, and with it the words; the decision is as late as it was.
    after = replace(before, eerder_dagen=10)
    (one,), (two,) = violations(before, TODAY), violations(after, TODAY)
    assert one.detail != two.detail
    assert (one, {one}) == (two, {two})


def test_another_value_that_is_wrong_too_is_another_violation() -> None:
    one = violations(traject(aanstellingen=(job("2024-08-02"),)), TODAY)
    other = violations(traject(aanstellingen=(job("2024-08-02"),), verblijven=(stay("2024-08-01", at=THERE),)), TODAY)
    assert one[0].id == other[0].id
    assert one != other
