"""Signing in to the demo: whether there is a demo provider, on which port, and what it and the register know of each other."""

import json
import os
import secrets
import sys
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from register_service.runtime import ports
from register_service.runtime.demo_provider import CLIENT_ID
from register_service.runtime.instance import Instance
from register_service.runtime.supervisor import Program
from register_service.settings import ConfigurationError

PROVIDER: Final = "demo"
SETTING: Final = "DEMO_AANMELDEN"
_HOST: Final = "127.0.0.1"

Register = Callable[[Sequence[str]], str]


def is_wanted(environ: Mapping[str, str], *, embedded: bool, demo: bool) -> bool:
    """Tell whether there is a demo provider.

    Anybody on this machine can be anybody there: only for the demo region in our own PostgreSQL, unless DEMO_AANMELDEN=1 asks
    for it. Raises ConfigurationError for another word than 0 or 1.
    """
    asked = environ.get(SETTING, "")
    if asked not in ("", "0", "1"):
        raise ConfigurationError([f"{SETTING}: schrijf 1 (wel) of 0 (niet)"])
    return asked == "1" or (asked == "" and embedded and demo)


class DemoSignIn:
    """The demo provider of one run."""

    def __init__(self, var_dir: Path, base_url: str, first_port: int) -> None:
        """Choose a free port, the one after `first_port` if possible."""
        self.port = ports.free_after(_HOST, first_port)
        self.url = f"http://{_HOST}:{self.port}"
        self._base_url = base_url
        self._known, self._settings = var_dir / "demo-aanmelding.json", var_dir / "demo-aanmelden.toml"
        self.people: list[dict[str, str]] = []

    def prepare(self, register: Register) -> None:
        """Give the people of the demo their accounts, and write what the provider and the register each need to know."""
        self.people = json.loads(register(["demo", "accounts"]))
        secret = secrets.token_urlsafe(24)
        known = {
            "port": self.port,
            "client_secret": secret,
            "redirect_uri": f"{self._base_url}/aanmelden/{PROVIDER}/terug",
            "people": self.people,
        }
        _write(self._known, json.dumps(known))
        lines = (
            f"[{PROVIDER}]",
            'naam = "de demo"',
            f'issuer = "{self.url}"',
            f'client_id = "{CLIENT_ID}"',
            f'client_secret = "{secret}"',
            'rollen = ["leraar", "auditor"]',
        )
        _write(self._settings, "\n".join([*lines, ""]))

    def program(self, log: Path, environ: Mapping[str, str], instance: Instance) -> Program:
        """Give the process that serves it. It knows no database: nothing of the environment but what any program needs."""
        kept = {name: value for name, value in environ.items() if name in ("PATH", "HOME", "LANG", "PYTHONPATH")}
        command = [sys.executable, "-m", "register_service.runtime.demo_provider", str(self._known)]
        return Program("demo-aanmelding", log, command, kept, instance)

    def added_to(self, environ: Mapping[str, str]) -> dict[str, str]:
        """Give the environment of a web service that signs people in through it, besides through whatever else it knows."""
        others = environ.get("AANMELDEN", "")
        return {**environ, "AANMELDEN": ":".join(filter(None, [others, str(self._settings)]))}

    def is_ready(self) -> bool:
        """Tell whether it answers."""
        try:
            with urllib.request.urlopen(f"{self.url}/.well-known/openid-configuration", timeout=5) as answer:  # noqa: S310 - http
                found: dict[str, Any] = json.load(answer)
                return bool(found["issuer"] == self.url)
        except (OSError, ValueError, KeyError):
            return False


def _write(file: Path, text: str) -> None:
    fresh = file.with_suffix(".new")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as stream:
        stream.write(text)
    fresh.replace(file)
