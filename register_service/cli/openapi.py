"""`register openapi`: the API's document, made from the code."""

import json
import sys
import tempfile
from pathlib import Path

import click

from register_service.api.openapi import build_document
from register_service.app import create_app
from register_service.settings import Settings


@click.command()
@click.option("--check", "file", type=click.Path(path_type=Path, dir_okay=False), help="Vergelijk met dit bestand.")
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), help="Schrijf naar dit bestand.")
def openapi(file: Path | None, output: Path | None) -> None:
    """Toon het OpenAPI-document, schrijf het weg, of controleer of een bestand er nog gelijk aan is."""
    text = _document()
    if output:
        output.parent.mkdir(parents=True, exist_ok=True)
        output.write_text(text, encoding="utf-8")
    elif file is None:
        click.echo(text, nl=False)
    elif not file.is_file() or file.read_text(encoding="utf-8") != text:
        click.echo(f"{file} loopt niet gelijk met de code; werk het bij met `make openapi`.", err=True)
        sys.exit(1)


def _document() -> str:
    # Making the application needs no database and no key: both are used at the first request.
    with tempfile.TemporaryDirectory() as folder:
        nowhere = Settings(
            database_url="", app_database_url="postgresql://register_app@/register", key_dir=Path(folder)
        )
        return json.dumps(build_document(create_app(nowhere)), ensure_ascii=False, indent=2) + "\n"
