"""`register client ...`: thin commands over clients."""

import json
from typing import Any

import click

from register_service.access import clients
from register_service.access.administration import administration, show
from register_service.access.models import ClientSoort
from register_service.access.scopes import CLIENT_SCOPES, Scope, scope_text
from register_service.settings import load_settings

_reason = click.option("--reden", default=None, help="Waarom; staat in het journaal.")
_scopes = click.option(
    "--scope",
    "scopes",
    multiple=True,
    type=click.Choice(sorted(scope.value for scope in CLIENT_SCOPES)),
    help="Wat de client mag; mag vaker.",
)
_jwks = click.File("rb")


@click.group("client")
def client() -> None:
    """Clients (systemen met toegang) bijhouden."""


@client.command("create")
@click.option("--naam", required=True, help="Waaraan u de client herkent.")
@click.option("--bestuur", metavar="NUMMER", default=None, help="HR-systeem van dit bestuur.")
@click.option("--beheer", is_flag=True, help="Systeem van de alliantie zelf: ziet alles.")
@click.option("--auditor", is_flag=True, help="Auditor: rapportages.")
@click.option(
    "--aanbieder", metavar="KVK", default=None, help="Aanbieder met dit KvK-nummer: eigen aanbod en aanwezigheid."
)
@_scopes
@click.option("--jwks", type=_jwks, default=None, help="JWK-set met publieke sleutels, in plaats van een geheim.")
@_reason
def create(
    naam: str,
    bestuur: str | None,
    beheer: bool,
    auditor: bool,
    aanbieder: str | None,
    scopes: tuple[str, ...],
    jwks: Any,
    reden: str | None,
) -> None:
    """Maak een client en toon client_id en client_secret als JSON; het geheim is daarna nergens meer te zien."""
    soort = _soort(bestuur, beheer, auditor, aanbieder)
    with administration("client.toegevoegd", reden) as connection:
        made = clients.create_client(
            connection,
            naam=naam,
            soort=soort,
            bestuur=bestuur,
            kvk_nummer=aanbieder,
            scopes=_as_scopes(scopes),
            jwks=None if jwks is None else _read_json(jwks.read()),
        )
    show(
        {
            "client_id": made.client_id,
            **({"client_secret": made.client_secret} if made.client_secret else {}),
            "naam": made.naam,
            "soort": made.soort.value,
            "bestuur": made.bestuur,
            "scope": scope_text(made.scopes),
            "token_endpoint": f"{load_settings().base_url}/oauth/token",
        }
    )


@client.command("list")
def list_() -> None:
    """Toon alle clients als JSON, zonder geheimen."""
    with administration("client.bekeken") as connection:
        found = clients.list_clients(connection)
    show(
        [
            {
                "client_id": row["client_id"],
                "naam": row["naam"],
                "soort": row["soort"],
                "bestuur": row["bestuur"],
                "leraar": row["leraar"],
                "scope": scope_text(Scope(scope) for scope in row["scopes"]),
                "geheimen": row["secrets"],
                "sleutels": row["keys"],
                "ingetrokkenOp": row["ingetrokken_op"] and row["ingetrokken_op"].isoformat(),
            }
            for row in found
        ]
    )


@client.group("secret")
def secret() -> None:
    """Geheimen van clients vernieuwen."""


@secret.command("rotate")
@click.argument("client_id")
@click.option("--drop-old", is_flag=True, help="Laat de oude geheimen meteen vervallen.")
def rotate_secret(client_id: str, drop_old: bool) -> None:
    """Geef een client een tweede geheim; het oude blijft gelden tot u het met --drop-old laat vervallen."""
    with administration("client.geheim-vernieuwd") as connection:
        made = clients.rotate_secret(connection, client_id, drop_old=drop_old)
    show({"client_id": client_id, "client_secret": made})


@client.command("jwks")
@click.argument("client_id")
@click.argument("bestand", type=_jwks)
@click.option("--drop-secrets", is_flag=True, help="Laat de geheimen van de client meteen vervallen.")
@_reason
def replace_keys(client_id: str, bestand: Any, drop_secrets: bool, reden: str | None) -> None:
    """Geef een client andere publieke sleutels (een JWK-set)."""
    with administration("client.sleutels-gewijzigd", reden) as connection:
        clients.replace_keys(connection, client_id, _read_json(bestand.read()))
        if drop_secrets:
            clients.drop_secrets(connection, client_id)
    click.echo(f"Client {client_id} meldt zich voortaan aan met deze sleutels.")


@client.command("scopes")
@click.argument("client_id")
@_scopes
@_reason
def replace_scopes(client_id: str, scopes: tuple[str, ...], reden: str | None) -> None:
    """Geef een client andere scopes; tokens die er al zijn, houden de hunne tot ze verlopen (hoogstens een uur)."""
    wanted = _as_scopes(scopes)
    if wanted is None:
        raise click.UsageError("Noem minstens een --scope; met 'register client revoke' trekt u de client in.")
    with administration("client.scopes-gewijzigd", reden) as connection:
        clients.replace_scopes(connection, client_id, wanted)
    click.echo(f"Client {client_id} mag nu: {scope_text(wanted)}.")


@client.command("revoke")
@click.argument("client_id")
@_reason
def revoke(client_id: str, reden: str | None) -> None:
    """Trek een client in: het geheim, de sleutels en alle tokens werken meteen niet meer."""
    with administration("client.ingetrokken", reden) as connection:
        clients.revoke_client(connection, client_id)
    click.echo(f"Client {client_id} is ingetrokken. Dat geldt meteen.")


def _soort(bestuur: str | None, beheer: bool, auditor: bool, aanbieder: str | None) -> ClientSoort:
    chosen = [
        soort
        for soort, given in (
            (ClientSoort.BESTUUR, bestuur is not None),
            (ClientSoort.BEHEER, beheer),
            (ClientSoort.AUDITOR, auditor),
            (ClientSoort.AANBIEDER, aanbieder is not None),
        )
        if given
    ]
    if len(chosen) != 1:
        raise click.UsageError("Kies precies een van --bestuur NUMMER, --beheer, --auditor en --aanbieder KVK.")
    return chosen[0]


def _as_scopes(words: tuple[str, ...]) -> frozenset[Scope] | None:
    return frozenset(Scope(word) for word in words) or None


def _read_json(content: bytes) -> Any:
    try:
        return json.loads(content)
    except (ValueError, RecursionError) as error:
        raise click.ClickException("Het bestand met sleutels is geen JSON.") from error
