"""`register regeling ...`: the figures of the domain, dated; a change takes effect on its day and never before."""

import json
from datetime import date, timedelta
from typing import Any

import click
from psycopg import Connection

from register_service.core import clock
from register_service.core.command import Day, owner_transaction
from register_service.regelingen.figures import read_figures

_OF_DAY = """
select id, geldig_vanaf, geldig_tot, waarden from regeling
where sector = 'alle' and %s between geldig_vanaf and coalesce(geldig_tot, 'infinity') for update
"""


@click.group("regeling")
def regeling() -> None:
    """De regeling: alle cijfers van het register, met hun datum."""


@regeling.command("list")
def list_() -> None:
    """Toon de regelingen, oudste eerst."""
    with owner_transaction("regeling.getoond") as connection:
        query = "select sector, geldig_vanaf, geldig_tot, waarden from regeling order by sector, geldig_vanaf"
        for sector, first, last, values in connection.execute(query):
            click.echo(f"{sector}: {first} tot en met {last or 'nader order'}")
            for name, value in sorted(values.items()):
                click.echo(f"  {name} = {value}")


@regeling.command("add")
@click.argument("cijfers", nargs=-1, required=True, metavar="NAAM=WAARDE...")
@click.option("--vanaf", type=Day(), required=True, help="Eerste dag waarop de cijfers gelden; na vandaag.")
@click.option("--reden", required=True, help="Waarom; staat in het journaal.")
def add(cijfers: tuple[str, ...], vanaf: date, reden: str) -> None:
    """Laat vanaf een dag andere cijfers gelden; wat u niet noemt, blijft zoals het was."""
    if vanaf <= clock.today():
        raise click.ClickException("Een regeling gaat op zijn vroegst morgen in: wat al besloten is, verandert niet.")
    with owner_transaction("regeling.toegevoegd", reden) as connection:
        _add(connection, cijfers, vanaf)
    click.echo(f"Vanaf {vanaf} geldt: {', '.join(cijfers)}.")


def _add(connection: Connection[Any], changes: tuple[str, ...], first: date) -> None:
    found = connection.execute(_OF_DAY, (first,)).fetchone()
    if found is None:
        raise click.ClickException(f"Op {first} geldt er geen regeling om te wijzigen.")
    identifier, since, last, values = found
    changed = json.dumps(_changed(values, changes))
    if since == first:
        connection.execute("update regeling set waarden = %s::jsonb where id = %s", (changed, identifier))
        return
    connection.execute("update regeling set geldig_tot = %s where id = %s", (first - timedelta(days=1), identifier))
    connection.execute(
        "insert into regeling (sector, geldig_vanaf, geldig_tot, waarden) values ('alle', %s, %s, %s::jsonb)",
        (first, last, changed),
    )


def _changed(values: dict[str, Any], changes: tuple[str, ...]) -> dict[str, Any]:
    # A figure keeps the kind that it has: a whole number, a decimal text or a fraction.
    values = dict(values)
    for change in changes:
        name, _, text = change.partition("=")
        if name not in values:
            raise click.ClickException(
                f"'{name}' is geen cijfer van de regeling. Kies uit: {', '.join(sorted(values))}."
            )
        try:
            values[name] = type(values[name])(text)
            read_figures(values)
        except (ValueError, ArithmeticError) as error:
            raise click.ClickException(f"'{change}' kan niet: {error}. Er is niets gewijzigd.") from error
    return values
