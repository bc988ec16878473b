"""Figures come from the regeling, by day: a dated change changes what the register does from that day on, and not before."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import psycopg
import pytest
from click.testing import CliRunner, Result

from register_service.cli.main import cli
from register_service.core.figures import read_figures
from tests.regelingen.test_registratie_figures import VALUES as REGISTRATIE
from tests.support import AANSTELLING, VESTIGING_A, Register, code, on_day, person, the

VALUES = {
    "leeftijdMinimaal": 16,
    "leeftijdMaximaal": 100,
    "betrekkingsomvangMaximaal": "1.2000",
    "zichtVoorafMaanden": 3,
    "zichtAchterafMaanden": 12,
    "koppelingMaanden": 3,
    "geschiktheidsverklaringJaren": 2,
    "gelijkenisNaam": 0.6,
}
Run = Callable[..., Result]


@pytest.fixture
def run(register: Register, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run `register regeling ...`, in November 2026."""
    monkeypatch.setenv("DATABASE_URL", register.settings.database_url)

    def invoke(*arguments: str) -> Result:
        with on_day(2026, 11, 23):
            return CliRunner().invoke(cli, ["regeling", *arguments])

    return invoke


def change(run: Run, *figures: str) -> None:
    """Let other figures hold from New Year's Day of 2027."""
    result = run("add", *figures, "--vanaf", "2027-01-01", "--reden", "nieuwe afspraak")
    assert result.exit_code == 0, result.output


def test_the_first_regeling_holds_the_figures_of_the_domain(register: Register) -> None:
    found = register.rows("select geldig_vanaf::text, geldig_tot, waarden from regeling where sector = 'alle'")
    assert found == [("1900-01-01", None, {**VALUES, **REGISTRATIE})]


def test_reads_figures() -> None:
    assert read_figures(VALUES).betrekkingsomvang_maximaal == Decimal("1.2")


@pytest.mark.parametrize(
    "wrong",
    [
        {"leeftijdMinimaal": 0},
        {"leeftijdMinimaal": 100},
        {"betrekkingsomvangMaximaal": "0"},
        {"betrekkingsomvangMaximaal": "10"},
        {"zichtVoorafMaanden": -1},
        {"zichtAchterafMaanden": 99999},
        {"gelijkenisNaam": 0},
        {"koppelingMaanden": "veel"},
        {"koppelingMaanden": "3"},
        {"koppelingMaanden": 3.0},
        {"koppelingMaanden": True},
        {"koppelingMaanden": None},
        {"betrekkingsomvangMaximaal": 1.2},
        {"betrekkingsomvangMaximaal": "NaN"},
        {"betrekkingsomvangMaximaal": "veel"},
        {"gelijkenisNaam": True},
        {"gelijkenisNaam": float("nan")},
    ],
)
def test_refuses_figures_that_cannot_be(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=next(iter(wrong))):
        read_figures({**VALUES, **wrong})


def test_a_figure_that_is_missing_is_an_error() -> None:
    for name in VALUES:
        with pytest.raises(KeyError, match=name):
            read_figures({key: value for key, value in VALUES.items() if key != name})


def test_the_largest_betrekkingsomvang(register: Register, run: Run) -> None:
    change(run, "betrekkingsomvangMaximaal=1.0")
    with on_day(2026, 12, 31):
        number = register.leraar()
        register.aanstelling(number, betrekkingsomvang=1.2, einddatum="2026-12-31")
    with on_day(2027, 1, 1):
        body = {**AANSTELLING, "vestiging": VESTIGING_A, "begindatum": "2027-01-01", "betrekkingsomvang": 1.0001}
        answer = register.post(f"/leraren/{number}/aanstellingen", body)
        assert code(answer) == "betrekkingsomvang-te-groot"
        assert "hoogstens 1 fte" in the(answer)["errors"][0]["detail"]


def test_the_ages(register: Register, run: Run) -> None:
    change(run, "leeftijdMinimaal=18", "leeftijdMaximaal=70")
    for born in ("2009-06-01", "1950-06-01"):
        with on_day(2026, 12, 31):
            assert register.post("/leraren", {**person(), "geboortedatum": born}).status_code == 201
        with on_day(2027, 1, 1):
            assert code(register.post("/leraren", {**person(), "geboortedatum": born})) == "leeftijd-bij-inschrijving"


