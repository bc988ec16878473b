"""Taking a bewijsstuk in: read in chunks, counted, hashed, looked at; kept when its row is written, or gone."""

import hashlib
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from sqlalchemy import text
from sqlalchemy.orm import Session

from register_service.core.errors import FieldError, Invalid, TooLarge, UnsupportedMediaType
from register_service.storage import kinds
from register_service.storage.errors import StorageUnavailable
from register_service.storage.scanning import Scanner
from register_service.storage.store import LEFTOVER, LOCK, Store

MEBIBYTE: Final = 1024 * 1024
# domain.md, Professionaliseringsactiviteit: up to 10 MB.
MOST: Final = 10 * MEBIBYTE

_KEEPING: Final = text(f"select pg_advisory_xact_lock_shared({LOCK})")


@dataclass(frozen=True, slots=True)
class Received:
    """A file that came in whole and may stay: its hash, what it is by its content, its size in bytes."""

    sha256: str
    mediatype: str
    size: int
    _file: Path
    _store: Store

    def keep(self, session: Session) -> None:
        """Keep the content, inside the transaction that writes a row with its hash. Raises StorageUnavailable.

        When that transaction fails after all, what was kept is thrown away later (`cleaning`).
        """
        session.execute(_KEEPING)
        self._store.put(self.sha256, self._file)


@contextmanager
def receive(chunks: Iterable[bytes], store: Store, scanner: Scanner, most: int = MOST) -> Iterator[Received]:
    """Take a file in for the length of a block; at its end nothing is left but what was kept.

    Raises TooLarge, UnsupportedMediaType, Invalid (empty, cut off, two things at once, malware), StorageUnavailable,
    ScannerUnavailable; and whatever `chunks` raises when its sender is gone.
    """
    with _incoming(store.incoming) as path:
        hashed, head, size = _write(path, chunks, most)
        with _disk(), path.open("rb") as file:
            ends = kinds.Ends(head, _tail(file, size), size)
            mediatype = _judge(ends)
            file.seek(0)
            _refuse_malware(scanner.scan(file))
        yield Received(hashed, mediatype, size, path, store)


def too_large(most: int = MOST) -> TooLarge:
    """Make the refusal of a file of more than `most` bytes."""
    return TooLarge(f"Een bewijsstuk is hoogstens {most // MEBIBYTE} MB. Maak het bestand kleiner.")


@contextmanager
def _incoming(folder: Path) -> Iterator[Path]:
    with _disk():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=folder, suffix=LEFTOVER, delete=False) as file:  # it makes them 0600
            path = Path(file.name)
    try:
        yield path
    finally:
        with suppress(OSError):
            path.unlink(missing_ok=True)


def _write(path: Path, chunks: Iterable[bytes], most: int) -> tuple[str, bytes, int]:
    """Write what comes in, and give its hash, its beginning and its size."""
    hashed, head, size = hashlib.sha256(), b"", 0
    with ExitStack() as stack:
        with _disk():
            file = path.open("wb")
        stack.callback(_close, file)
        for chunk in chunks:
            size += len(chunk)
            if size > most:
                raise too_large(most)
            hashed.update(chunk)
            head += chunk[: kinds.HEAD - len(head)]
            with _disk():
                file.write(chunk)
        with _disk():
            file.flush()
    return hashed.hexdigest(), head, size


@contextmanager
def _disk() -> Iterator[None]:
    # Around what touches the disk only: a sender that is gone is an OSError too, and another answer.
    try:
        yield
    except OSError as error:
        raise StorageUnavailable from error


def _close(file: BinaryIO) -> None:
    with suppress(OSError):  # what a full disk refused stays in the buffer, and is refused again
        file.close()


def _tail(file: BinaryIO, size: int) -> bytes:
    file.seek(max(0, size - kinds.TAIL))
    return file.read()


def _judge(ends: kinds.Ends) -> str:
    """Give the mediatype of a file that may stay."""
    if not ends.size:
        raise _refusal("bewijsstuk-leeg", "Het bestand is leeg. Stuur een PDF, PNG of JPEG.")
    mediatype = kinds.mediatype_of(ends.head)
    if mediatype is None:
        raise UnsupportedMediaType(
            "Dit bestand is naar zijn inhoud geen PDF, PNG of JPEG. Sla het op als een daarvan.",
            code="bewijsstuk-soort",
        )
    if not kinds.is_whole(mediatype, ends):
        detail = "Het bestand is afgebroken, of er staat nog iets achter. Sla het opnieuw op en stuur het nog eens."
        raise _refusal("bewijsstuk-onvolledig", detail)
    if kinds.is_two_things(mediatype, ends):
        detail = "Het bestand is ook als een ander soort bestand te openen. Sla het opnieuw op als PDF, PNG of JPEG."
        raise _refusal("bewijsstuk-dubbelzinnig", detail)
    return mediatype


def _refuse_malware(found: str | None) -> None:
    if found is not None:
        detail = "De virusscanner heeft in dit bestand iets schadelijks gevonden. Stuur een schoon bestand."
        raise _refusal("bewijsstuk-besmet", detail)


def _refusal(code: str, detail: str) -> Invalid:
    return Invalid([FieldError("body", "", code, detail)])
