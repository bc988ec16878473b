"""The clients of the demo region with which a newcomer signs in, and whose tokens are worth making."""

import json
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

from register_service.runtime.errors import RunError

FILE: Final = "demo-client.json"
FILE_AANBIEDER: Final = "demo-aanbieder.json"
# Tests hold these to register_service.demo. A bestuur of the region, an aanbieder, a leraar of that bestuur who lacks something
# shortly before the end of a period, and a validator who may judge what that leraar submitted.
DEMO_BESTUUR: Final = "41285"
DEMO_AANBIEDER: Final = "00000101"
DEMO_LERAAR: Final = "8096177689"
DEMO_VALIDATOR: Final = "4521824790"

Register = Callable[[Sequence[str]], str]


def has_demo_client(var_dir: Path) -> bool:
    """Tell whether the client was made already."""
    return (var_dir / FILE).is_file()


def demo_client(var_dir: Path, register: Register) -> dict[str, Any]:
    """Give the client of a bestuur's HR system, made once through `register client create`."""
    return _client(var_dir / FILE, ["--naam", "Demo HR-systeem", "--bestuur", DEMO_BESTUUR], register)


def demo_aanbieder(var_dir: Path, register: Register) -> dict[str, Any]:
    """Give the client of an aanbieder, made once."""
    return _client(var_dir / FILE_AANBIEDER, ["--naam", "Demo aanbieder", "--aanbieder", DEMO_AANBIEDER], register)


def _client(file: Path, options: Sequence[str], register: Register) -> dict[str, Any]:
    """Give a client.

    Its secret stays in a file that only this user can read: the register itself keeps no secrets that can be shown again.
    """
    if not file.is_file():
        text = register(["client", "create", *options])
        fresh = file.with_suffix(".new")
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as stream:
            stream.write(text)
        fresh.replace(file)
    try:
        client: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    except ValueError as error:
        raise RunError(f"{file} is beschadigd. Verwijder het; de volgende keer komt er een nieuwe client.") from error
    return client
