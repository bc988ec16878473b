"""Links to download one bewijsstuk: sealed by the register, open to whoever holds one, for five minutes.

What a link is for stands in it encrypted (Fernet): the name of a file may be somebody's, and no address holds personal data.
"""

import base64
import os
import secrets
import threading
from contextlib import suppress
from dataclasses import astuple, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import orjson
from cryptography.fernet import Fernet, InvalidToken

from register_service.core import clock
from register_service.core.errors import NotFound

LIFETIME: Final = timedelta(minutes=5)
PATH: Final = "/bewijsstukken"
KEY_FILE: Final = "downloads.key"


@dataclass(frozen=True, slots=True)
class Download:
    """What a link gives: content, by its hash, and under which mediatype and name."""

    sha256: str
    mediatype: str
    filename: str


@dataclass(frozen=True, slots=True)
class Link:
    """An address, and the moment until which it works."""

    url: str
    valid_until: datetime


class Links:
    """Makes links and reads them. The key is made at first use and lies in `key_dir`; all hosts need the same one."""

    def __init__(self, key_dir: Path, base_url: str) -> None:
        self._file = key_dir / KEY_FILE
        self._base_url = base_url
        self._lock = threading.Lock()
        self._key: Fernet | None = None

    def make(self, download: Download) -> Link:
        """Make a link that works from now on."""
        now = int(clock.now().timestamp())
        token = self._fernet().encrypt_at_time(orjson.dumps(astuple(download)), now)
        valid_until = datetime.fromtimestamp(now, UTC) + LIFETIME
        return Link(f"{self._base_url}{PATH}/{token.decode().rstrip('=')}", valid_until)

    def read(self, token: str) -> Download:
        """Give what a link is for. Raises NotFound, whatever is wrong with it."""
        now = int(clock.now().timestamp())
        try:
            raw = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
            sealed = base64.urlsafe_b64encode(raw)
            # One way to write each link: base64 has more, and reads over signs that are not its own.
            if sealed.decode().rstrip("=") != token:
                raise InvalidToken
            content = self._fernet().decrypt_at_time(sealed, int(LIFETIME.total_seconds()), now)
        except (InvalidToken, ValueError) as error:
            raise NotFound from error
        return Download(*orjson.loads(content))

    def seal(self, content: bytes) -> bytes:
        """Encrypt something that must not be readable where it is kept."""
        return self._fernet().encrypt(content)

    def unseal(self, sealed: bytes) -> bytes:
        """Give what was sealed. Raises NotFound when it was with another key."""
        try:
            return self._fernet().decrypt(sealed)
        except InvalidToken as error:
            raise NotFound from error

    def _fernet(self) -> Fernet:
        if self._key is None:
            with self._lock:
                self._key = self._key or Fernet(load_or_create_key(self._file))
        return self._key


def load_or_create_key(file: Path) -> bytes:
    """Read the key, or make one; of several processes that start at once, one makes it and all use it. Raises OSError."""
    if not file.exists():
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = file.with_name(f".{file.name}.{secrets.token_hex(8)}")
        descriptor = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_CLOEXEC, 0o600)
        try:
            with os.fdopen(descriptor, "wb") as stream:
                stream.write(Fernet.generate_key())
                stream.flush()
                os.fsync(stream.fileno())
            with suppress(FileExistsError):  # unlike a rename, this fails when another process was first
                os.link(draft, file)
        finally:
            draft.unlink()
    return file.read_bytes().strip()
