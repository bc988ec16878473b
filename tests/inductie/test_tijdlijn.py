"""The timeline over the API: who did what when, in words, from the journal; each caller reads what it may know."""

import re
from itertools import pairwise
from typing import Any

import pytest

from tests.inductie.support import Starter
from tests.support import VESTIGING_A, VESTIGING_A2, VESTIGING_B, Register, on_day, the

LEAVE = {"soort": "zwangerschapsverlof", "begindatum": "2025-03-03", "einddatum": "2025-06-27"}
STARTED = f"Inductietraject gestart op 1 augustus 2024 op vestiging {VESTIGING_A}."
LEFT = "Onderbreking (zwangerschapsverlof) van 3 maart 2025 tot en met 27 juni 2025 vastgelegd."


def entries(starter: Starter, who: str = "a", query: str = "") -> list[dict[str, Any]]:
    """Give the timeline of a starter's traject."""
    answer = starter.register.get(f"{starter.path}/tijdlijn{query}", who)
    assert answer.status_code == 200, answer.text
    return list(the(answer)["items"])


def texts(starter: Starter, who: str = "a", query: str = "") -> list[str]:
    """Give what a timeline says."""
    return [entry["tekst"] for entry in entries(starter, who, query)]


def add(starter: Starter, kind: str, who: str = "a", **fields: object) -> str:
    """Add a fact and give its path."""
    answer = starter.register.post(f"{starter.path}/{kind}", fields, who)
    assert answer.status_code == 201, answer.text
    return answer.headers["Location"].removeprefix("/v1")


def test_it_tells_who_did_what_when_oldest_first(starter: Starter) -> None:
    starter.started()
    add(starter, "onderbrekingen", **LEAVE)
    add(starter, "verlengingen", maanden=6, motivering="Meer tijd", besluitdatum="2026-08-31")
    first, second, third = entries(starter)
    assert [first["tekst"], second["tekst"]] == [STARTED, LEFT]
    assert third["tekst"] == "Verlenging van 6 maanden vastgelegd; besloten op 31 augustus 2026."
    assert (second["wat"], second["datum"], second["handeling"]) == ("onderbreking", "2025-03-03", "aangemaakt")
    assert (first["gebeurtenis"], first["actor"], first["namens"]) == (
        "inductietraject.gestart",
        "client:a",
        "bestuur:41285",
    )
    assert all(one["tijdstip"] < two["tijdstip"] for one, two in pairwise([first, second, third]))
    assert not any(entry["ingetrokken"] for entry in (first, second, third))


def test_what_was_withdrawn_stays_and_says_so(starter: Starter) -> None:
    starter.started()
    path = add(starter, "verlengingen", maanden=6, motivering="Meer tijd", besluitdatum="2026-08-31")
    starter.register.delete(path)
    _, given, back = entries(starter)
    assert back["tekst"] == "Verlenging van 6 maanden ingetrokken; was besloten op 31 augustus 2026."
    assert (given["ingetrokken"], back["ingetrokken"], back["handeling"]) == (True, False, "verwijderd")


def test_a_correction_shows_before_and_after(starter: Starter) -> None:
    starter.started()
    answer = starter.correct(startdatum="2024-09-01", reden="Een maand te vroeg ingevoerd")
    assert answer.status_code == 200, answer.text
    _, corrected = entries(starter)
    assert corrected["tekst"] == "Startdatum gecorrigeerd van 1 augustus 2024 naar 1 september 2024."
    assert (corrected["reden"], corrected["handeling"]) == ("Een maand te vroeg ingevoerd", "gewijzigd")


def test_a_move_is_one_entry_though_it_writes_three_rows(starter: Starter) -> None:
    starter.started()
    assert starter.do("_verplaats", vestiging=VESTIGING_A2, vanaf="2025-08-01").status_code == 200
    _, moved = entries(starter)
    assert moved["tekst"] == f"Vanaf 1 augustus 2025 verder op vestiging {VESTIGING_A2}."
    assert (moved["wat"], moved["datum"]) == ("verblijf", "2025-08-01")


def test_what_merely_follows_is_no_entry(starter: Starter) -> None:
    starter.started()
    starter.register.as_owner("update inductietraject set verloop = verloop || '{\"proef\": 1}'")
    assert texts(starter) == [STARTED]


