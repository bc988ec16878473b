"""`register journaal ...`: checking, proving, sealing at once, and giving the public key."""

import json
import sys
import time
import uuid
from dataclasses import asdict
from functools import cached_property
from pathlib import Path
from typing import Any

import click
import psycopg

from register_service.journal import proofs
from register_service.journal.checkpoints import NoteError, format_moment
from register_service.journal.connection import Connection, connect
from register_service.journal.keys import JournalKeyError, Verifier, load_or_create_key, load_verifier, parse_vkey
from register_service.journal.proofs import Proof, ProofError
from register_service.journal.report import Report
from register_service.journal.sealer import JournalRefused
from register_service.journal.sealing import seal_now
from register_service.journal.verify import verify
from register_service.settings import Settings, load_settings

_SHOWN = 20
_File = click.Path(path_type=Path, dir_okay=False, exists=True)


class _Journal:
    """The database and the keys that a command works with, looked up when it needs them."""

    @cached_property
    def settings(self) -> Settings:
        settings = load_settings()
        if not settings.database_url:
            raise click.ClickException(
                "DATABASE_URL ontbreekt: het journaal is alleen voor de eigenaar van de database."
            )
        return settings

    def connect(self) -> Connection:
        return connect(self.settings.database_url, "register journaal")

    def verifier(self, key: Path | None = None) -> Verifier:
        if key is not None:
            return parse_vkey(key.read_text(encoding="utf-8"))
        return load_verifier(self.settings.key_dir)


