"""What PostgreSQL itself shows and lets happen, per caller, past every check of the application (migrations/versions/0007)."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest

from register_service.core.context import SET_CONTEXT, Context
from tests.professionalisering.support import Teacher, Validator
from tests.support import A, B, Register, clock

Connection = psycopg.Connection[Any]
DENIED = psycopg.errors.InsufficientPrivilege


@contextmanager
def calling(
    register: Register, role: str, *, bestuur: str | None = None, leraar: str | None = None
) -> Iterator[Connection]:
    """Open a transaction of the service's own role, as a caller."""
    with psycopg.connect(register.settings.app_database_url) as connection:
        context = Context(role=role, actor="test", event="test", today=clock.today(), bestuur=bestuur, leraar=leraar)
        connection.execute(SET_CONTEXT, context.parameters())
        yield connection


def seen(connection: Connection) -> dict[str, int]:
    """Count what a caller sees, per table, and of the journal per table."""
    found = {}
    for table in ("activiteit", "bewijsstuk", "te_beoordelen"):
        found[table] = connection.execute(f"select count(*) from {table}").fetchone()[0]  # type: ignore[arg-type,index]
    for table in ("activiteit", "bewijsstuk"):
        rows = connection.execute("select count(*) from journal where table_name = %s", (table,)).fetchone()
        found[f"{table} then"] = rows[0] if rows else 0
    return {name: count for name, count in found.items() if count}


@pytest.fixture
def paths(teacher: Teacher) -> dict[str, str]:
    """One of the leraar's own, with a bewijsstuk; one of bestuur A; each submitted, and one of bestuur A that is concept."""
    own = teacher.reported()
    teacher.proven(own)
    teacher.do(own, "_indienen")
    return {"own": own, "a": teacher.submitted("a"), "draft": teacher.reported("a")}


def test_who_sees_what(teacher: Teacher, paths: dict[str, str]) -> None:
    register, everything = (
        teacher.register,
        {"activiteit": 3, "bewijsstuk": 1, "activiteit then": 5, "bewijsstuk then": 1},
    )
    stranger = Teacher.at(register)
    for caller, expected in (
        ({"role": "leraar", "leraar": teacher.number}, everything),
        ({"role": "beheer"}, everything),
        ({"role": "bestuur", "bestuur": A}, {"activiteit": 2, "activiteit then": 3}),
        ({"role": "bestuur", "bestuur": B}, {}),
        ({"role": "bestuur", "bestuur": "99999"}, {}),
        ({"role": "leraar", "leraar": stranger.number}, {}),
        ({"role": "validator", "leraar": register.leraar()}, {"activiteit": 2, "bewijsstuk": 1, "te_beoordelen": 2}),
        ({"role": "validator", "leraar": teacher.number}, {}),
        ({"role": "validator", "leraar": stranger.number}, {}),
        ({"role": "aanbieder"}, {}),
        ({"role": "auditor"}, {}),
        ({"role": ""}, {}),
    ):
        with calling(register, **caller) as connection:  # type: ignore[arg-type]
            assert seen(connection) == expected, caller


def test_sharing_opens_one_and_unsharing_closes_its_past(teacher: Teacher, paths: dict[str, str]) -> None:
    teacher.do(paths["own"], "_delen")
    with calling(teacher.register, "bestuur", bestuur=B) as connection:
        assert seen(connection) == {"activiteit": 1, "bewijsstuk": 1, "activiteit then": 3, "bewijsstuk then": 1}
    teacher.register.post(f"{paths['own']}/_afschermen", None, teacher.self_)
    with calling(teacher.register, "bestuur", bestuur=B) as connection:
        assert seen(connection) == {}


def test_a_validator_keeps_seeing_what_was_decided_and_nobody_elses(teacher: Teacher, paths: dict[str, str]) -> None:
    judge, other = Validator.at(teacher.register), Validator.at(teacher.register)
    judge.judged(paths["own"])
    with calling(teacher.register, "validator", leraar=judge.number) as connection:
        assert seen(connection) == {"activiteit": 2, "bewijsstuk": 1, "te_beoordelen": 1}
    with calling(teacher.register, "validator", leraar=other.number) as connection:
        assert seen(connection) == {"activiteit": 1, "te_beoordelen": 1}


def changed(register: Register, statement: str, **caller: Any) -> int:
    """Try a change as a caller; 0 when no row was touched. Raises what PostgreSQL refuses."""
    with calling(register, **caller) as connection:
        return connection.execute(statement).rowcount  # type: ignore[arg-type]


APPROVED = "update activiteit set status = 'goedgekeurd', beoordeeld_op = '2026-09-01', beoordeeld_door = '{judge}'"


@pytest.mark.parametrize("caller", ["leraar", "a", "validator"])
def test_nobody_approves_the_own_or_what_the_own_bestuur_reported(
    teacher: Teacher, paths: dict[str, str], caller: str
) -> None:
    register, statement = teacher.register, APPROVED.format(judge=teacher.number)
    if caller == "validator":
        assert changed(register, statement, role="validator", leraar=teacher.number) == 0
        return
    who = {"role": "leraar", "leraar": teacher.number} if caller == "leraar" else {"role": "bestuur", "bestuur": A}
    with pytest.raises(DENIED, match="only a validator decides"):
        changed(register, statement + " where status = 'ingediend'", **who)


