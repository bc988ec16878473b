"""`register organisaties import`, `register bestuur ...` and `register partnerschap ...`: thin commands."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import click
import psycopg
from psycopg import Connection

from register_service.core import clock
from register_service.core.command import Day, owner_transaction
from register_service.organisaties import administration
from register_service.organisaties.administration import AdministrationError, Outcome
from register_service.organisaties.duo import DuoFile, DuoFileError, parse
from register_service.organisaties.importing import ImportRefusedError, ImportReport, import_files

_json = click.option("--json", "as_json", is_flag=True, help="Geef het resultaat als JSON.")
_reason = click.option("--reden", default=None, help="Waarom; staat in het journaal.")


class OptionalDay(Day):
    """A day, or `geen` to empty it."""

    name = "jjjj-mm-dd|geen"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Give the day, or the text `geen` as it is."""
        return value if value == "geen" else super().convert(value, param, ctx)


@click.group("organisaties")
def organisaties() -> None:
    """Scholen en vestigingen bijhouden."""


@organisaties.command("import")
@click.argument("bestanden", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--peildatum",
    type=Day(),
    default=None,
    help="Sluitingsdatum van wat niet meer in het bestand staat; standaard vandaag.",
)
@click.option("--forceer", is_flag=True, help="Ook als er meer dan 10% van een sector zou sluiten.")
@_reason
@_json
def import_(
    bestanden: tuple[Path, ...], peildatum: date | None, forceer: bool, reden: str | None, as_json: bool
) -> None:
    """Werk scholen en vestigingen bij uit DUO-bestanden (po, vo en so; de soort blijkt uit de kopregel).

    Alles in een keer: bij een fout is er niets gewijzigd. Herhalen mag altijd.
    """
    day = peildatum or clock.today()
    files = [_read(path) for path in bestanden]
    reason = reden or f"DUO-bestanden {', '.join(file.name for file in files)}; peildatum {day}"
    with owner_transaction("organisaties.import", reason) as connection:
        try:
            report = import_files(connection, files, peildatum=day, force=forceer)
        except ImportRefusedError as error:
            raise click.ClickException(str(error)) from error
    click.echo(json.dumps(report.as_json(), ensure_ascii=False) if as_json else "\n".join(describe(report)))


def describe(report: ImportReport) -> list[str]:
    """Put a report in Dutch lines."""
    lines = [
        f"Bijgewerkt uit: {', '.join(report.files)}.",
        f"Vestigingen: {report.added} toegevoegd, {report.changed} gewijzigd (waarvan {report.reopened} heropend), "
        f"{report.closed} gesloten, {report.unchanged} ongewijzigd.",
        f"Scholen: {report.schools_added} toegevoegd, {report.schools_changed} gewijzigd.",
        f"Regels: {len(report.refusals)} geweigerd, {report.merged} gelijke dubbele samengevoegd.",
    ]
    lines += [f"  geweigerd: {found.file} regel {found.line}: {found.reason}" for found in report.refusals]
    lines += [f"  opmerking: {found.file} regel {found.line}: {found.reason}" for found in report.remarks]
    if report.unknown_besturen:
        rows = sum(report.unknown_besturen.values())
        lines.append(
            f"Onbekende besturen: {len(report.unknown_besturen)}; {rows} vestigingen staan er zonder bestuur in."
        )
        lines += [f"  {nummer}: {count}" for nummer, count in report.unknown_besturen.items()]
    return lines


@click.group("bestuur")
def bestuur() -> None:
    """Besturen bijhouden."""


@bestuur.command("add")
@click.argument("nummer")
@click.argument("naam")
@click.option("--lid-sinds", type=Day(), default=None, help="Eerste dag als lid van de alliantie.")
@click.option("--lid-tot", type=Day(), default=None, help="Laatste dag als lid.")
@_reason
@_json
def add_bestuur(
    nummer: str, naam: str, lid_sinds: date | None, lid_tot: date | None, reden: str | None, as_json: bool
) -> None:
    """Voeg een bestuur toe."""
    _run(
        "bestuur.toegevoegd",
        reden,
        as_json,
        lambda connection: administration.add_bestuur(connection, nummer, naam, lid_sinds, lid_tot),
    )


