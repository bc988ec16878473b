"""Whom a number and a name stand for: names compared as in matching, merges followed, and nothing told of who is not known."""

from typing import Any

import psycopg
import pytest

from tests.professionalisering.attending import DAYS, Attending, attending, named
from tests.support import BIRTHDAY, Register, absent_number, at_once, whole


@pytest.fixture
def course(register: Register) -> Attending:
    """Validated aanbod."""
    return attending(register)


@pytest.mark.parametrize(
    ("kept", "voorvoegsel", "given"),
    [
        ("Jansen", None, "JANSEN"),
        ("Jansen", None, " jansen "),
        ("Berg", "van den", "Berg"),
        ("Berg", "van den", "van den Berg"),
        ("Berg", "van den", "Berg, van den"),
        ("van den Berg", None, "Berg"),
        ("Ünal", None, "Unal"),
        ("Çelik-Öztürk", None, "celik ozturk"),
        ("O'Neill", None, "O’Neill"),
        ("Jansen - Smit", None, "Jansen-Smit"),
        ("Jansen-de Vries", None, "jansen de vries"),
        ("In 't Veld", None, "Veld"),
        ("Op", None, "op"),
    ],
)
def test_case_diacritics_and_voorvoegsels_do_not_matter(
    course: Attending, kept: str, voorvoegsel: str | None, given: str
) -> None:
    number = named(course.register, kept, voorvoegsel=voorvoegsel)
    assert course.confirmed((number, given)) == (1, 0)


@pytest.mark.parametrize(
    ("kept", "given"),
    [
        ("Jansen", "Janssen"), ("Jansen-Smit", "Jansen"), ("Jansen", "Jansen-Smit"), ("Berg", "van den"), ("Op", "In"),
        ("Op", "van"), ("😀", "😁"), ("Jansen", "%"), ("Jansen", "Jan"), ("Jansen", "Test"),
    ],
)  # fmt: skip
def test_another_name_is_another_name(course: Attending, kept: str, given: str) -> None:
    number = named(course.register, kept)
    assert course.refused((number, given)) == [("/aanwezigen/0", "onbekende-leraar")]


def test_another_name_answers_as_an_unknown_number_to_the_byte(course: Attending) -> None:
    number, hidden = named(course.register, "Jansen"), named(course.register, "Pietersen", "b")
    for who, known in ((course.who, number), ("a", number), ("a", hidden)):
        wrong = course.confirm((known, "Verkeerd"), who=who)
        unknown = course.confirm((absent_number(), "Verkeerd"), who=who)
        assert wrong.status_code == 400
        assert whole(wrong) == whole(unknown)
    assert whole(course.confirm((hidden, "Pietersen"), who="a")) == whole(
        course.confirm((absent_number(), "Pietersen"), who="a")
    )


def _merged(register: Register, van: str, naar: str) -> None:
    answer = register.post("/leraren/_samenvoegen", {"van": van, "naar": naar, "reden": "dubbel"}, "k")
    assert answer.status_code == 200, answer.text


@pytest.mark.parametrize("name", ["Oud", "Nieuw"])
def test_a_merged_number_goes_on_by_either_name(course: Attending, name: str) -> None:
    van, naar = named(course.register, "Oud"), named(course.register, "Nieuw")
    _merged(course.register, van, naar)
    assert course.confirmed((van, name)) == (1, 0)
    assert [item["registratienummer"] for item in course.present()] == [naar]
    assert course.confirmed((naar, "Nieuw"), (van, name)) == (0, 2)


def test_a_merge_meanwhile_leaves_nobody_unknown_and_nothing_behind(course: Attending) -> None:
    for _ in range(4):
        van, naar = named(course.register, "Oud"), named(course.register, "Nieuw")
        body = {"van": van, "naar": naar, "reden": "dubbel"}
        confirmed, merged = at_once(
            lambda van=van: course.confirm((van, "Oud")),
            lambda body=body: course.register.post("/leraren/_samenvoegen", body, "k"),
        )
        assert (confirmed.status_code, merged.status_code) == (200, 200), confirmed.text
        assert [item["status"] for item in course.activiteiten(naar)] == ["goedgekeurd"]
    assert course.register.rows(
        "select count(*) from activiteit join leraar on registratienummer = leraar where samengevoegd_met is not null"
    ) == [(0,)]


def test_the_new_number_does_not_go_by_the_old_name(course: Attending) -> None:
    van, naar = named(course.register, "Oud"), named(course.register, "Nieuw")
    _merged(course.register, van, naar)
    assert course.refused((naar, "Oud")) == [("/aanwezigen/0", "onbekende-leraar")]


def _looks(register: Register) -> list[tuple[Any, ...]]:
    return register.rows(
        "select leraar, actor, purpose, parts from access_log where 'aanwezigheid' = any(parts) order by id"
    )


def test_being_found_is_logged_for_the_leraar(course: Attending) -> None:
    number = named(course.register, "Jansen")
    course.confirmed((number, "Jansen"))
    purpose, actor = "aanwezigheid bij aanbod bevestigen", f"client:{course.who}"
    assert _looks(course.register) == [(number, actor, purpose, ["aanwezigheid"])]


