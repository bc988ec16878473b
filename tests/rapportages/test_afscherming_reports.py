"""The attack on every report of the demo region, by every dimension, with what the definitions of the columns tell besides."""

from datetime import date
from typing import Any

import pytest

from register_service.core.context import Context
from register_service.rapportages.dataset import Dataset
from register_service.rapportages.datasets import DATASETS
from register_service.rapportages.parameters import read_question
from register_service.rapportages.rules.tabel import Afgeschermd, Tabel
from register_service.rapportages.running import draw_up
from tests.rapportages.attack import attack
from tests.rapportages.conftest import Region

# Of two columns of a report: the first is a part of the second, in every row.
LINKS = {"inductie": [("vrijgesteld", "begonnen")]}
PERIODS = {"usual": {}, "ten": {"periode_van": date(2016, 8, 1), "periode_tot": date(2026, 7, 31)}}
# Hidden cells looked at where there are hundreds of rows.
SAMPLE = 8
CASES = [
    pytest.param(dataset, per, asked, id=f"{dataset.naam}-{per}-{name}")
    for dataset in DATASETS
    for per in dataset.dimensies
    for name, asked in PERIODS.items()
    if (per, name) != ("vestiging", "ten")
]


def _shown(region: Region, dataset: Dataset, per: str, asked: dict[str, Any]) -> Tabel:
    today = date(2026, 11, 23)
    context = Context(role="auditor", actor="test", event="", today=today, client="auditor", jti="x")
    vraag = read_question(dataset, {**asked, "per": per}, today, [])
    return draw_up(region.database, context, dataset, vraag, None).tabel


@pytest.mark.parametrize(("dataset", "per", "asked"), CASES)
def test_nothing_hidden_in_a_report_can_be_worked_out(
    region: Region, dataset: Dataset, per: str, asked: dict[str, Any]
) -> None:
    shown = _shown(region, dataset, per, asked)
    assert attack(shown, LINKS.get(dataset.naam, ()), sample=SAMPLE if per == "vestiging" else None) == []


@pytest.mark.parametrize("dataset", DATASETS, ids=lambda dataset: dataset.naam)
def test_every_dimension_hides_the_same_totals(region: Region, dataset: Dataset) -> None:
    """Or one could be read in another."""
    hidden = [
        {name for name, value in _shown(region, dataset, per, {}).totaal.waarden.items() if type(value) is Afgeschermd}
        for per in dataset.dimensies
    ]
    left_out = hidden[0] & {"inductie_behaald"}
    assert all(names - left_out == hidden[0] - left_out for names in hidden)


def test_a_whole_row_of_a_sector_is_never_withheld(region: Region) -> None:
    """What is small there is hidden block by block: how many people a sector has stays in sight."""
    for dataset in DATASETS:
        for rij in _shown(region, dataset, "sector", {}).rijen:
            assert isinstance(rij.waarden["totaal"], int), (dataset.naam, rij.sleutel)
