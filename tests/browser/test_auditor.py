"""What an auditor does here: finding a report, asking for it, and taking it along; as on a desktop, without a script."""

import csv
import io
import json
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page

from tests.browser.conftest import OpenWindow
from tests.browser.provider import AUDITOR, sign_in_as
from tests.browser.window import DESKTOP, Window

# What a title says of the unit of its figures.


@pytest.fixture
def window(open_window: OpenWindow) -> Window:
    """A window of an auditor, who came in through the provider."""
    window = open_window(size=DESKTOP, scripts=False)
    sign_in_as(window, AUDITOR)
    return window


def unfold(page: Page) -> None:
    """Open the form of a report."""
    page.get_by_text("Kies periode, uitsplitsing en tijdstip").click()


def ask(window: Window, **choices: str) -> None:
    """Fill in the form of a report that is open, and send it."""
    unfold(window.page)
    for label, value in choices.items():
        field = window.page.get_by_label(label.replace("_", " "), exact=True)
        if field.evaluate("e => e.tagName") == "SELECT":
            field.select_option(label=value)
        else:
            field.fill(value)
    window.page.get_by_role("button", name="Maak het rapport").click()


def download(page: Page, name: str) -> Path:
    """Take a report along in one of its forms."""
    with page.expect_download() as started:
        page.get_by_role("link", name=name, exact=True).click()
    assert started.value.suggested_filename.startswith("inductie")
    return started.value.path()


def shown(page: Page) -> dict[tuple[str, str], str]:
    """Give all figures of a report, by row and column, as they stand in the tables of the page."""
    figures: dict[tuple[str, str], str] = {}
    for table in page.get_by_role("table").all():
        titles = table.locator("thead th").all_inner_texts()[1:]
        for row in table.locator("tbody tr, tfoot tr").all():
            cells = row.locator("td:not(:has(span)), td span[aria-hidden]").all_inner_texts()
            name = row.locator("th").inner_text()
            figures |= {(name, title): cell for title, cell in zip(titles, cells, strict=True)}
    return figures


def as_number(text: str) -> float | str:
    """Read a figure as the Dutch write it; a sign in the place of one stays what it is."""
    plain = text.rstrip("%").replace(".", "").replace(",", ".")
    return float(plain) if plain.replace(".", "").lstrip("-").isdigit() else text


def same(shown_: str, taken: object) -> bool:
    """Tell whether a figure of the page is that of a file, where it may have more digits."""
    figure = as_number(shown_)
    return str(taken or "") == figure if isinstance(figure, str) else abs(figure - float(str(taken))) <= 0.051


def test_a_report_is_found_and_asked_for(window: Window) -> None:
    assert window.heading() == "Rapporten"
    window.page.get_by_role("link", name="Inductie van starters").click()
    ask(window, Vanaf="2024-08-01", Tot_en_met="2025-07-31", Uitsplitsen_naar="bestuur")
    assert "1 augustus 2024 tot en met 31 juli 2025" in window.text()
    assert "periodeVan=2024-08-01" in window.path
    assert window.page.locator("figure svg:visible").first.is_visible()
    assert len(shown(window.page)) > 10


def test_whatever_is_wrong_is_told_at_once_and_beside_each_field(window: Window) -> None:
    window.open("/rapportages/inductie")
    ask(window, Vanaf="2025-08-01", Tot_en_met="2025-07-31", Alleen_vestiging="nee", Alleen_cohort="ooit")
    window.expect("status of 400")
    wrong = window.page.locator("[aria-invalid=true]").all()
    assert len(wrong) >= 3
    for field in wrong:
        told = window.page.locator(f"#{(field.get_attribute('aria-describedby') or '').split()[-1]}")
        assert told.is_visible()
        assert told.inner_text()
        # And from the list above one gets to the field.
        assert window.page.locator(f"a[href='#{field.get_attribute('id')}']").count() == 1
    assert window.page.get_by_label("Vanaf").input_value() == "2025-08-01"


def test_what_is_downloaded_has_the_figures_of_the_page(window: Window) -> None:
    window.open("/rapportages/inductie?per=sector")
    figures = shown(window.page)
    assert len(figures) > 50

    raw = download(window.page, "CSV").read_bytes()
    assert raw.count(b"\r\n") == raw.count(b"\n")
    in_csv = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline="")))
    by_name = {line["naam"]: line for line in in_csv}
    assert [key for key, text in figures.items() if not same(text, by_name[key[0]][key[1]])] == []

    book = openpyxl.load_workbook(io.BytesIO(download(window.page, "Excel (XLSX)").read_bytes()))
    about = {str(row[0].value): str(row[1].value) for row in book.worksheets[0].iter_rows()}
    assert about["Rapport"] == "Inductie van starters"
    assert about["Controlepunt, ondertekend"].startswith("lerarenregister.ra-zon/")
    titles, *lines = [[cell.value for cell in row] for row in book["Tabel"].iter_rows()]
    in_book = {line[1]: dict(zip(titles, line, strict=True)) for line in lines}
    assert [key for key, text in figures.items() if not same(text, in_book[key[0]][key[1]])] == []

    in_json = json.loads(download(window.page, "JSON").read_text(encoding="utf-8"))
    assert len(in_json["rijen"]) == len(in_csv) - 1


def test_the_permanent_link_gives_the_same_for_ever(window: Window) -> None:
    window.open("/rapportages/inductie?per=sector")
    rows, before = shown(window.page), download(window.page, "CSV").read_bytes()
    window.page.get_by_role("link", name="Vaste link naar dit tijdstip").click()
    assert "beschikbaarOp=" in window.path
    assert shown(window.page) == rows
    assert download(window.page, "CSV").read_bytes() == before


def test_what_has_no_rows_says_so(window: Window) -> None:
    window.open("/rapportages/inductie")
    ask(window, Vanaf="1990-08-01", Tot_en_met="1991-07-31")
    assert "Er is niets te tonen" in window.text()
