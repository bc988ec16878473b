"""The HR client of the demo region, with which a newcomer signs in."""

import json
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

from register_service.runtime.errors import RunError

FILE: Final = "demo-client.json"


def has_demo_client(var_dir: Path) -> bool:
    """Tell whether the client was made already."""
    return (var_dir / FILE).is_file()


def demo_client(var_dir: Path, bestuur: str, register: Callable[[Sequence[str]], str]) -> dict[str, Any]:
    """Give the client, made once through `register client create`.

    Its secret stays in a file that only this user can read: the register itself keeps no secrets that can be shown again.
    """
    file = var_dir / FILE
    if not has_demo_client(var_dir):
        text = register(["client", "create", "--naam", "Demo HR-systeem", "--bestuur", bestuur])
        fresh = file.with_suffix(".new")
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as stream:
            stream.write(text)
        fresh.replace(file)
    try:
        client: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    except ValueError as error:
        raise RunError(f"{file} is beschadigd. Verwijder het; de volgende keer komt er een nieuwe client.") from error
    return client
