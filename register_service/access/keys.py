"""The keys that sign access tokens: Ed25519, in files beside the database, never in it.

A file is named after the moment it was made and its key id (`20261101T090000.000000Z-<kid>.pem`). Everything else follows from
those names and the clock, so that every worker comes to the same answer without talking to another:

- a key is published as soon as its file is there, but signs only `PUBLISH_BEFORE_USE` later, when everyone knows it;
- it signs until the next key takes over, and stays published until its last token has expired;
- the very first key signs at once, because nobody knows an older one.
"""

import fcntl
import math
import os
import re
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from joserfc.jwk import OKPKey

from register_service.core import clock

# Of a client's token, which asks for the next one itself; and of a person's, which the beheerder hands out for a working day.
TOKEN_LIFETIME = timedelta(hours=1)
PERSON_LIFETIME = timedelta(hours=24)
LONGEST_LIFETIME = max(TOKEN_LIFETIME, PERSON_LIFETIME)
PUBLISH_BEFORE_USE = timedelta(minutes=10)
# How long others may keep the published keys: shorter than the time a new key is published before it signs.
PUBLISHED_MAX_AGE = timedelta(minutes=5)
# Clocks of hosts differ a little; an old key stays for this long after its last token.
CLOCK_SKEW = timedelta(minutes=1)
RELOAD_SECONDS = 3.0

_FILE_NAME = re.compile(r"(\d{8}T\d{6}\.\d{6}Z)-([A-Za-z0-9_-]{43})\.pem", re.ASCII)
_MOMENT = "%Y%m%dT%H%M%S.%fZ"


@dataclass(frozen=True, slots=True)
class SigningKey:
    """One key: its id (RFC 7638 thumbprint), the moment it was made, and the parsed private key."""

    kid: str
    made_at: datetime
    private: OKPKey

    @property
    def signs_from(self) -> datetime:
        """Give the moment at which it is known widely enough to sign, unless there is no other key."""
        return self.made_at + PUBLISH_BEFORE_USE


def signing_key(keys: Sequence[SigningKey], now: datetime) -> SigningKey:
    """Choose which of the keys, oldest first, signs now: the newest that is known widely, else the oldest."""
    known = [key for key in keys if key.signs_from <= now]
    return known[-1] if known else keys[0]


def published_keys(keys: Sequence[SigningKey], now: datetime) -> list[SigningKey]:
    """Choose which of the keys, oldest first, still count: all but those whose last token, of whatever kind, has expired."""
    last_use = [following.signs_from for following in keys[1:]]
    expired = sum(moment + LONGEST_LIFETIME + CLOCK_SKEW < now for moment in last_use)
    return list(keys[expired:])


class KeyStore:
    """The signing keys of one directory, parsed once, looked at again when files come or go. Safe between threads."""

    def __init__(self, directory: Path, *, reload_seconds: float = RELOAD_SECONDS) -> None:
        self._directory = directory
        self._reload_seconds = reload_seconds
        self._lock = threading.Lock()
        self._looked_at = -math.inf
        self._keys: dict[str, SigningKey] = {}
        self._trusted: dict[str, OKPKey] = {}

    def ensure(self) -> None:
        """Make the first key if there is none. Any number of processes may do this at once; one key comes of it."""
        if self.all():
            return
        with self._exclusive():
            if not self.all():
                self._make()

    def rotate(self) -> SigningKey:
        """Add a key, which signs after PUBLISH_BEFORE_USE, and throw away the keys that no valid token needs."""
        with self._exclusive():
            trusted = published_keys(self.all(), clock.now())
            for key in self.all():
                if key not in trusted:
                    self._path(key).unlink()
            return self._make()

    def remove(self, kid: str) -> SigningKey:
        """Throw a key away, and with it every token it signed (for a key that leaked); give the key that signs now.

        Raises KeyError for a kid that is not there, ValueError for the only key.
        """
        with self._exclusive():
            keys = {key.kid: key for key in self.all()}
            if keys.keys() == {kid}:
                raise ValueError(kid)
            self._path(keys[kid]).unlink()
        return signing_key(self.all(), clock.now())

    def all(self) -> list[SigningKey]:
        """Give every key on disk, oldest first, as it is this moment."""
        self._look(0.0)
        return list(self._keys.values())

    def signing(self) -> SigningKey:
        """Give the key that signs now; the first time, make it."""
        self._look(self._reload_seconds)
        if not self._keys:
            self.ensure()
        return signing_key(list(self._keys.values()), clock.now())

    def published(self) -> list[SigningKey]:
        """Give the keys that others may trust now, oldest first."""
        self._look(self._reload_seconds)
        return published_keys(list(self._keys.values()), clock.now())

    def public(self, kid: str) -> OKPKey | None:
        """Give the published key with this id, or None. An id that is not known makes the directory be read again."""
        if not self.trusts(kid):
            self._look(0.0)
        return self._trusted.get(kid)

    def trusts(self, kid: str) -> bool:
        """Tell, in a fraction of a microsecond, whether a key is (still) published."""
        self._look(self._reload_seconds)
        return kid in self._trusted

    def _look(self, max_age: float) -> None:
        if time.monotonic() - self._looked_at < max_age:
            return
        with self._lock:
            self._keys = self._read()
            self._trusted = {key.kid: key.private for key in published_keys(list(self._keys.values()), clock.now())}
            self._looked_at = time.monotonic()

    def _read(self) -> dict[str, SigningKey]:
        """Read the directory: file name to key, oldest first; only files that are new are parsed."""
        try:
            names = sorted(path.name for path in self._directory.iterdir() if _FILE_NAME.fullmatch(path.name))
        except FileNotFoundError:
            return {}
        keys: dict[str, SigningKey] = {}
        for name in names:
            # A file that goes while we look was thrown away by another process.
            with suppress(FileNotFoundError):
                keys[name] = self._keys.get(name) or _parse(self._directory / name)
        return keys

    def _path(self, key: SigningKey) -> Path:
        return self._directory / f"{key.made_at.strftime(_MOMENT)}-{key.kid}.pem"

    def _make(self) -> SigningKey:
        private = OKPKey.generate_key("Ed25519")
        # The order of the keys is the order of their names, whatever the clock does.
        made_at = max([clock.now(), *(key.made_at + timedelta(microseconds=1) for key in self._keys.values())])
        key = SigningKey(private.thumbprint(), made_at, private)
        write_private(self._path(key), private.as_pem(private=True))
        self._look(0.0)
        return key

    @contextmanager
    def _exclusive(self) -> Iterator[None]:
        self._directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = os.open(self._directory / ".lock", os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
        finally:
            os.close(lock)


def _parse(path: Path) -> SigningKey:
    match = _FILE_NAME.fullmatch(path.name)
    assert match is not None
    private = OKPKey.import_key(path.read_bytes())
    made_at = datetime.strptime(match[1], _MOMENT).replace(tzinfo=UTC)
    return SigningKey(private.thumbprint(), made_at, private)


def write_private(path: Path, content: bytes) -> None:
    """Write a secret file that only its owner can read, whole or not at all, also when the power goes."""
    draft = path.with_suffix(".draft")
    draft.unlink(missing_ok=True)
    descriptor = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_CLOEXEC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.rename(path)
    directory = os.open(path.parent, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)