@bestuur.command("change")
@click.argument("nummer")
@click.option("--naam", default=None, help="Nieuwe naam.")
@click.option("--lid-sinds", type=OptionalDay(), default=None, help="Eerste dag als lid, of 'geen'.")
@click.option("--lid-tot", type=OptionalDay(), default=None, help="Laatste dag als lid, of 'geen'.")
@_reason
@_json
def change_bestuur(nummer: str, reden: str | None, as_json: bool, **changes: Any) -> None:
    """Wijzig een bestuur; wat u niet noemt, blijft zoals het is."""
    given = {
        name: None if value == "geen" and name != "naam" else value
        for name, value in changes.items()
        if value is not None
    }
    _run(
        "bestuur.gewijzigd",
        reden,
        as_json,
        lambda connection: administration.change_bestuur(connection, nummer, given),
    )


@click.group("partnerschap")
def partnerschap() -> None:
    """Partnerschappen Samen Opleiden bijhouden."""


@partnerschap.command("add")
@click.argument("naam")
@click.option("--opleiding", "opleidingen", multiple=True, help="Opleiding die meedoet; mag vaker.")
@_reason
@_json
def add_partnerschap(naam: str, opleidingen: tuple[str, ...], reden: str | None, as_json: bool) -> None:
    """Voeg een partnerschap toe, of geef een bestaand partnerschap deze opleidingen."""
    _run(
        "partnerschap.toegevoegd",
        reden,
        as_json,
        lambda connection: administration.add_partnerschap(connection, naam, opleidingen),
    )


@partnerschap.command("join")
@click.argument("naam")
@click.argument("nummer")
@click.option("--vanaf", type=Day(), default=None, help="Eerste dag; standaard vandaag.")
@click.option("--tot", type=Day(), default=None, help="Laatste dag; standaard open.")
@_reason
@_json
def join_partnerschap(
    naam: str, nummer: str, vanaf: date | None, tot: date | None, reden: str | None, as_json: bool
) -> None:
    """Laat een bestuur deelnemen aan een partnerschap."""
    _run(
        "deelname.begonnen",
        reden,
        as_json,
        lambda connection: administration.join_partnerschap(connection, naam, nummer, vanaf or clock.today(), tot),
    )


@partnerschap.command("leave")
@click.argument("naam")
@click.argument("nummer")
@click.option("--tot", type=Day(), default=None, help="Laatste dag van de deelname; standaard vandaag.")
@_reason
@_json
def leave_partnerschap(naam: str, nummer: str, tot: date | None, reden: str | None, as_json: bool) -> None:
    """Beëindig de deelname van een bestuur aan een partnerschap."""
    _run(
        "deelname.beeindigd",
        reden,
        as_json,
        lambda connection: administration.leave_partnerschap(connection, naam, nummer, tot or clock.today()),
    )


def _read(path: Path) -> DuoFile:
    try:
        return parse(path.name, path.read_bytes())
    except FileNotFoundError as error:
        raise click.ClickException(f"{path}: dit bestand bestaat niet. Er is niets gewijzigd.") from error
    except OSError as error:
        raise click.ClickException(f"{path}: dit bestand is niet te lezen. Er is niets gewijzigd.") from error
    except DuoFileError as error:
        raise click.ClickException(f"{error} Er is niets gewijzigd.") from error


def _run(event: str, reason: str | None, as_json: bool, work: Callable[[Connection[Any]], Outcome]) -> None:
    """Do one piece of work in its own transaction and say what came of it."""
    with owner_transaction(event, reason) as connection:
        try:
            outcome = work(connection)
        except AdministrationError as error:
            raise click.ClickException(str(error)) from error
        except psycopg.errors.UniqueViolation as error:
            raise click.ClickException("Iemand anders legde tegelijk hetzelfde vast; herhaal de opdracht.") from error
    if as_json:
        click.echo(json.dumps({"gewijzigd": outcome.written, "melding": outcome.message}, ensure_ascii=False))
    else:
        click.echo(outcome.message)
