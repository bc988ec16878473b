"""`register ...`: the one list of commands. Each is imported only when it is used, so that `register` answers at once."""

import sys
from collections.abc import Mapping
from importlib import import_module
from typing import Final

import click
from sqlalchemy.exc import OperationalError

from register_service.core import logs
from register_service.runtime.errors import RunError
from register_service.settings import ConfigurationError

# Name on the command line -> where it is defined.
COMMANDS: Final[Mapping[str, str]] = {
    "bericht": "register_service.registratie.bericht_commands:bericht",
    "account": "register_service.aanmelding.commands:account",
    "auditor": "register_service.aanmelding.commands:auditor",
    "aanbieder": "register_service.aanbod.commands:aanbieder",
    "bestuur": "register_service.organisaties.commands:bestuur",
    "client": "register_service.access.commands:client",
    "demo": "register_service.demo.commands:demo",
    "inductie": "register_service.inductie.commands:inductie",
    "journaal": "register_service.journal.commands:journaal",
    "leraar": "register_service.dossiers.commands:leraar",
    "migrate": "register_service.runtime.commands:migrate_command",
    "openapi": "register_service.cli.openapi:openapi",
    "organisaties": "register_service.organisaties.commands:organisaties",
    "partnerschap": "register_service.organisaties.commands:partnerschap",
    "registratie": "register_service.registratie.commands:registratie",
    "reset": "register_service.runtime.commands:reset",
    "regeling": "register_service.cli.regeling:regeling",
    "run": "register_service.runtime.commands:run",
    "steekproef": "register_service.registratie.steekproef_commands:steekproef",
    "sleutel": "register_service.access.token_commands:sleutel",
    "stop": "register_service.runtime.commands:stop",
    "token": "register_service.access.token_commands:token",
    "worker": "register_service.worker:worker",
}

# Other names that people try.
ALIASES: Final[Mapping[str, str]] = {"journal": "journaal"}


class LazyGroup(click.Group):
    """A group whose commands are named in a mapping and imported when needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's own signature
        """Give the names of all commands, in order."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import one command; None when there is none by that name."""
        place = COMMANDS.get(ALIASES.get(cmd_name, cmd_name))
        if place is None:
            return None
        module, name = place.split(":")
        command = getattr(import_module(module), name)
        assert isinstance(command, click.Command)
        return command


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
def cli() -> None:
    """Het regionale lerarenregister van RA-ZON.

    De instellingen staan in omgevingsvariabelen; zie docs/beheer.md.
    """


def main() -> None:
    """Run the command line. Expected trouble is one Dutch message and exit status 1, never a stack trace."""
    # What a command tells goes to stdout and may be read by a program; what it logs does not belong there.
    logs.configure("info")
    try:
        cli(prog_name="register")
    except (ConfigurationError, RunError) as error:
        click.echo(str(error), err=True)
        sys.exit(1)
    except OperationalError as error:
        click.echo(f"De database kan dit nu niet: {error.orig}", err=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
