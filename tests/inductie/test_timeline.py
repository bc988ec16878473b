"""The words of the timeline: rows of the journal in, Dutch sentences out, without a database."""

from typing import Any

import pytest

from register_service.inductie.timeline.entries import entry_of, kind_of, main_row
from register_service.inductie.timeline.sentences import say
from register_service.inductie.timeline.words import Row, dutch_day

LEAVE = {"soort": "zwangerschapsverlof", "begindatum": "2025-03-03", "einddatum": "2025-06-27"}
COACH = {"rol": "coach", "begeleider": None, "begeleider_naam": "M. Voorbeeld", "begindatum": "2024-09-01"}
MORE = {"maanden": 6, "motivering": "Meer tijd nodig", "besluitdatum": "2027-05-01"}
TRAJECT = {"startdatum": "2024-08-01", "vrijstelling_grond": None, "afgerond_op": None, "gestopt_op": None}
STAY = {"bestuur": "41285", "vestiging": "00AA00", "begindatum": "2024-08-01", "einddatum": None}
OBSERVATIE = {"datum": "2025-01-20", "instrument": "ICALT", "observator": "2657035144", "observator_naam": None}
YEAR = {"jaar": 1, "lesreductie": 20.0, "enculturatie_gepland": 12.5, "enculturatie_gerealiseerd": None}
FINISHED = {"afgerond_op": "2027-07-31", "resultaat": "behaald"}
NOT_YET = {"afgerond_op": "2027-07-31", "resultaat": "niet-behaald", "meegedeeld_op": "2027-07-15"}
STOPPED = {"gestopt_op": "2026-01-31", "stop_reden": "buiten-regio"}


def added(table: str, *states: dict[str, Any]) -> Row:
    return Row(table, "insert", None, {name: value for state in states for name, value in state.items()})


def changed(table: str, before: dict[str, Any], **new: object) -> Row:
    return Row(table, "update", before, {**before, **new})


def gone(table: str, before: dict[str, Any]) -> Row:
    return Row(table, "delete", before, None)


