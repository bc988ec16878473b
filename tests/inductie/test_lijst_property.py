"""SQL held to the rules: on any day every filter selects exactly the trajecten of which the rules say so, and counts them.

Random facts, stored as any course is, through the triggers; looked at in table inductiestand and in the JSON of the past alike.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, NamedTuple

import orjson
import psycopg
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from register_service.core.context import SET_CONTEXT, Context
from register_service.core.ids import new_id
from register_service.inductie import queries_aantallen, queries_lijst
from register_service.inductie.rules.course import Course, course_of
from register_service.inductie.rules.facts import Facts
from register_service.inductie.rules.standing import Standing, standing_on
from register_service.inductie.schemas import ACHTERSTALLIG, STATUSSEN
from tests.conftest import make_settings
from tests.inductie.rules.strategies import MODEST, PLACES, SPAN, trajecten
from tests.support import A, Register, absent_number

SECTORS = ("po", "vo")


class Stored(NamedTuple):
    """A traject in the database, and its course."""

    id: str
    sector: str
    course: Course


@pytest.fixture(scope="module")
def connection(module_database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[psycopg.Connection[Any]]:
    """A connection of the owner to a register without anybody; examples roll back."""
    register = Register(make_settings(module_database_url, tmp_path_factory.mktemp("lijst")))
    register.close()
    with psycopg.connect(module_database_url) as connection:
        yield connection


@st.composite
def questions(draw: st.DrawFn) -> tuple[list[tuple[str, Facts]], list[date]]:
    """Give trajecten with their sectors, and days to ask about: where something changes, and any."""
    found = [(draw(st.sampled_from(SECTORS)), facts) for facts in draw(st.lists(trajecten(), min_size=1, max_size=8))]
    edges = [
        day
        for _, facts in found
        for stand in course_of(facts).standen
        for day in (stand.vanaf, stand.tot)
        if day is not None
    ]
    anywhere = st.integers(-30, SPAN + 400).map(lambda days: found[0][1].startdatum + timedelta(days=days))
    return found, [draw(st.sampled_from(edges) if edges else anywhere), draw(anywhere)]


@given(asked=questions())
@hypothesis_settings(MODEST, max_examples=15)
def test_sql_selects_and_counts_exactly_what_the_rules_say(
    connection: psycopg.Connection[Any], asked: tuple[list[tuple[str, Facts]], list[date]]
) -> None:
    found, days = asked
    try:
        stored = [_store(connection, sector, facts) for sector, facts in found]
        for role in ("beheer", "bestuur"):
            connection.execute("reset role")
            connection.execute(SET_CONTEXT, _caller(role).parameters())
            connection.execute("set local role register_app")
            for day in days:
                _compare(connection, role, stored, day)
    finally:
        connection.rollback()


def _store(connection: psycopg.Connection[Any], sector: str, facts: Facts) -> Stored:
    key, number, ended = new_id(), absent_number(), facts.afronding
    connection.execute(
        "insert into leraar (registratienummer, voornamen, achternaam, geboortedatum, geregistreerd_op)"
        " values (%s, 'Test', 'Test', '1990-01-01', '2020-01-01')",
        (number,),
    )
    connection.execute(
        "insert into koppeling (leraar, bestuur, vanaf, tot) values (%s, %s, '2000-01-01', 'infinity')", (number, A)
    )
    course = course_of(facts)
    connection.execute(
        """insert into inductietraject (id, leraar, sector, startdatum, regeling, vrijstelling_grond, afgerond_op, resultaat,
               motivering, meegedeeld_op, gestopt_op, stop_reden, verloop)
           select %s, %s, %s, %s, id, %s, %s, %s, 'x', '2026-01-01', %s, %s, %s::jsonb from regeling limit 1""",
        (key, number, sector, facts.startdatum, "overig" if facts.vrijgesteld else None,
         ended.datum if ended else None, ended.resultaat if ended else None,
         facts.gestopt_op, "overig" if facts.gestopt_op else None, orjson.dumps(course.as_json()).decode()),
    )  # fmt: skip
    return Stored(str(key), sector, course)


def _caller(role: str) -> Context:
    bestuur = A if role == "bestuur" else None
    return Context(role=role, actor="client:test", event="test", today=date(2026, 9, 1), bestuur=bestuur)


def _compare(connection: psycopg.Connection[Any], role: str, stored: list[Stored], day: date) -> None:
    standings = {one.id: (one.sector, standing_on(one.course, day)) for one in stored}
    for query in _queries(day):
        expected = {key for key, (sector, standing) in standings.items() if _meets(query, sector, standing)}
        for few in (0, 1000) if role == "bestuur" else (0,):
            for then in (False, True):
                if not then or few == 0:
                    found = _selected(connection, role, query, day, few=few, then=then)
                    assert found == expected, (query, day, few, then)
    for few in (0, 1000):
        for then in (False, True):
            assert _counted(connection, role, day, few=few, then=then) == _counts(standings.values()), (day, few, then)


def _queries(day: date) -> list[dict[str, Any]]:
    return [
        {},
        *({"status": status} for status in STATUSSEN),
        *({"achterstallig": kind} for kind in (*ACHTERSTALLIG, "alles")),
        *({"vestiging": place} for place in PLACES),
        {"sector": "vo"},
        *({"verwachte_einddatum_voor": day + timedelta(days=days)} for days in (0, 1, 200)),
        {"status": "lopend", "achterstallig": "alles", "verwachte_einddatum_voor": day + timedelta(days=200)},
        {"vestiging": PLACES[0], "status": "lopend", "sector": "vo"},
    ]


def _meets(query: dict[str, Any], sector: str, standing: Standing) -> bool:
    late = {one.wat for one in standing.achterstallig}
    before, end = query.get("verwachte_einddatum_voor"), standing.verwachte_einddatum
    return (
        query.get("status") in (None, standing.status)
        and query.get("vestiging") in (None, standing.vestiging)
        and query.get("sector") in (None, sector)
        and (before is None or (end is not None and end < before))
        and (bool(late) if query.get("achterstallig") == "alles" else query.get("achterstallig") in (None, *late))
    )


def _values(query: dict[str, Any], day: date, few: int) -> dict[str, Any]:
    asked = {name: query.get(name) for name in queries_lijst.PARAMETERS}
    return asked | {"dag": day, "bestuur": A, "few": few, "after": "", "limit": 100}


def _selected(
    connection: psycopg.Connection[Any], role: str, query: dict[str, Any], day: date, *, few: int, then: bool
) -> set[str]:
    names = tuple(name for name in queries_lijst.FILTERS if name in queries_lijst._asked(query))
    # What the past is asked, with the table in the place of the journal.
    source = queries_lijst._then(names) if then else queries_lijst._now(names, role)
    rows = connection.execute(f"select key from ({source.select}) found", _values(query, day, few)).fetchall()
    assert len(rows) == len(set(rows))
    return {key for (key,) in rows}


def _counted(connection: psycopg.Connection[Any], role: str, day: date, *, few: int, then: bool) -> dict[str, Any]:
    source = queries_aantallen._source("then" if then else role, ())
    statement = f"with {source.change} select body::text from ({source.select}) counted"
    row = connection.execute(statement, _values({}, day, few)).fetchone()
    assert row is not None
    found: dict[str, Any] = orjson.loads(row[0])
    return found


def _counts(standings: Any) -> dict[str, Any]:
    pairs = list(standings)
    return {
        "totaal": len(pairs),
        "status": Counter(standing.status for _, standing in pairs),
        "vestiging": Counter(standing.vestiging for _, standing in pairs if standing.vestiging),
        "sector": Counter(sector for sector, _ in pairs),
        "achterstallig": Counter(kind for _, standing in pairs for kind in {one.wat for one in standing.achterstallig}),
    }