def test_the_months_of_sight(register: Register, run: Run) -> None:
    change(run, "zichtAchterafMaanden=1", "zichtVoorafMaanden=0")
    with on_day(2026, 1, 15):
        left, coming = register.leraar(), register.leraar()
        register.aanstelling(left, einddatum="2026-07-31")
        register.aanstelling(coming, begindatum="2027-03-01")
    for day, status in (((2026, 12, 31), 200), ((2027, 1, 1), 404)):
        with on_day(*day):
            assert {register.get(f"/leraren/{number}").status_code for number in (left, coming)} == {status}


def test_the_months_of_a_koppeling(register: Register, run: Run) -> None:
    change(run, "koppelingMaanden=1")
    for day, until in (((2026, 12, 31), date(2027, 3, 31)), ((2027, 1, 1), date(2027, 2, 1))):
        with on_day(*day):
            number = register.leraar()
        assert register.rows("select tot from koppeling where leraar = %s", number) == [(until,)]


def test_the_years_of_a_geschiktheidsverklaring(register: Register, run: Run) -> None:
    change(run, "geschiktheidsverklaringJaren=3")
    number = register.leraar()
    for day, behaald, last in (
        ((2026, 12, 31), "2026-09-01", "2028-08-31"),
        ((2027, 1, 1), "2026-09-02", "2029-09-01"),
    ):
        with on_day(*day):
            path = register.bevoegdheid(number, soort="geschiktheidsverklaring", vak=None, behaaldOp=behaald)
            assert the(register.get(path))["geldigTot"] == last


def test_the_likeness_of_names(register: Register, run: Run) -> None:
    change(run, "gelijkenisNaam=0.95")
    register.leraar(voornamen="Johannes", achternaam="Bergman", geboortedatum="1980-01-01")
    body = {"voornamen": "Johannes", "achternaam": "Bergmann", "geboortedatum": "1980-01-01"}
    with on_day(2026, 12, 31):
        assert register.post("/leraren", body).status_code == 409
    with on_day(2027, 1, 1):
        assert register.post("/leraren", body).status_code == 201


def test_two_regelingen_never_hold_on_one_day(register: Register) -> None:
    with pytest.raises(psycopg.errors.ExclusionViolation):
        register.as_owner("insert into regeling (sector, geldig_vanaf, waarden) values ('alle', '2030-01-01', '{}')")


def test_adding_closes_the_one_before_and_says_why(register: Register, run: Run) -> None:
    change(run, "koppelingMaanden=1")
    change(run, "koppelingMaanden=2")
    assert register.rows(
        "select geldig_vanaf::text, geldig_tot::text, waarden ->> 'koppelingMaanden' from regeling "
        "where sector = 'alle' order by 1"
    ) == [
        ("1900-01-01", "2026-12-31", "3"),
        ("2027-01-01", None, "2"),
    ]
    reasons = register.rows(
        "select distinct actor, reason from journal where event = 'regeling.toegevoegd' and actor like 'beheer%'"
    )
    assert reasons == [("beheer:cli", "nieuwe afspraak")]
    listed = run("list").output
    assert "alle: 1900-01-01 tot en met 2026-12-31" in listed
    assert "alle: 2027-01-01 tot en met nader order\n" in listed


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("koppelingMaanden=1", "--vanaf", "2026-01-01"), "op zijn vroegst morgen"),
        (("koppeling=1", "--vanaf", "2027-01-01"), "is geen cijfer van de regeling"),
        (("koppelingMaanden=veel", "--vanaf", "2027-01-01"), "kan niet"),
        (("betrekkingsomvangMaximaal=-1", "--vanaf", "2027-01-01"), "ligt niet tussen 0 en 10"),
        (("betrekkingsomvangMaximaal=x", "--vanaf", "2027-01-01"), "kan niet"),
        (("koppelingMaanden=1", "--vanaf", "1 januari"), "is geen dag"),
    ],
)
def test_refuses_in_dutch_and_changes_nothing(
    register: Register, run: Run, arguments: tuple[str, ...], message: str
) -> None:
    result = run("add", *arguments, "--reden", "proef")
    assert result.exit_code != 0
    assert message in result.output
    assert register.rows("select count(*) from regeling where sector = 'alle'") == [(1,)]
