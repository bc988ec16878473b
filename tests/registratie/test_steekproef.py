"""Steekproeven: drawn by command from what a checkpoint knew, published, checked, looked at and judged over the API."""

import itertools
import json
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest
from click.testing import CliRunner, Result

from register_service.cli.main import cli
from tests.support import A, B, Refusal, Register, at_once, code, on_day, the
from tools import check_steekproef

Run = Callable[..., Result]
BETWEEN = ("--vanaf", "2026-01-01", "--tot", "2026-12-31")
REASON = ("--reden", "jaarlijkse steekproef")


@pytest.fixture
def run(register: Register, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run `register steekproef`."""
    monkeypatch.setenv("DATABASE_URL", register.settings.database_url)
    return lambda *arguments: CliRunner().invoke(cli, ["steekproef", *map(str, arguments)])


@pytest.fixture
def leraren(register: Register) -> list[str]:
    """Six leraren of bestuur A with a renewed period, and one whose first it is."""
    numbers = [register.leraar() for _ in range(7)]
    for number in numbers:
        register.aanstelling(number)
        register.as_owner(_PERIODE, number, "2022-01-01", "2025-12-31", "eerste")
        register.as_owner(_ACTIVITEIT, number)
    for number in numbers[:6]:
        register.as_owner(_PERIODE, number, "2026-01-01", "2029-12-31", "verlengd")
    register.seal()
    return numbers


_PERIODE = "insert into registratieperiode (leraar, begindatum, einddatum, grond) values (%s, %s, %s, %s)"
_ACTIVITEIT = """
insert into activiteit (leraar, gemeld_door, soort, titel, registeruren, vakinhoudelijk, vakdidactisch, pedagogisch, overig,
                        begindatum, einddatum, status, ingediend_op, beoordeeld_op)
values (%s, 'leraar', 'cursus', 'Formatief toetsen', 160, 160, 0, 0, 0,
        '2024-01-01', '2024-02-01', 'goedgekeurd', '2024-02-02', '2024-02-03')
"""


def trek(run: Run, *more: object) -> dict[str, object]:
    """Draw and give what is shown."""
    result = run("trek", *BETWEEN, *REASON, *more)
    assert result.exit_code == 0, result.output
    shown: dict[str, object] = json.loads(result.output)
    return shown


@pytest.fixture
def validator(register: Register) -> str:
    """A validator who works at bestuur B."""
    number = register.leraar("b")
    register.aanstelling(number, "b")
    return register.as_validator(number)


def test_draws_herregistraties_only(register: Register, leraren: list[str], run: Run) -> None:
    drawn = trek(run, "--aantal", 6, "--zaad", "loterij")
    assert (drawn["omvang"], drawn["aantal"], len(drawn["trekkingen"])) == (6, 6, 6)  # type: ignore[arg-type]
    found = register.rows("select leraar from trekking")
    assert {number for (number,) in found} == set(leraren[:6])


def test_the_same_seed_draws_the_same(leraren: list[str], run: Run) -> None:
    first, again = (trek(run, "--aantal", 3, "--zaad", "a")["trekkingen"] for _ in range(2))
    assert first == again


def test_another_seed_draws_another(leraren: list[str], run: Run) -> None:
    # Six leraren have new ids in each run, so that two seeds may well draw the same three (once in 120 runs); six seeds do not.
    drawn = [trek(run, "--aantal", 3, "--zaad", zaad)["trekkingen"] for zaad in "abcdef"]
    assert any(other != drawn[0] for other in drawn[1:])


def test_what_came_after_the_checkpoint_is_not_drawn_from(register: Register, leraren: list[str], run: Run) -> None:
    before = trek(run, "--aantal", 3, "--zaad", "a")
    register.as_owner(_PERIODE, leraren[6], "2026-01-01", "2029-12-31", "verlengd")
    assert trek(run, "--aantal", 3, "--zaad", "a")["trekkingen"] == before["trekkingen"]
    register.seal()
    assert trek(run, "--aantal", 3, "--zaad", "a")["omvang"] == 7
    assert run("controleer", before["id"]).exit_code == 0


def test_a_stranger_draws_again_from_what_is_published(leraren: list[str], run: Run, tmp_path: Path) -> None:
    drawn = trek(run, "--aantal", 3)
    published = json.loads(run("publiceer", drawn["id"]).output)
    assert published["zaad"]
    assert check_steekproef.check(published) == []
    # Of two seeds the draws may be the same: it is the first that draws otherwise.
    draws = ((zaad, check_steekproef.draw(zaad, published["verzameling"], 3)) for zaad in map(str, itertools.count()))
    other = next(zaad for zaad, trekkingen in draws if trekkingen != published["trekkingen"])
    for change in ({"zaad": other}, {"verzameling": published["verzameling"][1:]}, {"methode": "md5"}):
        assert check_steekproef.check({**published, **change})


def test_a_set_that_was_meddled_with_is_noticed(register: Register, leraren: list[str], run: Run) -> None:
    drawn = trek(run, "--aantal", 3, "--zaad", "a")
    with psycopg.connect(register.settings.database_url) as connection:
        connection.execute("set session_replication_role = replica")
        connection.execute(
            'update journal set state = state || \'{"begindatum": "2019-01-01"}\' where object_id = %s',
            (drawn["trekkingen"][0],),  # type: ignore[index]
        )
    result = run("controleer", drawn["id"])
    assert result.exit_code == 1
    assert "de verzameling telt nu 5 herregistraties, bij de trekking 6" in result.output


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((*BETWEEN, "--aantal", 7), "Er zijn maar 6 herregistraties"),
        (("--vanaf", "2020-01-01", "--tot", "2020-12-31", "--aantal", 1), "geen herregistratie om uit te trekken"),
        (("--vanaf", "2026-12-31", "--tot", "2026-01-01", "--aantal", 1), "De laatste dag ligt voor de eerste"),
        ((*BETWEEN, "--aantal", 1, "--peilmoment", "2001-01-01T00:00:00+0000"), "niets verzegeld"),
        ((*BETWEEN, "--aantal", 0), "--aantal"),
    ],
)
def test_a_draw_that_cannot_be_is_refused_in_dutch(
    register: Register, leraren: list[str], run: Run, arguments: tuple[object, ...], message: str
) -> None:
    result = run("trek", *arguments, *REASON)
    assert result.exit_code != 0
    assert message in result.output
    assert register.rows("select from steekproef") == []


def test_who_drew_and_why_is_in_the_history(register: Register, leraren: list[str], run: Run) -> None:
    drawn = trek(run, "--aantal", 2)
    (entry,) = the(register.get(f"/steekproeven/{drawn['id']}/historie", "k"))["items"]
    assert (entry["actor"], entry["gebeurtenis"], entry["reden"]) == (
        "beheer:cli",
        "steekproef.getrokken",
        "jaarlijkse steekproef",
    )


def test_it_shows_no_name_and_no_number(register: Register, leraren: list[str], run: Run, validator: str) -> None:
    path = f"/steekproeven/{trek(run, '--aantal', 6)['id']}"
    for below in ("", "/trekkingen", "/trekkingen/1"):
        text = register.get(path + below, validator).text
        assert not [number for number in leraren if number in text]
    assert [one["volgnummer"] for one in the(register.get(f"{path}/trekkingen", validator))["items"]] == [
        1,
        2,
        3,
        4,
        5,
        6,
    ]


def test_who_looks_says_why_and_the_leraar_sees_it(
    register: Register, leraren: list[str], run: Run, validator: str
) -> None:
    drawn = f"/steekproeven/{trek(run, '--aantal', 6)['id']}/trekkingen/1"
    assert Refusal.of(register.post(f"{drawn}/_inzage", {}, validator)) == Refusal(400, "verplicht", "/reden")
    seen = the(register.post(f"{drawn}/_inzage", {"reden": "steekproef 2026"}, validator))
    assert (seen["begindatum"], seen["einddatum"]) == ("2022-01-01", "2025-12-31")
    (activiteit,) = seen["activiteiten"]
    assert (activiteit["titel"], activiteit["registeruren"]) == ("Formatief toetsen", 160)
    assert [werk["betrekkingsomvang"] for werk in seen["aanstellingen"]] == [0.8]
    ((leraar, actor, purpose, reason),) = register.rows(
        "select leraar, actor, purpose, reason from access_log where reason is not null"
    )
    assert (leraar in leraren, actor, purpose, reason) == (
        True,
        validator,
        "herregistratie nakijken in een steekproef",
        "steekproef 2026",
    )


def test_nobody_judges_the_own_or_that_of_a_colleague(register: Register, leraren: list[str], run: Run) -> None:
    drawn = f"/steekproeven/{trek(run, '--aantal', 6)['id']}/trekkingen/1"
    ((own,),) = register.rows("select leraar from trekking where volgnummer = 1")
    colleague = next(number for number in leraren if number != own)
    for number in (own, colleague):
        who = register.as_validator(number)
        assert (
            code(register.change(drawn, {"uitslag": "akkoord"}, who, "POST", "/_beoordeel"))
            == "steekproef-niet-onafhankelijk"
        )
        assert register.post(f"{drawn}/_inzage", {"reden": "x"}, who).status_code == 404
    assert register.rows("select from trekking where uitslag is not null") == []


def test_an_uitslag_is_recorded_and_a_later_one_takes_its_place(
    register: Register, leraren: list[str], run: Run, validator: str
) -> None:
    drawn = f"/steekproeven/{trek(run, '--aantal', 2)['id']}/trekkingen/2"
    with on_day(2027, 1, 20):
        made = the(
            register.change(
                drawn, {"uitslag": "niet-akkoord", "toelichting": "twee uren te veel"}, validator, "POST", "/_beoordeel"
            )
        )
    assert (made["uitslag"], made["toelichting"], made["beoordeeldOp"]) == (
        "niet-akkoord",
        "twee uren te veel",
        "2027-01-20",
    )
    register.change(drawn, {"uitslag": "akkoord"}, validator, "POST", "/_beoordeel")
    history = the(register.get(f"{drawn}/historie", validator))["items"]
    assert [one["toestand"]["uitslag"] for one in history] == [None, "niet-akkoord", "akkoord"]


def test_of_two_validators_at_once_one_decides(
    register: Register, leraren: list[str], run: Run, validator: str
) -> None:
    drawn = f"/steekproeven/{trek(run, '--aantal', 1)['id']}/trekkingen/1"
    number = register.leraar("b")
    register.aanstelling(number, "b")
    other = register.as_validator(number)
    etag = register.get(drawn, validator).headers["ETag"]

    def judge(who: str, uitslag: str) -> Callable[[], object]:
        return lambda: register.send("POST", f"{drawn}/_beoordeel", {"uitslag": uitslag}, who=who, match=etag)

    answers = at_once(judge(validator, "akkoord"), judge(other, "niet-akkoord"))  # type: ignore[arg-type]
    assert sorted(answer.status_code for answer in answers) == [200, 412]


def test_the_keeper_records_by_command(register: Register, leraren: list[str], run: Run) -> None:
    drawn = trek(run, "--aantal", 1)
    assert run("uitslag", drawn["id"], 1, "--uitslag", "akkoord", "--toelichting", "klopt", *REASON).exit_code == 0
    assert register.rows("select uitslag, toelichting from trekking") == [("akkoord", "klopt")]
    assert "heeft geen trekking 9" in run("uitslag", drawn["id"], 9, "--uitslag", "akkoord", *REASON).output


@pytest.mark.parametrize("bestuur", [A, B])
def test_a_bestuur_does_not_see_who_was_drawn(register: Register, leraren: list[str], run: Run, bestuur: str) -> None:
    trek(run, "--aantal", 6)
    with register.app_role(bestuur) as connection:
        assert connection.execute("select from trekking").fetchall() == []
        assert connection.execute("select from steekproef").fetchall() == []
        assert connection.execute("select from journal where table_name in ('trekking', 'steekproef')").fetchall() == []
