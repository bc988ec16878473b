"""The same report is the same to the byte: in another process, another time zone, another order of sets."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from register_service.rapportages.datasets import DATASETS
from register_service.rapportages.forms import FORMS
from tests.rapportages.conftest import Region

ROOT = Path(__file__).parents[2]
_PROGRAM = """
import hashlib, sys
from datetime import date
from register_service.core.context import Context
from register_service.core.db import Database
from register_service.rapportages.datasets import DATASETS
from register_service.rapportages.forms import FORMS, filename
from register_service.rapportages.parameters import read_question
from register_service.rapportages.running import draw_up

context = Context(role="auditor", actor="client:auditor", event="", today=date(2026, 11, 23), client="auditor", jti="test")
for dataset in DATASETS:
    vraag = read_question(dataset, {"per": "bestuur"}, context.today, [])
    rapport = draw_up(Database(sys.argv[1]), context, dataset, vraag, None)
    for name, form in FORMS.items():
        print(filename(rapport, name), hashlib.sha256(form.write(rapport)).hexdigest())
"""


def _made(url: str, zone: str, seed: str) -> list[str]:
    environment = {"TZ": zone, "PYTHONHASHSEED": seed, "PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}
    command = [sys.executable, "-c", _PROGRAM, url]
    made = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stderr
    return made.stdout.splitlines()


def test_in_another_process_time_zone_and_order_of_sets(region: Region) -> None:
    url = region.settings.app_database_url
    tokyo = _made(url, "Asia/Tokyo", "1")
    assert len(tokyo) == len(DATASETS) * len(FORMS)
    assert _made(url, "America/Lima", "2") == tokyo


@pytest.mark.parametrize("form", FORMS)
def test_twice_over_the_api(region: Region, form: str) -> None:
    first, second = (region.get(f"/gegevenskwaliteit?formaat={form}") for _ in range(2))
    assert first.data == second.data
    assert first.headers["ETag"] == second.headers["ETag"]
