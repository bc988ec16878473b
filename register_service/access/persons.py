"""Tokens of persons, until they sign in for themselves: the beheerder hands one out, for a working day at most.

Behind each stands a row of `client` without secret or keys, so that `register client revoke` ends it at once.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any

from psycopg import Connection

from register_service.access.clients import ClientError
from register_service.access.models import ClientSoort
from register_service.access.scopes import Scope
from register_service.access.tokens import TokenAuthority
from register_service.core import clock

# What a person of each kind may do: a leraar reads the own dossier and decides about it, a validator judges and sees no dossier.
SCOPES: Mapping[ClientSoort, frozenset[Scope]] = MappingProxyType(
    {
        ClientSoort.LERAAR: frozenset(
            {
                Scope.AANBOD_LEZEN,
                Scope.AANSTELLINGEN_LEZEN,
                Scope.BEVOEGDHEDEN_LEZEN,
                Scope.INDUCTIE_DELEN,
                Scope.INDUCTIE_LEZEN,
                Scope.LERAREN_LEZEN,
                Scope.ORGANISATIES_LEZEN,
                Scope.PROFESSIONALISERING_DELEN,
                Scope.PROFESSIONALISERING_LEZEN,
                Scope.PROFESSIONALISERING_SCHRIJVEN,
                Scope.REGISTRATIE_LEZEN,
                Scope.REGISTRATIE_SCHRIJVEN,
                Scope.VERIFICATIE_TOESTAAN,
            }
        ),
        ClientSoort.VALIDATOR: frozenset(
            {
                Scope.AANBOD_BEOORDELEN,
                Scope.AANBOD_LEZEN,
                Scope.ORGANISATIES_LEZEN,
                Scope.PROFESSIONALISERING_BEOORDELEN,
                Scope.STEEKPROEVEN_BEOORDELEN,
                Scope.STEEKPROEVEN_LEZEN,
            }
        ),
    }
)

# Held until the end, so that of two commands at once the second sees the token of the first.
_LERAAR = "select samengevoegd_met from leraar where registratienummer = %s for no key update"
_END_OTHERS = """
update client set ingetrokken_op = %(now)s where leraar = %(leraar)s and soort = %(soort)s and ingetrokken_op is null
"""
_ADD = """
insert into client (client_id, naam, soort, leraar, scopes)
values (%(client_id)s, 'persoonlijk token', %(soort)s, %(leraar)s, %(scopes)s)
"""


@dataclass(frozen=True, slots=True)
class PersonalToken:
    """What a person gets. `access_token` is shown this once and kept nowhere; `client_id` is what revokes it."""

    client_id: str
    access_token: str = field(repr=False)
    expires_at: datetime
    scopes: frozenset[Scope]


def issue_personal_token(
    connection: Connection[Any],
    authority: TokenAuthority,
    *,
    soort: ClientSoort,
    registratienummer: str,
    lifetime: timedelta,
) -> PersonalToken:
    """Make a token for one person; an earlier one of the same kind no longer holds, so that at most one does at a time.

    Raises ClientError for a number that is nobody's or that of a merged dossier, ValueError for a lifetime over a day.
    """
    _require_dossier(connection, registratienummer)
    # Random, and without the number: the id stands in logs.
    client_id = f"{soort.value}-{secrets.token_hex(6)}"
    scopes = SCOPES[soort]
    values = {"client_id": client_id, "soort": soort.value, "leraar": registratienummer, "scopes": sorted(scopes)}
    connection.execute(_END_OTHERS, {**values, "now": clock.now()})
    connection.execute(_ADD, values)
    token = authority.issue_token(
        client_id=client_id,
        role=soort.value,
        bestuur=None,
        scopes=scopes,
        leraar=registratienummer,
        lifetime=lifetime,
    )
    return PersonalToken(client_id, token, authority.verify_token(token).expires_at, scopes)


def _require_dossier(connection: Connection[Any], registratienummer: str) -> None:
    row = connection.execute(_LERAAR, (registratienummer,)).fetchone()
    if row is None:
        raise ClientError(f"Leraar {registratienummer} staat niet in het register; kijk het registratienummer na.")
    if row[0] is not None:
        raise ClientError(f"Dossier {registratienummer} is samengevoegd met {row[0]}; gebruik dat registratienummer.")
