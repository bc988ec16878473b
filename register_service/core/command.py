"""What every command of the beheerder shares: one transaction as the owner, the journal's context, errors in Dutch."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

import click
import psycopg
from sqlalchemy.engine import make_url

from register_service.core import clock
from register_service.core.context import set_context
from register_service.settings import ConfigurationError, Settings, load_settings

ACTOR = "beheer:cli"
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)


class Day(click.ParamType[date]):
    """A calendar day as YYYY-MM-DD, and nothing that merely looks like one."""

    name = "jjjj-mm-dd"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Give the day, or fail with a Dutch message."""
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        try:
            if _DAY.fullmatch(value) is None:
                raise ValueError
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"'{value}' is geen dag; schrijf jjjj-mm-dd, bijvoorbeeld 2026-08-01.", param, ctx)


def owner_connection(settings: Settings) -> psycopg.Connection[Any]:
    """Open a psycopg connection as the owner of the database. Raises psycopg.OperationalError."""
    url = make_url(settings.database_url).set(drivername="postgresql").render_as_string(hide_password=False)
    return psycopg.connect(url, connect_timeout=5, options="-c timezone=UTC", application_name="register-cli")


@contextmanager
def owner_transaction(event: str, reason: str | None = None) -> Iterator[psycopg.Connection[Any]]:
    """Open the one transaction of a command; commit at the end, roll back on any error.

    A database that cannot serve becomes click's own error in Dutch, without a stack trace.
    """
    try:
        with _connect() as connection:
            set_context(connection, actor=ACTOR, event=event, today=clock.today(), reason=reason)
            yield connection
    except psycopg.errors.UndefinedTable as error:
        raise click.ClickException(
            "De database is nog niet ingericht; start het register eerst (`make run`)."
        ) from error
    except psycopg.OperationalError as error:
        raise click.ClickException(f"De database kan nu niet ({error}). Er is niets gewijzigd.") from error


def _connect() -> psycopg.Connection[Any]:
    try:
        settings = load_settings()
    except ConfigurationError as error:
        raise click.ClickException(str(error)) from error
    if not settings.database_url:
        raise click.ClickException("DATABASE_URL ontbreekt: deze opdracht werkt als eigenaar van de database.")
    try:
        return owner_connection(settings)
    except psycopg.OperationalError as error:
        raise click.ClickException("De database is niet bereikbaar. Draait het register (`make run`)?") from error
