"""Who pulled a report stands in the log, whichever way it was pulled."""

import json
from typing import Any

import pytest

from tests.helpers.sessions import sign_in
from tests.rapportages.conftest import Region

QUESTION = "per=bestuur&sector=vo"


def logged(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    return [line for line in lines if line["event"] == "report_pulled"]


def assert_tells(line: dict[str, Any], report: dict[str, Any], actor: str, form: str) -> None:
    del line["timestamp"]
    assert line == {
        "event": "report_pulled",
        "level": "info",
        "actor": actor,
        "report": "inductie",
        "question": report["parameters"],
        "rows": report["aantalRijen"],
        "form": form,
    }


@pytest.mark.parametrize("form", ["json", "csv", "xlsx"])
def test_who_pulls_a_report_over_the_api_stands_in_the_log(
    region: Region, capsys: pytest.CaptureFixture[str], form: str
) -> None:
    report: Any = region.get(f"/inductie?{QUESTION}", "beheer").json
    capsys.readouterr()
    assert region.get(f"/inductie?{QUESTION}&formaat={form}").status_code == 200
    (line,) = logged(capsys)
    assert_tells(line, report, "client:auditor", form)


def test_who_pulls_a_report_in_a_browser_stands_in_the_log(region: Region, capsys: pytest.CaptureFixture[str]) -> None:
    report: Any = region.get(f"/inductie?{QUESTION}").json
    browser = region.app.test_client()
    sign_in(browser, region.settings.database_url)
    ((account,),) = region.rows(
        "select id::text from account where soort = 'auditor' order by gekoppeld_op desc limit 1"
    )
    capsys.readouterr()
    for path, form in ((f"?{QUESTION}", "page"), (f"/bestand?{QUESTION}&formaat=csv", "csv")):
        assert browser.get(f"/rapportages/inductie{path}").status_code == 200
        (line,) = logged(capsys)
        assert_tells(line, report, f"auditor:{account}", form)


def test_a_report_that_is_refused_was_not_pulled(region: Region, capsys: pytest.CaptureFixture[str]) -> None:
    assert region.get("/inductie?per=kleur").status_code == 400
    assert region.get("/inductie", "bestuur").status_code == 403
    assert logged(capsys) == []
