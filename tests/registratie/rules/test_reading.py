"""Facts from the JSON that PostgreSQL gives, and figures by the day."""

from dataclasses import replace
from decimal import Decimal

import orjson
import pytest

from register_service.registratie.models import Grond
from register_service.registratie.rules.course import GRONDEN
from register_service.registratie.rules.facts import FOREVER, Dagen, Ingediend, Periode, Uren, Werk, read_feiten
from register_service.registratie.rules.norms import read_regelingen
from tests.registratie.rules.build import REGELINGEN, Json, day, holds, leraar, rows

JSON: Json = {
    "nummer": "1234567895",
    "geregistreerdOp": "2024-08-01",
    "bevoegd": [{"soort": "pabo", "vanaf": "2021-07-01", "tot": None}],
    "perioden": [{"id": "a", "begindatum": "2024-08-01", "einddatum": "2029-01-31", "grond": "eerste", "uitstelMaanden": 6}],
    "doorhalingen": [{"vanaf": "2025-01-01", "tot": "2025-02-28"}, {"vanaf": "2026-01-01", "tot": None}],
    "uren": [
        {"einddatum": "2025-01-10", "geteldOp": "2025-01-20", "vakinhoudelijk": 3.5, "vakdidactisch": 2, "pedagogisch": 0.5,
         "overig": 1.5}
    ],
    "ingediend": [{"einddatum": "2026-10-10", "registeruren": 6.5}],
    "werk": [
        {"begindatum": "2024-08-01", "einddatum": None, "betrekkingsomvang": 0.2901, "sector": "vo"},
        {"begindatum": "2024-08-01", "einddatum": "2024-12-31", "betrekkingsomvang": 1, "sector": "po"},
    ],
}  # fmt: skip


def test_reads_every_fact() -> None:
    feiten = read_feiten(JSON, REGELINGEN)
    assert (feiten.nummer, feiten.geregistreerd_op) == ("1234567895", day("2024-08-01"))
    assert feiten.bevoegd == (Dagen(day("2021-07-01"), FOREVER),)
    assert feiten.perioden == (Periode("a", day("2024-08-01"), day("2029-01-31"), "eerste", 6),)
    assert feiten.doorhalingen == (
        Dagen(day("2025-01-01"), day("2025-02-28")),
        Dagen(day("2026-01-01"), FOREVER),
    )
    assert feiten.uren == (Uren(day("2025-01-10"), day("2025-01-20"), 15, 12, 7),)
    assert feiten.ingediend == (Ingediend(day("2026-10-10"), 13),)
    assert feiten.werk == (
        Werk(day("2024-08-01"), FOREVER, 2901, "vo"),
        Werk(day("2024-08-01"), day("2024-12-31"), 10_000, "po"),
    )


def test_hours_and_fte_are_exact_as_numbers_and_as_decimals() -> None:
    decimal = {
        **JSON,
        "uren": [{name: Decimal(str(part)) if isinstance(part, int | float) else part for name, part in JSON["uren"][0].items()}],
        "werk": [{**work, "betrekkingsomvang": Decimal(str(work["betrekkingsomvang"]))} for work in JSON["werk"]],
        "ingediend": [{"einddatum": "2026-10-10", "registeruren": Decimal("6.5")}],
    }  # fmt: skip
    assert read_feiten(decimal, REGELINGEN) == read_feiten(JSON, REGELINGEN) == read_feiten(
        orjson.loads(orjson.dumps(JSON)), REGELINGEN
    )  # fmt: skip


def test_every_fte_of_four_decimals_is_whole() -> None:
    sizes = range(1, 12_001)
    json = {**JSON, "werk": [{**JSON["werk"][0], "betrekkingsomvang": size / 10_000} for size in sizes]}
    assert [work.omvang for work in read_feiten(json, REGELINGEN).werk] == list(sizes)


@pytest.mark.parametrize("missing", JSON)
def test_says_what_is_missing(missing: str) -> None:
    with pytest.raises(KeyError, match=missing):
        read_feiten({name: part for name, part in JSON.items() if name != missing}, REGELINGEN)


def test_a_bevoegdheid_counts_on_the_days_on_which_its_soort_registers() -> None:
    regelingen = read_regelingen(
        [
            *rows(),
            *rows("2021-01-01", registrerendeSoorten=["pdg"]),
            *rows("2023-01-01", registrerendeSoorten=["pabo", "pdg"]),
        ]
    )
    found = leraar(regelingen, bevoegd=[holds("2019-07-01", "2024-06-30"), holds("2022-01-01", soort="pdg")]).bevoegd
    assert found == (
        Dagen(day("2019-07-01"), day("2020-12-31")),
        Dagen(day("2023-01-01"), day("2024-06-30")),
        Dagen(day("2022-01-01"), day("2022-12-31")),
        Dagen(day("2023-01-01"), FOREVER),
    )


def test_figures_are_those_of_the_day() -> None:
    changed = {"sector": "vo", "geldigVanaf": "2026-01-01", "waarden": {"vakinhoudelijkUren": 50}}
    regelingen = read_regelingen([changed, *rows(), *rows("2025-01-01", {}, registeruren=120)])
    found = [
        (regelingen.on(day(on)).cijfers.registeruren, regelingen.on(day(on)).vakinhoudelijk_uren["vo"])
        for on in ("1850-01-01", "2024-12-31", "2025-01-01", "2025-12-31", "2026-01-01")
    ]
    assert found == [(160, 40), (160, 40), (120, 40), (120, 40), (120, 50)]


def test_there_has_to_be_a_regeling() -> None:
    with pytest.raises(KeyError, match="sector alle ontbreekt"):
        read_regelingen([])


def test_the_gronden_are_those_of_the_table() -> None:
    assert list(GRONDEN) == [grond.value for grond in Grond]


def test_facts_cannot_be_changed() -> None:
    with pytest.raises(AttributeError):
        leraar().nummer = "1"  # type: ignore[misc]
    assert replace(leraar(), nummer="1").nummer == "1"
