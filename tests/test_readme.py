"""The README's tour works as it is written: every line, against `register run` as a newcomer starts it."""

import json
import re
import subprocess
from pathlib import Path

import pytest

from register_service.runtime.demo_client import DEMO_LERAAR, DEMO_VALIDATOR
from tests.helpers.live import ROOT
from tests.helpers.running import Running

README = (ROOT / "README.md").read_text(encoding="utf-8")


def tour() -> str:
    """Give the commands of the tour."""
    return "\n".join(re.findall(r"^```sh\n(.*?)^```$", README, re.DOTALL | re.MULTILINE))


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> subprocess.CompletedProcess[str]:
    """What the tour prints, run in one shell from the project's folder."""
    var_dir = tmp_path_factory.mktemp("tour") / "var"
    with Running(var_dir) as running:
        running.until_ready()
        commands = (
            tour()
            .replace("http://127.0.0.1:8000", running.url)
            .replace("var/demo-client.json", f"{var_dir}/demo-client.json")
        )
        return subprocess.run(
            ["bash", "-eu", "-o", "pipefail", "-c", commands],
            cwd=ROOT, env=running.environ(), capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip


def test_the_tour_runs_to_its_end(outcome: subprocess.CompletedProcess[str]) -> None:
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr


def test_the_second_bijwerken_changes_and_the_past_keeps_the_first(outcome: subprocess.CompletedProcess[str]) -> None:
    answers = [line for line in outcome.stdout.splitlines() if '"personeelsnummer" : "HR-1"' in line]
    fte = [re.findall(r'"betrekkingsomvang" : ([0-9.]+)', line) for line in answers]
    added, dossier, changed, before, history = fte
    assert (added, dossier, changed, before) == (["0.8000"], ["0.8000"], ["1.0000"], ["0.8000"])
    assert history == ["0.8000", "1.0000"]
    assert '"reden" : "uitbreiding"' in answers[-1]


def test_all_mistakes_come_at_once(outcome: subprocess.CompletedProcess[str]) -> None:
    refusal = next(line for line in outcome.stdout.splitlines() if '"status":400' in line)
    assert set(re.findall(r'"location":"([^"]+)"', refusal)) == {"/achternaam", "/geboortedatum", "/bsn"}


def test_nascholing_is_reported_confirmed_and_offered_to_a_validator(
    outcome: subprocess.CompletedProcess[str],
) -> None:
    lines = outcome.stdout.splitlines()
    progress = [json.loads(line) for line in lines if '"opKoers"' in line]
    assert [one["registratienummer"] for one in progress] == [DEMO_LERAAR, DEMO_LERAAR]
    assert len(progress[0]["eisen"]) == 4
    assert '{"toegevoegd":1,"bestond":0}' in lines
    submitted = next(json.loads(line) for line in lines if '"Dag van de gebarentaal"' in line)
    assert submitted["status"] == "ingediend"
    offered = json.loads(next(line for line in reversed(lines) if line.startswith('{"items"')))
    assert len(offered["items"]) == 2
    assert DEMO_VALIDATOR in README


def test_files_that_the_readme_names_are_there() -> None:
    named = re.findall(r"\]\(((?!http)[^)]+)\)", README)
    assert named
    assert [name for name in named if not (ROOT / Path(name)).exists()] == []
