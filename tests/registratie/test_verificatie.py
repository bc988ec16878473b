"""Public verification: status and bevoegdheden for whoever has number and achternaam, if the leraar allows it; else nothing."""

from collections.abc import Iterator
from typing import Any

import pytest
from werkzeug.test import TestResponse

from register_service.core.ids import new_registratienummer
from tests.support import A, Register, code, on_day, the, whole


@pytest.fixture
def number(register: Register) -> Iterator[str]:
    """A leraar who allows it, registered since August 2024, on a day in 2026."""
    with on_day(2024, 8, 1):
        number = register.leraar(
            voornamen="Zoë", voorvoegsel="van der", achternaam="Proef-Jansén", emailadres="zoe@school.example"
        )
        register.aanstelling(number)
        register.bevoegdheid(number)
    with on_day(2026, 11, 25):
        allow(register, number)
        yield number


def allow(register: Register, number: str, step: str = "_toestaan") -> TestResponse:
    """Let the leraar allow it, or refuse."""
    return register.send("POST", f"/leraren/{number}/verificatie/{step}", who=register.as_leraar(number))


def verify(register: Register, number: str, achternaam: str = "Proef-Jansén", **how: Any) -> TestResponse:
    """Ask, as anyone: without a token."""
    body = {"registratienummer": number, "achternaam": achternaam}
    return register.app.test_client().post("/v1/verificaties", json=body, **how)


def test_gives_status_and_bevoegdheden_and_nothing_else(register: Register, number: str) -> None:
    answer = verify(register, number)
    assert answer.status_code == 200, answer.text
    assert the(answer) == {
        "status": "geregistreerd",
        "sinds": "2024-08-01",
        "geregistreerdTot": "2028-07-31",
        "bevoegdheden": [
            {
                "soort": "tweedegraads",
                "vak": "duits",
                "behaaldOp": "2015-07-01",
                "geldigTot": None,
                "geverifieerd": False,
            }
        ],
    }


@pytest.mark.parametrize("name", ["proef jansen", "VAN DER PROEF-JANSÉN", "van der Proef-Jansen", "  Proef-Jansén "])
def test_case_accents_and_voorvoegsel_do_not_matter(register: Register, number: str, name: str) -> None:
    assert verify(register, number, name).status_code == 200


def test_wrong_name_unknown_number_and_not_allowed_answer_alike(register: Register, number: str) -> None:
    private = register.leraar(achternaam="Stil")
    answers = [
        verify(register, number, "Jansén"),
        verify(register, new_registratienummer()),
        verify(register, private, "Stil"),
        verify(register, private, "Luid"),
    ]
    assert {answer.status_code for answer in answers} == {404}
    assert len({str(whole(answer)) for answer in answers}) == 1


def test_whatever_is_missing_the_same_work_is_done(register: Register, number: str) -> None:
    """PostgreSQL reads as much of each table whether a name is wrong, a number unknown or nothing allowed."""
    private = register.leraar(achternaam="Stil")
    asked = ((number, "Jansén"), (new_registratienummer(), "Jansén"), (private, "Stil"))
    seen = set()
    for leraar, name in asked:
        with register.owner() as connection:
            before = dict(connection.execute(_SCANS).fetchall())
            connection.execute("select openbare_verificatie(%s, %s, null)", (leraar, name))
            connection.execute("select pg_stat_force_next_flush()")
            after = dict(connection.execute(_SCANS).fetchall())
        seen.add(tuple(sorted((table, after[table] - before[table]) for table in after)))
    assert len(seen) == 1


_SCANS = "select relname, coalesce(idx_scan, 0) + seq_scan from pg_stat_xact_user_tables where relname in " + str(
    ("leraar", "samenvoeging", "verificatietoestemming", "bevoegdheid", "access_log")
)


