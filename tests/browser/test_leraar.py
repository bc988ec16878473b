"""What a leraar does here, each task from the overview on, as on a phone and without a script."""

import json
from collections.abc import Callable

import pytest

from tests.browser.conftest import OpenWindow
from tests.browser.hr_system import HrSystem
from tests.browser.site import Site, sign_in
from tests.browser.visits import DEMO_LERAAR, STARTER
from tests.browser.window import Window

Opened = Callable[[str], Window]
LOOKED_AT = "3912973410"


@pytest.fixture
def of_leraar(open_window: OpenWindow, site: Site) -> Opened:
    """What opens a window of a leraar at the overview."""

    def opened(number: str) -> Window:
        window = open_window(scripts=False)
        sign_in(window, site, leraar=number)
        window.open("/mijn")
        return window

    return opened


def test_the_overview_tells_how_it_stands_and_what_is_next(of_leraar: Opened) -> None:
    window = of_leraar(DEMO_LERAAR)
    for heading in ("Wat komt er aan?", "Registratie", "Uren voor herregistratie", "Inductie", "Bevoegdheden"):
        assert window.page.get_by_role("heading", name=heading, exact=True).is_visible()
    window.page.get_by_role("link", name="Bekijk uw professionalisering").click()
    assert window.heading() == "Professionalisering"


def test_on_a_phone_the_name_and_signing_out_share_a_line(of_leraar: Opened) -> None:
    page = of_leraar(DEMO_LERAAR).page
    for width in (320, 360, 390, 430):
        page.set_viewport_size({"width": width, "height": 800})
        name, sign_out = (page.locator(one).bounding_box() for one in (".register-name", ".register-sign-out"))
        whole = page.locator(".register-name .register-whole").bounding_box()
        assert name and sign_out and whole
        assert sign_out["y"] < name["y"] + name["height"] and sign_out["x"] >= name["x"] + name["width"]
        assert whole["height"] < 30


def test_induction_shows_what_was_and_what_is_due(of_leraar: Opened) -> None:
    window = of_leraar(STARTER)
    window.menu("Inductie")
    assert "Verwachte einddatum: 31 augustus 2027" in window.text()
    assert window.page.get_by_role("heading", name="Voortgangsgesprekken").is_visible()
    window.page.get_by_text("Jaar 1: 20 procent minder lessen").click()
    assert window.page.get_by_role("link", name="Geschiedenis van jaar 1").is_visible()


def test_progress_is_drawn_and_written(of_leraar: Opened, site: Site) -> None:
    window = of_leraar(DEMO_LERAAR)
    window.menu("Professionalisering")
    table = window.page.get_by_role("table", name="Uren per eis")
    cells = [row.split("\t") for row in table.inner_text().splitlines() if row.startswith("Registeruren")]
    assert cells
    # The drawing is for the eye only: what it says stands beside it.
    assert f"{cells[0][1]} van {cells[0][2]}" in window.text()


def test_an_activiteit_opens_from_the_list(of_leraar: Opened) -> None:
    window = of_leraar(DEMO_LERAAR)
    window.menu("Professionalisering")
    window.page.get_by_role("link", name="Goedgekeurd (21)").click()
    first = window.page.get_by_role("list").get_by_role("link").filter(has_not_text="(").first
    title = first.inner_text()
    first.click()
    assert window.path.startswith("/mijn/activiteiten/")
    assert title in window.text()


def test_loopbaan_and_the_history_of_an_item(of_leraar: Opened) -> None:
    window = of_leraar(STARTER)
    window.menu("Loopbaan")
    assert "Tweedegraads bevoegdheid: Economie" in window.text()
    window.page.get_by_role("link", name="Geschiedenis van de bevoegdheid van 26 juni 2023").click()
    assert window.heading() == "Geschiedenis van deze bevoegdheid"
    assert "Vastgelegd door" in window.text()
    window.page.get_by_role("link", name="Terug").click()
    assert window.path == "/mijn/loopbaan"


def test_who_looked_shows_a_look_of_an_hr_system(of_leraar: Opened, site: Site) -> None:
    hr_system = HrSystem.of(site.server, naam="Proefsalaris")
    window = of_leraar(LOOKED_AT)
    window.menu("Wie keek er?")
    assert "Proefsalaris" not in window.text()
    hr_system.reads(f"/leraren/{LOOKED_AT}/dossier")
    window.page.reload()
    assert "Proefsalaris" in window.text()
    assert "1 keer" in window.text()
    window.page.get_by_role("link", name="Bekijk elke keer apart").click()
    assert window.path == "/mijn/inzage/elke-keer"
    assert "voor: dossier bekijken" in window.text()


def test_a_period_that_ends_before_it_starts_is_told_beside_the_field(of_leraar: Opened) -> None:
    window = of_leraar(STARTER)
    window.menu("Wie keek er?")
    window.page.get_by_label("Vanaf").fill("2026-09-01")
    window.page.get_by_label("Tot en met").fill("2026-08-01")
    window.page.get_by_role("button", name="Toon deze periode").click()
    window.expect("status of 400")
    wrong = window.page.get_by_label("Tot en met")
    assert wrong.get_attribute("aria-invalid") == "true"
    told = window.page.locator(f"#{(wrong.get_attribute('aria-describedby') or '').split()[-1]}")
    assert "ligt voor de eerste" in told.inner_text()
    assert window.page.get_by_label("Vanaf").input_value() == "2026-09-01"


def test_the_own_data_come_as_one_file(of_leraar: Opened) -> None:
    window = of_leraar(DEMO_LERAAR)
    window.menu("Gegevens")
    with window.page.expect_download() as started:
        window.page.get_by_role("link", name="Mijn dossier opslaan").click()
    download = started.value
    assert download.suggested_filename == "mijn-dossier.json"
    whole = json.loads(download.path().read_text(encoding="utf-8"))
    assert whole["registratienummer"] == DEMO_LERAAR
    assert len(whole["dossier"]["activiteit"]) == 23
    assert whole["vandaag"]["registratie"]["status"]


def test_what_is_of_somebody_else_is_not_there(of_leraar: Opened, site: Site) -> None:
    window = of_leraar(STARTER)
    window.menu("Professionalisering")
    own = window.page.locator("a[href^='/mijn/activiteiten/']").first.get_attribute("href")
    assert own
    assert window.open(own).status == 200
    others = of_leraar(DEMO_LERAAR)
    for path in (own, f"{own}/historie"):
        assert others.open(path).status == 404
        others.expect("status of 404")
        assert others.heading() == "Pagina niet gevonden"
