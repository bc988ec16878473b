"""What the beheerder records by hand: besturen, partnerschappen and who takes part in them.

Each function works in the caller's transaction, does nothing when the register says so already, and returns the Dutch
message to show; AdministrationError holds a Dutch message too.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import psycopg
from psycopg import Connection, sql
from psycopg.rows import dict_row

from register_service.organisaties.rules import BESTUURSNUMMER

LONGEST_NAME = 200
"""In characters, as the API promises."""

Values = Mapping[str, Any]


class AdministrationError(Exception):
    """The command contradicts the register or itself; nothing was written."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """Whether something was written, and what to say about it."""

    written: bool
    message: str


def add_bestuur(
    connection: Connection[Any], nummer: str, naam: str, lid_sinds: date | None, lid_tot: date | None
) -> Outcome:
    """Add a bestuur. Raises AdministrationError on a bad number or name, or when it is there with other values."""
    if BESTUURSNUMMER.fullmatch(nummer) is None:
        raise AdministrationError(f"'{nummer}' is geen bestuursnummer; dat heeft vijf cijfers.")
    values = {"naam": _name(naam), "lid_sinds": lid_sinds, "lid_tot": lid_tot}
    _check_period(lid_sinds, lid_tot)
    found = _bestuur(connection, nummer)
    if found is None:
        connection.execute(
            "insert into bestuur (nummer, naam, lid_sinds, lid_tot)"
            " values (%(nummer)s, %(naam)s, %(lid_sinds)s, %(lid_tot)s)",
            {"nummer": nummer, **values},
        )
        return Outcome(True, f"Bestuur {nummer} toegevoegd.")
    if _same(found, values):
        return Outcome(False, f"Bestuur {nummer} staat al zo in het register; er is niets gewijzigd.")
    raise AdministrationError(
        f"Bestuur {nummer} staat al in het register met andere gegevens ({found['naam']}). "
        "Wijzig het met 'register bestuur change'."
    )


def change_bestuur(connection: Connection[Any], nummer: str, changes: Values) -> Outcome:
    """Change `naam`, `lid_sinds` or `lid_tot`; a value of None empties a day. Raises AdministrationError."""
    found = _bestuur(connection, nummer)
    if found is None:
        raise AdministrationError(
            f"Bestuur {nummer} staat niet in het register. Voeg het toe met 'register bestuur add'."
        )
    if not changes:
        raise AdministrationError("Er is niets gevraagd: geef --naam, --lid-sinds of --lid-tot.")
    if "naam" in changes:
        changes = {**changes, "naam": _name(changes["naam"])}
    wanted = {**found, **changes}
    _check_period(wanted["lid_sinds"], wanted["lid_tot"])
    if _same(found, wanted):
        return Outcome(False, f"Bestuur {nummer} staat al zo in het register; er is niets gewijzigd.")
    assignments = sql.SQL(", ").join(
        sql.SQL("{} = {}").format(sql.Identifier(name), sql.Placeholder(name)) for name in changes
    )
    statement = sql.SQL("update bestuur set {} where nummer = %(nummer)s").format(assignments)
    connection.execute(statement, {**changes, "nummer": nummer})
    return Outcome(True, f"Bestuur {nummer} gewijzigd.")


def add_partnerschap(connection: Connection[Any], naam: str, opleidingen: Sequence[str]) -> Outcome:
    """Add a partnerschap, or give an existing one these opleidingen."""
    naam, wanted = _name(naam), [_name(opleiding) for opleiding in dict.fromkeys(opleidingen)]
    found = connection.execute("select opleidingen from partnerschap where naam = %s for update", (naam,)).fetchone()
    if found is None:
        connection.execute("insert into partnerschap (naam, opleidingen) values (%s, %s)", (naam, wanted))
        return Outcome(True, f"Partnerschap '{naam}' toegevoegd.")
    if found[0] == wanted:
        return Outcome(False, f"Partnerschap '{naam}' staat al zo in het register; er is niets gewijzigd.")
    connection.execute("update partnerschap set opleidingen = %s where naam = %s", (wanted, naam))
    return Outcome(True, f"Opleidingen van partnerschap '{naam}' gewijzigd.")


def join_partnerschap(connection: Connection[Any], naam: str, nummer: str, vanaf: date, tot: date | None) -> Outcome:
    """Let a bestuur take part from a day, to an inclusive last day if given. Raises AdministrationError on overlap."""
    if tot is not None and tot < vanaf:
        raise AdministrationError("De laatste dag ligt voor de eerste.")
    key = (_partnerschap(connection, naam), _known_bestuur(connection, nummer))
    statement = "select einddatum from deelname where partnerschap_id = %s and bestuur = %s and begindatum = %s"
    found = connection.execute(statement, (*key, vanaf)).fetchone()
    if found is not None and found[0] == tot:
        return Outcome(False, f"Bestuur {nummer} neemt al zo deel aan '{naam}'; er is niets gewijzigd.")
    try:
        connection.execute(
            "insert into deelname (partnerschap_id, bestuur, begindatum, einddatum) values (%s, %s, %s, %s)",
            (*key, vanaf, tot),
        )
    except psycopg.errors.ExclusionViolation as error:
        raise AdministrationError(
            f"Bestuur {nummer} neemt in (een deel van) die periode al deel aan '{naam}'. "
            "Beëindig die deelname eerst met 'register partnerschap leave'."
        ) from error
    return Outcome(True, f"Bestuur {nummer} neemt vanaf {vanaf} deel aan '{naam}'.")


def leave_partnerschap(connection: Connection[Any], naam: str, nummer: str, tot: date) -> Outcome:
    """End the participation that holds on `tot`, its last day. Raises AdministrationError when there is none."""
    key = (_partnerschap(connection, naam), _known_bestuur(connection, nummer))
    found = connection.execute(
        "select id, einddatum from deelname where partnerschap_id = %s and bestuur = %s and begindatum <= %s"
        " order by begindatum desc limit 1 for update",
        (*key, tot),
    ).fetchone()
    if found is None or (found[1] is not None and found[1] < tot):
        raise AdministrationError(f"Bestuur {nummer} neemt op {tot} niet deel aan '{naam}'.")
    if found[1] == tot:
        return Outcome(
            False, f"De deelname van bestuur {nummer} aan '{naam}' eindigt al op {tot}; er is niets gewijzigd."
        )
    connection.execute("update deelname set einddatum = %s where id = %s", (tot, found[0]))
    return Outcome(True, f"De deelname van bestuur {nummer} aan '{naam}' eindigt op {tot}.")


def _bestuur(connection: Connection[Any], nummer: str) -> dict[str, Any] | None:
    with connection.cursor(row_factory=dict_row) as cursor:
        statement = "select nummer, naam, lid_sinds, lid_tot from bestuur where nummer = %s for update"
        return cursor.execute(statement, (nummer,)).fetchone()


def _known_bestuur(connection: Connection[Any], nummer: str) -> str:
    if _bestuur(connection, nummer) is None:
        raise AdministrationError(
            f"Bestuur {nummer} staat niet in het register. Voeg het toe met 'register bestuur add'."
        )
    return nummer


def _partnerschap(connection: Connection[Any], naam: str) -> UUID:
    """Give the id of a partnerschap, locked, so that two commands about it come one after the other."""
    found = connection.execute("select id from partnerschap where naam = %s for update", (naam.strip(),)).fetchone()
    if found is None:
        raise AdministrationError(
            f"Partnerschap '{naam}' staat niet in het register. Voeg het toe met 'register partnerschap add'."
        )
    return UUID(str(found[0]))


def _same(found: Values, wanted: Values) -> bool:
    return all(found[name] == value for name, value in wanted.items())


def _name(text: str) -> str:
    name = " ".join(text.split())
    if not name or not name.isprintable():
        raise AdministrationError("De naam is leeg of bevat tekens die niet kunnen.")
    if len(name) > LONGEST_NAME:
        raise AdministrationError(f"De naam is langer dan {LONGEST_NAME} tekens.")
    return name


def _check_period(first: date | None, last: date | None) -> None:
    if last is not None and first is None:
        raise AdministrationError("--lid-tot zonder --lid-sinds zegt niets; geef beide.")
    if first is not None and last is not None and last < first:
        raise AdministrationError("--lid-tot ligt voor --lid-sinds.")