def test_a_takeover_shows_each_bestuur_its_own_side(starter: Starter) -> None:
    starter.started(startdatum="2025-01-01").known_at_b()
    leraar = starter.register.as_leraar(starter.number)
    assert starter.register.post(f"{starter.path}/_instemmen", {"bestuur": "41300"}, leraar).status_code == 200
    assert starter.do("_overnemen", "b", vestiging=VESTIGING_B, vanaf="2025-08-01").status_code == 200
    agreed = "De leraar stemt in met overname door bestuur 41300."
    taken = f"Overgenomen door bestuur 41300: vanaf 1 augustus 2025 verder op vestiging {VESTIGING_B}."
    seen = f"Verblijf op vestiging {VESTIGING_A} vanaf 1 januari 2025 eindigt op 31 juli 2025."
    assert texts(starter, leraar)[1:] == [agreed, taken]
    assert texts(starter, "b")[1:] == [agreed, taken]
    assert texts(starter)[1:] == [f"Overgenomen door een ander bestuur. {seen}"]


def test_what_another_bestuur_wrote_is_not_there(starter: Starter) -> None:
    starter.started(startdatum="2025-01-01").known_at_b()
    leraar = starter.register.as_leraar(starter.number)
    add(starter, "onderbrekingen", **LEAVE)
    path = add(starter, "voortgangsgesprekken", datum="2025-02-01")
    starter.register.delete(path)
    started = "Inductietraject gestart op 1 januari 2025"
    assert texts(starter, "b") == [f"{started}."]
    assert texts(starter)[1] == LEFT and len(texts(starter)) == 4
    assert texts(starter, leraar) == texts(starter, "k") == texts(starter)


def test_the_end_and_its_withdrawal(starter: Starter) -> None:
    starter.started()
    starter.do("_stop", gestoptOp="2025-07-31", stopReden="op-verzoek")
    starter.do("_heropen", reden="Toch niet")
    _, stopped, reopened = entries(starter)
    assert stopped["tekst"] == "Inductietraject gestopt op 31 juli 2025: de leraar vroeg erom."
    assert reopened["tekst"] == "Inductietraject heropend; de stop van 31 juli 2025 is ingetrokken."
    assert (stopped["ingetrokken"], reopened["ingetrokken"], reopened["reden"]) == (True, False, "Toch niet")
    starter.do("_stop", gestoptOp="2025-08-31", stopReden="op-verzoek")
    assert [entry["ingetrokken"] for entry in entries(starter)] == [False, True, False, False]


def test_a_withdrawn_traject_still_has_its_timeline(starter: Starter) -> None:
    starter.started()
    add(starter, "onderbrekingen", **LEAVE)
    starter.register.delete(starter.path)
    *before, last = entries(starter)
    assert [entry["ingetrokken"] for entry in before] == [True, True]
    assert last["tekst"] == "Inductietraject ingetrokken; de startdatum was 1 augustus 2024."


@pytest.mark.parametrize("shared", [False, True])
def test_scores_leave_a_trace_for_the_leraar_alone_unless_shared(starter: Starter, shared: bool) -> None:
    starter.started()
    leraar = starter.register.as_leraar(starter.number)
    path = add(starter, "observaties", datum="2025-01-20", instrument="ICALT", observatorNaam="M. Voorbeeld")
    seen = {"scores": {"rust in de klas": 3.75}, "toelichting": "Onder ons"}
    assert starter.register.post(f"{path}/scores", seen, leraar).status_code == 201
    if shared:
        assert starter.register.change(f"{path}/scores", None, leraar, "POST", "/_deel").status_code == 200
    kept, given = (f"Scores van de observatie van 20 januari 2025 {done}." for done in ("vastgelegd", "gedeeld"))
    assert texts(starter, leraar)[2:] == [kept, given][: 1 + shared]
    assert texts(starter)[2:] == [given] * shared
    assert len(texts(starter, "k")) == 2
    for who in ("a", "k", leraar):
        told = starter.register.get(f"{starter.path}/tijdlijn", who).text
        # A moment may well have 13.75 seconds.
        assert not re.search(r"(?<!\d)3\.75", told) and "rust" not in told and "Onder ons" not in told


def test_what_is_shared_no_longer_leaves_no_trace_either(starter: Starter) -> None:
    starter.started()
    leraar = starter.register.as_leraar(starter.number)
    path = add(starter, "observaties", datum="2025-01-20", instrument="ICALT", observatorNaam="M. Voorbeeld")
    starter.register.post(f"{path}/scores", {"scores": {"rust": 3}}, leraar)
    starter.register.change(f"{path}/scores", None, leraar, "POST", "/_deel")
    starter.register.delete(f"{path}/scores", leraar)
    assert len(texts(starter)) == 2
    assert texts(starter, leraar)[-1] == "Scores van de observatie van 20 januari 2025 ingetrokken."


