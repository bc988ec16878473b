"""The beheerder's commands, over a real database: what they say, that repeating is harmless, and that errors are Dutch."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
import pytest
from click import Group
from click.testing import CliRunner, Result

from register_service.organisaties.commands import bestuur, organisaties, partnerschap
from tests.organisaties.duo_files import content, line

Run = Callable[..., Result]


@pytest.fixture
def run(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command as the beheerder would."""
    monkeypatch.setenv("DATABASE_URL", database_url)
    group = Group(commands=[bestuur, organisaties, partnerschap])
    return lambda *arguments: CliRunner().invoke(group, [str(argument) for argument in arguments])


def rows(database_url: str, statement: str) -> list[tuple[Any, ...]]:
    """Ask the database as its owner."""
    with psycopg.connect(database_url) as connection:
        return connection.execute(statement).fetchall()


@pytest.fixture
def po_file(tmp_path: Path) -> Path:
    """Give a po file of two rows, one of them wrong."""
    path = tmp_path / "iets.csv"
    path.write_bytes(content("po", [line("po", "01AA00", BEVOEGD_GEZAG_NUMMER="41285"), "fout"]))
    return path


def test_import_reports_counts_lines_and_unknown_besturen(run: Run, po_file: Path) -> None:
    result = run("organisaties", "import", po_file)
    assert result.exit_code == 0
    assert "Vestigingen: 1 toegevoegd, 0 gewijzigd (waarvan 0 heropend), 0 gesloten, 0 ongewijzigd." in result.output
    assert "geweigerd: iets.csv regel 3: heeft 1 kolommen in plaats van 15" in result.output
    assert "Onbekende besturen: 1; 1 vestigingen staan er zonder bestuur in.\n  41285: 1" in result.output


def test_import_as_json(run: Run, po_file: Path) -> None:
    told = json.loads(run("organisaties", "import", po_file, "--json").output)
    assert (told["added"], told["unknownBesturen"]) == (1, {"41285": 1})


def test_import_journals_the_files_unless_a_reason_is_given(run: Run, po_file: Path, database_url: str) -> None:
    run("organisaties", "import", po_file, "--peildatum", "2026-10-01")
    statement = "select distinct actor, event, reason from journal where table_name = 'vestiging'"
    assert rows(database_url, statement) == [
        ("beheer:cli", "organisaties.import", "DUO-bestanden iets.csv; peildatum 2026-10-01")
    ]


@pytest.mark.parametrize(
    ("raw", "message"),
    [(b"", "het bestand is leeg"), (b"%PDF-1.7", "geen DUO-bestand"), (None, "geen enkele vestiging")],
)
def test_one_bad_file_stops_them_all(
    run: Run, po_file: Path, tmp_path: Path, database_url: str, raw: bytes | None, message: str
) -> None:
    bad = tmp_path / "slecht.csv"
    bad.write_bytes(content("vo", []) if raw is None else raw)
    result = run("organisaties", "import", po_file, bad)
    assert result.exit_code == 1
    assert "slecht.csv: " in result.output
    assert message in result.output
    assert "Er is niets gewijzigd." in result.output
    assert rows(database_url, "select count(*) from vestiging") == [(0,)]


def test_a_file_that_is_not_there_says_so(run: Run, tmp_path: Path) -> None:
    assert "bestaat niet" in run("organisaties", "import", tmp_path / "weg.csv").output
    assert "niet te lezen" in run("organisaties", "import", tmp_path).output


def test_a_truncated_file_changes_nothing(run: Run, tmp_path: Path, database_url: str) -> None:
    path = tmp_path / "po.csv"
    path.write_bytes(content("po", [line("po", f"01AA0{number}") for number in range(9)]))
    run("organisaties", "import", path)
    path.write_bytes(content("po", [line("po", "01AA00", VESTIGINGSNAAM="Anders")]))
    result = run("organisaties", "import", path)
    assert (result.exit_code, "--forceer" in result.output) == (1, True)
    assert rows(database_url, "select distinct naam from vestiging where gesloten_op is null") == [("De Brug",)]
    assert run("organisaties", "import", path, "--forceer").exit_code == 0


def test_a_peildatum_that_does_not_exist_is_refused(run: Run, po_file: Path) -> None:
    result = run("organisaties", "import", po_file, "--peildatum", "2025-02-30")
    assert (result.exit_code, "'2025-02-30' is geen dag" in result.output) == (2, True)


