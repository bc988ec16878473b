"""PostgreSQL refuses to run as root. Where the register does run as root, a system user of its own runs PostgreSQL."""

import os
import pwd
import stat
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from register_service.runtime.errors import RunError

SYSTEM_USER: Final = "embedded_postgres"


@dataclass(frozen=True, slots=True)
class Account:
    """A user and its group, by number."""

    uid: int
    gid: int


def postgres_account() -> Account | None:
    """Give the account that must run PostgreSQL, made if needed; None when this process may do it itself."""
    if os.geteuid() != 0:
        return None
    try:
        entry = pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        _add_user()
        entry = pwd.getpwnam(SYSTEM_USER)
    return Account(entry.pw_uid, entry.pw_gid)


def open_path(path: Path) -> None:
    """Let other users pass through every folder above `path` where they cannot now (to pass, not to list)."""
    for folder in path.resolve().parents:
        mode = folder.stat().st_mode
        if not mode & stat.S_IXOTH:
            folder.chmod(stat.S_IMODE(mode) | stat.S_IXOTH)


def open_tree(path: Path) -> None:
    """Let other users read everything below `path`, as after an installation under a strict umask."""
    for item in (path, *path.rglob("*")):
        if item.is_symlink():
            continue
        mode = item.stat().st_mode
        wanted = stat.S_IRGRP | stat.S_IROTH
        if item.is_dir() or mode & stat.S_IXUSR:
            wanted |= stat.S_IXGRP | stat.S_IXOTH
        if mode & wanted != wanted:
            item.chmod(stat.S_IMODE(mode) | wanted)


def _add_user() -> None:
    command = ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", SYSTEM_USER]
    try:
        subprocess.run(command, check=True, capture_output=True, text=True)
    except (OSError, subprocess.CalledProcessError) as error:
        reason = error.stderr.strip() if isinstance(error, subprocess.CalledProcessError) else str(error)
        raise RunError(
            f"PostgreSQL draait niet als root, en de gebruiker {SYSTEM_USER} kon niet worden gemaakt ({reason})."
            " Start het register als gewone gebruiker, of geef DATABASE_URL."
        ) from error
