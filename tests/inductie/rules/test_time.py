"""Time of a traject, by example: states, credit, verwachteEinddatum, induction years (domain.md, States, Periodes, Time)."""

from dataclasses import replace

import pytest

from register_service.inductie.rules.course import course_of
from register_service.inductie.rules.facts import Facts
from tests.inductie.rules.build import (
    HERE,
    NORMS,
    START,
    THERE,
    day,
    expected,
    judged,
    longer,
    on,
    pause,
    stay,
    traject,
)

RATO = replace(NORMS, deeltijd_naar_rato=True)


def credit(facts: Facts, text: str) -> int:
    """Give the days of credit on a day."""
    return on(facts, text).opgebouwd_dagen


def test_normduur_36_maanden_zonder_onderbreking() -> None:
    assert expected(traject()) == "2027-07-31"
    standing = on(traject(), "2027-07-31").as_json()
    assert standing["opgebouwd"] == {"dagen": 1095, "maanden": 36, "restdagen": 0}
    assert standing["nodig"] == {"maanden": 36, "dagen": 1095}


@pytest.mark.parametrize(
    ("start", "end"),
    # 29 February and the 31st: a day that a month lacks becomes its last.
    [
        ("2024-02-29", "2027-02-27"),
        ("2024-02-28", "2027-02-27"),
        ("2024-03-01", "2027-02-28"),
        ("2023-08-31", "2026-08-30"),
    ],
)
def test_normduur_vanaf_dagen_die_een_maand_mist(start: str, end: str) -> None:
    facts = traject(startdatum=day(start), verblijven=(stay(start),))
    assert expected(facts) == end


def test_maanden_vanaf_de_31e() -> None:
    facts = traject(startdatum=day("2024-01-31"), verblijven=(stay("2024-01-31"),))
    # One month from 31 January is the 29 days to 29 February; the day before that is the 29th that counts.
    assert [on(facts, d).opgebouwd_maanden for d in ("2024-02-27", "2024-02-28", "2024-03-29", "2024-03-30")] == [
        0,
        1,
        1,
        2,
    ]


def test_gepland_wordt_vanzelf_lopend_op_de_startdatum() -> None:
    assert [on(traject(), d).status for d in ("2024-07-31", "2024-08-01")] == ["gepland", "lopend"]
    before = on(traject(), "2024-07-31")
    assert (before.opgebouwd_dagen, before.inductiejaar, before.vestiging) == (0, None, HERE)


def test_traject_dat_in_de_toekomst_start() -> None:
    facts = traject(startdatum=day("2027-01-01"), verblijven=(stay("2027-01-01"),))
    standing = on(facts, "2026-11-23")
    assert (standing.status, standing.opgebouwd_dagen, expected(facts)) == ("gepland", 0, "2029-12-31")
    assert standing.achterstallig == ()


def test_verblijf_van_een_dag_telt_een_dag() -> None:
    facts = traject(verblijven=(stay("2024-08-01", "2024-08-01"), stay("2024-08-05", at=THERE)))
    assert [credit(facts, f"2024-08-0{n}") for n in range(1, 6)] == [1, 1, 1, 1, 2]


def test_gat_tussen_verblijven_is_onderbroken_en_telt_niet() -> None:
    facts = traject(verblijven=(stay("2024-08-01", "2024-08-31"), stay("2024-10-01", at=THERE)))
    assert [on(facts, d).status for d in ("2024-08-31", "2024-09-01", "2024-09-30", "2024-10-01")] == [
        "lopend", "onderbroken", "onderbroken", "lopend",
    ]  # fmt: skip
    assert [on(facts, d).vestiging for d in ("2024-08-31", "2024-09-01", "2024-10-01")] == [HERE, HERE, THERE]
    assert expected(facts) == "2027-08-30"


def test_zonder_verblijf_is_een_traject_onderbroken() -> None:
    facts = traject(verblijven=())
    assert (on(facts, "2024-08-01").status, credit(facts, "2026-01-01"), expected(facts)) == ("onderbroken", 0, None)


def test_overstap_naar_een_andere_vestiging_telt_door() -> None:
    facts = traject(verblijven=(stay("2024-08-01", "2025-07-31"), stay("2025-08-01", at=THERE)))
    assert expected(facts) == "2027-07-31"
    assert [on(facts, d).vestiging for d in ("2025-07-31", "2025-08-01")] == [HERE, THERE]


def test_onderbreking_korter_dan_30_dagen_telt_mee() -> None:
    facts = traject(onderbrekingen=(pause("2024-09-01", "2024-09-29"),))
    assert (on(facts, "2024-09-15").status, expected(facts)) == ("lopend", "2027-07-31")


def test_onderbreking_van_30_dagen_telt_niet_mee() -> None:
    facts = traject(onderbrekingen=(pause("2024-09-01", "2024-09-30"),))
    assert [on(facts, d).status for d in ("2024-08-31", "2024-09-01", "2024-09-30", "2024-10-01")] == [
        "lopend", "onderbroken", "onderbroken", "lopend",
    ]  # fmt: skip
    assert (credit(facts, "2024-10-01"), expected(facts)) == (32, "2027-08-30")


def test_open_onderbreking_telt_vanaf_de_eerste_dag_niet_mee() -> None:
    facts = traject(onderbrekingen=(pause("2024-09-01", None),))
    assert [credit(facts, d) for d in ("2024-08-31", "2024-09-01", "2025-09-01")] == [31, 31, 31]
    assert (on(facts, "2024-09-01").status, expected(facts)) == ("onderbroken", None)


