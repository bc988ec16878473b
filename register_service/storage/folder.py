"""Blobs in a folder: on the disk of this machine, or on one that all hosts share."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from register_service.core.errors import NotFound
from register_service.storage.errors import StorageUnavailable
from register_service.storage.store import CHUNK, SHA256, Blob, name_of

_AT_ONCE = 500


class FolderStore:
    """A folder with 256 folders of blobs. `incoming` lies in it too, so that a finished file needs only another name."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.incoming = root / "incoming"

    def put(self, sha256: str, file: Path) -> None:
        """Keep a file: written to the disk first, then renamed, so that the name never stands for half of it."""
        target = self._path(sha256)
        with _unavailable():
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            _sync(file)
            file.replace(target)
            _sync(target.parent)
            _sync(self.root)

    def open(self, sha256: str) -> Blob:
        """Open a blob. Raises NotFound."""
        try:
            file = self._path(sha256).open("rb")
        except FileNotFoundError as error:
            raise NotFound from error
        except OSError as error:
            raise StorageUnavailable from error
        return Blob(os.fstat(file.fileno()).st_size, iter(lambda: file.read(CHUNK), b""), file.close)

    def delete(self, sha256: str) -> None:
        """Throw a blob away, if it is there."""
        with _unavailable():
            self._path(sha256).unlink(missing_ok=True)

    def list(self, before: datetime) -> Iterator[list[str]]:
        """Give the hashes of all blobs that were kept before a moment, a few hundred at a time."""
        found: list[str] = []
        with _unavailable():
            for folder in sorted(self.root.glob("[0-9a-f][0-9a-f]")):
                found += [entry.name for entry in os.scandir(folder) if _is_old_blob(entry, before)]
                if len(found) >= _AT_ONCE:
                    yield found
                    found = []
        if found:
            yield found

    def _path(self, sha256: str) -> Path:
        return self.root / name_of(sha256)


def _is_old_blob(entry: "os.DirEntry[str]", before: datetime) -> bool:
    if SHA256.fullmatch(entry.name) is None:
        return False
    try:
        return datetime.fromtimestamp(entry.stat().st_mtime, UTC) < before
    except FileNotFoundError:  # thrown away in this very moment
        return False


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _unavailable() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StorageUnavailable from error
