"""`GET /v1/regelingen`: the figures with their days, by sector, of a day, of a past moment; and who added them."""

from collections.abc import Callable

import pytest
from click.testing import CliRunner

from register_service.cli.main import cli
from tests.support import Refusal, Register, on_day, the

Add = Callable[..., None]


@pytest.fixture
def add(register: Register, monkeypatch: pytest.MonkeyPatch) -> Add:
    """Let another normduur hold in the vo, from a day on."""
    monkeypatch.setenv("DATABASE_URL", register.settings.database_url)

    def change(months: int, vanaf: str = "2027-01-01") -> None:
        arguments = [
            "regeling",
            "add",
            f"normduurMaanden={months}",
            "--sector",
            "vo",
            "--vanaf",
            vanaf,
            "--reden",
            "cao",
        ]
        with on_day(2026, 11, 23):
            result = CliRunner().invoke(cli, arguments)
        assert result.exit_code == 0, result.output

    return change


def spans(register: Register, query: str = "") -> list[tuple[object, ...]]:
    """Give sector, first and last day and normduur of what is listed."""
    items = the(register.get(f"/regelingen{query}"))["items"]
    return [
        (one["sector"], one["geldigVanaf"], one["geldigTot"], one["waarden"].get("normduurMaanden")) for one in items
    ]


def test_lists_every_sector_with_its_figures(register: Register) -> None:
    assert [span[0] for span in spans(register)] == ["alle", "ho", "mbo", "po", "so", "vo"]
    (vo,) = the(register.get("/regelingen?sector=vo"))["items"]
    assert vo["waarden"]["lesreductie"] == [20, 10]
    assert vo["waarden"]["deeltijdNaarRato"] is False


def test_of_a_sector_in_the_order_of_its_days(register: Register, add: Add) -> None:
    add(24, "2028-01-01")
    add(30, "2027-01-01")
    assert spans(register, "?sector=vo") == [
        ("vo", "1900-01-01", "2026-12-31", 36),
        ("vo", "2027-01-01", "2027-12-31", 30),
        ("vo", "2028-01-01", None, 24),
    ]


@pytest.mark.parametrize(("day", "months"), [("2026-12-31", 36), ("2027-01-01", 24), ("2099-01-01", 24)])
def test_that_hold_on_a_day(register: Register, add: Add, day: str, months: int) -> None:
    add(24)
    assert [span[3] for span in spans(register, f"?sector=vo&geldigOp={day}")] == [months]
    assert len(spans(register, f"?geldigOp={day}")) == 6


def test_as_they_were_known_at_a_moment(register: Register, add: Add) -> None:
    moment = register.seal()
    add(24)
    assert spans(register, f"?sector=vo&beschikbaarOp={moment}") == [("vo", "1900-01-01", None, 36)]
    assert spans(register, f"?sector=vo&beschikbaarOp={register.seal()}&geldigOp=2027-01-01") == [
        ("vo", "2027-01-01", None, 24)
    ]


def test_in_pages(register: Register) -> None:
    seen, query = [], "?limiet=4"
    while query:
        answer = the(register.get(f"/regelingen{query}"))
        seen += [one["sector"] for one in answer["items"]]
        query = f"?limiet=4&cursor={answer['volgende']}" if answer["volgende"] else ""
    assert seen == ["alle", "ho", "mbo", "po", "so", "vo"]


def test_one_by_its_key_and_its_day(register: Register, add: Add) -> None:
    add(24)
    old, new = the(register.get("/regelingen?sector=vo"))["items"]
    answer = register.get(f"/regelingen/{new['id']}")
    assert the(answer) == new
    assert answer.headers["ETag"]
    assert register.get(f"/regelingen/{old['id']}?geldigOp=2027-01-01").status_code == 404
    assert register.get(f"/regelingen/{new['id']}?geldigOp=2027-01-01").status_code == 200


def test_its_history_says_who_and_why(register: Register, add: Add) -> None:
    add(24)
    old, new = the(register.get("/regelingen?sector=vo"))["items"]
    made, extended, closed = the(register.get(f"/regelingen/{old['id']}/historie"))["items"]
    assert (made["actor"], made["handeling"], made["toestand"]["geldigTot"]) == ("migratie:0002", "aangemaakt", None)
    assert (closed["actor"], closed["reden"], closed["toestand"]["geldigTot"]) == ("beheer:cli", "cao", "2026-12-31")
    assert (extended["actor"], extended["handeling"]) == ("migratie:0007", "gewijzigd")
    assert extended["toestand"]["waarden"] == closed["toestand"]["waarden"]
    (only,) = the(register.get(f"/regelingen/{new['id']}/historie"))["items"]
    assert only["toestand"]["waarden"]["normduurMaanden"] == 24


def test_what_is_not_there(register: Register) -> None:
    absent = "01890000-0000-7000-8000-0000000000ff"
    for path in (f"/regelingen/{absent}", f"/regelingen/{absent}/historie"):
        assert register.get(path).status_code == 404
    answer = register.get("/regelingen?sector=vavo")
    assert Refusal.of(answer) == Refusal(400, "ongeldige-waarde", "/sector")


@pytest.mark.parametrize("who", ["a", "b", "k"])
def test_everybody_with_the_scope_reads_them_all_and_nobody_looked_at_a_leraar(register: Register, who: str) -> None:
    assert len(the(register.get("/regelingen", who))["items"]) == 6
    assert register.rows("select count(*) from access_log") == [(0,)]
