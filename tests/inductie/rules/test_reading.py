"""Facts from the JSON that the views give; the course that is stored; constraints and figures that the rules name."""

from dataclasses import fields
from decimal import Decimal
from typing import Any

import pytest

from register_service.inductie.models import CRITERIA as COLUMNS
from register_service.inductie.models import Inductietraject
from register_service.inductie.rules import CONSTRAINTS
from register_service.inductie.rules.course import course_of
from register_service.inductie.rules.facts import CRITERIA, Norms, read_facts
from register_service.regelingen.figures import InductieFigures
from tests.inductie.rules.build import day, on, stay, traject

RAW: dict[str, Any] = {
    "startdatum": "2024-08-01",
    "norms": {
        "normduurMaanden": 36, "verlengingMaximaalMaanden": 12, "startVooruitMaanden": 4, "onderbrekingMinimaalDagen": 30,
        "vervroegdMinimaalMaanden": 12, "gesprekMaanden": 6, "lesreductie": [20, 10], "deeltijdNaarRato": False,
        "andersSindsLater": 1,
    },
    "vrijgesteld": False,
    "eerder": None,
    "verblijven": [{"id": "a", "bestuur": "41285", "vestiging": "00AA00", "begindatum": "2024-08-01", "einddatum": None}],
    "onderbrekingen": [{"id": "b", "begindatum": "2025-01-01", "einddatum": "2025-04-30"}],
    "verlengingen": [{"id": "c", "maanden": 3, "besluitdatum": "2026-01-15"}],
    "programmas": [
        {"id": "d", "jaar": 1, "lesreductie": 12.5, "gepland": {"enculturatie": 0.1}, "gerealiseerd": {"enculturatie": "0.10"}},
        {"id": "e", "jaar": 2, "lesreductie": None, "gepland": {}, "gerealiseerd": {}},
    ],
    "begeleidingen": [{"id": "f", "rol": "coach", "begindatum": "2024-08-01", "einddatum": None}],
    "gesprekken": [{"id": "g", "datum": "2025-01-20"}],
    "observaties": [{"id": "h", "datum": "2024-10-10"}],
    "afronding": {"datum": "2026-10-01", "resultaat": "niet-behaald", "vervroegd": False, "motivering": True,
                  "meegedeeldOp": None},
    "gestoptOp": None,
    "aanstellingen": [
        {"vestiging": "00AA00", "begindatum": "2024-08-01", "einddatum": None, "betrekkingsomvang": 0.8, "soort": "regulier"}
    ],
    "bevoegdheden": [{"behaaldOp": "2024-06-30", "geldigTot": "2026-06-30"}],
}  # fmt: skip


def test_reads_every_fact_of_the_views() -> None:
    facts = read_facts(RAW)
    assert facts.norms == traject().norms
    assert facts.verblijven[0] == stay("2024-08-01", id="a")
    assert facts.onderbrekingen[0].einddatum == day("2025-04-30")
    assert (facts.verlengingen[0].maanden, facts.verlengingen[0].besluitdatum) == (3, day("2026-01-15"))
    assert (facts.begeleidingen[0].rol, facts.gesprekken[0].datum) == ("coach", day("2025-01-20"))
    assert facts.observaties[0].datum == day("2024-10-10")
    assert facts.afronding is not None
    assert (facts.afronding.resultaat, facts.afronding.motivering, facts.einde) == (
        "niet-behaald",
        True,
        day("2026-10-01"),
    )
    assert facts.bevoegdheden[0].geldig_tot == day("2026-06-30")
    assert (facts.vrijgesteld, facts.eerder_dagen, facts.gestopt_op) == (False, 0, None)


def test_hours_and_fte_are_exact_as_numbers_and_as_text() -> None:
    facts = read_facts(RAW)
    assert facts.programmas[0].gepland == facts.programmas[0].gerealiseerd == {"enculturatie": Decimal("0.1")}
    assert (facts.programmas[0].lesreductie, facts.programmas[1].lesreductie) == (Decimal("12.5"), None)
    assert facts.aanstellingen[0].betrekkingsomvang == Decimal("0.8")


def test_takes_over_the_credit_of_the_traject_it_follows_and_of_the_one_before() -> None:
    earlier = traject(eerder_dagen=100, verblijven=(stay("2024-08-01", "2024-08-31"),), gestopt_op=day("2024-08-31"))
    raw = {**RAW, "eerder": {"verloop": course_of(earlier).as_json(), "gestoptOp": "2024-08-31"}}
    assert read_facts(raw).eerder_dagen == 131
    assert read_facts({**RAW, "eerderDagen": 7}).eerder_dagen == 7


@pytest.mark.parametrize("missing", ["startdatum", "norms", "verblijven"])
def test_says_what_is_missing(missing: str) -> None:
    with pytest.raises(KeyError, match=missing):
        read_facts({name: value for name, value in RAW.items() if name != missing})


def test_the_figures_are_those_that_a_regeling_is_checked_for() -> None:
    assert [f.name for f in fields(Norms)] == [f.name for f in fields(InductieFigures)]


def test_the_criteria_are_those_of_the_table() -> None:
    assert list(CRITERIA) == [_camel(column) for column in COLUMNS]


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(part.title() for part in rest)


def test_every_constraint_is_one_of_the_tables_and_says_what_to_do() -> None:
    tables = Inductietraject.metadata.tables.values()
    there = {str(c.name) for table in tables for c in (*table.constraints, *table.indexes)}
    assert set(CONSTRAINTS) <= there
    assert all(detail.count(".") >= 2 for _, detail in CONSTRAINTS.values())


def test_a_course_is_stored_with_the_words_that_the_tables_trigger_reads() -> None:
    course = course_of(traject()).as_json()
    assert course["verwachteEinddatum"] == "2027-07-31"
    assert {"soort": "status", "waarde": "gepland", "vanaf": None, "tot": "2024-07-31"} in course["standen"]
    assert {"soort": "vestiging", "waarde": "00AA00", "vanaf": None, "tot": None} in course["standen"]
    assert course["verblijven"] == [
        {
            "id": "verblijf 2024-08-01",
            "bestuur": "41285",
            "vestiging": "00AA00",
            "begindatum": "2024-08-01",
            "einddatum": None,
        }
    ]


def test_a_standing_has_the_members_of_the_api() -> None:
    assert list(on(traject(), "2026-11-23").as_json()) == [
        "status", "peildatum", "inductiejaar", "opgebouwd", "nodig", "verwachteEinddatum", "verlengingMaanden", "vestiging",
        "gesprekken", "teDoen", "achterstallig", "signalen",
    ]  # fmt: skip
