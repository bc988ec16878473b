"""Reports over the API: forms, what they carry, who may, and what callers get wrong."""

import csv
import io
from typing import Any

import pytest
from openpyxl import load_workbook

from register_service.rapportages.datasets import DATASETS
from register_service.rapportages.forms import FORMS
from register_service.rapportages.renderers.csv_form import harmless
from tests.rapportages.conftest import Region

NAMES = [dataset.naam for dataset in DATASETS]
EVERY = [(dataset.naam, per) for dataset in DATASETS for per in dataset.dimensies]


def _codes(answer: Any) -> set[tuple[str, str]]:
    assert (answer.status_code, answer.content_type) == (400, "application/problem+json"), answer.text
    return {(error["location"], error["code"]) for error in answer.json["errors"]}


def test_the_list_names_every_report(region: Region) -> None:
    listed = region.get("").json["items"]  # type: ignore[index]
    assert [one["naam"] for one in listed] == NAMES
    assert [one["naam"] for one in region.get("", "bestuur").json["items"]] == ["gegevenskwaliteit"]  # type: ignore[index]


@pytest.mark.parametrize(("name", "per"), EVERY)
def test_every_report_by_every_dimension(region: Region, name: str, per: str) -> None:
    answer = region.get(f"/{name}?per={per}")
    assert answer.status_code == 200, answer.text
    report: Any = answer.json
    assert report["parameters"]["per"] == per
    assert report["aantalRijen"] == len(report["rijen"]) > 1
    assert {kolom["naam"] for kolom in report["kolommen"]} == set(report["totaal"]["waarden"])
    assert all(kolom["definitie"] for kolom in report["kolommen"])


def test_a_report_says_how_to_ask_for_it_again(region: Region) -> None:
    report: Any = region.get("/inductie?per=bestuur&sector=vo").json
    again = region.get("/inductie?" + "&".join(f"{name}={value}" for name, value in report["parameters"].items()))
    assert again.json == report
    assert report["beschikbaarOp"] == report["parameters"]["beschikbaarOp"]
    ((size, note),) = region.rows("select size, note from checkpoint order by at desc limit 1")
    assert (report["controlepunt"]["size"], report["controlepunt"]["note"]) == (size, note)


@pytest.mark.parametrize("name", NAMES)
def test_a_moment_before_the_register_began_is_empty(region: Region, name: str) -> None:
    report: Any = region.get(f"/{name}?beschikbaarOp=1900-01-01T00:00:00Z").json
    assert (report["aantalRijen"], report["rijen"], report["controlepunt"]) == (0, [], None)
    assert report["beschikbaarOp"] == "1900-01-01T00:00:00.000000Z"


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("form", FORMS)
def test_an_empty_result_has_every_form(region: Region, name: str, form: str) -> None:
    answer = region.get(f"/{name}?periodeVan=1950-01-01&periodeTot=1950-12-31&formaat={form}")
    assert answer.status_code == 200
    assert answer.data


def test_everything_that_is_wrong_is_said_at_once(region: Region) -> None:
    query = "periodeVan=2026-01-01&periodeTot=2025-01-01&per=kleur&beschikbaarOp=2999-01-01T00:00:00Z&bestuur=99999"
    more = "&vestiging=99ZZ99&partnerschap=01890000-0000-7000-8000-00000000ffff&cohort=2020-2025"
    assert _codes(region.get(f"/inductie?{query}{more}")) == {
        ("/periodeTot", "einde-voor-begin"),
        ("/per", "onbekende-dimensie"),
        ("/beschikbaarOp", "nog-niet-verzegeld"),
        ("/bestuur", "onbekende-groep"),
        ("/vestiging", "onbekende-groep"),
        ("/partnerschap", "onbekende-groep"),
        ("/cohort", "geen-schooljaar"),
    }


@pytest.mark.parametrize(
    ("query", "location", "code"),
    [
        ("periodeVan=2025-02-30", "/periodeVan", "ongeldige-datum"), ("sector=xx", "/sector", "ongeldige-waarde"),
        ("bestuur=abc", "/bestuur", "ongeldige-waarde"), ("cohort=21-22", "/cohort", "ongeldige-waarde"),
        ("formaat=pdf", "/formaat", "ongeldige-waarde"), ("beschikbaarOp=gisteren", "/beschikbaarOp", "ongeldig-tijdstip"),
        ("partnerschap=x", "/partnerschap", "ongeldige-waarde"), ("kleur=rood", "/kleur", "onbekend-veld"),
    ],
)  # fmt: skip
def test_a_parameter_that_cannot_be(region: Region, query: str, location: str, code: str) -> None:
    assert _codes(region.get(f"/inductie?{query}")) == {(location, code)}


def test_a_moment_that_is_not_sealed_yet(region: Region) -> None:
    assert _codes(region.get("/behoud?beschikbaarOp=2999-01-01T00:00:00Z")) == {
        ("/beschikbaarOp", "nog-niet-verzegeld")
    }


def test_an_unknown_report(region: Region) -> None:
    assert region.get("/omzet").status_code == 404


