"""`inductie` against the rules themselves: each traject of the demo region put in its place by Python, and counted."""

import json
from collections import Counter
from datetime import date
from typing import Any

import pytest

from register_service.core.context import Context
from register_service.inductie.rules.course import Course
from register_service.inductie.rules.standing import standing_on
from register_service.rapportages.datasets.inductie import INDUCTIE, STANDEN, TE_LAAT
from register_service.rapportages.parameters import read_question
from register_service.rapportages.running import checkpoint_at, tables_of
from register_service.rapportages.tables import register_tables
from tests.rapportages.conftest import Region

PERIODS = [("2025-08-01", "2026-07-31"), ("2020-01-01", "2020-12-31"), ("2026-11-01", "2026-11-23")]
_TRAJECTEN = """
select leraar, startdatum, afgerond_op, gestopt_op, resultaat, vrijstelling_grond, verwachte_einddatum, verloop::text
from inductietraject order by leraar, startdatum, id
"""


def _place(row: tuple[Any, ...], first: date, last: date) -> str | None:
    _, start, judged, stopped, resultaat, exempt, expected, verloop = row
    if exempt:
        return "vrijgesteld" if start >= first else None
    if (judged or stopped or date.max) < first:
        return None
    standing = standing_on(Course.from_json(json.loads(verloop)), last)
    if standing.status == "gestopt":
        return "gestopt"
    if standing.status == "afgerond":
        in_time = judged <= (expected or date.max)
        return "niet_behaald" if resultaat != "behaald" else "behaald_op_tijd" if in_time else "behaald_later"
    if standing.status == "onderbroken":
        return "onderbroken"
    late = {item.wat for item in standing.achterstallig}
    return next((f"te_laat_{kind}" for kind in TE_LAAT if kind in late), "lopend_op_schema")


def _counted(region: Region, first: str, last: str) -> dict[str, int]:
    asked = {"periode_van": date.fromisoformat(first), "periode_tot": date.fromisoformat(last)}
    vraag = read_question(INDUCTIE, asked, date(2026, 11, 23), [])
    context = Context(role="auditor", actor="test", event="", today=date(2026, 11, 23), client="auditor", jti="x")
    with region.database.snapshot(context) as connection:
        ((moment,),) = connection.execute("select max(at) from checkpoint").fetchall()
        values = {**vraag.values(), "snapshot": checkpoint_at(connection, moment)[1]}
        values["tabellen"] = register_tables(INDUCTIE.reads)
        tables = tables_of(connection, INDUCTIE.reads, values)
        cursor = connection.execute(f"with {tables}, {INDUCTIE.select(vraag)}", values)
        names = [column.name for column in cursor.description or ()]
        (total,) = [row for row in (dict(zip(names, found, strict=True)) for found in cursor) if row["is_totaal"]]
    return {name: total[name] for name in (*STANDEN, "totaal")}


@pytest.mark.parametrize(("first", "last"), PERIODS)
def test_every_traject_is_where_the_rules_say(region: Region, first: str, last: str) -> None:
    since, until = date.fromisoformat(first), date.fromisoformat(last)
    newest = {row[0]: row for row in region.rows(_TRAJECTEN) if row[1] <= until}
    expected = Counter(filter(None, (_place(row, since, until) for row in newest.values())))
    found = _counted(region, first, last)
    assert {name: found[name] for name in STANDEN} == {name: expected[name] for name in STANDEN}
    assert found["totaal"] == expected.total() > 50
