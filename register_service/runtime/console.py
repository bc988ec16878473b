"""What `register run` says to the person at the terminal, in Dutch."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import click

from register_service.runtime.demo_client import DEMO_AANBIEDER, DEMO_LERAAR, DEMO_VALIDATOR


class SignIn(NamedTuple):
    """How to sign in to the demo region: an HR system, an aanbieder, and the command that makes tokens of persons.

    No `aanbieder`: the region was loaded before there were any.
    """

    client: Mapping[str, Any]
    aanbieder: Mapping[str, Any] | None
    register: str


def step(number: int, count: int, text: str) -> None:
    """Announce a step before it is taken."""
    click.echo(f"[{number}/{count}] {text}")


def say(text: str) -> None:
    """Say something between the steps."""
    click.echo(text)


def welcome(url: str, demo: SignIn | None, people: Sequence[Mapping[str, str]] | None = None) -> str:
    """Make the text that shows where to look and, with the demo region, a first request that works as it stands.

    `people`: who can sign in through the demo provider; None when there is none.
    """
    lines = [
        "",
        f"Het register draait op {url}",
        f"  documentatie van de API   {url}/v1/docs/",
        f"  OpenAPI-document          {url}/v1/openapi.json",
        f"  gezondheid en metingen    {url}/health/ready  {url}/metrics",
    ]
    if people is not None:
        lines += _people(url, people)
    if demo:
        lines += [*_demo(url, demo.client), *_others(demo)]
    return "\n".join([*lines, "", "Stoppen: Ctrl-C.", ""])


def _people(url: str, people: Sequence[Mapping[str, str]]) -> list[str]:
    leraren = [f"  {one['naam']}: {one['omschrijving']}" for one in people if one["rol"] == "leraar"]
    auditors = [f"  {one['naam']}: auditor" for one in people if one["rol"] == "auditor"]
    return ["", f"Meld u aan in de browser op {url}/aanmelden en kies wie u wilt zijn:", *leraren, *auditors]


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


def _others(demo: SignIn) -> list[str]:
    if demo.aanbieder is None:
        return [
            "",
            "Deze demoregio is van een eerdere versie, zonder nascholing. `make reset` wist haar; daarna komt de nieuwe.",
        ]
    token = f"{demo.register} token create --reden demo"
    return [
        "",
        f"Een aanbieder van nascholing (KvK {DEMO_AANBIEDER}) in de demoregio:",
        f"  client-id      {demo.aanbieder['client_id']}",
        f"  client-secret  {demo.aanbieder['client_secret']}",
        "",
        "Een leraar en een validator uit de demoregio; de beheerder maakt hun token, dat een werkdag geldt:",
        f"  {token} --rol leraar --registratienummer {DEMO_LERAAR}",
        f"  {token} --rol validator --registratienummer {DEMO_VALIDATOR}",
        f"Kijk daarmee op /v1/leraren/{DEMO_LERAAR}/voortgang en op /v1/beoordelingen.",
    ]
