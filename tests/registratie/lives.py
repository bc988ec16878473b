"""Leraren of the rules' builders (tests/registratie/rules/build.py), put into the tables; and what is stored of them."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import psycopg
import pytest
from click.testing import CliRunner, Result

from register_service.cli.main import cli
from register_service.core.command import owner_connection
from register_service.registratie.renewing import Outcome, renew
from tests.conftest import make_settings
from tests.registratie.rules.build import ENOUGH, START, Json, holds, job
from tests.support import A, Register, absent_number

PLACES = {"po": "10PO", "so": "10SO", "vo": "10VO", "mbo": "10MB", "ho": "10HO"}
# Jobs of one leraar are at different vestigingen, so that they may overlap.
JOBS = 3

_ACTIVITEIT = """
insert into activiteit (leraar, gemeld_door, soort, titel, registeruren, vakinhoudelijk, vakdidactisch, pedagogisch, overig,
                        begindatum, einddatum, status, ingediend_op, beoordeeld_op)
values (%(leraar)s, 'leraar', 'cursus', 'Cursus', %(uren)s, %(vakinhoudelijk)s, %(vakdidactisch)s, %(pedagogisch)s, %(overig)s,
        %(einddatum)s, %(einddatum)s, 'goedgekeurd', %(einddatum)s, %(geteldOp)s)
"""
_AANSTELLING = """
insert into aanstelling (leraar, bestuur, vestiging, functie, soort, begindatum, einddatum, betrekkingsomvang)
values (%(leraar)s, %(bestuur)s, %(vestiging)s, 'docent', 'regulier', %(begindatum)s, %(einddatum)s, %(betrekkingsomvang)s)
"""
_PERIODE = """
insert into registratieperiode (leraar, begindatum, einddatum, grond)
values (%(leraar)s, %(begindatum)s, %(einddatum)s, %(grond)s)
"""


@pytest.fixture(scope="module", name="register")
def register_of_all(module_database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    """One register for all lives of a module: those that went before are leraren in it like others."""
    register = Register(make_settings(module_database_url, tmp_path_factory.mktemp("register")))
    furnish(register)
    yield register
    register.close()


def furnish(register: Register) -> None:
    """Add vestigingen of every sector."""
    with register.owner() as connection:
        for sector, brin in PLACES.items():
            connection.execute(
                "insert into school (brin, naam, sector, bestuur) values (%s, %s, %s, %s)", (brin, brin, sector, A)
            )
            for place in range(JOBS):
                values = (f"{brin}{place:02}", brin, sector, brin, A)
                statement = "insert into vestiging (code, brin, sector, naam, bestuur) values (%s, %s, %s, %s, %s)"
                connection.execute(statement, values)


def live(register: Register, **changed: Any) -> str:
    """Add the ordinary leraar (half time in po since 1 August 2020, all hours), with `changed` in its place; give the number."""
    facts: Json = {"geregistreerdOp": START, "bevoegd": [holds()], "uren": [ENOUGH], "werk": [job()], **changed}
    with register.owner() as connection:
        return add(connection, facts)


def add(connection: psycopg.Connection[Any], facts: Json) -> str:
    """Put facts, as the rules read them, into the tables; `emailadres` too."""
    number = absent_number()
    connection.execute(
        "insert into leraar (registratienummer, voornamen, achternaam, geboortedatum, geregistreerd_op, emailadres) "
        "values (%s, 'Noor', 'Voorbeeld', '1985-01-01', %s, %s)",
        (number, facts["geregistreerdOp"], facts.get("emailadres")),
    )
    for fact in facts["bevoegd"]:
        qualify(connection, number, fact)
    for fact in facts.get("perioden", ()):
        connection.execute(_PERIODE, {"leraar": number, **fact})
    for fact in facts.get("doorhalingen", ()):
        strike_off(connection, number, fact)
    for fact in facts["uren"]:
        approve(connection, number, fact)
    for place, fact in enumerate(facts["werk"]):
        employ(connection, number, fact, place)
    return number


def qualify(connection: psycopg.Connection[Any], number: str, fact: Json) -> None:
    """Add a bevoegdheid."""
    connection.execute(
        "insert into bevoegdheid (leraar, soort, vak, behaald_op, geldig_tot, verificatie) "
        "values (%s, %s, %s, %s, %s, 'niet-geverifieerd')",
        (number, fact["soort"], "duits" if fact["soort"] == "tweedegraads" else None, fact["vanaf"], fact["tot"]),
    )


def strike_off(connection: psycopg.Connection[Any], number: str, fact: Json) -> None:
    """Add a doorhaling."""
    connection.execute(
        "insert into doorhaling (leraar, vanaf, tot) values (%s, %s, %s)", (number, fact["vanaf"], fact["tot"])
    )


def approve(connection: psycopg.Connection[Any], number: str, fact: Json) -> None:
    """Add an approved activiteit; one of no hours is none."""
    hours = sum(fact[part] for part in ("vakinhoudelijk", "vakdidactisch", "pedagogisch", "overig"))
    if hours:
        connection.execute(_ACTIVITEIT, {"leraar": number, "uren": hours, **fact})


def employ(connection: psycopg.Connection[Any], number: str, fact: Json, place: int = 0) -> None:
    """Add an aanstelling."""
    vestiging = f"{PLACES[fact['sector']]}{place:02}"
    connection.execute(_AANSTELLING, {"leraar": number, "bestuur": A, "vestiging": vestiging, **fact})


def bijwerken(register: Register, day: date) -> Outcome:
    """Do the daily work up to a day, on a connection of its own."""
    with owner_connection(register.settings) as connection:
        return renew(connection, day, actor="beheer:test")


def stored(register: Register, *numbers: str) -> list[tuple[str, str, str]]:
    """Give begin, end and grond of the periods of some leraren, or of all."""
    where = "where leraar = any(%s)" if numbers else ""
    rows = register.rows(
        f"select begindatum::text, einddatum::text, grond from registratieperiode {where} order by leraar, begindatum",
        *([list(numbers)] if numbers else []),
    )
    return [(first, last, grond) for first, last, grond in rows]


def everything(register: Register) -> list[tuple[Any, ...]]:
    """Give all that the daily command decides, but for keys and moments."""
    return register.rows("""
        select p.leraar, p.begindatum, p.einddatum, p.grond, b.soort, b.einddatum, b.gemaakt_op, b.vervallen_op is null
        from registratieperiode p left join bericht b on b.periode = p.id order by 1, 2, 5, 6
    """)


def notices(register: Register, *, waiting: bool = True) -> list[tuple[str, str]]:
    """Give kind and end of the notices that wait, or of all."""
    where = "where verzonden_op is null and vervallen_op is null" if waiting else ""
    rows = register.rows(f"select soort, einddatum::text from bericht {where} order by einddatum, soort desc")
    return [(soort, end) for soort, end in rows]


def command(register: Register, *arguments: str) -> Result:
    """Call `register registratie bijwerken` in this process."""
    environ = {"DATABASE_URL": register.settings.database_url, "KEY_DIR": str(register.settings.key_dir)}
    return CliRunner().invoke(cli, ["registratie", "bijwerken", *arguments], env=environ)
