"""`register sleutel ...` and `register token ...`: thin commands over signing keys and the tokens of persons."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import click

from register_service.access.administration import administration, show
from register_service.access.keys import PERSON_LIFETIME, KeyStore, published_keys, signing_key
from register_service.access.models import ClientSoort
from register_service.access.persons import SCOPES, issue_personal_token
from register_service.access.scopes import scope_text
from register_service.access.tokens import TokenAuthority
from register_service.core import clock
from register_service.settings import load_settings


@click.group("sleutel")
def sleutel() -> None:
    """Sleutels waarmee toegangstokens worden ondertekend."""


@sleutel.command("list")
def list_keys() -> None:
    """Toon de sleutels, de oudste eerst, als JSON."""
    keys, now = _key_store().all(), clock.now()
    trusted = published_keys(keys, now)
    show(
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


# One key in 64 begins with a dash, and is no option.
@sleutel.command("remove", context_settings={"ignore_unknown_options": True})
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


@click.group("token")
def token() -> None:
    """Tokens van personen, zolang zij zich niet zelf kunnen aanmelden."""


@token.command("create")
@click.option(
    "--rol", required=True, type=click.Choice(sorted(soort.value for soort in SCOPES)), help="Wat de persoon is."
)
@click.option("--registratienummer", required=True, metavar="NR", help="Van wie het token is.")
@click.option(
    "--uren",
    default=8,
    show_default=True,
    type=click.IntRange(1, PERSON_LIFETIME // timedelta(hours=1)),
    help="Hoelang het token geldt.",
)
@click.option("--reden", required=True, help="Waarom; staat in het journaal.")
def create_token(rol: str, registratienummer: str, uren: int, reden: str) -> None:
    """Maak een token voor een persoon en toon het als JSON; het is daarna nergens meer te zien.

    Stel eerst vast dat u met die persoon te maken hebt: met het token handelt hij of zij op eigen naam. Een eerder token van
    dezelfde persoon geldt niet meer.
    """
    authority = TokenAuthority(load_settings().base_url, _key_store())
    with _readable_keys(), administration("token.gegeven", reden) as connection:
        made = issue_personal_token(
            connection,
            authority,
            soort=ClientSoort(rol),
            registratienummer=registratienummer,
            lifetime=timedelta(hours=uren),
        )
    show(
        {
            "access_token": made.access_token,
            "token_type": "Bearer",
            "expires_at": made.expires_at.isoformat(),
            "rol": rol,
            "registratienummer": registratienummer,
            "scope": scope_text(made.scopes),
            "client_id": made.client_id,
        }
    )


@contextmanager
def _readable_keys() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise click.ClickException(f"De sleutels zijn niet te lezen of te schrijven: {error}") from error


def _key_store() -> KeyStore:
    return KeyStore(load_settings().key_dir / "tokens")