def test_a_report_that_is_not_for_a_bestuur(region: Region) -> None:
    answer = region.get("/inductie", "bestuur")
    assert (answer.status_code, answer.json["code"]) == (403, "niet-voor-bestuur")  # type: ignore[index]


def test_a_bestuur_gets_its_own_whatever_it_asks(region: Region) -> None:
    report: Any = region.get("/gegevenskwaliteit?bestuur=99999", "bestuur").json
    assert [rij["sleutel"] for rij in report["rijen"]] == [region.bestuur]
    of_keeper: Any = region.get(f"/gegevenskwaliteit?bestuur={region.bestuur}", "beheer").json
    # Whoever works elsewhere too, and more, counts there for others than the bestuur itself.
    assert report["rijen"][0]["waarden"]["totaal"] >= of_keeper["rijen"][0]["waarden"]["totaal"] > 0


@pytest.mark.parametrize(
    ("accept", "form"),
    [("text/csv", "csv"), ("application/json;q=0.5, text/csv", "csv"), ("text/*", "csv"), ("*/*", "json"), ("", "json"),
     (FORMS["xlsx"].mediatype, "xlsx"), ("application/json;q=0, */*", "csv")],
)  # fmt: skip
def test_accept_chooses_a_form(region: Region, accept: str, form: str) -> None:
    assert region.get("/inductie", Accept=accept).mimetype == FORMS[form].mediatype


def test_the_address_goes_before_accept(region: Region) -> None:
    assert region.get("/inductie?formaat=csv", Accept="text/html").mimetype == "text/csv"
    assert region.get("/inductie", Accept="text/html").status_code == 406


def test_csv_is_that_of_rfc_4180(region: Region) -> None:
    answer = region.get("/inductie?formaat=csv")
    assert answer.data.startswith(b"\xef\xbb\xbf")
    assert answer.data.count(b"\r\n") == answer.data.count(b"\n")
    lines = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"), newline="")))
    report: Any = region.get("/inductie").json
    assert [line["sleutel"] for line in lines] == [rij["sleutel"] for rij in (*report["rijen"], report["totaal"])]
    titles = {
        f"{kolom['titel']} ({kolom['eenheid']})" if kolom["eenheid"] else kolom["titel"]: kolom["naam"]
        for kolom in report["kolommen"]
    }
    shown = {title: report["totaal"]["waarden"][name] for title, name in titles.items()}
    assert {title: lines[-1][title] for title in titles} == {t: "–" if v is None else str(v) for t, v in shown.items()}
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="inductie_sector_')


@pytest.mark.parametrize("name", NAMES)
def test_no_two_columns_have_one_title(region: Region, name: str) -> None:
    answer = region.get(f"/{name}?formaat=csv")
    (titles, *_) = csv.reader(io.StringIO(answer.data.decode("utf-8-sig"), newline=""))
    assert len(set(titles)) == len(titles)
    sheet = load_workbook(io.BytesIO(region.get(f"/{name}?formaat=xlsx").data))["Tabel"]
    assert [cell.value for cell in sheet[1]][2:] == titles[2:]


@pytest.mark.parametrize("text", ["=1+1", "+31", "-1", "@SUM(A1)", "\tx", "\rx"])
def test_a_formula_is_made_harmless(text: str) -> None:
    assert harmless(text) == f"'{text}"
    assert harmless("Voorbeeld = 1") == "Voorbeeld = 1"


def test_the_spreadsheet_says_what_it_is_and_has_the_figures_of_json(region: Region) -> None:
    report: Any = region.get("/inductie?per=bestuur").json
    book = load_workbook(io.BytesIO(region.get("/inductie?per=bestuur&formaat=xlsx").data))
    about = [(row[0].value, row[1].value) for row in book["Over dit rapport"].iter_rows()]
    assert ("Definitie", report["definitie"]) in about
    assert ("Bekend op (verzegeld tijdstip)", report["beschikbaarOp"]) in about
    assert ("Controlepunt, ondertekend", report["controlepunt"]["note"]) in about
    assert {(f"Parameter {name}", value) for name, value in report["parameters"].items()} <= set(about)
    sheet = book["Tabel"]
    assert sheet.freeze_panes == "C2"
    found = {row[0].value or "": [cell.value for cell in row[2:]] for row in sheet.iter_rows(min_row=2)}
    for rij in (*report["rijen"], report["totaal"]):
        expected = ["–" if value is None else value for value in rij["waarden"].values()]
        assert found[rij["sleutel"]] == expected


def test_a_bestuur_with_one_leraar_tells_nothing(region: Region) -> None:
    ((number,),) = region.rows(
        "select bestuur from aanstelling group by 1 order by count(distinct leraar), bestuur limit 1"
    )
    report: Any = region.get(f"/behoud?bestuur={number}&periodeVan=2024-08-01&periodeTot=2024-08-02").json
    numbers = [value for rij in (*report["rijen"], report["totaal"]) for value in rij["waarden"].values()]
    assert {value for value in numbers if isinstance(value, int)} == set()