def test_as_it_was_known_then(starter: Starter) -> None:
    starter.started()
    path = add(starter, "onderbrekingen", **LEAVE)
    moment = starter.register.seal()
    before = entries(starter, query=f"?beschikbaarOp={moment}")
    starter.register.delete(path)
    starter.register.seal()
    assert entries(starter, query=f"?beschikbaarOp={moment}") == before
    assert [entry["ingetrokken"] for entry in before] == [False, False]
    assert [entry["ingetrokken"] for entry in entries(starter)] == [False, True, False]
    assert all(entry["verzegeldOp"] for entry in entries(starter))


def test_of_one_day(starter: Starter) -> None:
    starter.started()
    add(starter, "onderbrekingen", **LEAVE)
    for day, there in (("2025-03-02", False), ("2025-03-03", True), ("2025-06-27", True), ("2025-06-28", False)):
        assert (LEFT in texts(starter, query=f"?geldigOp={day}")) is there


def test_a_walk_through_pages_gives_every_entry_once(starter: Starter) -> None:
    starter.started()
    starter.do("_verplaats", vestiging=VESTIGING_A2, vanaf="2025-08-01")
    add(starter, "onderbrekingen", **LEAVE)
    starter.do("_stop", gestoptOp="2026-07-31", stopReden="op-verzoek")
    whole = entries(starter)
    assert len(whole) == 4
    seen: list[dict[str, Any]] = []
    query = "?limiet=1"
    while query:
        page = the(starter.register.get(f"{starter.path}/tijdlijn{query}"))
        assert len(page["items"]) <= 1
        seen += page["items"]
        query = f"?limiet=1&cursor={page['volgende']}" if page["volgende"] else ""
    assert seen == whole


def test_the_look_is_logged_per_leraar(starter: Starter) -> None:
    starter.started()
    starter.register.as_owner("select 1")
    ((mark,),) = starter.register.rows("select max(id) from access_log")
    entries(starter)
    rows = starter.register.rows("select leraar, purpose, parts from access_log where id > %s", mark)
    assert rows == [(starter.number, "tijdlijn van inductietraject raadplegen", ["inductietrajecten/tijdlijn"])]


def test_whom_it_does_not_concern_finds_nothing(starter: Starter) -> None:
    starter.started()
    other = starter.register.leraar("b")
    for who in ("b", starter.register.as_leraar(other)):
        assert starter.register.get(f"{starter.path}/tijdlijn", who).status_code == 404


def test_a_bestuur_that_the_leraar_left_long_ago_reads_what_it_wrote(starter: Starter) -> None:
    starter.started(startdatum="2025-01-01").known_at_b()
    add(starter, "onderbrekingen", **LEAVE)
    starter.register.post(
        f"{starter.path}/_instemmen", {"bestuur": "41300"}, starter.register.as_leraar(starter.number)
    )
    starter.do("_overnemen", "b", vestiging=VESTIGING_B, vanaf="2025-08-01")
    starter.register.as_owner("update aanstelling set einddatum = '2025-07-31' where bestuur = '41285'")
    starter.register.as_owner("update koppeling set vanaf = '2024-01-01', tot = '2024-12-31' where bestuur = '41285'")
    with on_day(2026, 10, 1):
        started = f"Inductietraject gestart op 1 januari 2025 op vestiging {VESTIGING_A}."
        assert texts(starter)[:2] == [started, LEFT] and len(texts(starter)) == 3


def test_after_a_merge_it_holds_what_was_written_under_the_old_number(starter: Starter) -> None:
    starter.started()
    path = add(starter, "onderbrekingen", **LEAVE)
    starter.register.delete(path)
    before = texts(starter)
    naar = starter.register.leraar()
    body = {"van": starter.number, "naar": naar, "reden": "dubbel ingeschreven"}
    assert starter.register.post("/leraren/_samenvoegen", body, "k").status_code == 200
    assert texts(starter) == texts(starter, starter.register.as_leraar(naar)) == before
    assert len(before) == 3


def test_a_load_by_hand_is_told_row_by_row(register: Register) -> None:
    with on_day(2026, 9, 1):
        starter = Starter.at(register).started()
        traject = starter.path.rpartition("/")[2]
        with register.owner() as connection:
            for day in ("2025-01-20", "2025-06-20"):
                connection.execute(
                    "insert into voortgangsgesprek (traject, leraar, bestuur, datum) values (%s, %s, '41285', %s)",
                    (traject, starter.number, day),
                )
        assert [text[:40] for text in texts(starter)[1:]] == [
            "Voortgangsgesprek gehouden op 20 januari",
            "Voortgangsgesprek gehouden op 20 juni 20",
        ]
