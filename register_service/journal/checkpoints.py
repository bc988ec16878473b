"""Checkpoints: signed statements of how large the tree is, what its root is, and which transactions it holds.

The form is that of C2SP tlog-checkpoint and signed-note: origin, size and root on a line each, then lines of
our own (the moment, the PostgreSQL snapshot, and the hash of the note before), an empty line, and the signature. The snapshot
decides what was known at a moment, and so does every checkpoint by being there: hence both are under the signature.
"""

import base64
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

from register_service.journal.keys import JournalKey, Verifier

_DASH = "\N{EM DASH}"


class NoteError(Exception):
    """A note is not a checkpoint of this journal; the message is in Dutch."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What a checkpoint says. `root` and `previous` have 32 bytes, `at` is aware, `snapshot` is `xmin:xmax:running`."""

    size: int
    root: bytes
    at: datetime
    snapshot: str
    previous: bytes

    def text(self, origin: str) -> str:
        """Give the text that is signed."""
        own = f"moment {format_moment(self.at)}\nsnapshot {self.snapshot}\nprevious {_encode(self.previous)}\n"
        return f"{origin}\n{self.size}\n{_encode(self.root)}\n{own}"


def hash_note(note: str | None) -> bytes:
    """Give what the next checkpoint says of this note: its SHA-256, or zeros when there was none before."""
    return bytes(32) if note is None else sha256(note.encode()).digest()


def format_moment(moment: datetime) -> str:
    """Write an aware moment as UTC with microseconds, of any year; the API takes and gives moments so too."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def sign(checkpoint: Checkpoint, key: JournalKey) -> str:
    """Make the note of a checkpoint."""
    verifier = key.verifier
    text = checkpoint.text(verifier.name)
    return f"{text}\n{_DASH} {verifier.name} {_encode(verifier.key_id + key.sign(text.encode()))}\n"


def open_note(note: str, verifier: Verifier) -> Checkpoint:
    """Check the signature of a note and read it. Raises NoteError."""
    text, separator, signatures = note.partition("\n\n")
    text += "\n"
    prefix = f"{_DASH} {verifier.name} "
    lines = [line.removeprefix(prefix) for line in signatures.splitlines() if line.startswith(prefix)]
    if not separator or not any(_signed(line, text, verifier) for line in lines):
        raise NoteError("de handtekening klopt niet")
    return _parse(text, verifier.name)


def _encode(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _signed(encoded: str, text: str, verifier: Verifier) -> bool:
    try:
        raw = base64.b64decode(encoded, validate=True)
    except ValueError:
        return False
    return raw[:4] == verifier.key_id and verifier.accepts(raw[4:], text.encode())


def _parse(text: str, origin: str) -> Checkpoint:
    try:
        first, size, root, moment, snapshot, previous = text.splitlines()
        checkpoint = Checkpoint(
            size=int(size),
            root=base64.b64decode(root, validate=True),
            at=datetime.strptime(moment, "moment %Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC),
            snapshot=snapshot.removeprefix("snapshot "),
            previous=base64.b64decode(previous.removeprefix("previous "), validate=True),
        )
    except ValueError as error:
        raise NoteError("de tekst is geen controlepunt") from error
    if first != origin or checkpoint.text(origin) != text:
        raise NoteError("de tekst is geen controlepunt van dit journaal")
    return checkpoint
