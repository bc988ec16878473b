"""Where the embedded PostgreSQL of a data folder is to be found. Pure: it only computes names."""

import hashlib
import os
import tempfile
from pathlib import Path
from typing import Final

# The operating system limits a socket's path to 107 bytes (103 on macOS); PostgreSQL adds "/.s.PGSQL.5432".
_DIRECTORY_MAX: Final = 85

DATABASE: Final = "register"
OWNER: Final = "postgres"


def data_dir(var_dir: Path) -> Path:
    """Give the folder with PostgreSQL's own files."""
    return var_dir.resolve() / "postgres"


def socket_dir(data: Path) -> Path:
    """Give the folder of the socket: the data folder itself, or a short one when that path is too long for a socket."""
    if len(os.fsencode(data)) <= _DIRECTORY_MAX:
        return data
    digest = hashlib.sha256(os.fsencode(data)).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"register-{digest}"


def socket_url(data: Path, database: str = DATABASE, user: str = OWNER) -> str:
    """Give the URL of a database on the server of a data folder; it listens on a socket only, so no password."""
    return f"postgresql://{user}@/{database}?host={socket_dir(data)}"
