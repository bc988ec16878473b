"""What must hold of every page about who looked, when somebody did."""

from collections.abc import Callable

import pytest

from tests.browser.hr_system import HrSystem
from tests.browser.site import Site
from tests.browser.visits import INZAGE, STARTER, Visit


@pytest.fixture(scope="module", autouse=True)
def _somebody_looked(site: Site) -> None:
    hr_system = HrSystem.of(site.server)
    for part in ("dossier", "dossier", "bevoegdheden", "aanstellingen", "voortgang", "registratie"):
        hr_system.reads(f"/leraren/{STARTER}/{part}")


@pytest.mark.parametrize("visit", INZAGE, ids=lambda visit: visit.name)
def test_the_page_is_sound(try_page: Callable[[Visit], None], visit: Visit) -> None:
    try_page(visit)
