"""`register run`, `stop`, `reset` and `migrate`: thin commands."""

import os
import sys
from pathlib import Path

import click

from register_service.runtime import children, migrate, scratch
from register_service.runtime import reset as resetting
from register_service.runtime.errors import RunError
from register_service.runtime.role import ensure_app_password
from register_service.runtime.run import Run
from register_service.settings import load_settings


@click.command()
@click.option("--follow-parent", is_flag=True, hidden=True, help="Stop when the process that started this one ends.")
def run(follow_parent: bool) -> None:
    """Start het hele register op deze machine, en houd het draaiend tot Ctrl-C.

    Zonder DATABASE_URL met een ingebouwde PostgreSQL 18 en een demoregio.
    """
    if follow_parent:
        children.follow_parent()
    Run()()


@click.command()
def stop() -> None:
    """Stop het register dat uit deze map draait."""
    stopped = resetting.stop(Path(os.environ.get("VAR_DIR") or "var").resolve())
    click.echo("Gestopt." if stopped else "Er draaide niets.")


@click.command()
@click.option("--yes", is_flag=True, help="Vraag niets.")
def reset(yes: bool) -> None:
    """Wis de ingebouwde database, de sleutels en de democlient; `register run` begint daarna opnieuw."""
    if not yes:
        click.confirm("Alle gegevens, sleutels en logboeken wissen?", abort=True)
    resetting.reset()
    click.echo("Alles is gewist. `make run` begint opnieuw.")


@click.command("migrate")
@click.option("--check", is_flag=True, help="Controleer of de modellen en de migraties gelijk lopen; wijzigt niets.")
def migrate_command(check: bool) -> None:
    """Werk de tabellen bij tot de nieuwste versie. Herhalen mag altijd."""
    if check:
        difference = scratch.difference_between_models_and_migrations()
        if difference:
            click.echo(f"De migraties lopen niet gelijk met de modellen: {difference}", err=True)
            sys.exit(1)
        return
    settings = load_settings()
    if not settings.database_url:
        raise RunError("DATABASE_URL ontbreekt: migreren gebeurt als eigenaar van de database.")
    migrate.upgrade(settings.database_url)
    ensure_app_password(
        settings, given=bool(os.environ.get("APP_DATABASE_URL") or os.environ.get("APP_DATABASE_URL_FILE"))
    )
