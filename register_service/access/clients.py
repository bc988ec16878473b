"""Clients: who may ask for tokens, with which secrets and keys. Each function works in the caller's transaction."""

import secrets
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any

from psycopg import Connection
from psycopg.rows import dict_row
from psycopg.types.json import Jsonb

from register_service.access.client_keys import read_client_keys
from register_service.access.models import PERSONS, ClientSoort
from register_service.access.scopes import CLIENT_SCOPES, Scope
from register_service.core import clock

SECRET_BYTES = 32
MOST_SECRETS = 2

# All that an aanbieder can ever do: its own aanbod, and who was there. No dossier.
OF_AANBIEDER = frozenset(
    {Scope.AANBOD_BEVESTIGEN, Scope.AANBOD_LEZEN, Scope.AANBOD_SCHRIJVEN, Scope.ORGANISATIES_LEZEN}
)

# Merging dossiers and deciding on a registratie are the alliance's own work; an auditor only reads.
DEFAULT_SCOPES: dict[ClientSoort, frozenset[Scope]] = {
    ClientSoort.BESTUUR: CLIENT_SCOPES
    - {Scope.LERAREN_SAMENVOEGEN, Scope.AANBOD_SCHRIJVEN, Scope.REGISTRATIE_SCHRIJVEN, Scope.STEEKPROEVEN_LEZEN},
    ClientSoort.BEHEER: CLIENT_SCOPES,
    ClientSoort.AUDITOR: frozenset({Scope.ORGANISATIES_LEZEN, Scope.RAPPORTAGES_LEZEN, Scope.STEEKPROEVEN_LEZEN}),
    ClientSoort.AANBIEDER: OF_AANBIEDER,
}

_LIVE_SECRETS = "client_id = %(client_id)s and (expires_at is null or expires_at > %(now)s)"


class ClientError(Exception):
    """The command contradicts the register; nothing was written. The message is Dutch."""


@dataclass(frozen=True, slots=True)
class ClientCredentials:
    """What a new client gets. `client_secret` is shown this once and kept nowhere; None for a client with keys."""

    client_id: str
    naam: str
    soort: ClientSoort
    bestuur: str | None
    scopes: frozenset[Scope]
    client_secret: str | None = field(repr=False)


def create_client(
    connection: Connection[Any],
    *,
    naam: str,
    soort: ClientSoort,
    bestuur: str | None = None,
    kvk_nummer: str | None = None,
    scopes: Iterable[Scope] | None = None,
    jwks: dict[str, Any] | None = None,
) -> ClientCredentials:
    """Add a client, with a secret, or with the public keys in `jwks` instead.

    `kvk_nummer` names the aanbieder of a client of that kind.
    Raises ClientError for a bestuur or aanbieder that is not there or scopes it cannot have, ClientKeysError for keys that
    cannot be used.
    """
    if bestuur is not None and not _is_bestuur(connection, bestuur):
        raise ClientError(f"Bestuur {bestuur} staat niet in het register.")
    aanbieder = None if kvk_nummer is None else _aanbieder(connection, kvk_nummer)
    granted = frozenset(scopes) if scopes is not None else DEFAULT_SCOPES[soort]
    if soort == ClientSoort.AANBIEDER and granted - OF_AANBIEDER:
        raise ClientError(f"Een aanbieder kan alleen deze scopes hebben: {', '.join(sorted(OF_AANBIEDER))}.")
    client_id = "-".join(part for part in (soort.value, bestuur, secrets.token_hex(6)) if part)
    connection.execute(
        "insert into client (client_id, naam, soort, bestuur, aanbieder, scopes, jwks)"
        " values (%(client_id)s, %(naam)s, %(soort)s, %(bestuur)s, %(aanbieder)s, %(scopes)s, %(jwks)s)",
        {
            "client_id": client_id,
            "naam": naam,
            "soort": soort.value,
            "bestuur": bestuur,
            "aanbieder": aanbieder,
            "scopes": sorted(granted),
            "jwks": None if jwks is None else Jsonb(read_client_keys(jwks)),
        },
    )
    secret = _add_secret(connection, client_id) if jwks is None else None
    return ClientCredentials(client_id, naam, soort, bestuur, granted, secret)


def list_clients(connection: Connection[Any]) -> list[dict[str, Any]]:
    """Give every client, without anything secret: its fields, and how many secrets and keys hold."""
    with connection.cursor(row_factory=dict_row) as cursor:
        return cursor.execute(
            """select client_id, naam, soort, bestuur, leraar, scopes, ingetrokken_op,
                      (select count(*) from client_secret s where s.client_id = c.client_id
                       and (expires_at is null or expires_at > %(now)s)) as secrets,
                      coalesce(jsonb_array_length(jwks -> 'keys'), 0) as keys
               from client c order by client_id""",
            {"now": clock.now()},
        ).fetchall()


