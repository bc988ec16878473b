"""A new regeling: trajecten that start on its first day or later stand on it; a traject keeps that of its startdatum."""

from datetime import date
from typing import Any

from psycopg import Connection
from psycopg.types.json import Jsonb

from register_service.inductie.rules.course import course_of
from register_service.inductie.service.saving import as_facts

_MOVE = """
update inductietraject t set regeling = r.id from regeling r
where t.sector = %(sector)s and t.startdatum >= %(first)s and r.sector = t.sector and r.id <> t.regeling
  and t.startdatum between r.geldig_vanaf and coalesce(r.geldig_tot, 'infinity')
returning t.id
"""
# A regeling that was to begin that day has changed its figures in place.
_ON_IT = "select id from inductietraject where sector = %(sector)s and startdatum >= %(first)s order by startdatum, id"
_FACTS = """
select f.feiten || o.omgeving from inductiefeiten f join inductieomgeving o on o.leraar = f.leraar where f.traject = %(traject)s
"""
_STORE = "update inductietraject set verloop = %(verloop)s where id = %(traject)s and verloop <> %(verloop)s"


def follow_regeling(connection: Connection[Any], sector: str, first: date) -> None:
    """Point the trajecten of a sector that start on `first` or later to the regeling of that day, and make their course anew."""
    connection.execute(_MOVE, {"sector": sector, "first": first})
    for (traject,) in connection.execute(_ON_IT, {"sector": sector, "first": first}).fetchall():
        row = connection.execute(_FACTS, {"traject": traject}).fetchone()
        assert row is not None
        verloop = Jsonb(course_of(as_facts(row[0])).as_json())
        connection.execute(_STORE, {"traject": traject, "verloop": verloop})
