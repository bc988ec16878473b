"""The pages of a leraar show what the register holds of that leraar."""

import re

import pytest

from register_service.core import clock
from tests.api import trajecten
from tests.api import world as w
from tests.api.world import World
from tests.web.addresses import ACTIVITEIT
from tests.web.visitor import Visitor, read


@pytest.fixture
def leraar(visitor: Visitor) -> Visitor:
    """The leraar of whom the world holds everything."""
    return visitor.signed_in(leraar=w.VOL)


def test_the_overview_tells_how_it_stands_and_what_is_next(leraar: Visitor) -> None:
    main = leraar.main("/mijn")
    for text in (
        "Dag Zoë",
        w.VOL,
        "Registratie",
        "Uren voor herregistratie",
        "Inductie",
        "Eerstegraads bevoegdheid: Duits",
    ):
        assert text in main
    assert "1 activiteit is nog niet ingediend" in main
    assert "1 activiteit wacht op een validator" in main


def test_the_overview_counts_how_often_others_looked(world: World, leraar: Visitor) -> None:
    before = int(re.search(r"keek (?:een ander (\d+) keer|niemand)", leraar.main("/mijn"))[1] or 0)  # type: ignore[index]
    world.send("GET", f"/v1/leraren/{w.VOL}/dossier")
    assert f"keek een ander {before + 1} keer" in leraar.main("/mijn")


def test_the_induction_shows_every_kind_of_fact(leraar: Visitor) -> None:
    main = leraar.main("/mijn/inductie")
    for heading in (
        "Voortgangsgesprekken", "Programma per jaar", "Waar u was", "Onderbrekingen en verlenging", "Uw begeleiders",
        "Observaties van uw lessen", "Wat er gebeurde",
    ):  # fmt: skip
        assert heading in main, heading
    assert "De Proefschool" in main and "Stichting Proefonderwijs A" in main


def test_what_was_seen_in_a_lesson_is_there_for_the_leraar_with_whether_it_is_shared(
    world: World, leraar: Visitor
) -> None:
    ((scores, shared),) = world.query(
        "select scores, gedeeld from observatiescore where traject = %s", trajecten.TRAJECT
    )
    main = leraar.main("/mijn/inductie")
    assert all(name in main for name in scores)
    assert ("Gedeeld met uw school" in main) == shared


def test_the_timeline_goes_on_on_the_next_page(world: World, visitor: Visitor) -> None:
    number = world.new_leraar()
    for path, body in (
        (f"leraren/{number}/bevoegdheden", w.bevoegdheid(behaaldOp="2015-07-01")),
        (f"leraren/{number}/aanstellingen", w.aanstelling(begindatum="2024-08-01")),
    ):
        assert world.send("POST", f"/v1/{path}", json=body).status_code == 201
    start = {"vestiging": "00AA00", "startdatum": "2024-08-01"}
    traject = world.send("POST", f"/v1/leraren/{number}/inductietrajecten", json=start).json["id"]  # type: ignore[index]
    for month in range(1, 17):
        talk = {
            "datum": f"{2025 + month // 13}-{(month - 1) % 12 + 1:02}-15",
            "gevoerdDoor": f"Gesprekspartner {month:02}",
        }
        added = world.send("POST", f"/v1/inductietrajecten/{traject}/voortgangsgesprekken", json=talk)
        assert added.status_code == 201, added.text
    visitor.signed_in(leraar=number)
    first = visitor.page("/mijn/inductie")
    (following,) = (href for href in first.links if "cursor=" in href)
    second = visitor.main(following.partition("#")[0])
    timelines = [text.partition("Wat er gebeurde")[2] for text in (first.text_of("main"), second)]
    told = [re.findall(r"Gesprekspartner \d\d", text) for text in timelines]
    assert sorted(told[0] + told[1]) == [f"Gesprekspartner {month:02}" for month in range(1, 17)]


def test_progress_is_drawn_and_the_same_numbers_stand_in_a_table(world: World, leraar: Visitor) -> None:
    progress = world.send("GET", f"/v1/leraren/{w.VOL}/voortgang", who="l").json
    assert progress is not None
    document = leraar.page("/mijn/professionalisering")
    cells = [cell.text for cell in document.all("td")]
    drawn = [bar for bar in document.all("svg") if bar.attributes.get("width") == "100%"]
    wanted = [eis for eis in progress["eisen"] if eis["nodig"]]
    assert len(drawn) == len(wanted) and all(bar.attributes["aria-hidden"] == "true" for bar in drawn)
    widths = [
        bar.attributes["width"]
        for bar in document.all("rect")
        if bar.attributes["class"] in ("register-done", "register-met")
    ]
    assert widths[: len(wanted)] == [f"{eis['percentage']}%" for eis in wanted]
    assert len(cells) == 3 * len(progress["eisen"])


def test_activiteiten_by_state(leraar: Visitor) -> None:
    everything = leraar.main("/mijn/professionalisering")
    assert "Te veel uren voor een dag" in everything
    drafts = leraar.main("/mijn/professionalisering?status=concept").partition("Uw activiteiten")[2]
    assert 'Cursus "Ünal" \\ klassenmanagement' in drafts
    assert "Te veel uren voor een dag" not in drafts


