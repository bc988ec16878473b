"""Linking a leraar who is already registered: by number and geboortedatum, for three months."""

from werkzeug.test import TestResponse

from tests.support import A, Register, at_once, on_day, the, whole

BORN = "1980-03-01"


def link(register: Register, number: str, born: str, who: str = "b") -> TestResponse:
    """Link a leraar to a bestuur."""
    return register.post("/leraren/_koppel", {"registratienummer": number, "geboortedatum": born}, who)


def test_links_by_number_and_geboortedatum(register: Register) -> None:
    number = register.leraar(geboortedatum=BORN)
    assert register.get(f"/leraren/{number}", "b").status_code == 404
    assert link(register, number, BORN).status_code == 200
    assert register.get(f"/leraren/{number}", "b").status_code == 200


def test_linking_again_changes_nothing(register: Register) -> None:
    number = register.leraar(geboortedatum=BORN)
    first = link(register, number, BORN)
    journal = register.rows("select count(*) from journal")
    again = link(register, number, BORN)
    assert (again.status_code, again.data) == (200, first.data)
    assert register.rows("select count(*) from journal") == journal


def test_links_at_once_are_one(register: Register) -> None:
    for turn in range(1, 6):
        number = register.leraar(geboortedatum=BORN)
        answers = at_once(*(lambda number=number: link(register, number, BORN) for _ in range(4)))  # type: ignore[misc]
        assert [answer.status_code for answer in answers] == [200] * 4
        assert register.rows("select count(*) from koppeling where bestuur = '41300'") == [(turn,)]


def test_a_wrong_geboortedatum_answers_as_an_unknown_number_to_the_byte(register: Register) -> None:
    number = register.leraar(geboortedatum=BORN)
    wrong, unknown = link(register, number, "1980-03-02"), link(register, "2657035144", BORN)
    assert wrong.status_code == 404
    assert whole(wrong) == whole(unknown)
    assert register.rows("select from koppeling where bestuur = '41300'") == []


def test_a_koppeling_expires_after_three_months(register: Register) -> None:
    with on_day(2026, 11, 30):
        number = register.leraar(geboortedatum=BORN)
        link(register, number, BORN)
    for day, status in (((2027, 2, 28), 200), ((2027, 3, 1), 404)):
        with on_day(*day):
            assert register.get(f"/leraren/{number}", "b").status_code == status
            assert register.get(f"/leraren/{number}", "a").status_code == status


def test_linking_near_the_end_of_sight_gives_three_months_again(register: Register) -> None:
    with on_day(2026, 1, 15):
        number = register.leraar(geboortedatum=BORN)
    with on_day(2026, 4, 15):
        link(register, number, BORN, "a")
    with on_day(2026, 7, 15):
        assert register.get(f"/leraren/{number}").status_code == 200
    assert register.rows(f"select vanaf::text, tot::text from koppeling where bestuur = '{A}' order by 1") == [
        ("2026-01-15", "2026-04-15"),
        ("2026-04-15", "2026-07-15"),
    ]


def test_linking_somebody_who_works_here_makes_no_koppeling(register: Register) -> None:
    number = register.leraar(geboortedatum=BORN)
    register.aanstelling(number)
    with on_day(2027, 11, 1):
        assert link(register, number, BORN, "a").status_code == 200
    assert register.rows("select count(*) from koppeling") == [(1,)]


def test_a_merged_number_links_to_the_survivor(register: Register) -> None:
    van, naar = register.leraar(geboortedatum=BORN), register.leraar()
    register.post("/leraren/_samenvoegen", {"van": van, "naar": naar, "reden": "dubbel"}, "k")
    assert the(link(register, van, BORN))["registratienummer"] == naar
