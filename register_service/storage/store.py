"""Where the content of bewijsstukken lies: blobs under their SHA-256, in a folder or in a bucket.

A blob is there whole or not at all. What is still coming in lies in the folder `incoming` until its hash is known.
The same content is kept once, whoever sent it; `cleaning` throws away what no bewijsstuk refers to any more.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final, Protocol

CHUNK: Final = 64 * 1024
# Of PostgreSQL's advisory locks: shared while a blob is kept and its row written, alone while blobs are thrown away.
LOCK: Final = 0x42657769
# What a file is called while it comes in.
LEFTOVER: Final = ".part"
SHA256: Final = re.compile(r"[0-9a-f]{64}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Blob:
    """The content of one blob, to be read once: its size in bytes, its chunks, and what to call afterwards."""

    size: int
    chunks: Iterator[bytes]
    close: Callable[[], None]


class Store(Protocol):
    """A place for blobs. Everything raises StorageUnavailable when it cannot be reached, is full or may not be used."""

    @property
    def incoming(self) -> Path:
        """The folder for what is still coming in."""

    def put(self, sha256: str, file: Path) -> None:
        """Keep a whole file under its hash, for good once this returns. Again changes nothing; the file may be gone then."""

    def open(self, sha256: str) -> Blob:
        """Open a blob. Raises NotFound."""

    def delete(self, sha256: str) -> None:
        """Throw a blob away, if it is there."""

    def list(self, before: datetime) -> Iterator[list[str]]:
        """Give the hashes of all blobs that were kept before a moment, by the hundreds."""


def name_of(sha256: str) -> str:
    """Give the name of a blob, the same in a folder and in a bucket, so that one can be copied to the other."""
    return f"{sha256[:2]}/{sha256}"
