"""What `register run` says to the person at the terminal, in Dutch."""

from collections.abc import Mapping
from typing import Any

import click


def step(number: int, count: int, text: str) -> None:
    """Announce a step before it is taken."""
    click.echo(f"[{number}/{count}] {text}")


def say(text: str) -> None:
    """Say something between the steps."""
    click.echo(text)


def welcome(url: str, client: Mapping[str, Any] | None) -> str:
    """Make the text that shows where to look and, with a demo client, a first request that works as it stands."""
    lines = [
        "",
        f"Het register draait op {url}",
        f"  documentatie van de API   {url}/v1/docs/",
        f"  OpenAPI-document          {url}/v1/openapi.json",
        f"  gezondheid en metingen    {url}/health/ready  {url}/metrics",
    ]
    if client:
        lines += _demo(url, client)
    return "\n".join([*lines, "", "Stoppen: Ctrl-C.", ""])


def _demo(url: str, client: Mapping[str, Any]) -> list[str]:
    user = f"{client['client_id']}:{client['client_secret']}"
    # Only tools that are there anyway: curl, and the python3 that runs the register.
    unpack = """python3 -c 'import json, sys; print(json.load(sys.stdin)["access_token"])'"""
    return [
        "",
        f"Een HR-systeem van bestuur {client['bestuur']} in de demoregio:",
        f"  client-id      {client['client_id']}",
        f"  client-secret  {client['client_secret']}",
        "",
        "Probeer het; plak deze twee regels in een ander venster:",
        f"  TOKEN=$(curl -s -u '{user}' -d grant_type=client_credentials {url}/oauth/token | {unpack})",
        f"""  curl -s -H "Authorization: Bearer $TOKEN" '{url}/v1/leraren?limiet=3'""",
    ]
