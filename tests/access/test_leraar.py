"""A leraar with a token of one's own: the own dossier, whole, and nothing else; through a merge too."""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from register_service.settings import Settings
from tests.support import VESTIGING_B, Register, absent_number, code, the, whole

READS = ("", "/dossier", "/historie", "/aanstellingen", "/bevoegdheden")


@pytest.fixture
def register(settings: Settings) -> Iterator[Register]:
    """A register with two besturen and their clients."""
    register = Register(settings)
    yield register
    register.close()


@pytest.fixture
def number(register: Register) -> str:
    """A leraar with an aanstelling at two besturen and a bevoegdheid."""
    number = register.leraar(geboortedatum="1984-05-06")
    register.aanstelling(number)
    register.bevoegdheid(number)
    register.post("/leraren/_koppel", {"registratienummer": number, "geboortedatum": "1984-05-06"}, "b")
    register.aanstelling(number, "b")
    return number


def looks(register: Register) -> list[tuple[Any, ...]]:
    return register.rows("select leraar, actor, namens from access_log order by id")


def merge(register: Register, van: str, naar: str) -> None:
    answer = register.post("/leraren/_samenvoegen", {"van": van, "naar": naar, "reden": "dubbel"}, "k")
    assert answer.status_code == 200, answer.text


@pytest.mark.parametrize("below", READS)
def test_reads_the_own_dossier(register: Register, number: str, below: str) -> None:
    assert register.get(f"/leraren/{number}{below}", register.as_leraar(number)).status_code == 200


def test_sees_the_own_dossier_whole_whichever_bestuur_wrote_it(register: Register, number: str) -> None:
    dossier = the(register.get(f"/leraren/{number}/dossier", register.as_leraar(number)))
    assert {one["vestiging"] for one in dossier["aanstellingen"]} == {"00AA00", VESTIGING_B}
    assert len(dossier["bevoegdheden"]) == 1


@pytest.mark.parametrize("below", READS)
def test_anothers_dossier_is_as_one_that_does_not_exist(register: Register, number: str, below: str) -> None:
    who = register.as_leraar(register.leraar())
    answer = register.get(f"/leraren/{number}{below}", who)
    assert answer.status_code == 404
    assert whole(answer) == whole(register.get(f"/leraren/{absent_number()}{below}", who))


def test_lists_and_searches_show_the_own_only(register: Register, number: str) -> None:
    other = register.leraar()
    register.aanstelling(other)
    who = register.as_leraar(number)
    for path in ("/leraren", "/leraren?geldigOp=2024-01-01", "/leraren?vestiging=00AA00", "/leraren?vestiging=00BB00"):
        assert [one["registratienummer"] for one in the(register.get(path, who))["items"]] == [number], path
    for path in ("/aanstellingen", "/aanstellingen?vestiging=00AA00"):
        assert {one["leraar"] for one in the(register.get(path, who))["items"]} == {number}, path
    found = the(register.post("/leraren/_zoek", {"geboortedatum": "1984-05-06"}, who))["items"]
    assert [one["registratienummer"] for one in found] == [number]


def test_the_past_shows_the_own_only_too(register: Register, number: str) -> None:
    other, moment = register.leraar(), register.seal()
    who = register.as_leraar(number)
    seen = the(register.get(f"/leraren?beschikbaarOp={moment}", who))["items"]
    assert [one["registratienummer"] for one in seen] == [number]
    held = the(register.get(f"/aanstellingen?beschikbaarOp={moment}", who))["items"]
    assert [one["leraar"] for one in held] == [number, number]
    assert register.get(f"/leraren/{number}/dossier?beschikbaarOp={moment}", who).status_code == 200
    assert register.get(f"/leraren/{other}/dossier?beschikbaarOp={moment}", who).status_code == 404


def test_a_look_at_the_own_dossier_is_no_look(register: Register, number: str) -> None:
    before = looks(register)
    who = register.as_leraar(number)
    for below in READS:
        register.get(f"/leraren/{number}{below}", who)
    register.get("/leraren", who)
    register.post("/leraren/_zoek", {"geboortedatum": "1984-05-06"}, who)
    assert looks(register) == before


