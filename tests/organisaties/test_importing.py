"""The DUO import against the database: adds, changes, closes and opens again, journals that, and refuses what looks wrong."""

from datetime import date
from typing import Any

import pytest
from psycopg import Connection
from psycopg.rows import dict_row

from register_service.organisaties.duo import parse
from register_service.organisaties.importing import ImportRefusedError, ImportReport, import_files
from tests.organisaties.duo_files import REAL, content, line, real

Db = Connection[Any]
DAY = date(2026, 11, 1)
TWENTY = [line("po", f"01AA{number:02}") for number in range(20)]


def load(connection: Db, *sources: tuple[str, list[str]], day: date = DAY, force: bool = False) -> ImportReport:
    """Import small files, each given as a sector and its lines."""
    files = [parse(f"{sector}.csv", content(sector, lines)) for sector, lines in sources]
    return import_files(connection, files, peildatum=day, force=force)


def vestiging(connection: Db, code: str) -> dict[str, Any]:
    """Give the row of one vestiging."""
    with connection.cursor(row_factory=dict_row) as cursor:
        row = cursor.execute("select * from vestiging where code = %s", (code,)).fetchone()
    assert row is not None
    return row


def school(connection: Db, brin: str) -> tuple[Any, ...]:
    """Give naam, sector and bestuur of one school."""
    row = connection.execute("select naam, sector, bestuur from school where brin = %s", (brin,)).fetchone()
    assert row is not None
    return row


def journal(connection: Db) -> dict[tuple[str, str], int]:
    """Count the journal rows of this transaction by table and action."""
    rows = connection.execute(
        "select table_name, action, count(*) from journal where tx = pg_current_xact_id() group by 1, 2"
    )
    return {(table, action): count for table, action, count in rows}


def add_bestuur(connection: Db, nummer: str) -> None:
    """Add a bestuur by hand."""
    connection.execute("insert into bestuur (nummer, naam) values (%s, 'Bestuur')", (nummer,))


def counts(report: ImportReport) -> tuple[int, int, int, int]:
    """Give added, changed, closed and unchanged."""
    return report.added, report.changed, report.closed, report.unchanged


def test_the_real_files_go_in_and_a_repeat_journals_nothing(connection: Db) -> None:
    files = [parse(name, real(name)) for name in REAL]
    first = import_files(connection, files, peildatum=DAY)
    assert counts(first) == (8622, 0, 0, 0)
    assert (first.schools_added, first.schools_changed, len(first.refusals), first.merged) == (7161, 0, 48, 47)
    assert (len(first.unknown_besturen), first.unknown_besturen["41391"]) == (56, 38)
    journaled = journal(connection)
    assert journaled == {("school", "insert"): 7161, ("vestiging", "insert"): 8622}
    assert counts(import_files(connection, files, peildatum=DAY)) == (0, 0, 0, 8622)
    assert journal(connection) == journaled


def test_a_row_arrives_whole(connection: Db) -> None:
    text = line("vo", "01AA03", VESTIGINGSNAAM="Zoë", ONDERWIJSSTRUCTUUR="VWO", DENOMINATIE="Bijzonder")
    load(connection, ("vo", [text]))
    row = vestiging(connection, "01AA03")
    assert {name: row[name] for name in row if name != "id"} == {
        "code": "01AA03",
        "brin": "01AA",
        "sector": "vo",
        "naam": "Zoë",
        "soort": None,
        "straat": "Dorpsstraat",
        "huisnummer": "1",
        "postcode": "6511 AA",
        "plaats": "NIJMEGEN",
        "gemeente": "NIJMEGEN",
        "provincie": "Gelderland",
        "denominatie": "Bijzonder",
        "internetadres": "www.example.nl",
        "onderwijsstructuur": "VWO",
        "bestuur": None,
        "gesloten_op": None,
    }


def test_the_journal_says_who_and_why(connection: Db) -> None:
    load(connection, ("po", TWENTY[:1]))
    rows = connection.execute(
        "select distinct actor, event, reason from journal where tx = pg_current_xact_id()"
    ).fetchall()
    assert rows == [("beheer:cli", "organisaties.import", "test")]


def test_only_what_changed_is_changed(connection: Db) -> None:
    load(connection, ("po", TWENTY))
    changed = [line("po", "01AA05", VESTIGINGSNAAM="De Nieuwe Brug"), *TWENTY[:5], *TWENTY[6:]]
    assert counts(load(connection, ("po", changed))) == (0, 1, 0, 19)
    assert vestiging(connection, "01AA05")["naam"] == "De Nieuwe Brug"
    assert journal(connection)["vestiging", "update"] == 1


def test_an_absent_vestiging_closes_and_one_that_reappears_opens(connection: Db) -> None:
    load(connection, ("po", TWENTY))
    report = load(connection, ("po", TWENTY[1:]), day=date(2027, 1, 31))
    assert counts(report) == (0, 0, 1, 19)
    assert vestiging(connection, "01AA00")["gesloten_op"] == date(2027, 1, 31)
    assert counts(load(connection, ("po", TWENTY[1:]), day=date(2027, 3, 1))) == (0, 0, 0, 19)
    assert vestiging(connection, "01AA00")["gesloten_op"] == date(2027, 1, 31)
    report = load(connection, ("po", TWENTY), day=date(2027, 8, 1))
    assert (counts(report), report.reopened) == ((0, 1, 0, 19), 1)
    assert vestiging(connection, "01AA00")["gesloten_op"] is None


