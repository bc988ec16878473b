"""`behoud` by its definitions, a rule a test: lives made by hand, and what the query and the rules make of them."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg.rows import dict_row

from register_service.core.context import Context
from register_service.rapportages.datasets.behoud import BEHOUD, cohorts_of_five_years
from register_service.rapportages.parameters import read_question
from register_service.rapportages.rules.tabel import Afgeschermd, Rij, Tabel
from register_service.rapportages.running import checkpoint_at, draw_up, tables_of
from register_service.rapportages.tables import register_tables
from tests.conftest import make_settings
from tests.rapportages.conftest import Region, auditor
from tests.support import VESTIGING_A, VESTIGING_A2, VESTIGING_B, A, B, Register, absent_number

VESTIGING_PO = "00PO00"
PEILDATUM = date(2026, 11, 1)
# Begin, end or None, and what differs from a full post as regular teacher at the first school of bestuur A.
Post = tuple[Any, ...]
BEGIN, YEAR_1, YEAR_2, YEAR_3 = "2018-08-01", "2019-08-01", "2020-08-01", "2021-08-01"


@pytest.fixture(scope="module")
def register(module_database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    """One register for all lives."""
    register = Register(make_settings(module_database_url, Path(tmp_path_factory.mktemp("register"))))
    register.as_owner("insert into school (brin, naam, sector, bestuur) values ('00PO', 'School P', 'po', %s)", B)
    register.as_owner(
        "insert into vestiging (code, brin, sector, naam, bestuur) values (%s, '00PO', 'po', 'P', %s)", VESTIGING_PO, B
    )
    yield register
    register.close()


def _live(connection: psycopg.Connection[Any], *posts: Post) -> str:
    number = absent_number()
    connection.execute(
        "insert into leraar (registratienummer, voornamen, achternaam, geboortedatum, geregistreerd_op)"
        " values (%s, 'Jan', 'Jansen', '1990-01-01', '2018-01-01')", (number,),
    )  # fmt: skip
    for begin, end, *rest in posts:
        more = rest[0] if rest else {}
        connection.execute(
            "insert into aanstelling (leraar, bestuur, vestiging, functie, soort, begindatum, einddatum, betrekkingsomvang,"
            " reden_einde) values (%s, %s, %s, 'docent', %s, %s, %s, %s, %s)",
            (number, more.get("bestuur", A), more.get("vestiging", VESTIGING_A), more.get("soort", "regulier"), begin, end,
             more.get("omvang", 0.8), more.get("reden")),
        )  # fmt: skip
    return number


def _count(connection: psycopg.Connection[Any], tables: str = "", **asked: Any) -> Tabel:
    """Count before anything is hidden; without `tables` what stands in the register now."""
    peildatum = asked.pop("peildatum", PEILDATUM)
    more = asked.pop("more", {})
    van, tot = asked.pop("van", date(2018, 8, 1)), asked.pop("tot", date(2019, 7, 31))
    vraag = read_question(BEHOUD, {"periode_van": van, "periode_tot": tot, **asked}, peildatum, [])
    with connection.cursor(row_factory=dict_row) as cursor:
        query = f"with {tables}{BEHOUD.select(vraag)}"
        rows = cursor.execute(query, {**vraag.values(), "peildatum": peildatum, **more}).fetchall()
    return BEHOUD.maak(vraag, rows)


def _one(register: Register, *posts: Post, **asked: Any) -> dict[str, Any]:
    """Give what the report counts of one life only; nothing of it stays."""
    with register.owner() as connection:
        _live(connection, *posts)
        tabel = _count(connection, **asked)
        connection.rollback()
    return dict(tabel.totaal.waarden)


def _where(found: dict[str, Any], year: int) -> list[str]:
    names = ("zelfde_bestuur", "ander_bestuur", "andere_sector", "weg", "vertrek")
    return [name for name in names if found[f"{name}_{year}"] == 1]


ELSEWHERE = {"bestuur": B, "vestiging": VESTIGING_B}
OTHER_SECTOR = {"bestuur": B, "vestiging": VESTIGING_PO}


def test_who_stays(register: Register) -> None:
    found = _one(register, (BEGIN, None))
    assert found["totaal"] == 1
    assert [_where(found, year) for year in range(1, 6)] == [["zelfde_bestuur"]] * 5
    assert (found["behoud_5"], found["overleving_5"]) == (100.0, 100.0)


@pytest.mark.parametrize(
    ("place", "stand"),
    [({"vestiging": VESTIGING_A2}, "zelfde_bestuur"), (ELSEWHERE, "ander_bestuur"), (OTHER_SECTOR, "andere_sector")],
)
def test_who_works_elsewhere(register: Register, place: dict[str, str], stand: str) -> None:
    found = _one(register, (BEGIN, "2019-07-31"), (YEAR_1, None, place))
    assert [_where(found, year) for year in (1, 5)] == [[stand]] * 2
    assert found["behoud_1"] == 100.0


def test_the_first_bestuur_goes_before_others(register: Register) -> None:
    found = _one(register, (BEGIN, None, {"omvang": 0.2}), (BEGIN, None, {**OTHER_SECTOR, "omvang": 0.1}))
    assert _where(found, 1) == ["zelfde_bestuur"]


def test_it_is_measured_on_the_day_itself(register: Register) -> None:
    assert _where(_one(register, (BEGIN, YEAR_1)), 1) == ["zelfde_bestuur"]
    assert _where(_one(register, (BEGIN, "2019-07-31"), ("2019-08-02", None)), 1) == ["weg"]


def test_longer_than_a_year_away_is_to_have_left_in_the_year_of_the_last_day(register: Register) -> None:
    found = _one(register, (BEGIN, "2020-03-01"), ("2021-03-02", None))
    assert [_where(found, year) for year in range(1, 4)] == [["zelfde_bestuur"], ["vertrek"], ["zelfde_bestuur"]]
    assert (found["overleving_1"], found["overleving_2"]) == (100.0, 0.0)


def test_a_year_away_is_not_to_have_left(register: Register) -> None:
    found = _one(register, (BEGIN, "2020-03-01"), ("2021-03-01", None))
    assert [_where(found, year) for year in range(1, 4)] == [["zelfde_bestuur"], ["weg"], ["zelfde_bestuur"]]
    assert found["overleving_5"] == 100.0


def test_who_comes_back_left_once(register: Register) -> None:
    found = _one(register, (BEGIN, "2018-12-31"), ("2020-02-01", "2020-12-31"))
    assert [found[f"vertrek_{year}"] for year in range(1, 6)] == [1, 0, 0, 0, 0]
    assert [_where(found, year) for year in (2, 3)] == [["zelfde_bestuur"], ["weg"]]


def test_a_shorter_post_within_a_longer_one_is_no_departure(register: Register) -> None:
    assert _where(_one(register, (BEGIN, None), ("2018-09-01", "2018-10-01", ELSEWHERE)), 1) == ["zelfde_bestuur"]


def test_who_is_away_for_less_than_a_year_is_not_known_to_have_left(register: Register) -> None:
    asked = {"van": date(2024, 8, 1), "tot": date(2025, 7, 31)}
    found = _one(register, ("2024-08-01", "2025-12-01"), **asked)
    assert [found[f"vertrek_{year}"] for year in (1, 2)] == [0, 0]
    assert _where(found, 1) == ["zelfde_bestuur"]
    assert found["overleving_2"] is Afgeschermd.ONBEKEND


def test_a_year_that_is_not_over_for_all_is_unknown(register: Register) -> None:
    found = _one(register, (BEGIN, None), tot=date(2022, 7, 31))
    assert found["zelfde_bestuur_4"] == 1
    assert {found[name] for name in ("zelfde_bestuur_5", "weg_5", "behoud_5")} == {Afgeschermd.ONBEKEND}
    assert found["vertrek_5"] == 0


def test_who_began_before_the_period_is_no_starter(register: Register) -> None:
    assert _one(register, ("2010-08-01", "2012-07-31"), (BEGIN, None))["totaal"] == 0


def test_a_post_in_training_does_not_count(register: Register) -> None:
    found = _one(register, ("2017-08-01", "2018-07-31", {"soort": "in-opleiding"}), (BEGIN, None))
    assert found["totaal"] == 1


def test_somebody_counts_where_the_largest_post_was(register: Register) -> None:
    with register.owner() as connection:
        _live(connection, (BEGIN, None, {"omvang": 0.3}), (BEGIN, None, {**ELSEWHERE, "omvang": 0.6}))
        tabel = _count(connection, per="bestuur")
        connection.rollback()
    assert [(rij.sleutel, rij.waarden["totaal"]) for rij in tabel.rijen] == [(B, 1)]


@pytest.mark.parametrize(
    ("reden", "column"),
    [("buiten-regio", "buiten_regio"), ("buiten-onderwijs", "buiten_onderwijs"), ("pensioen", "pensioen"),
     (None, "overig_of_onbekend"), ("ander-bestuur-in-regio", "overig_of_onbekend")],
)  # fmt: skip
def test_why_somebody_is_not_there_any_more(register: Register, reden: str | None, column: str) -> None:
    found = _one(register, (BEGIN, YEAR_1, {"reden": "pensioen"}), (YEAR_2, YEAR_3, {"reden": reden}))
    assert [name for name, value in found.items() if name.startswith("reden_") and value] == [f"reden_{column}"]


def test_who_is_there_has_no_reason(register: Register) -> None:
    found = _one(register, (BEGIN, YEAR_1, {"reden": "pensioen"}), (YEAR_2, None))
    assert not any(value for name, value in found.items() if name.startswith("reden_"))


def test_who_began_on_29_february_has_anniversaries_on_the_28th(register: Register) -> None:
    asked = {"van": date(2020, 2, 1), "tot": date(2020, 7, 31)}
    assert _where(_one(register, ("2020-02-29", "2021-02-28"), **asked), 1) == ["zelfde_bestuur"]
    assert _where(_one(register, ("2020-02-29", "2021-02-27"), **asked), 1) == ["vertrek"]


def test_of_nobody_left_the_curve_is_known_to_stay_at_nothing(register: Register) -> None:
    found = _one(register, (BEGIN, "2018-12-31"))
    assert [found[f"overleving_{year}"] for year in range(1, 6)] == [0.0] * 5


def test_a_period_of_all_time(register: Register) -> None:
    found = _one(register, (BEGIN, None), van=date(1900, 1, 1), tot=date(2199, 12, 31))
    assert (found["totaal"], found["zelfde_bestuur_1"]) == (1, Afgeschermd.ONBEKEND)


def test_by_inductie_the_rows_say_who_did(register: Register) -> None:
    with register.owner() as connection:
        _live(connection, (BEGIN, None))
        tabel = _count(connection, per="inductie")
        connection.rollback()
    assert [rij.sleutel for rij in tabel.rijen] == ["niet-behaald"]
    assert "inductie_behaald" not in [kolom.naam for kolom in tabel.kolommen]


def test_as_it_was_known_at_a_past_moment(register: Register) -> None:
    with register.owner() as connection:
        number = _live(connection, (BEGIN, None))
    register.seal()
    register.as_owner("update aanstelling set einddatum = '2019-01-01' where leraar = %s", number)
    register.seal()
    moments = [moment for (moment,) in register.rows("select at from checkpoint order by at")]
    found = []
    with register.database.snapshot(auditor()) as connection:
        for moment in (moments[-2], moments[-1]):
            _, snapshot = checkpoint_at(connection, moment)
            values = {"snapshot": snapshot, "tabellen": register_tables(BEHOUD.reads)}
            tables = f"{tables_of(connection, BEHOUD.reads, values)}, "
            found.append(_where(dict(_count(connection, tables, more=values).totaal.waarden), 1))
    assert found == [["zelfde_bestuur"], ["vertrek"]]


def test_usually_it_is_about_the_newest_five_cohorts_of_which_five_years_are_known() -> None:
    assert cohorts_of_five_years(date(2026, 11, 1)) == (date(2016, 8, 1), date(2021, 7, 31))
    assert cohorts_of_five_years(date(2026, 7, 31)) == (date(2015, 8, 1), date(2020, 7, 31))


def _shares(rij: Rij, name: str) -> list[float]:
    values = [rij.waarden[f"{name}_{year}"] for year in range(1, 6)]
    return [value for value in values if isinstance(value, float)]


def test_the_demo_region_is_worth_looking_at(region: Region) -> None:
    today = date(2026, 11, 23)
    context = Context(role="auditor", actor="test", event="", today=today, client="auditor", jti="x")
    vraag = read_question(BEHOUD, {}, context.today, [])
    tabel = draw_up(region.database, context, BEHOUD, vraag, None).tabel
    behoud, curve = _shares(tabel.totaal, "behoud"), _shares(tabel.totaal, "overleving")
    assert len(curve) == 5
    assert curve == sorted(curve, reverse=True)
    assert 80 < curve[0] < 99
    assert 50 < curve[-1] < 90
    assert behoud[0] > behoud[-1]