def rotate_secret(connection: Connection[Any], client_id: str, *, drop_old: bool = False) -> str:
    """Add a second secret and give it; `drop_old` ends the others at once. Raises ClientError at a third."""
    _lock_live_system(connection, client_id)
    if drop_old:
        drop_secrets(connection, client_id)
    elif _count_secrets(connection, client_id) >= MOST_SECRETS:
        raise ClientError(
            f"Client {client_id} heeft al {MOST_SECRETS} geldige geheimen; laat de oude vervallen met --drop-old."
        )
    return _add_secret(connection, client_id)


def drop_secrets(connection: Connection[Any], client_id: str) -> None:
    """End every secret of a client at once."""
    connection.execute(
        f"update client_secret set expires_at = %(now)s where {_LIVE_SECRETS}",
        {"client_id": client_id, "now": clock.now()},
    )


def replace_keys(connection: Connection[Any], client_id: str, jwks: Any) -> None:
    """Give a client other public keys. Raises ClientError or ClientKeysError."""
    keys = read_client_keys(jwks)
    _lock_live_system(connection, client_id)
    connection.execute("update client set jwks = %s where client_id = %s", (Jsonb(keys), client_id))


def replace_scopes(connection: Connection[Any], client_id: str, scopes: Iterable[Scope]) -> None:
    """Give a client other scopes; tokens it already has keep theirs until they expire. Raises ClientError."""
    if _lock_live_system(connection, client_id) == ClientSoort.AANBIEDER and set(scopes) - OF_AANBIEDER:
        raise ClientError(f"Een aanbieder kan alleen deze scopes hebben: {', '.join(sorted(OF_AANBIEDER))}.")
    connection.execute("update client set scopes = %s where client_id = %s", (sorted(set(scopes)), client_id))


def revoke_client(connection: Connection[Any], client_id: str) -> datetime:
    """Take a client's access away for good; every request looks at this, so that it works at once. Raises ClientError."""
    _lock_live_client(connection, client_id)
    now = clock.now()
    connection.execute("update client set ingetrokken_op = %s where client_id = %s", (now, client_id))
    drop_secrets(connection, client_id)
    return now


def hash_secret(secret: str) -> bytes:
    """Give the SHA-256 of a secret: it has 256 random bits, so that a slow hash would add nothing."""
    return sha256(secret.encode("utf-8", "surrogatepass")).digest()


def _aanbieder(connection: Connection[Any], kvk_nummer: str) -> uuid.UUID:
    row = connection.execute("select id from aanbieder where kvk_nummer = %s", (kvk_nummer,)).fetchone()
    if row is None:
        raise ClientError(
            f"Er is geen aanbieder met KvK-nummer {kvk_nummer}. Voeg die eerst toe: register aanbieder add."
        )
    return uuid.UUID(str(row[0]))


def _add_secret(connection: Connection[Any], client_id: str) -> str:
    secret = secrets.token_urlsafe(SECRET_BYTES)
    connection.execute(
        "insert into client_secret (client_id, hash, created_at) values (%s, %s, %s)",
        (client_id, hash_secret(secret), clock.now()),
    )
    return secret


def _lock_live_system(connection: Connection[Any], client_id: str) -> str:
    # A person has no secret, no keys and no other scopes: with those, a token for a day would become a way in for ever.
    soort = _lock_live_client(connection, client_id)
    if soort in PERSONS:
        raise ClientError(
            f"Client {client_id} is een persoonlijk token; dat kunt u alleen intrekken, met 'register client revoke'."
        )
    return soort


def _lock_live_client(connection: Connection[Any], client_id: str) -> str:
    # Locked, so that two commands at once cannot both find room for one more secret.
    row = connection.execute(
        "select ingetrokken_op, soort from client where client_id = %s for update", (client_id,)
    ).fetchone()
    if row is None:
        raise ClientError(f"Client {client_id} bestaat niet. Bekijk ze met 'register client list'.")
    if row[0] is not None:
        raise ClientError(f"Client {client_id} is ingetrokken; maak een nieuwe met 'register client create'.")
    return str(row[1])


def _count_secrets(connection: Connection[Any], client_id: str) -> int:
    row = connection.execute(
        f"select count(*) from client_secret where {_LIVE_SECRETS}",
        {"client_id": client_id, "now": clock.now()},
    ).fetchone()
    assert row is not None
    return int(row[0])


def _is_bestuur(connection: Connection[Any], nummer: str) -> bool:
    return connection.execute("select from bestuur where nummer = %s", (nummer,)).fetchone() is not None