@pytest.mark.parametrize(
    ("method", "below", "body"),
    [
        ("PATCH", "", {"roepnaam": "Nieuw"}),
        ("POST", "/bevoegdheden", {"soort": "pabo", "behaaldOp": "2014-07-01"}),
        ("POST", "/aanstellingen", {}),
    ],
)
def test_changes_nothing_in_it(register: Register, number: str, method: str, below: str, body: dict[str, str]) -> None:
    answer = register.send(method, f"/leraren/{number}{below}", body, who=register.as_leraar(number), match='"x"')
    assert (answer.status_code, code(answer)) == (403, "geen-toestemming")


def test_the_database_itself_shows_a_leraar_the_own_rows_only(register: Register, number: str) -> None:
    other = register.leraar()
    register.aanstelling(other)
    with register.app_role(leraar=number) as connection:
        for table, column in (("leraar", "registratienummer"), ("aanstelling", "leraar"), ("bevoegdheid", "leraar")):
            assert set(connection.execute(f"select {column} from {table}").fetchall()) == {(number,)}
        assert connection.execute("select distinct dossier from journal where dossier is not null").fetchall() == [
            (number,)
        ]
        for statement in ("update leraar set achternaam = 'x'", "update aanstelling set functie = 'x'"):
            assert connection.execute(statement).rowcount == 0


def test_after_a_merge_the_token_opens_the_dossier_that_goes_on(register: Register, number: str) -> None:
    old = register.leraar()
    who = register.as_leraar(old)
    merge(register, old, number)
    answer = register.get(f"/leraren/{old}/dossier", who)
    assert (answer.status_code, answer.headers["Location"]) == (308, f"/v1/leraren/{number}/dossier")
    for below in READS:
        assert register.get(f"/leraren/{number}{below}", who).status_code == 200
    assert [one["registratienummer"] for one in the(register.get("/leraren", who))["items"]] == [number]
    merge(register, number, last := register.leraar())
    assert register.get(f"/leraren/{old}/dossier", who).headers["Location"] == f"/v1/leraren/{last}/dossier"
    assert register.get(f"/leraren/{last}/dossier", who).status_code == 200


def test_after_a_merge_the_token_opens_nobody_elses(register: Register, number: str) -> None:
    old, other = register.leraar(), register.leraar()
    who = register.as_leraar(old)
    merge(register, old, number)
    assert register.get(f"/leraren/{other}", who).status_code == 404
    # Nor does a merge into another's dossier show to whoever is not in it.
    assert register.get(f"/leraren/{old}", register.as_leraar(other)).status_code == 404


def test_the_client_row_says_whose_dossier_it_is_not_the_token(register: Register, number: str) -> None:
    other = register.leraar()
    who = register.as_leraar(number)
    with register.owner() as connection:
        connection.execute("update client set leraar = %s where client_id = %s", (other, who))
    assert register.get(f"/leraren/{number}", who).status_code == 404
    assert register.get(f"/leraren/{other}", who).status_code == 200


def test_the_role_of_the_service_reads_no_number_from_clients(register: Register, number: str) -> None:
    register.as_leraar(number)
    with register.app_role("41285") as connection:
        assert connection.execute("select count(*) from client where soort = 'leraar'").fetchone() == (1,)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("select leraar from client")


def test_who_got_a_token_is_hidden_from_a_bestuur_in_the_journal_too(register: Register, number: str) -> None:
    register.as_leraar(number)
    query = "select count(*) from journal where table_name = 'client'"
    for caller, seen in (({"bestuur": "41285"}, 0), ({"leraar": number}, 1), ({"leraar": register.leraar()}, 0)):
        with register.app_role(**caller) as connection:
            assert connection.execute(query).fetchone() == (seen,)


@pytest.mark.parametrize("values", ["'leraar', null, null", "'leraar', '41285', null", "'beheer', null, '{number}'"])
def test_a_client_is_of_one_leraar_exactly_when_it_is_a_leraar(register: Register, number: str, values: str) -> None:
    with pytest.raises(psycopg.errors.CheckViolation):
        register.as_owner(
            "insert into client (client_id, naam, soort, bestuur, leraar, scopes) "
            f"values ('x', 'x', {values.format(number=number)}, '{{}}')"
        )
