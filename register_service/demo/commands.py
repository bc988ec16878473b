"""`register demo load`: the demo region, once."""

import json
from dataclasses import asdict
from time import perf_counter

import click

from register_service.core.command import owner_transaction
from register_service.demo.accounts import add_accounts
from register_service.demo.load import EVENT, REASON, DemoRefusedError, load_demo


@click.group("demo")
def demo() -> None:
    """De demoregio: echte scholen, gegenereerde leraren."""


@demo.command("load")
def load() -> None:
    """Laad de demoregio. Staat die er al, dan gebeurt er niets."""
    begin = perf_counter()
    with owner_transaction(EVENT, REASON) as connection:
        try:
            loaded = load_demo(connection, click.echo)
        except DemoRefusedError as error:
            raise click.ClickException(str(error)) from error
    if loaded:
        click.echo(f"De demoregio staat klaar ({perf_counter() - begin:.1f} s).")
    else:
        click.echo("De demoregio staat er al; er is niets gewijzigd.")


@demo.command("accounts")
def accounts() -> None:
    """Geef de mensen van de demo een account bij de demo-aanmelding en toon ze als JSON. Herhalen mag altijd."""
    with owner_transaction("account.gekoppeld", "demo-aanmelding") as connection:
        people = add_accounts(connection)
    click.echo(json.dumps([asdict(person) for person in people], ensure_ascii=False))
