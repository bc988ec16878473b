"""`register regeling ...`: the figures of the domain, dated; a change takes effect on its day and never before."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import click
from psycopg import Connection
from psycopg.types.json import Jsonb

from register_service.core import clock
from register_service.core.command import Day, owner_transaction
from register_service.core.errors import DomainError
from register_service.organisaties.models import SECTORS
from register_service.regelingen.figures import EVERY_SECTOR, check_figures

# Called inside the transaction that adds a regeling, with its sector and first day: what stands on figures of that day or later
# (a traject that is to start) must go on with the new ones. `cli` fills this from the slices above; a DomainError undoes it all.
ADDED: list[Callable[[Connection[Any], str, date], None]] = []

_OF_DAY = """
select id, geldig_vanaf, geldig_tot, waarden from regeling
where sector = %(sector)s and %(day)s between geldig_vanaf and coalesce(geldig_tot, 'infinity') for update
"""


@click.group("regeling")
def regeling() -> None:
    """De regeling: alle cijfers van het register, per sector en met hun datum."""


@regeling.command("list")
def list_() -> None:
    """Toon de regelingen, per sector, oudste eerst."""
    with owner_transaction("regeling.getoond") as connection:
        query = "select sector, geldig_vanaf, geldig_tot, waarden from regeling order by sector, geldig_vanaf"
        for sector, first, last, values in connection.execute(query):
            click.echo(f"{sector}: {first} tot en met {last or 'nader order'}")
            for name, value in sorted(values.items()):
                click.echo(f"  {name}={value if isinstance(value, str) else json.dumps(value)}")


@regeling.command("add")
@click.argument("cijfers", nargs=-1, required=True, metavar="NAAM=WAARDE...")
@click.option(
    "--sector",
    type=click.Choice([EVERY_SECTOR, *SECTORS]),
    default=EVERY_SECTOR,
    show_default=True,
    help="Voor welke sector; 'alle' heeft de cijfers die voor elke sector gelden.",
)
@click.option("--vanaf", type=Day(), required=True, help="Eerste dag waarop de cijfers gelden; na vandaag.")
@click.option("--reden", required=True, help="Waarom; staat in het journaal.")
def add(cijfers: tuple[str, ...], sector: str, vanaf: date, reden: str) -> None:
    """Laat vanaf een dag andere cijfers gelden; wat u niet noemt, blijft zoals het was.

    Een getal schrijft u als 36 of 0.6, een lijst als [20,10], en verder true of false. Alles wordt eerst nagekeken: klopt een
    cijfer niet, dan verandert er niets.
    """
    if vanaf <= clock.today():
        raise click.ClickException("Een regeling gaat op zijn vroegst morgen in: wat al besloten is, verandert niet.")
    with owner_transaction("regeling.toegevoegd", reden) as connection:
        _add(connection, sector, cijfers, vanaf)
        _tell(connection, sector, vanaf)
    click.echo(f"Vanaf {vanaf} geldt (sector {sector}): {', '.join(cijfers)}.")


def _add(connection: Connection[Any], sector: str, changes: tuple[str, ...], first: date) -> None:
    found = connection.execute(_OF_DAY, {"sector": sector, "day": first}).fetchone()
    if found is None:
        raise click.ClickException(f"Op {first} geldt er voor sector {sector} geen regeling om te wijzigen.")
    identifier, since, last, values = found
    changed = Jsonb(_changed(sector, values, changes))
    if since == first:
        # It has not begun: nothing was decided by it yet.
        connection.execute("update regeling set waarden = %s where id = %s", (changed, identifier))
        return
    connection.execute("update regeling set geldig_tot = %s where id = %s", (first - timedelta(days=1), identifier))
    connection.execute(
        "insert into regeling (sector, geldig_vanaf, geldig_tot, waarden) values (%s, %s, %s, %s)",
        (sector, first, last, changed),
    )


def _tell(connection: Connection[Any], sector: str, first: date) -> None:
    try:
        for react in ADDED:
            react(connection, sector, first)
    except DomainError as error:
        raise click.ClickException(f"{error.detail} Er is niets gewijzigd.") from error


def _changed(sector: str, values: dict[str, Any], changes: tuple[str, ...]) -> dict[str, Any]:
    given: dict[str, Any] = {}
    for change in changes:
        name, _, text = change.partition("=")
        if name not in values:
            known = ", ".join(sorted(values))
            raise click.ClickException(
                f"'{name}' is geen cijfer van de regeling voor sector {sector}. Kies uit: {known}."
            )
        if name in given:
            raise click.ClickException(f"'{name}' staat er twee keer. Er is niets gewijzigd.")
        given[name] = _parsed(change, text, values[name])
    changed = {**values, **given}
    try:
        check_figures(sector, changed)
    except (KeyError, ValueError) as error:
        raise click.ClickException(f"Dit kan niet: {error.args[0]}. Er is niets gewijzigd.") from error
    return changed


def _parsed(change: str, text: str, present: Any) -> Any:
    # A figure that is kept as text stays text: a decimal number, which JSON would make a binary fraction of.
    if isinstance(present, str):
        return text
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise click.ClickException(
            f"'{change}' kan niet: schrijf een getal, een lijst als [20,10], of true of false. Er is niets gewijzigd."
        ) from error