def test_the_leraar_takes_it_back_at_once(register: Register, number: str) -> None:
    refused = the(allow(register, number, "_weigeren"))
    assert (refused["toegestaan"], refused["gegevenOp"]) == (False, None)
    assert verify(register, number).status_code == 404
    assert the(allow(register, number)) == {"toegestaan": True, "gegevenOp": "2026-11-25"}
    assert verify(register, number).status_code == 200


def test_allowing_twice_changes_nothing(register: Register, number: str) -> None:
    rows = register.rows("select id from verificatietoestemming")
    assert allow(register, number).status_code == 200
    assert register.rows("select id from verificatietoestemming") == rows


def test_nobody_allows_it_for_another(register: Register, number: str) -> None:
    other = register.as_leraar(register.leraar())
    assert register.send("POST", f"/leraren/{number}/verificatie/_weigeren", who=other).status_code == 404
    for who in ("a", "k"):
        assert register.send("POST", f"/leraren/{number}/verificatie/_weigeren", who=who).status_code == 403
    assert verify(register, number).status_code == 200


def test_the_leraar_sees_that_somebody_asked_and_only_then(register: Register, number: str) -> None:
    verify(register, number, "Jansén")
    verify(register, number, headers={"X-Request-ID": "proef-9"})
    looked = register.rows(
        "select leraar, actor, namens, purpose, parts, request_id from access_log where actor = 'openbaar'"
    )
    assert looked == [(number, "openbaar", None, "openbare verificatie", ["registratie", "bevoegdheden"], "proef-9")]


def test_a_merged_number_goes_on(register: Register, number: str) -> None:
    with on_day(2026, 11, 26):
        survivor = register.leraar(achternaam="Proef-Jansén")
        merged = {"van": number, "naar": survivor, "reden": "dubbel"}
        assert register.post("/leraren/_samenvoegen", merged, "k").status_code == 200
        assert verify(register, number).status_code == verify(register, survivor).status_code == 200


def test_a_rejected_bevoegdheid_is_not_shown(register: Register, number: str) -> None:
    register.as_owner("update bevoegdheid set verificatie = 'afgewezen', geverifieerd_op = '2026-01-01'")
    found = the(verify(register, number))
    assert (found["status"], found["bevoegdheden"]) == ("aspirant", [])


def test_sixty_an_hour_from_one_address_and_no_more(register: Register, number: str) -> None:
    for _ in range(60):
        assert verify(register, new_registratienummer()).status_code == 404
    refused = verify(register, number)
    assert (refused.status_code, code(refused)) == (429, "te-veel-aanvragen")
    assert int(refused.headers["Retry-After"]) > 0
    other = verify(register, number, environ_overrides={"REMOTE_ADDR": "192.0.2.7"})
    assert other.status_code == 200


def test_a_token_that_is_sent_along_makes_no_difference(register: Register, number: str) -> None:
    assert verify(register, number, headers={"Authorization": "Bearer b"}).data == verify(register, number).data


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"registratienummer": "1234567890", "achternaam": "x"}, "controlecijfer"),
        ({"registratienummer": "2657035144"}, "verplicht"),
        ({"registratienummer": "2657035144", "achternaam": "x", "geboortedatum": "1984-05-06"}, "onbekend-veld"),
    ],
)
def test_a_wrong_question_is_told_what_is_wrong(register: Register, body: dict[str, str], expected: str) -> None:
    answer = register.app.test_client().post("/v1/verificaties", json=body)
    assert (answer.status_code, code(answer)) == (400, expected)


def test_a_bestuur_does_not_see_whether_it_is_allowed(register: Register, number: str) -> None:
    assert register.get(f"/leraren/{number}/verificatie").status_code == 403
    with register.app_role(A) as connection:
        assert connection.execute("select from verificatietoestemming").fetchall() == []


def test_when_it_was_allowed_is_in_the_history(register: Register, number: str) -> None:
    allow(register, number, "_weigeren")
    history = the(register.get(f"/leraren/{number}/verificatie/historie", register.as_leraar(number)))["items"]
    assert [one["gebeurtenis"] for one in history] == ["verificatie.toegestaan", "verificatie.geweigerd"]
