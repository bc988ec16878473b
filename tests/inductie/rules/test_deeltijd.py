"""Part-time work does not stretch a traject, unless the regeling says so (domain.md, Time)."""

from dataclasses import replace
from decimal import Decimal

from register_service.inductie.rules.course import course_of
from register_service.inductie.rules.facts import Facts
from tests.inductie.rules.build import (
    NORMS,
    THERE,
    expected,
    job,
    on,
    traject,
)

RATO = replace(NORMS, deeltijd_naar_rato=True)


def credit(facts: Facts, text: str) -> int:
    """Give the days of credit on a day."""
    return on(facts, text).opgebouwd_dagen


def test_deeltijd_rekt_het_traject_niet_op() -> None:
    assert expected(traject(aanstellingen=(job("2024-08-01", fte="0.5"),))) == "2027-07-31"


def test_deeltijd_naar_rato_telt_met_de_betrekkingsomvang() -> None:
    facts = traject(
        norms=RATO, aanstellingen=(job("2024-08-01", "2024-08-10", fte="0.5"), job("2024-08-11", fte="1.2"))
    )
    assert [credit(facts, d) for d in ("2024-08-01", "2024-08-02", "2024-08-10", "2024-08-11")] == [0, 1, 5, 6]
    assert expected(facts) == "2027-08-05"


def test_deeltijd_naar_rato_telt_aanstellingen_op_een_vestiging_op_tot_hoogstens_een() -> None:
    jobs = (job("2024-08-01", fte="0.4"), job("2024-08-01", fte="0.3"), job("2024-08-01", at=THERE, fte="1"))
    assert credit(traject(norms=RATO, aanstellingen=jobs), "2024-08-10") == 7
    jobs = (job("2024-08-01", fte="0.8"), job("2024-08-01", fte="0.8"))
    assert credit(traject(norms=RATO, aanstellingen=jobs), "2024-08-10") == 10


def test_deeltijd_naar_rato_zonder_aanstelling_telt_niet() -> None:
    facts = traject(norms=RATO, aanstellingen=(job("2024-08-01", "2024-08-10"),))
    assert (credit(facts, "2024-12-31"), expected(facts)) == (10, None)


def test_deeltijd_naar_rato_rondt_niet_per_dag_af() -> None:
    facts = traject(norms=RATO, aanstellingen=(job("2024-08-01", fte="0.3333"),))
    assert [credit(facts, d) for d in ("2024-08-03", "2024-08-04")] == [0, 1]
    assert course_of(facts).geteld[0].gewicht == int(Decimal("0.3333") * 10_000)
