"""`register reset`: back to nothing, for the embedded PostgreSQL only."""

import os
import shutil
from pathlib import Path

from register_service.location import data_dir
from register_service.runtime.embedded import EmbeddedServer
from register_service.runtime.errors import RunError
from register_service.runtime.instance import Instance

_MADE_BY_US = (
    "keys",
    "bewijsstukken",
    "log",
    "metrics",
    "run",
    "demo-client.json",
    "demo-aanbieder.json",
    "demo-aanmelden.toml",
    "demo-aanmelding.json",
    "register.lock",
)


def reset() -> bool:
    """Stop the register of this data folder, delete data, bewijsstukken, keys and demo client; tell whether it was running.

    Raises RunError with DATABASE_URL set: nobody's database is emptied by a command that starts anew.
    """
    if os.environ.get("DATABASE_URL") or os.environ.get("DATABASE_URL_FILE"):
        raise RunError("DATABASE_URL is gezet. Die database wist deze opdracht niet; maak haar zelf leeg.")
    var_dir = Path(os.environ.get("VAR_DIR") or "var").resolve()
    running = stop(var_dir)
    EmbeddedServer(data_dir(var_dir)).remove()
    for name in _MADE_BY_US:
        path = var_dir / name
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    if var_dir.is_dir() and not any(var_dir.iterdir()):
        var_dir.rmdir()
    return running


def stop(var_dir: Path) -> bool:
    """Stop the register of a data folder, and whatever a killed one left running; tell whether there was any."""
    instance = Instance(var_dir)
    running = instance.stop()
    leftovers = instance.clear_leftovers()
    postgres = data_dir(var_dir).is_dir() and EmbeddedServer(data_dir(var_dir)).stop_leftover()
    return running or bool(leftovers) or postgres