def test_a_closure_announced_for_later_stays(connection: Db) -> None:
    load(connection, ("po", TWENTY))
    connection.execute("update vestiging set gesloten_op = '2027-08-01' where code = '01AA00'")
    assert counts(load(connection, ("po", TWENTY))) == (0, 0, 0, 20)
    assert vestiging(connection, "01AA00")["gesloten_op"] == date(2027, 8, 1)


def test_a_file_says_nothing_about_another_kind(connection: Db) -> None:
    load(connection, ("po", TWENTY), ("vo", [line("vo", "02BB00")]), ("so", [line("so", "03CC00")]))
    assert counts(load(connection, ("vo", [line("vo", "02BB00")]))) == (0, 0, 0, 1)
    assert vestiging(connection, "01AA00")["gesloten_op"] is None


def test_a_vestiging_in_a_refused_row_is_not_closed(connection: Db) -> None:
    load(connection, ("po", TWENTY))
    report = load(connection, ("po", [TWENTY[0] + ";te veel", *TWENTY[1:]]))
    assert counts(report) == (0, 0, 0, 19)
    assert [(refusal.line, refusal.reason) for refusal in report.refusals] == [
        (2, "heeft 16 kolommen in plaats van 15")
    ]


def test_a_truncated_file_is_refused_and_can_be_forced(connection: Db) -> None:
    load(connection, ("po", TWENTY))
    before = journal(connection)
    with pytest.raises(ImportRefusedError, match="3 van de 20 open vestigingen in sector po"):
        load(connection, ("po", TWENTY[3:]))
    assert journal(connection) == before
    assert load(connection, ("po", TWENTY[3:]), force=True).closed == 3


def test_ten_percent_may_close(connection: Db) -> None:
    load(connection, ("po", TWENTY))
    assert load(connection, ("po", TWENTY[2:])).closed == 2


def test_a_known_bestuur_is_kept_and_an_unknown_one_is_reported(connection: Db) -> None:
    add_bestuur(connection, "41285")
    numbers = ("41285", "41285", "99999", "x", "")
    lines = [line("vo", f"02BB0{place}", BEVOEGD_GEZAG_NUMMER=nummer) for place, nummer in enumerate(numbers)]
    report = load(connection, ("vo", lines))
    assert report.unknown_besturen == {"99999": 1, "x": 1}
    besturen = [vestiging(connection, f"02BB0{place}")["bestuur"] for place in range(5)]
    assert besturen == ["41285", "41285", None, None, None]
    assert school(connection, "02BB") == ("De Brug", "vo", "41285")


def test_a_bestuur_that_is_added_later_comes_with_the_next_import(connection: Db) -> None:
    lines = [line("vo", "02BB00", BEVOEGD_GEZAG_NUMMER="41285")]
    load(connection, ("vo", lines))
    add_bestuur(connection, "41285")
    report = load(connection, ("vo", lines))
    assert (counts(report), report.schools_changed, report.unknown_besturen) == ((0, 1, 0, 0), 1, {})
    assert vestiging(connection, "02BB00")["bestuur"] == "41285"


def test_an_empty_number_leaves_the_bestuur_as_it_is(connection: Db) -> None:
    add_bestuur(connection, "41285")
    load(connection, ("vo", [line("vo", "02BB00", BEVOEGD_GEZAG_NUMMER="41285")]))
    assert counts(load(connection, ("vo", [line("vo", "02BB00")]))) == (0, 0, 0, 1)
    assert vestiging(connection, "02BB00")["bestuur"] == "41285"


def test_a_school_follows_its_open_vestiging_with_the_lowest_code(connection: Db) -> None:
    lines = [line("po", f"04DD0{number}", VESTIGINGSNAAM=f"Locatie {number}") for number in range(3)]
    load(connection, ("po", lines))
    assert school(connection, "04DD")[0] == "Locatie 0"
    report = load(connection, ("po", lines[1:]), force=True)
    assert (report.closed, report.schools_changed) == (1, 1)
    assert school(connection, "04DD")[0] == "Locatie 1"


def test_a_vestiging_that_moves_to_another_kind_is_changed_not_closed(connection: Db) -> None:
    load(connection, ("po", TWENTY), ("so", [line("so", "05EE00")]))
    report = load(connection, ("po", TWENTY[1:]), ("so", [line("so", "05EE00"), line("so", "01AA00", SOORT="SBAO")]))
    assert counts(report) == (0, 1, 0, 20)
    assert (vestiging(connection, "01AA00")["sector"], vestiging(connection, "01AA00")["soort"]) == ("so", "sbo")


def test_the_report_can_be_told_as_json(connection: Db) -> None:
    report = load(connection, ("po", [TWENTY[0], TWENTY[0], "x"]))
    told = report.as_json()
    assert (told["added"], told["merged"], told["refusals"][0]["line"]) == (1, 1, 4)
