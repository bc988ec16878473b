"""`register steekproef ...`: draw, publish, check and record (docs/beheer.md)."""

import json
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

import click
from psycopg import Connection

from register_service.core.command import Day, owner_transaction
from register_service.registratie import drawing
from register_service.registratie.drawing import Drawn, SteekproefError
from register_service.registratie.models import Uitslag

_reason = click.option("--reden", required=True, help="Waarom; staat in het journaal.")


@click.group("steekproef")
def steekproef() -> None:
    """Steekproeven van herregistraties: trekken, publiceren, natrekken, uitslagen vastleggen."""


@steekproef.command("trek")
@click.option("--vanaf", type=Day(), required=True, help="Eerste dag waarop de nieuwe periode begon.")
@click.option("--tot", type=Day(), required=True, help="Laatste dag waarop de nieuwe periode begon.")
@click.option("--aantal", type=click.IntRange(1, 10_000), required=True, help="Hoeveel er worden getrokken.")
@click.option(
    "--zaad", default=None, help="Het zaad van de trekking; zonder: een willekeurig zaad, dat u te zien krijgt."
)
@click.option(
    "--peilmoment", type=click.DateTime(["%Y-%m-%dT%H:%M:%S%z"]), help="Zoals het register toen was; zonder: nu."
)
@_reason
def draw_command(
    vanaf: date, tot: date, aantal: int, zaad: str | None, peilmoment: datetime | None, reden: str
) -> None:
    """Trek uit de herregistraties van een aantal dagen, en toon de trekking als JSON.

    Maak het zaad pas bekend nadat het controlepunt is gepubliceerd, of laat het door een ander kiezen: dan kan niemand de
    trekking sturen.
    """
    with _transaction("steekproef.getrokken", reden) as connection:
        drawn = drawing.draw_steekproef(connection, vanaf=vanaf, tot=tot, aantal=aantal, zaad=zaad, moment=peilmoment)
    _show(_as_json(drawn))


@steekproef.command("publiceer")
@click.argument("nummer", type=click.UUID, metavar="ID")
def publish(nummer: uuid.UUID) -> None:
    """Toon de trekking met de hele verzameling als JSON; tools/check_steekproef.py trekt daaruit opnieuw."""
    with _transaction("steekproef.gepubliceerd") as connection:
        drawn, periodes = drawing.published(connection, nummer)
    _show({**_as_json(drawn), "verzameling": [str(periode) for periode in periodes]})


@steekproef.command("controleer")
@click.argument("nummer", type=click.UUID, metavar="ID")
def check(nummer: uuid.UUID) -> None:
    """Lees de verzameling opnieuw uit het journaal, trek opnieuw en vergelijk; eindigt met 1 bij een verschil."""
    with _transaction("steekproef.nagetrokken") as connection:
        drawn, periodes = drawing.published(connection, nummer)
    found = drawing.differences(drawn, periodes)
    if found:
        raise click.ClickException(f"Steekproef {nummer} klopt niet: {'; '.join(found)}.")
    click.echo(
        f"Steekproef {nummer} klopt: {drawn.aantal} van {drawn.omvang}, opnieuw getrokken met zaad {drawn.zaad}."
    )


@steekproef.command("uitslag")
@click.argument("nummer", type=click.UUID, metavar="ID")
@click.argument("volgnummer", type=int)
@click.option("--uitslag", type=click.Choice([uitslag.value for uitslag in Uitslag]), required=True)
@click.option("--toelichting", default=None, help="Wat er is gezien; de leraar kan dit lezen.")
@_reason
def record(nummer: uuid.UUID, volgnummer: int, uitslag: str, toelichting: str | None, reden: str) -> None:
    """Leg vast wat het nakijken van één getrokken herregistratie opleverde."""
    with _transaction("steekproef.beoordeeld", reden) as connection:
        drawing.record_uitslag(connection, nummer, volgnummer, Uitslag(uitslag), toelichting)
    click.echo(f"Trekking {volgnummer} van steekproef {nummer}: {uitslag}.")


@contextmanager
def _transaction(event: str, reason: str | None = None) -> Iterator[Connection[Any]]:
    try:
        with owner_transaction(event, reason) as connection:
            yield connection
    except SteekproefError as error:
        raise click.ClickException(str(error)) from error


def _as_json(drawn: Drawn) -> dict[str, Any]:
    return {
        "id": str(drawn.id),
        "vanaf": drawn.vanaf.isoformat(),
        "tot": drawn.tot.isoformat(),
        "controlepunt": {"size": drawn.size, "root": drawn.root, "peilmoment": drawn.peilmoment.isoformat()},
        "zaad": drawn.zaad,
        "methode": drawn.methode,
        "omvang": drawn.omvang,
        "aantal": drawn.aantal,
        "trekkingen": [str(periode) for periode in drawn.periodes],
    }


def _show(value: dict[str, Any]) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))
