"""The key that signs checkpoints: Ed25519, made at first start, kept in a file of its own and never in the database.

Beside the private key (`journal.pem`, readable by its owner only) stand the two forms of the public key: `journal.pub.pem`, and
`journal.vkey` in the form of C2SP signed-note (`name+hash+key`), which is what a stranger needs to check a proof.
"""

import base64
import os
import tempfile
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

PRIVATE_FILE = "journal.pem"
PUBLIC_FILE = "journal.pub.pem"
VERIFIER_FILE = "journal.vkey"
_ED25519 = b"\x01"
_RAW = (serialization.Encoding.Raw, serialization.PublicFormat.Raw)


class JournalKeyError(Exception):
    """The key of the journal cannot be used; the message is in Dutch and says which file."""


@dataclass(frozen=True)
class Verifier:
    """The public half: who signed (`name`) and how to tell."""

    public: Ed25519PublicKey

    @property
    def name(self) -> str:
        """Give the name of this journal: fixed words and the first 32 bits of the key's SHA-256, so that no two share it."""
        return f"lerarenregister.ra-zon/{sha256(self._raw).hexdigest()[:8]}"

    @property
    def key_id(self) -> bytes:
        """Give the 4 bytes that stand before each signature (C2SP signed-note)."""
        return sha256(self.name.encode() + b"\n" + _ED25519 + self._raw).digest()[:4]

    @property
    def vkey(self) -> str:
        """Give the verifier key as C2SP signed-note writes it."""
        return f"{self.name}+{self.key_id.hex()}+{base64.b64encode(_ED25519 + self._raw).decode()}"

    def accepts(self, signature: bytes, text: bytes) -> bool:
        """Tell whether this key made the 64-byte signature over the text."""
        try:
            self.public.verify(signature, text)
        except InvalidSignature:
            return False
        return True

    @property
    def pem(self) -> bytes:
        """Give the public key as PEM."""
        return self.public.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)

    @property
    def _raw(self) -> bytes:
        return self.public.public_bytes(*_RAW)


@dataclass(frozen=True)
class JournalKey:
    """The whole key."""

    private: Ed25519PrivateKey

    @property
    def verifier(self) -> Verifier:
        """Give the public half."""
        return Verifier(self.private.public_key())

    def sign(self, text: bytes) -> bytes:
        """Make the 64-byte signature over a text."""
        return self.private.sign(text)


def load_or_create_key(key_dir: Path) -> JournalKey:
    """Read the key, or make one if there never was one; of several processes that start at once, one makes it and all use it.

    Raises JournalKeyError when the file cannot be read, holds something else, or is gone while its public half is there.
    """
    private_file = key_dir / PRIVATE_FILE
    try:
        if not private_file.exists():
            if (key_dir / PUBLIC_FILE).exists():
                raise JournalKeyError(f"De sleutel van het journaal is weg; zet {private_file} terug.")
            key_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
            _create(private_file)
        key = JournalKey(_read_private(private_file))
        _publish(key_dir / PUBLIC_FILE, key.verifier.pem)
        _publish(key_dir / VERIFIER_FILE, key.verifier.vkey.encode() + b"\n")
    except OSError as error:
        raise JournalKeyError(f"De sleutel van het journaal is niet te lezen of te maken: {error}") from error
    return key


def load_verifier(key_dir: Path) -> Verifier:
    """Read the public key alone, from `journal.pub.pem`. Raises JournalKeyError when it is not there or is not one."""
    file = key_dir / PUBLIC_FILE
    try:
        public = serialization.load_pem_public_key(file.read_bytes())
    except (OSError, ValueError) as error:
        raise JournalKeyError(f"De publieke sleutel van het journaal is niet te lezen: {file}") from error
    if not isinstance(public, Ed25519PublicKey):
        raise JournalKeyError(f"Dit is geen Ed25519-sleutel: {file}")
    return Verifier(public)


def parse_vkey(text: str) -> Verifier:
    """Read a verifier key in the form of C2SP signed-note. Raises JournalKeyError when it is not one of this journal's kind."""
    try:
        _, _, encoded = text.strip().split("+", 2)
        raw = base64.b64decode(encoded, validate=True)
        verifier = Verifier(Ed25519PublicKey.from_public_bytes(raw[1:]))
    except ValueError as error:
        raise JournalKeyError("Dit is geen publieke sleutel van een journaal.") from error
    if verifier.vkey != text.strip():
        raise JournalKeyError("De naam of de controlecode van deze publieke sleutel klopt niet.")
    return verifier


def _create(file: Path) -> None:
    pem = Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    temporary = _write_beside(file, pem)
    try:
        os.link(temporary, file)  # Unlike a rename, this fails when another process was first.
    except FileExistsError:
        pass
    finally:
        temporary.unlink()


def _read_private(file: Path) -> Ed25519PrivateKey:
    try:
        private = serialization.load_pem_private_key(file.read_bytes(), password=None)
    except (ValueError, TypeError) as error:
        raise JournalKeyError(f"Dit bestand bevat geen bruikbare sleutel: {file}") from error
    if not isinstance(private, Ed25519PrivateKey):
        raise JournalKeyError(f"Dit is geen Ed25519-sleutel: {file}")
    return private


def _publish(file: Path, content: bytes) -> None:
    if file.is_file():
        if file.read_bytes() != content:
            raise JournalKeyError(f"{file} hoort niet bij de sleutel van het journaal ({PRIVATE_FILE}).")
        return
    temporary = _write_beside(file, content)
    temporary.chmod(0o644)
    temporary.replace(file)


def _write_beside(file: Path, content: bytes) -> Path:
    descriptor, name = tempfile.mkstemp(prefix=f".{file.name}.", dir=file.parent)  # mkstemp makes it 0600.
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    return Path(name)
