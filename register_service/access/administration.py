"""What the commands of access share: a transaction that says why, refusals as click's own errors, and answers as JSON."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click
from psycopg import Connection

from register_service.access.client_keys import ClientKeysError
from register_service.access.clients import ClientError
from register_service.core.command import owner_transaction


@contextmanager
def administration(event: str, reason: str | None = None) -> Iterator[Connection[Any]]:
    """Open the one transaction of a command, as the owner; what access refuses is shown without a stack trace."""
    with owner_transaction(event, reason) as connection:
        try:
            yield connection
        except (ClientError, ClientKeysError) as error:
            raise click.ClickException(str(error)) from error


def show(value: Any) -> None:
    """Print a value as JSON."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))