class _Group(click.Group):
    """A group in which expected trouble is one Dutch message."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except (JournalKeyError, JournalRefused, ProofError) as error:
            raise click.ClickException(str(error)) from error
        except psycopg.errors.UndefinedTable as error:
            raise click.ClickException("De database is nog niet ingericht; draai eerst `register migrate`.") from error
        except psycopg.OperationalError as error:
            raise click.ClickException(f"De database kan dit nu niet: {error}") from error


@click.group(cls=_Group)
@click.pass_context
def journaal(ctx: click.Context) -> None:
    """Het journaal controleren, bewijzen en verzegelen; zie docs/journaal.md."""
    ctx.obj = _Journal()


@journaal.command("verify")
@click.option("--controlepunt", type=_File, help="Vergelijk ook met dit eerder bewaarde controlepunt.")
@click.option("--sleutel", type=_File, help="De publieke sleutel (journal.vkey) in plaats van die in KEY_DIR.")
@click.option("--json", "as_json", is_flag=True, help="Geef het resultaat als JSON.")
@click.pass_obj
def verify_command(journal: _Journal, controlepunt: Path | None, sleutel: Path | None, as_json: bool) -> None:
    """Reken het hele journaal na en noem de eerste regel die is gewijzigd, verwisseld, ingevoegd of verdwenen.

    Eindigt met 1 als er iets niet klopt.
    """
    kept = controlepunt.read_text(encoding="utf-8") if controlepunt else None
    with journal.connect() as connection:
        try:
            report = verify(connection, journal.verifier(sleutel), kept=kept, progress=_Progress())
        except NoteError as error:
            raise click.BadParameter(f"dit is geen controlepunt van dit journaal: {error}") from error
    click.echo(_as_json(report) if as_json else _as_text(report))
    sys.exit(1 if report.found else 0)


@journaal.command("bewijs")
@click.option("--regel", type=int, help="Bewijs dat deze journaalregel in het journaal staat.")
@click.option("--object", "object_id", type=click.UUID, help="Hetzelfde voor alle regels van een object.")
@click.option("--van", type=int, help="Bewijs dat er sinds dit controlepunt niets is gewijzigd.")
@click.option("--tot", type=int, help="Tot dit controlepunt; standaard het laatste.")
@click.pass_obj
def bewijs(journal: _Journal, regel: int | None, object_id: uuid.UUID | None, van: int | None, tot: int | None) -> None:
    """Geef een bewijs als JSON, dat een buitenstaander met tools/check_proof.py en de publieke sleutel controleert."""
    if [regel, object_id, van].count(None) != 2 or (tot is not None and van is None):
        raise click.UsageError("Geef een van --regel, --object of --van (met eventueel --tot).")
    with journal.connect() as connection:
        click.echo(json.dumps(_prove(connection, regel, object_id, van, tot), ensure_ascii=False, indent=2))


@journaal.command("verzegel")
@click.pass_obj
def verzegel(journal: _Journal) -> None:
    """Verzegel nu wat er is vastgelegd. Loopt de verzegelaar al, dan wacht dit tot die het heeft gedaan."""
    with journal.connect() as connection:
        try:
            rows = seal_now(connection, load_or_create_key(journal.settings.key_dir))
        except TimeoutError as error:
            raise click.ClickException("Er is al een verzegelaar, maar die verzegelt niet.") from error
    click.echo(
        "De verzegelaar heeft alles verzegeld." if rows is None else f"{_count(rows, 'regel', 'regels')} verzegeld."
    )


@journaal.command("controlepunt")
@click.argument("nummer", type=int, required=False)
@click.pass_obj
def controlepunt(journal: _Journal, nummer: int | None) -> None:
    """Geef een ondertekend controlepunt, standaard het laatste, om elders te bewaren."""
    with journal.connect() as connection:
        click.echo(proofs.note_of(connection, nummer), nl=False)


@journaal.command("sleutel")
@click.option("--pem", is_flag=True, help="Als PEM in plaats van als regel voor tools/check_proof.py.")
@click.pass_obj
def sleutel(journal: _Journal, pem: bool) -> None:
    """Geef de publieke sleutel van het journaal."""
    verifier = journal.verifier()
    click.echo(verifier.pem if pem else verifier.vkey + "\n", nl=False)


def _prove(
    connection: Connection, regel: int | None, object_id: uuid.UUID | None, van: int | None, tot: int | None
) -> Proof:
    if regel is not None:
        return proofs.prove_entry(connection, regel)
    if object_id is not None:
        return proofs.prove_object(connection, object_id)
    assert van is not None
    return proofs.prove_consistency(connection, van, tot)


class _Progress:
    """Says on stderr how far a long check is, at most every two seconds."""

    def __init__(self) -> None:
        self._said = time.monotonic()

    def __call__(self, what: str, done: int, total: int) -> None:
        if time.monotonic() - self._said >= 2:
            self._said = time.monotonic()
            click.echo(f"{what}: {_number(done)} van {_number(total)} gecontroleerd", err=True)


def _as_json(report: Report) -> str:
    until = None if report.last_checkpoint is None else format_moment(report.last_checkpoint)
    values = {
        "intact": report.found == 0,
        "rows": report.rows,
        "checkpoints": report.checkpoints,
        "waiting": report.waiting,
        "lastCheckpoint": until,
        "found": report.found,
        "findings": [asdict(finding) for finding in report.findings],
    }
    return json.dumps(values, ensure_ascii=False, indent=2)


def _as_text(report: Report) -> str:
    checkpoints = _count(report.checkpoints, "controlepunt", "controlepunten")
    lines = [f"{_count(report.rows, 'journaalregel', 'journaalregels')} in {checkpoints} nagerekend."]
    if report.last_checkpoint is not None:
        lines.append(f"Laatste controlepunt: {format_moment(report.last_checkpoint)}.")
    if report.waiting:
        lines.append(f"Nog te verzegelen: {_count(report.waiting, 'regel', 'regels')}.")
    if not report.found:
        return "\n".join([*lines, "Alles klopt."])
    lines.append(f"HET JOURNAAL KLOPT NIET; {_count(report.found, 'bevinding', 'bevindingen')}, de eerste voorop:")
    lines += [f"  - {finding.message}" for finding in report.findings[:_SHOWN]]
    if report.found > _SHOWN:
        lines.append(f"  - ... en nog {_number(report.found - _SHOWN)}")
    return "\n".join(lines)


def _count(value: int, one: str, more: str) -> str:
    return f"{_number(value)} {one if value == 1 else more}"


def _number(value: int) -> str:
    return f"{value:,}".replace(",", ".")
