"""`register registratie bijwerken`: what follows up to a day is stored; the worker does the same every day."""

import json
import time
from collections.abc import Callable
from dataclasses import asdict
from datetime import date

import click

from register_service.core import clock
from register_service.core.command import ACTOR, Day, owner_connected
from register_service.registratie.renewing import Outcome, renew

# Who waits longer than this wants to know how far it is.
_QUIET_SECONDS = 2.0


@click.group("registratie")
def registratie() -> None:
    """Registraties: vastleggen wat uit de gegevens volgt."""


@registratie.command("bijwerken")
@click.option("--dag", type=Day(), default=None, help="Tot en met welke dag; zonder: vandaag.")
@click.option("--json", "as_json", is_flag=True, help="Toon de aantallen als JSON.")
def bijwerken(dag: date | None, as_json: bool) -> None:
    """Leg vast welke registraties tot en met een dag zijn begonnen of verlengd, en zet berichten klaar.

    De worker doet dit elke dag vanzelf. Het kan ook later, vaker, en voor meer dagen tegelijk; de uitkomst is dezelfde. Wordt het
    afgebroken, dan staat wat klaar was vast; begin gewoon opnieuw.
    """
    today = clock.today()
    if dag is not None and dag > today:
        raise click.ClickException(f"{dag} is nog niet geweest. Kies vandaag of een eerdere dag.")
    with owner_connected(partly="Wat klaar was, staat vast; begin opnieuw.") as connection:
        outcome = renew(connection, dag or today, actor=ACTOR, progress=_progress())
    click.echo(json.dumps(_as_json(outcome)) if as_json else _in_words(outcome))


def _progress() -> Callable[[int, int], None]:
    last = time.monotonic()

    def tell(done: int, of: int) -> None:
        nonlocal last
        if time.monotonic() - last >= _QUIET_SECONDS:
            last = time.monotonic()
            click.echo(f"{done} van {of} leraren bekeken ...", err=True)

    return tell


def _as_json(outcome: Outcome) -> dict[str, object]:
    return {**asdict(outcome), "dag": outcome.dag.isoformat()}


def _in_words(outcome: Outcome) -> str:
    return (
        f"Bijgewerkt tot en met {outcome.dag}: {outcome.bekeken} leraren bekeken; {outcome.begonnen} registraties begonnen, "
        f"{outcome.verlengd} verlengd, {outcome.hersteld} hersteld, {outcome.hervat} hervat; "
        f"{outcome.berichten} berichten klaargezet, {outcome.vervallen} vervallen."
    )
