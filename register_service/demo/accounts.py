"""Who signs in to the demo region with the demo provider: three leraren worth looking at, and two auditors."""

from dataclasses import dataclass
from typing import Any, Final

from psycopg import Connection

from register_service.core import clock

PROVIDER: Final = "demo"
# Tests hold these to the region. A starter half-way through the induction; somebody whose registration runs out within months and
# who lacks something; somebody for whom everything is in order for years.
STARTER: Final = "5200731253"
RUNS_OUT: Final = "8096177689"
IN_ORDER: Final = "7755217754"
_LERAREN: Final = (
    (STARTER, "begint met lesgeven en is halverwege de inductie"),
    (RUNS_OUT, "de registratie loopt bijna af en er ontbreekt nog iets"),
    (IN_ORDER, "alles is in orde"),
)
# Made up, as everybody in the region.
_AUDITORS: Final = (("auditor-1", "Ilse Verbeek"), ("auditor-2", "Karim Haddad"))

_NAME: Final = "select concat_ws(' ', roepnaam, voorvoegsel, achternaam) from leraar where registratienummer = %s"
_ADD: Final = """
insert into account (soort, provider, subject, leraar, naam, gekoppeld_met, gekoppeld_op)
values (%(soort)s, %(provider)s, %(subject)s, %(leraar)s, %(naam)s, 'koppelcode', %(now)s) on conflict do nothing
"""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody to choose at the demo provider. `subject` is what it calls the person."""

    subject: str
    naam: str
    rol: str
    omschrijving: str


def add_accounts(connection: Connection[Any]) -> list[Person]:
    """Give everybody an account, unless there is one, and tell who they are; leraren of another region are left out."""
    people = [*_leraren(connection), *(Person(subject, naam, "auditor", "") for subject, naam in _AUDITORS)]
    for person in people:
        leraar = person.subject.removeprefix("leraar-") if person.rol == "leraar" else None
        values = {"soort": person.rol, "provider": PROVIDER, "subject": person.subject, "leraar": leraar}
        connection.execute(_ADD, {**values, "naam": None if leraar else person.naam, "now": clock.now()})
    return people


def _leraren(connection: Connection[Any]) -> list[Person]:
    found = []
    for number, description in _LERAREN:
        row = connection.execute(_NAME, (number,)).fetchone()
        if row:
            found.append(Person(f"leraar-{number}", row[0], "leraar", description))
    return found