def test_being_found_by_trying_names_is_logged_too(course: Attending) -> None:
    number = named(course.register, "Jansen")
    guesses = [(number, "Jansen"), (absent_number(), "Niemand")]
    assert course.refused(*guesses) == [("/aanwezigen/1", "onbekende-leraar")]
    assert [leraar for leraar, *_ in _looks(course.register)] == [number]
    assert course.refused((number, "Verkeerd")) == [("/aanwezigen/0", "onbekende-leraar")]
    assert len(_looks(course.register)) == 1


def test_reading_who_was_there_is_logged(course: Attending) -> None:
    number = named(course.register, "Jansen")
    course.confirmed((number, "Jansen"))
    course.present()
    assert [(leraar, purpose) for leraar, _, purpose, _ in _looks(course.register)][1:] == [
        (number, "aanwezigheid bij aanbod raadplegen")
    ]


def test_the_answer_names_nobody(course: Attending) -> None:
    number = named(course.register, "Jansen")
    assert course.confirm((number, "Jansen")).json == {"toegevoegd": 1, "bestond": 0}


_FUNCTION = "select plaats, leraar from aanwezigen_vinden(%s, %s, %s)"


@pytest.mark.parametrize("role", ["", "leraar", "validator", "auditor", "beheer", "aanbieder"])
def test_the_function_finds_nobody_for_who_may_not_confirm_there(course: Attending, role: str) -> None:
    number = named(course.register, "Jansen")
    with course.register.app_role("", role) as connection:
        # An aanbieder, but not that of this aanbod.
        connection.execute("select set_config('register.aanbieder', '01890000-0000-7000-8000-0000000000ff', true)")
        found = connection.execute(_FUNCTION, (course.path.rpartition("/")[2], [number], ["Jansen"])).fetchall()
    assert found == []


_ANEW = """
insert into activiteit (leraar, gemeld_door, aanbod, begindatum, einddatum, status, beoordeeld_op, soort, titel, registeruren,
                        vakinhoudelijk, vakdidactisch, pedagogisch, overig)
select leraar, 'aanbieder', aanbod, '2026-05-01', '2026-05-01', {}, soort, titel, {} from activiteit
"""


@pytest.mark.parametrize(
    "statement",
    [
        "update activiteit set registeruren = 20, overig = 7.5",
        "update activiteit set einddatum = '2026-09-01'",
        "update activiteit set status = 'concept'",
        _ANEW.format("'goedgekeurd', '2026-09-01'", "99, 99, 0, 0, 0"),
        _ANEW.format("'concept', null", "registeruren, vakinhoudelijk, vakdidactisch, pedagogisch, overig"),
    ],
)
def test_postgresql_itself_holds_what_an_aanbieder_can_do(course: Attending, statement: str) -> None:
    course.confirmed((named(course.register, "Jansen"), "Jansen"))
    ((aanbieder,),) = course.register.rows("select aanbieder::text from aanbod")
    refusals = (psycopg.errors.InsufficientPrivilege, psycopg.errors.CheckViolation)
    with course.register.app_role("", "aanbieder") as connection, pytest.raises(refusals):
        connection.execute("select set_config('register.aanbieder', %s, true)", (aanbieder,))
        connection.execute(statement)  # type: ignore[call-overload]


def test_a_bestuur_sees_what_it_confirmed_and_what_the_leraar_shares(course: Attending) -> None:
    register = course.register
    mine, theirs = named(register, "Eigen"), named(register, "Ander")
    course.confirmed((mine, "Eigen"), who="a")
    course.confirmed((theirs, "Ander"))
    assert [item["registratienummer"] for item in course.present("a")] == [mine]
    register.post("/leraren/_koppel", {"registratienummer": mine, "geboortedatum": BIRTHDAY}, "b")
    assert course.present("b") == []
    path, who = f"/leraren/{theirs}/activiteiten/{course.activiteiten(theirs)[0]['id']}", register.as_leraar(theirs)
    assert register.change(path, None, who, method="POST", step="/_delen").status_code == 200
    assert {item["registratienummer"] for item in course.present("a")} == {mine, theirs}


def test_an_aanbieder_sees_nothing_else_of_anybody(course: Attending) -> None:
    number = named(course.register, "Jansen")
    course.confirmed((number, "Jansen"))
    ((aanbieder,),) = course.register.rows("select aanbieder::text from aanbod")
    with course.register.app_role("", "aanbieder") as connection:
        connection.execute("select set_config('register.aanbieder', %s, true)", (aanbieder,))
        tables = [
            name
            for (name,) in connection.execute(
                "select table_name from information_schema.columns where column_name = 'leraar' and table_schema = 'public'"
            ).fetchall()
        ]
        seen = set()
        for table in {*tables, "leraar"}:
            try:
                with connection.transaction():
                    rows = connection.execute(f"select to_jsonb(t)::text from {table} t").fetchall()  # type: ignore[call-overload]
            except psycopg.errors.InsufficientPrivilege:
                continue
            seen |= {table} if any(number in row[0] for row in rows) else set()
        past = connection.execute("select distinct table_name from journal where state::text like %s", (f"%{number}%",))
        assert {name for (name,) in past.fetchall()} == {"activiteit"}
    assert seen == {"activiteit"}
    assert DAYS["begindatum"] in course.present()[0].values()