@pytest.mark.parametrize(
    ("statement", "message"),
    [
        (APPROVED + ", registeruren = 8, vakinhoudelijk = 0 where status = 'ingediend'", "changes in concept only"),
        (APPROVED + ", gedeeld = true where status = 'ingediend'", "only the leraar shares"),
        (APPROVED + ", ingediend_op = '2020-01-01' where status = 'ingediend'", "decides, and does nothing else"),
        (APPROVED.replace("{judge}", "{leraar}") + " where status = 'ingediend'", "row-level security"),
        ("update activiteit set status = 'ingetrokken' where status = 'ingediend'", "decides, and does nothing else"),
        ("update activiteit set leraar = '{judge}'", "stays whose it is"),
    ],
)
def test_a_validator_decides_in_the_own_name_and_changes_nothing_else(
    teacher: Teacher, paths: dict[str, str], statement: str, message: str
) -> None:
    judge = Validator.at(teacher.register)
    told = statement.format(judge=judge.number, leraar=teacher.number)
    with pytest.raises(DENIED, match=message):
        changed(teacher.register, told, role="validator", leraar=judge.number)


def test_a_validator_adds_and_deletes_nothing(teacher: Teacher, paths: dict[str, str]) -> None:
    judge = {"role": "validator", "leraar": teacher.register.leraar()}
    for table in ("activiteit", "bewijsstuk"):
        assert changed(teacher.register, f"delete from {table}", **judge) == 0
    with pytest.raises(DENIED):
        changed(teacher.register, "insert into bewijsstuk (leraar, activiteit, sha256, mediatype, grootte) "
                "select leraar, id, repeat('9', 64), 'image/png', 1 from activiteit", **judge)  # fmt: skip


@pytest.mark.parametrize(
    ("statement", "message"),
    [
        ("update activiteit set gedeeld = true", "only the leraar shares"),
        ("update activiteit set bestuur = null, gemeld_door = 'leraar'", "stays whose it is"),
        ("update activiteit set titel = 'x' where status = 'ingediend'", "changes in concept only"),
        ("update activiteit set leraar = '{other}'", "stays whose it is"),
        (
            "update activiteit set status = 'afgewezen', afwijzing = 'x', beoordeeld_op = '2026-01-01'",
            "only a validator",
        ),
    ],
)
def test_what_a_bestuur_cannot_do_to_what_it_reported(
    teacher: Teacher, paths: dict[str, str], statement: str, message: str
) -> None:
    other = Teacher.at(teacher.register)
    with pytest.raises(DENIED, match=message):
        changed(teacher.register, statement.format(other=other.number), role="bestuur", bestuur=A)


def test_a_bestuur_changes_nothing_that_is_shared_with_it(teacher: Teacher, paths: dict[str, str]) -> None:
    teacher.do(paths["own"], "_delen")
    for statement in ("update activiteit set titel = 'x'", "delete from activiteit", "delete from bewijsstuk"):
        assert changed(teacher.register, statement, role="bestuur", bestuur=B) == 0


_INSERT = (
    "insert into activiteit (leraar, gemeld_door, bestuur, soort, titel, registeruren, vakinhoudelijk, vakdidactisch,"
    " pedagogisch, overig, begindatum, einddatum, status, ingediend_op, beoordeeld_op, gedeeld)"
    " select '{leraar}', {by}, 'cursus', 'T', 3, 3, 0, 0, 0, '2026-01-01', '2026-01-01', {rest}"
)


@pytest.mark.parametrize(
    ("by", "rest", "caller"),
    [
        ("'bestuur', '41285'", "'goedgekeurd', null, '2026-01-01', false", "a"),
        ("'bestuur', '41285'", "'ingediend', '2026-01-01', null, false", "a"),
        ("'bestuur', '41285'", "'concept', null, null, true", "a"),
        ("'bestuur', '41300'", "'concept', null, null, false", "a"),
        ("'leraar', null", "'concept', null, null, false", "a"),
        ("'leraar', null", "'goedgekeurd', null, '2026-01-01', false", "leraar"),
        ("'bestuur', '41285'", "'concept', null, null, false", "leraar"),
        ("'leraar', null", "'concept', null, null, false", "validator"),
    ],
)
def test_an_activiteit_begins_as_concept_in_the_name_of_who_reports_it(
    teacher: Teacher, by: str, rest: str, caller: str
) -> None:
    who: dict[str, str] = (
        {"role": "bestuur", "bestuur": A} if caller == "a" else {"role": caller, "leraar": teacher.number}
    )
    with pytest.raises(DENIED):
        changed(teacher.register, _INSERT.format(leraar=teacher.number, by=by, rest=rest), **who)


def test_a_leraar_deletes_no_more_than_an_own_concept(teacher: Teacher, paths: dict[str, str]) -> None:
    teacher.reported()
    assert changed(teacher.register, "delete from activiteit", role="leraar", leraar=teacher.number) == 1


def test_zelfstudie_without_proof_is_not_submitted_whoever_asks(teacher: Teacher) -> None:
    teacher.reported(zelfstudie=12)
    with pytest.raises(psycopg.errors.CheckViolation) as refused:
        changed(
            teacher.register,
            "update activiteit set status = 'ingediend', ingediend_op = '2026-09-01'",
            role="leraar",
            leraar=teacher.number,
        )
    assert refused.value.diag.constraint_name == "activiteit_zelfstudie_bewijs"


def test_only_who_calls_as_a_person_holds_a_dossier_and_only_the_own(teacher: Teacher) -> None:
    other, ask = Teacher.at(teacher.register), "select houd_eigen_dossier(%s, false)"
    for caller, number, expected in (
        ({"role": "leraar", "leraar": teacher.number}, teacher.number, teacher.number),
        ({"role": "leraar", "leraar": teacher.number}, other.number, None),
        ({"role": "bestuur", "bestuur": A}, teacher.number, None),
        ({"role": ""}, teacher.number, None),
    ):
        with calling(teacher.register, **caller) as connection:  # type: ignore[arg-type]
            assert connection.execute(ask, (number,)).fetchone() == (expected,)
