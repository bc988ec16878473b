"""Checkpoints: signed statements of how large the tree is, what its root is, and which transactions it holds.

The form is that of C2SP tlog-checkpoint and signed-note: origin, size and root on a line each, then lines of
our own (the moment and the PostgreSQL snapshot), an empty line, and the signature.
"""

import base64
import binascii
from dataclasses import dataclass
from datetime import UTC, datetime

from register_service.journal.keys import JournalKey, Verifier

_DASH = "\N{EM DASH}"


class NoteError(Exception):
    """A note is not a checkpoint of this journal; the message is in Dutch."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What a checkpoint says. `root` has 32 bytes, `at` is aware, `snapshot` is `xmin:xmax:running`."""

    size: int
    root: bytes
    at: datetime
    snapshot: str

    def text(self, origin: str) -> str:
        """Give the text that is signed."""
        root = base64.b64encode(self.root).decode()
        return f"{origin}\n{self.size}\n{root}\nmoment {format_moment(self.at)}\nsnapshot {self.snapshot}\n"


def format_moment(moment: datetime) -> str:
    """Write an aware moment as UTC with microseconds."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def sign(checkpoint: Checkpoint, key: JournalKey) -> str:
    """Make the note of a checkpoint."""
    verifier = key.verifier
    text = checkpoint.text(verifier.name)
    signature = base64.b64encode(verifier.key_id + key.sign(text.encode())).decode()
    return f"{text}\n{_DASH} {verifier.name} {signature}\n"


def open_note(note: str, verifier: Verifier) -> Checkpoint:
    """Check the signature of a note and read it. Raises NoteError."""
    text, separator, signatures = note.partition("\n\n")
    text += "\n"
    prefix = f"{_DASH} {verifier.name} "
    lines = [line.removeprefix(prefix) for line in signatures.splitlines() if line.startswith(prefix)]
    if not separator or not any(_signed(line, text, verifier) for line in lines):
        raise NoteError("de handtekening klopt niet")
    return _parse(text, verifier.name)


def _signed(encoded: str, text: str, verifier: Verifier) -> bool:
    try:
        raw = base64.b64decode(encoded, validate=True)
    except binascii.Error:
        return False
    return raw[:4] == verifier.key_id and verifier.accepts(raw[4:], text.encode())


def _parse(text: str, origin: str) -> Checkpoint:
    try:
        first, size, root, moment, snapshot = text.splitlines()
        checkpoint = Checkpoint(
            size=int(size),
            root=base64.b64decode(root, validate=True),
            at=datetime.strptime(moment, "moment %Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC),
            snapshot=snapshot.removeprefix("snapshot "),
        )
    except (ValueError, binascii.Error) as error:
        raise NoteError("de tekst is geen controlepunt") from error
    if first != origin or checkpoint.text(origin) != text:
        raise NoteError("de tekst is geen controlepunt van dit journaal")
    return checkpoint