def test_twee_korte_onderbrekingen_worden_samen_geen_lange() -> None:
    facts = traject(onderbrekingen=(pause("2024-09-01", "2024-09-20"), pause("2024-09-21", "2024-10-10")))
    assert expected(facts) == "2027-07-31"


def test_onderbreking_over_een_gat_en_twee_verblijven_telt_elke_dag_een_keer() -> None:
    stays = (stay("2024-08-01", "2024-08-31"), stay("2024-09-11", at=THERE))
    facts = traject(verblijven=stays, onderbrekingen=(pause("2024-08-22", "2024-09-20"),))
    # 21 days before it; 10 + 10 days of stay and 10 of gap do not count.
    assert [credit(facts, d) for d in ("2024-08-21", "2024-09-20", "2024-09-21")] == [21, 21, 22]


def test_de_regeling_zegt_hoe_lang_een_onderbreking_is() -> None:
    facts = traject(
        onderbrekingen=(pause("2024-09-01", "2024-09-14"),), norms=replace(NORMS, onderbreking_minimaal_dagen=14)
    )
    assert expected(facts) == "2027-08-14"


def test_verlenging_schuift_de_verwachte_einddatum_op() -> None:
    facts = traject(verlengingen=(longer(3, "2026-05-01"), longer(2, "2026-06-01")))
    assert expected(facts) == "2027-12-31"
    standing = on(facts, "2026-11-23")
    assert (standing.verlenging_maanden, standing.nodig_maanden) == (5, 41)


def test_gesloten_laatste_verblijf_heeft_geen_verwachte_einddatum() -> None:
    assert expected(traject(verblijven=(stay("2024-08-01", "2025-07-31"),))) is None


def test_eerder_opgebouwde_tijd_gaat_van_de_nodige_tijd_af() -> None:
    facts = traject(eerder_dagen=365)
    standing = on(facts, "2024-08-01")
    assert (standing.opgebouwd_dagen, standing.nodig_dagen, standing.nodig_maanden) == (1, 730, 24)
    assert (standing.inductiejaar, expected(facts)) == (2, "2026-07-31")


def test_eerder_alles_opgebouwd_is_klaar_op_de_startdatum() -> None:
    assert expected(traject(eerder_dagen=2000)) == START.isoformat()


def test_vrijgesteld_is_altijd_vrijgesteld() -> None:
    facts = traject(vrijgesteld=True, verblijven=(), begeleidingen=(), programmas=())
    for text in ("1990-01-01", "2024-08-01", "2190-01-01"):
        standing = on(facts, text)
        assert (standing.status, standing.inductiejaar, standing.nodig_dagen) == ("vrijgesteld", None, 0)
        assert (standing.te_doen, standing.achterstallig, standing.signalen, standing.gesprekken) == ((), (), (), ())
    assert expected(facts) is None


def test_afgerond_vanaf_de_dag_zelf_en_die_dag_telt() -> None:
    facts = traject(verblijven=(stay("2024-08-01", "2026-07-31"),), afronding=judged("2026-07-31"))
    assert [on(facts, d).status for d in ("2026-07-30", "2026-07-31", "2030-01-01")] == [
        "lopend",
        "afgerond",
        "afgerond",
    ]
    assert [credit(facts, d) for d in ("2026-07-30", "2026-07-31", "2030-01-01")] == [729, 730, 730]
    assert [on(facts, d).inductiejaar for d in ("2026-07-31", "2030-01-01")] == [2, 2]


def test_afgerond_op_de_verwachte_einddatum() -> None:
    facts = traject(afronding=judged("2027-07-31", vervroegd=False))
    standing = on(facts, "2027-08-15")
    assert (standing.status, standing.opgebouwd_dagen, expected(facts)) == ("afgerond", 1095, "2027-07-31")
    assert (standing.inductiejaar, standing.achterstallig, standing.te_doen) == (3, (), ())


def test_gestopt_op_de_eerste_dag() -> None:
    facts = traject(verblijven=(stay("2024-08-01", "2024-08-01"),), gestopt_op=START)
    assert [on(facts, d).status for d in ("2024-07-31", "2024-08-01", "2024-08-02")] == [
        "gepland",
        "gestopt",
        "gestopt",
    ]
    assert (credit(facts, "2026-01-01"), expected(facts)) == (1, None)


def test_gestopt_voor_de_start_is_nooit_begonnen() -> None:
    facts = traject(verblijven=(), gestopt_op=day("2024-07-15"))
    assert [on(facts, d).status for d in ("2024-07-14", "2024-07-15", "2024-08-01")] == [
        "gepland",
        "gestopt",
        "gestopt",
    ]
    assert credit(facts, "2026-01-01") == 0


def test_heropend_telt_weer_door() -> None:
    stopped = traject(verblijven=(stay("2024-08-01", "2025-07-31"),), gestopt_op=day("2025-07-31"))
    reopened = replace(stopped, verblijven=(stay("2024-08-01"),), gestopt_op=None)
    assert course_of(reopened) == course_of(traject(verblijven=(stay("2024-08-01"),)))
    assert on(reopened, "2025-08-01").status == "lopend"


def test_inductiejaar_begint_na_elke_12_opgebouwde_maanden() -> None:
    facts = traject(onderbrekingen=(pause("2024-10-01", "2024-12-31"),))
    assert [on(facts, d).inductiejaar for d in ("2024-07-31", "2024-08-01", "2025-07-31")] == [None, 1, 1]
    # 92 days of interruption: the first year is full on 31 October 2025.
    assert [on(facts, d).inductiejaar for d in ("2025-10-31", "2025-11-01")] == [1, 2]
