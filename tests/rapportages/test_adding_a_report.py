"""docs/rapportages.md adds a report with one file and one line; what stands there is run here, in every form."""

import re
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from register_service.rapportages import datasets, queries
from register_service.rapportages.dataset import Dataset
from register_service.rapportages.forms import FORMS
from register_service.rapportages.renderers import svg
from tests.rapportages.conftest import Region

PAGE = (Path(__file__).parents[2] / "docs" / "rapportages.md").read_text(encoding="utf-8")


@pytest.fixture
def omvang(monkeypatch: pytest.MonkeyPatch) -> Dataset:
    """The report of the page, in the list."""
    (source,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    module = ModuleType("omvang")
    exec(compile(source, "docs/rapportages.md", "exec"), module.__dict__)
    dataset: Dataset = module.__dict__["OMVANG"]
    monkeypatch.setattr(queries, "DATASETS", (*datasets.DATASETS, dataset))
    monkeypatch.setitem(datasets.BY_NAME, dataset.naam, dataset)
    return dataset


def test_it_is_listed_and_given_in_every_form(region: Region, omvang: Dataset) -> None:
    assert [one["naam"] for one in region.get("").json["items"]][-1] == "omvang"  # type: ignore[index]
    for per in omvang.dimensies:
        for name, form in FORMS.items():
            answer = region.get(f"/omvang?per={per}&formaat={name}")
            assert (answer.status_code, answer.mimetype) == (200, form.mediatype), answer.text
    report: Any = region.get("/omvang").json
    ((people,),) = region.rows(
        "select count(distinct leraar) from aanstelling where begindatum <= '2026-07-31'"
        " and coalesce(einddatum, 'infinity') >= '2026-07-31'"
    )
    assert report["parameters"]["periodeTot"] == "2026-07-31"
    assert report["totaal"]["waarden"]["totaal"] == people


def test_its_chart_is_drawn(region: Region, omvang: Dataset) -> None:
    from register_service.core.context import Context
    from register_service.rapportages.parameters import read_question
    from register_service.rapportages.running import draw_up
    from tests.rapportages.conftest import auditor

    context = auditor()
    context = Context(role="auditor", actor="test", event="", today=context.today, client="auditor", jti="x")
    rapport = draw_up(region.database, context, omvang, read_question(omvang, {}, context.today, []), None)
    assert svg.draw(omvang.grafieken[0], rapport.tabel, "proef").startswith("<svg")


def test_every_report_there_is_stands_on_the_page() -> None:
    for dataset in datasets.DATASETS:
        assert f"| `{dataset.naam}` |" in PAGE