def test_a_bestuur_is_added_once(run: Run, database_url: str) -> None:
    add = ("bestuur", "add", "41285", "Bestuur Nijmegen", "--lid-sinds", "2016-08-01", "--reden", "toegetreden")
    assert run(*add).output == "Bestuur 41285 toegevoegd.\n"
    assert "er is niets gewijzigd" in run(*add).output
    assert json.loads(run(*add, "--json").output)["gewijzigd"] is False
    other = run("bestuur", "add", "41285", "Een ander")
    assert (other.exit_code, "register bestuur change" in other.output) == (1, True)
    journaled = rows(database_url, "select action, event, reason from journal where table_name = 'bestuur'")
    assert journaled == [("insert", "bestuur.toegevoegd", "toegetreden")]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("add", "4128", "Naam"), "vijf cijfers"),
        (("add", "41285", "  "), "naam is leeg"),
        (("add", "41285", "x" * 201), "langer dan 200 tekens"),
        (("add", "41285", "x", "--lid-tot", "2026-01-01"), "--lid-sinds"),
        (("add", "41285", "x", "--lid-sinds", "2026-01-02", "--lid-tot", "2026-01-01"), "ligt voor"),
        (("change", "41285", "--naam", "x"), "staat niet in het register"),
    ],
)
def test_a_wrong_bestuur_is_refused(run: Run, arguments: tuple[str, ...], message: str) -> None:
    result = run("bestuur", *arguments)
    assert (result.exit_code, message in result.output) == (1, True)


def test_a_bestuur_changes_only_in_what_is_named(run: Run, database_url: str) -> None:
    run("bestuur", "add", "41285", "Oud", "--lid-sinds", "2016-08-01", "--lid-tot", "2026-07-31")
    assert (
        run("bestuur", "change", "41285", "--naam", "Nieuw", "--lid-tot", "geen").output == "Bestuur 41285 gewijzigd.\n"
    )
    assert "niets gewijzigd" in run("bestuur", "change", "41285", "--naam", "Nieuw").output
    assert run("bestuur", "change", "41285").exit_code == 1
    found = rows(database_url, "select naam, lid_sinds::text, lid_tot from bestuur")
    assert found == [("Nieuw", "2016-08-01", None)]


def test_a_partnerschap_is_added_joined_and_left(run: Run, database_url: str) -> None:
    run("bestuur", "add", "41285", "Bestuur Nijmegen")
    add = ("partnerschap", "add", "Samen Opleiden", "--opleiding", "HAN", "--opleiding", "ArtEZ")
    assert run(*add).output == "Partnerschap 'Samen Opleiden' toegevoegd.\n"
    assert "niets gewijzigd" in run(*add).output
    join = ("partnerschap", "join", "Samen Opleiden", "41285", "--vanaf", "2020-08-01")
    assert "neemt vanaf 2020-08-01 deel" in run(*join).output
    assert "niets gewijzigd" in run(*join).output
    overlapping = run(*join[:-1], "2022-08-01")
    assert (overlapping.exit_code, "register partnerschap leave" in overlapping.output) == (1, True)
    leave = ("partnerschap", "leave", "Samen Opleiden", "41285", "--tot", "2024-07-31")
    assert "eindigt op 2024-07-31" in run(*leave).output
    assert "niets gewijzigd" in run(*leave).output
    assert run(*join[:-1], "2024-08-01").exit_code == 0
    assert rows(database_url, "select begindatum::text, einddatum::text from deelname order by 1") == [
        ("2020-08-01", "2024-07-31"),
        ("2024-08-01", None),
    ]


def test_changed_opleidingen_are_kept(run: Run, database_url: str) -> None:
    run("partnerschap", "add", "Samen", "--opleiding", "HAN")
    assert "Opleidingen" in run("partnerschap", "add", "Samen", "--opleiding", "ArtEZ", "--opleiding", "ArtEZ").output
    assert rows(database_url, "select opleidingen from partnerschap") == [(["ArtEZ"],)]


@pytest.mark.parametrize("command", ["join", "leave"])
def test_an_unknown_partnerschap_or_bestuur_says_so(run: Run, command: str) -> None:
    assert "Partnerschap 'X' staat niet" in run("partnerschap", command, "X", "41285").output
    run("partnerschap", "add", "X")
    assert "Bestuur 41285 staat niet" in run("partnerschap", command, "X", "41285").output


def test_leaving_without_taking_part_is_refused(run: Run) -> None:
    run("bestuur", "add", "41285", "B")
    run("partnerschap", "add", "X")
    result = run("partnerschap", "leave", "X", "41285")
    assert (result.exit_code, "niet deel aan" in result.output) == (1, True)


def test_without_a_database_there_is_no_stack_trace(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/nothing")
    result = run("bestuur", "add", "41285", "B")
    assert (result.exit_code, "niet bereikbaar" in result.output) == (1, True)