@pytest.mark.parametrize(
    ("row", "text"),
    [
        (added("inductietraject", TRAJECT), "Inductietraject gestart op 1 augustus 2024."),
        (gone("inductietraject", TRAJECT), "Inductietraject ingetrokken; de startdatum was 1 augustus 2024."),
        (
            changed("inductietraject", TRAJECT, startdatum="2024-09-01"),
            "Startdatum gecorrigeerd van 1 augustus 2024 naar 1 september 2024.",
        ),
        (
            added("inductietraject", TRAJECT, {"vrijstelling_grond": "elders-behaald"}),
            "Vrijstelling van inductie vanaf 1 augustus 2024 vastgelegd: de inductie is elders behaald.",
        ),
        (
            gone("inductietraject", {**TRAJECT, "vrijstelling_grond": "overig"}),
            "Vrijstelling van inductie vanaf 1 augustus 2024 ingetrokken.",
        ),
        (changed("inductietraject", TRAJECT, **FINISHED), "Inductie afgerond op 31 juli 2027: behaald."),
        (
            changed("inductietraject", TRAJECT, vervroegd=True, **FINISHED),
            "Inductie vervroegd afgerond op 31 juli 2027: behaald.",
        ),
        (
            changed("inductietraject", TRAJECT, **NOT_YET),
            "Inductie afgerond op 31 juli 2027: niet behaald; meegedeeld op 15 juli 2027.",
        ),
        (
            changed("inductietraject", {**TRAJECT, **FINISHED}, afgerond_op=None, resultaat=None),
            "Inductietraject heropend; de afronding van 31 juli 2027 is ingetrokken.",
        ),
        (
            changed("inductietraject", TRAJECT, **STOPPED),
            "Inductietraject gestopt op 31 januari 2026: de leraar gaat verder buiten de regio.",
        ),
        (
            changed("inductietraject", {**TRAJECT, **STOPPED}, gestopt_op=None, stop_reden=None),
            "Inductietraject heropend; de stop van 31 januari 2026 is ingetrokken.",
        ),
        (added("inductieperiode", STAY), "Verblijf op vestiging 00AA00 vanaf 1 augustus 2024 vastgelegd."),
        (
            changed("inductieperiode", STAY, einddatum="2025-07-31"),
            "Verblijf op vestiging 00AA00 vanaf 1 augustus 2024 eindigt op 31 juli 2025.",
        ),
        (
            changed("inductieperiode", STAY, vestiging="00AA01"),
            "Verblijf op vestiging 00AA00 vanaf 1 augustus 2024 gewijzigd: vestiging van 00AA00 naar 00AA01.",
        ),
        (
            changed("inductieperiode", STAY, leidinggevende="2657035144", leidinggevende_naam="T. Voorbeeld"),
            "Verblijf op vestiging 00AA00 vanaf 1 augustus 2024 gewijzigd: leidinggevende aangepast.",
        ),
        (
            added("onderbreking", LEAVE),
            "Onderbreking (zwangerschapsverlof) van 3 maart 2025 tot en met 27 juni 2025 vastgelegd.",
        ),
        (
            added("onderbreking", LEAVE, {"soort": "onbetaald-verlof", "einddatum": None}),
            "Onderbreking (onbetaald verlof) vanaf 3 maart 2025 vastgelegd.",
        ),
        (
            gone("onderbreking", {**LEAVE, "soort": "ziekte", "einddatum": "2025-03-03"}),
            "Onderbreking (ziekte) op 3 maart 2025 ingetrokken.",
        ),
        (
            changed("onderbreking", LEAVE, begindatum="2025-03-10", einddatum=None),
            "Onderbreking (zwangerschapsverlof) van 3 maart 2025 tot en met 27 juni 2025 gewijzigd: "
            "begindatum van 3 maart 2025 naar 10 maart 2025 en einddatum 27 juni 2025 is vervallen.",
        ),
        (added("verlenging", MORE), "Verlenging van 6 maanden vastgelegd; besloten op 1 mei 2027."),
        (gone("verlenging", MORE), "Verlenging van 6 maanden ingetrokken; was besloten op 1 mei 2027."),
        (
            changed("verlenging", MORE, maanden=1, motivering="Anders"),
            "Verlenging van 6 maanden gewijzigd: aantal maanden van 6 naar 1 en motivering aangepast.",
        ),
        (
            added("inductieprogramma", YEAR),
            "Inductieprogramma van jaar 1 vastgelegd: 12,5 uur gepland en 20% lesreductie.",
        ),
        (
            changed("inductieprogramma", YEAR, lesreductie=15.0, enculturatie_gerealiseerd=3.0),
            "Inductieprogramma van jaar 1 gewijzigd: lesreductie van 20% naar 15% en "
            "enculturatie (gerealiseerd) is nu 3 uur.",
        ),
        (added("begeleiding", COACH), "Coach M. Voorbeeld begonnen op 1 september 2024."),
        (
            added("begeleiding", COACH, {"rol": "schoolopleider", "begeleider_naam": None, "begeleider": "2657035144"}),
            "Schoolopleider met registratienummer 2657035144 begonnen op 1 september 2024.",
        ),
        (
            added("begeleiding", COACH, {"einddatum": "2025-07-31"}),
            "Coach M. Voorbeeld begonnen op 1 september 2024, tot en met 31 juli 2025.",
        ),
        (
            changed("begeleiding", COACH | {"einddatum": None}, einddatum="2025-07-31"),
            "Coach M. Voorbeeld eindigt op 31 juli 2025.",
        ),
        (gone("begeleiding", COACH), "Coach M. Voorbeeld ingetrokken; was begonnen op 1 september 2024."),
        (
            added("observatie", OBSERVATIE),
            "Observatie van 20 januari 2025 (ICALT) vastgelegd; observator met registratienummer 2657035144.",
        ),
        (
            added("voortgangsgesprek", {"datum": "2025-01-20", "gevoerd_door": "T. Voorbeeld"}),
            "Voortgangsgesprek gehouden op 20 januari 2025 door T. Voorbeeld.",
        ),
        (
            changed("voortgangsgesprek", {"datum": "2025-01-20", "gevoerd_door": None}, datum="2025-01-21"),
            "Voortgangsgesprek van 20 januari 2025 gewijzigd: datum van 20 januari 2025 naar 21 januari 2025.",
        ),
        (
            added("overname_instemming", {"bestuur": "41300", "gegeven_op": "2025-05-01"}),
            "De leraar stemt in met overname door bestuur 41300.",
        ),
        (
            gone("overname_instemming", {"bestuur": "41300", "gegeven_op": "2025-05-01"}),
            "De leraar trekt de instemming in met overname door bestuur 41300.",
        ),
    ],
)
def test_a_row_is_said_in_one_sentence(row: Row, text: str) -> None:
    assert say(row) == text


SEEN = {"datum": "2025-01-20", "gedeeld": False}


@pytest.mark.parametrize(
    ("row", "done"),
    [
        (added("observatiescore", SEEN), "vastgelegd"),
        (added("observatiescore", SEEN, {"gedeeld": True}), "vastgelegd en gedeeld"),
        (changed("observatiescore", SEEN, gedeeld=True), "gedeeld"),
        (changed("observatiescore", {**SEEN, "gedeeld": True}, gedeeld=False), "niet langer gedeeld"),
        (changed("observatiescore", SEEN), "gewijzigd"),
        (Row("observatiescore", "update", None, {**SEEN, "gedeeld": True}), "gedeeld"),
        (gone("observatiescore", SEEN), "ingetrokken"),
    ],
)
def test_of_scores_it_says_what_happened_and_never_what_they_are(row: Row, done: str) -> None:
    assert say(row) == f"Scores van de observatie van 20 januari 2025 {done}."


def test_scores_of_an_observatie_that_does_not_show_have_no_day() -> None:
    assert say(added("observatiescore", {"gedeeld": True})) == "Scores vastgelegd en gedeeld."


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


@pytest.mark.parametrize(("day", "text"), [("2024-02-29", "29 februari 2024"), ("2026-12-01", "1 december 2026")])
def test_a_day_is_written_out(day: str, text: str) -> None:
    assert dutch_day(day) == text
