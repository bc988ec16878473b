"""`register client ...` and `register sleutel ...`: thin commands over clients and signing keys."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click
from psycopg import Connection

from register_service.access import clients
from register_service.access.client_keys import ClientKeysError
from register_service.access.clients import ClientError
from register_service.access.keys import KeyStore, published_keys, signing_key
from register_service.access.models import ClientSoort
from register_service.access.scopes import GRANTABLE, Scope, scope_text
from register_service.core import clock
from register_service.core.command import owner_transaction
from register_service.settings import load_settings

_reason = click.option("--reden", default=None, help="Waarom; staat in het journaal.")
_scopes = click.option(
    "--scope",
    "scopes",
    multiple=True,
    type=click.Choice(sorted(scope.value for scope in GRANTABLE)),
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
@_scopes
@click.option("--jwks", type=_jwks, default=None, help="JWK-set met publieke sleutels, in plaats van een geheim.")
@_reason
def create(
    naam: str, bestuur: str | None, beheer: bool, auditor: bool, scopes: tuple[str, ...], jwks: Any, reden: str | None
) -> None:
    """Maak een client en toon client_id en client_secret als JSON; het geheim is daarna nergens meer te zien."""
    soort = _soort(bestuur, beheer, auditor)
    with _administration("client.toegevoegd", reden) as connection:
        made = clients.create_client(
            connection,
            naam=naam,
            soort=soort,
            bestuur=bestuur,
            scopes=_as_scopes(scopes),
            jwks=None if jwks is None else _read_json(jwks.read()),
        )
    _show(
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
    with _administration("client.bekeken") as connection:
        found = clients.list_clients(connection)
    _show(
        [
            {
                "client_id": row["client_id"],
                "naam": row["naam"],
                "soort": row["soort"],
                "bestuur": row["bestuur"],
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
    with _administration("client.geheim-vernieuwd") as connection:
        made = clients.rotate_secret(connection, client_id, drop_old=drop_old)
    _show({"client_id": client_id, "client_secret": made})


@client.command("jwks")
@click.argument("client_id")
@click.argument("bestand", type=_jwks)
@click.option("--drop-secrets", is_flag=True, help="Laat de geheimen van de client meteen vervallen.")
@_reason
def replace_keys(client_id: str, bestand: Any, drop_secrets: bool, reden: str | None) -> None:
    """Geef een client andere publieke sleutels (een JWK-set)."""
    with _administration("client.sleutels-gewijzigd", reden) as connection:
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
    with _administration("client.scopes-gewijzigd", reden) as connection:
        clients.replace_scopes(connection, client_id, wanted)
    click.echo(f"Client {client_id} mag nu: {scope_text(wanted)}.")


@client.command("revoke")
@click.argument("client_id")
@_reason
def revoke(client_id: str, reden: str | None) -> None:
    """Trek een client in: het geheim, de sleutels en alle tokens werken meteen niet meer."""
    with _administration("client.ingetrokken", reden) as connection:
        clients.revoke_client(connection, client_id)
    click.echo(f"Client {client_id} is ingetrokken. Dat geldt meteen.")


@click.group("sleutel")
def sleutel() -> None:
    """Sleutels waarmee toegangstokens worden ondertekend."""


@sleutel.command("list")
def list_keys() -> None:
    """Toon de sleutels, de oudste eerst, als JSON."""
    keys, now = _key_store().all(), clock.now()
    trusted = published_keys(keys, now)
    _show(
        [
            {
                "kid": key.kid,
                "gemaaktOp": key.made_at.isoformat(),
                "ondertekent": key == signing_key(keys, now),
                "gepubliceerd": key in trusted,
            }
            for key in keys
        ]
    )


@sleutel.command("rotate")
def rotate_key() -> None:
    """Voeg een sleutel toe; die ondertekent zodra iedereen hem kent. De oude blijft gelden tot zijn laatste token verloopt."""
    store = _key_store()
    with _readable_keys():
        key = store.rotate()
        signing = signing_key(store.all(), clock.now()) == key
    since = "nu" if signing else key.signs_from.isoformat()
    click.echo(f"Sleutel {key.kid} is gemaakt en gepubliceerd; hij ondertekent vanaf {since}.")


@sleutel.command("remove")
@click.argument("kid")
def remove_key(kid: str) -> None:
    """Gooi een (gelekte) sleutel weg; alle tokens die ermee zijn ondertekend, werken meteen niet meer."""
    with _readable_keys():
        try:
            signing = _key_store().remove(kid)
        except KeyError as error:
            raise click.ClickException(f"Er is geen sleutel {kid}. Bekijk ze met 'register sleutel list'.") from error
        except ValueError as error:
            raise click.ClickException(
                "Dit is de enige sleutel. Maak eerst een nieuwe: register sleutel rotate."
            ) from error
    click.echo(f"Sleutel {kid} is weggegooid. Sleutel {signing.kid} ondertekent nu.")


@contextmanager
def _administration(event: str, reason: str | None = None) -> Iterator[Connection[Any]]:
    with owner_transaction(event, reason) as connection:
        try:
            yield connection
        except (ClientError, ClientKeysError) as error:
            raise click.ClickException(str(error)) from error


@contextmanager
def _readable_keys() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise click.ClickException(f"De sleutels zijn niet te lezen of te schrijven: {error}") from error


def _key_store() -> KeyStore:
    return KeyStore(load_settings().key_dir / "tokens")


def _soort(bestuur: str | None, beheer: bool, auditor: bool) -> ClientSoort:
    chosen = [
        soort
        for soort, given in (
            (ClientSoort.BESTUUR, bestuur is not None),
            (ClientSoort.BEHEER, beheer),
            (ClientSoort.AUDITOR, auditor),
        )
        if given
    ]
    if len(chosen) != 1:
        raise click.UsageError("Kies precies een van --bestuur NUMMER, --beheer en --auditor.")
    return chosen[0]


def _as_scopes(words: tuple[str, ...]) -> frozenset[Scope] | None:
    return frozenset(Scope(word) for word in words) or None


def _read_json(content: bytes) -> Any:
    try:
        return json.loads(content)
    except (ValueError, RecursionError) as error:
        raise click.ClickException("Het bestand met sleutels is geen JSON.") from error


def _show(value: Any) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))
