"""`register inductie ...`: what the beheerder does with trajecten as a whole."""

import click

from register_service.core.command import owner_transaction
from register_service.inductie.service import batches


@click.group("inductie")
def inductie() -> None:
    """Inductietrajecten beheren."""


@inductie.command("herbereken")
@click.option("--controleer", is_flag=True, help="Wijzig niets; eindig met 1 als er iets verschilt.")
def herbereken(controleer: bool) -> None:
    """Bereken het verloop van alle trajecten opnieuw uit hun feiten.

    Nodig na een wijziging van de rekenregels zelf. Het gaat in delen: wie intussen werkt, wacht hoogstens even.
    """
    total = differing = 0
    known = batches.Known()
    while True:
        with owner_transaction("inductie.herberekend") as connection:
            batch = batches.recompute_batch(connection, known, write=not controleer)
        if not batch.size:
            break
        total, differing = total + batch.size, differing + batch.differing
    _report(total, differing, controleer)


def _report(total: int, differing: int, controleer: bool) -> None:
    if controleer:
        click.echo(f"{total} trajecten nagerekend; {differing} verschillen van hun feiten.")
        if differing:
            raise SystemExit(1)
        return
    click.echo(f"{total} trajecten nagerekend; {differing} bijgewerkt.")