def test_an_activiteit_with_its_bewijsstukken_and_what_may_be_the_same(leraar: Visitor) -> None:
    document = leraar.page(f"/mijn/activiteiten/{ACTIVITEIT}")
    main = document.text_of("main")
    assert 'certificaat "Ünal".pdf (10.240 kB)' in main
    assert "/mijn/activiteiten/01890000-0000-7000-8000-000000000601" in document.links


def test_the_career(leraar: Visitor) -> None:
    main = leraar.main("/mijn/loopbaan")
    assert "Leraar basisonderwijs (pabo)" in main
    assert "Docent Duits (regulier)" in main and "0,8125 fte" in main
    assert main.index("Waar u werkt") < main.index("Docent Duits") < main.index("Waar u werkte")


def test_who_looked_is_told_by_month_and_who_with_each_look_below(world: World, leraar: Visitor) -> None:
    world.send("GET", f"/v1/leraren/{w.VOL}/dossier", who="k")
    document = leraar.page("/mijn/inzage")
    main = document.text_of("main")
    assert [one.text for one in document.all("h3")].count("De beheerder van het register") == 1
    assert "dossier bekijken" in main and "persoonsgegevens" in main
    assert "De beheerder van het register, voor: dossier bekijken" in leraar.main("/mijn/inzage/elke-keer")


def test_of_one_look_it_shows_at_once_when_and_of_more_below(world: World, visitor: Visitor) -> None:
    number = world.new_leraar()
    visitor.signed_in(leraar=number)
    world.send("GET", f"/v1/leraren/{number}/aanstellingen", who="k")
    main = visitor.main("/mijn/inzage")
    assert re.search(r"1 keer: aanstellingen bekijken Bekeken: aanstellingen Wanneer: \d+ \w+ \d+ om", main)
    world.send("GET", f"/v1/leraren/{number}/aanstellingen", who="k")
    summaries = [one.text for one in visitor.page("/mijn/inzage").all("summary")]
    assert sum("aanstellingen bekijken" in text for text in summaries) == 1


def test_a_period_without_looks(leraar: Visitor) -> None:
    assert "In deze periode keek niemand anders" in leraar.main("/mijn/inzage?tot=2020-01-01")


@pytest.mark.parametrize("query", ["vanaf=2026-02-30", "vanaf=2026-02-01&tot=2026-01-31"])
def test_a_period_that_cannot_be_is_told_at_the_field(leraar: Visitor, query: str) -> None:
    answer = leraar.open(f"/mijn/inzage?{query}")
    document = read(answer)
    assert answer.status_code == 400
    (wrong,) = (field for field in document.all("input") if field.attributes.get("aria-invalid") == "true")
    assert f"{wrong.attributes['name']}-fout" in wrong.attributes["aria-describedby"]


def test_pages_of_looks_go_on_within_the_period(world: World, leraar: Visitor) -> None:
    for _ in range(45):
        world.send("GET", f"/v1/leraren/{w.VOL}")
    today = clock.today().isoformat()
    first = leraar.page(f"/mijn/inzage/elke-keer?vanaf={today}")
    (following,) = (href for href in first.links if "cursor=" in href)
    assert f"vanaf={today}" in following
    assert "leraar bekijken" in leraar.main(following)


def test_a_history_tells_who_changed_what_and_why(world: World, visitor: Visitor) -> None:
    number = world.new_leraar()
    added = world.send("POST", f"/v1/leraren/{number}/aanstellingen", json=w.aanstelling())
    path = added.headers["Location"]
    headers = {"If-Match": added.headers["ETag"], "Reden": "minder uren"}
    changed = world.send("PATCH", path, json={"betrekkingsomvang": 0.5}, headers=headers)
    assert changed.status_code == 200, changed.text
    identifier = path.rpartition("/")[2]
    main = visitor.signed_in(leraar=number).main(f"/mijn/aanstellingen/{identifier}/historie")
    assert "Gewijzigd door Stichting Proefonderwijs A (HR van A). Reden: minder uren" in main
    assert "Betrekkingsomvang: van 0,8 naar 0,5" in main
    assert "Bestuur: Stichting Proefonderwijs A (41285)" in main
    assert re.search(r"Vestiging: [A-Z]\w+.*? \(00AA0\d\)", main)
    assert main.index("Gewijzigd door") < main.index("Vastgelegd door")
    world.seal()
    assert "Verzegeld" in visitor.main(f"/mijn/aanstellingen/{identifier}/historie")


def test_after_a_merge_the_session_and_the_dossier_go_on_together(world: World, visitor: Visitor) -> None:
    old, new = world.new_leraar(), world.new_leraar()
    visitor.signed_in(leraar=old)
    world.send("GET", f"/v1/leraren/{old}/dossier")
    merge = {"van": old, "naar": new, "reden": "dubbel"}
    assert world.send("POST", "/v1/leraren/_samenvoegen", who="k", json=merge).status_code == 200
    assert new in visitor.main("/mijn")
    assert "dossier bekijken" in visitor.main("/mijn/inzage")
    assert "Vastgelegd door" in visitor.main("/mijn/gegevens/historie")
