"""Entries of the timeline: the rows of one request in, one entry about their cause out, without a database."""

from typing import Any

import pytest

from register_service.inductie.timeline.entries import entry_of, kind_of, main_row
from register_service.inductie.timeline.words import Row
from tests.inductie.test_timeline import COACH, FINISHED, MORE, STAY, STOPPED, TRAJECT, YEAR, added, changed, gone


def found(event: str, *rows: Row) -> dict[str, Any]:
    """Give what SQL finds of a request."""
    return {
        "volgnummer": 1,
        "gebeurtenis": event,
        "rijen": [
            {"tabel": row.table, "handeling": row.action, "voor": row.before, "na": row.after, "teruggenomen": row.undone}
            for row in rows
        ],
    }  # fmt: skip


CLOSED = changed("inductieperiode", STAY, einddatum="2025-07-31")
NEXT = added("inductieperiode", {**STAY, "vestiging": "00BB00", "bestuur": "41300", "begindatum": "2025-08-01"})
COACH_ENDS = changed("begeleiding", {**COACH, "einddatum": None}, einddatum="2025-07-31")


@pytest.mark.parametrize(
    ("event", "rows", "said"),
    [
        (
            "inductietraject.gestart",
            [added("inductietraject", TRAJECT), added("inductieperiode", STAY)],
            ("traject", "2024-08-01", "Inductietraject gestart op 1 augustus 2024 op vestiging 00AA00."),
        ),
        (
            "inductietraject.gestart",
            [added("inductieperiode", STAY)],
            ("traject", "2024-08-01", "Inductietraject gestart op 1 augustus 2024 op vestiging 00AA00."),
        ),
        (
            "inductietraject.verplaatst",
            [CLOSED, NEXT],
            ("verblijf", "2025-08-01", "Vanaf 1 augustus 2025 verder op vestiging 00BB00."),
        ),
        (
            "inductietraject.overgenomen",
            [CLOSED, COACH_ENDS, NEXT],
            (
                "overname",
                "2025-08-01",
                "Overgenomen door bestuur 41300: vanaf 1 augustus 2025 verder op vestiging 00BB00. "
                "Coach M. Voorbeeld eindigt op 31 juli 2025.",
            ),
        ),
        (
            "inductietraject.overgenomen",
            [CLOSED],
            (
                "overname",
                "2025-07-31",
                "Overgenomen door een ander bestuur. "
                "Verblijf op vestiging 00AA00 vanaf 1 augustus 2024 eindigt op 31 juli 2025.",
            ),
        ),
        (
            "inductietraject.afgerond",
            [CLOSED, changed("inductietraject", TRAJECT, **FINISHED)],
            ("afronding", "2027-07-31", "Inductie afgerond op 31 juli 2027: behaald."),
        ),
        (
            "inductietraject.gestopt",
            [CLOSED, changed("inductietraject", TRAJECT, **STOPPED)],
            (
                "stop",
                "2026-01-31",
                "Inductietraject gestopt op 31 januari 2026: de leraar gaat verder buiten de regio.",
            ),
        ),
        (
            "inductietraject.ingetrokken",
            [gone("begeleiding", COACH), gone("inductieperiode", STAY), gone("inductietraject", TRAJECT)],
            ("traject", "2024-08-01", "Inductietraject ingetrokken; de startdatum was 1 augustus 2024."),
        ),
        (
            "begeleiding.toegevoegd",
            [COACH_ENDS, added("begeleiding", {**COACH, "begeleider_naam": "A. Ander", "begindatum": "2025-08-01"})],
            (
                "begeleiding",
                "2025-08-01",
                "Coach A. Ander begonnen op 1 augustus 2025. Coach M. Voorbeeld eindigt op 31 juli 2025.",
            ),
        ),
        (
            "inductieperiode.gewijzigd",
            [
                changed("inductieperiode", STAY, begindatum="2024-09-01"),
                changed("inductietraject", TRAJECT, startdatum="2024-09-01"),
            ],
            (
                "verblijf",
                "2024-09-01",
                "Verblijf op vestiging 00AA00 vanaf 1 augustus 2024 gewijzigd: "
                "begindatum van 1 augustus 2024 naar 1 september 2024.",
            ),
        ),
    ],
)
def test_a_request_is_one_entry_about_its_cause(event: str, rows: list[Row], said: tuple[str, str, str]) -> None:
    for order in (rows, rows[::-1]):
        entry = entry_of(found(event, *order))
        assert (entry["wat"], entry["datum"], entry["tekst"]) == said
        assert "rijen" not in entry


def test_what_a_later_row_took_back_says_so() -> None:
    row = Row("verlenging", "insert", None, MORE, undone=True)
    entry = entry_of(found("verlenging.toegevoegd", row))
    assert (entry["ingetrokken"], entry["handeling"]) == (True, "aangemaakt")
    assert entry_of(found("verlenging.ingetrokken", gone("verlenging", MORE)))["ingetrokken"] is False


def test_a_programme_is_about_a_year_and_has_no_day() -> None:
    entry = entry_of(found("inductieprogramma.toegevoegd", added("inductieprogramma", YEAR)))
    assert (entry["wat"], entry["datum"]) == ("programma", None)


def test_a_vrijstelling_is_a_kind_of_its_own() -> None:
    row = added("inductietraject", {**TRAJECT, "vrijstelling_grond": "overig"})
    assert kind_of("inductietraject.vrijgesteld", main_row("inductietraject.vrijgesteld", [row])) == "vrijstelling"
