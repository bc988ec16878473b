"""The words of the timeline: a row of the journal in, a Dutch sentence out, without a database."""

from typing import Any

import pytest

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


@pytest.mark.parametrize(("day", "text"), [("2024-02-29", "29 februari 2024"), ("2026-12-01", "1 december 2026")])
def test_a_day_is_written_out(day: str, text: str) -> None:
    assert dutch_day(day) == text
