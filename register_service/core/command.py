"""What every command of the beheerder shares: one transaction as the owner, the journal's context, errors in Dutch."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

import click
import psycopg
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from register_service.core import clock
from register_service.core.context import SET_CONTEXT, Context, set_context
from register_service.core.db import make_engine
from register_service.core.errors import DomainError
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
    """Open the one transaction of a command; commit at the end, roll back on any error, which is told in Dutch."""
    with owner_connected() as connection:
        set_context(connection, actor=ACTOR, event=event, today=clock.today(), reason=reason)
        yield connection


@contextmanager
def owner_connected(partly: str = "Er is niets gewijzigd.") -> Iterator[psycopg.Connection[Any]]:
    """Open the owner's connection for a command; for one with transactions of its own, `partly` tells what was done of it.

    A database that cannot serve becomes click's own error in Dutch, without a stack trace.
    """
    try:
        with _connect() as connection:
            yield connection
    except psycopg.errors.UndefinedTable as error:
        raise click.ClickException(
            "De database is nog niet ingericht; start het register eerst (`make run`)."
        ) from error
    except psycopg.OperationalError as error:
        raise click.ClickException(f"De database kan nu niet ({error}). {partly}") from error


@contextmanager
def owner_session(event: str, reason: str | None = None) -> Iterator[Session]:
    """Open the one transaction of a command that calls a service; commit at the end, roll back on any error.

    What the domain refuses, and a database that cannot serve, become click's own error in Dutch.
    """
    engine = make_engine(_settings().database_url, pool_size=1)
    context = Context(role="beheer", actor=ACTOR, event=event, today=clock.today(), reason=reason)
    try:
        with Session(engine, autoflush=False) as session, session.begin():
            session.connection().exec_driver_sql(SET_CONTEXT, context.parameters())
            yield session
    except DomainError as error:
        raise click.ClickException(" ".join([error.detail, *(one.detail for one in error.errors)])) from error
    except OperationalError as error:
        raise click.ClickException("De database is niet bereikbaar. Draait het register (`make run`)?") from error
    finally:
        engine.dispose()


def _settings() -> Settings:
    try:
        settings = load_settings()
    except ConfigurationError as error:
        raise click.ClickException(str(error)) from error
    if not settings.database_url:
        raise click.ClickException("DATABASE_URL ontbreekt: deze opdracht werkt als eigenaar van de database.")
    return settings


def _connect() -> psycopg.Connection[Any]:
    settings = _settings()
    try:
        return owner_connection(settings)
    except psycopg.OperationalError as error:
        raise click.ClickException("De database is niet bereikbaar. Draait het register (`make run`)?") from error
