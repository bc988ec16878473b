"""Blobs in a bucket of any store that speaks S3, through obstore (docs/decisions/bewijsstukken-storage.md)."""

import http.client
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

import obstore
import structlog
from obstore.exceptions import BaseError
from obstore.store import S3Store

from register_service.core.errors import NotFound
from register_service.storage.errors import StorageUnavailable
from register_service.storage.store import CHUNK, SHA256, Blob, name_of

if TYPE_CHECKING:
    from obstore.store import ClientConfig, RetryConfig

log = structlog.get_logger(__name__)

# Seconds for each read or write. A blob is sent inside the transaction that writes its row, so nothing may take long.
_PATIENCE: Final = 8
_AT_ONCE: Final = 500


@dataclass(frozen=True, slots=True)
class Connection:
    """How to reach a store. Without keys those of the machine are used; without endpoint it is Amazon's own."""

    endpoint: str
    region: str
    access_key_id: str = field(repr=False)
    secret_access_key: str = field(repr=False)


class BucketStore:
    """A bucket, or a part of one: `s3://bucket/prefix`. `incoming` is a folder of this machine."""

    def __init__(self, url: str, connection: Connection, incoming: Path) -> None:
        parts = urlsplit(url)
        self.incoming = incoming
        client: ClientConfig = {
            "allow_http": connection.endpoint.startswith("http://"),
            "connect_timeout": timedelta(seconds=3),
            "read_timeout": timedelta(seconds=_PATIENCE),
            # Of a whole download, by somebody whose connection may be slow.
            "timeout": timedelta(minutes=5),
        }
        retries: RetryConfig = {"max_retries": 2, "retry_timeout": timedelta(seconds=_PATIENCE)}
        given: dict[str, Any] = {
            "endpoint": connection.endpoint,
            "access_key_id": connection.access_key_id,
            "secret_access_key": connection.secret_access_key,
        }
        self._store = S3Store(
            parts.netloc,
            prefix=parts.path.strip("/") or None,
            region=connection.region,
            # Stores other than Amazon's seldom have a name in the DNS for each bucket.
            virtual_hosted_style_request=not connection.endpoint,
            client_options=client,
            retry_config=retries,
            **{name: value for name, value in given.items() if value},
        )

    def put(self, sha256: str, file: Path) -> None:
        """Keep a file with one request, which S3 takes whole or not at all.

        obstore would hold the whole file in memory for that, or send it in parts that a killed process leaves behind for ever.
        """
        with _unavailable():
            signed = urlsplit(obstore.sign(self._store, "PUT", name_of(sha256), timedelta(minutes=1)))
        kind = http.client.HTTPSConnection if signed.scheme == "https" else http.client.HTTPConnection
        connection = kind(signed.netloc, timeout=_PATIENCE, blocksize=CHUNK)
        try:
            with file.open("rb") as content:
                length = {"Content-Length": str(file.stat().st_size)}
                connection.request("PUT", f"{signed.path}?{signed.query}", body=content, headers=length)
                answer = connection.getresponse()
                answer.read()
        except (OSError, http.client.HTTPException) as error:
            raise StorageUnavailable from error
        finally:
            connection.close()
        if answer.status // 100 != 2:
            log.error("store_refused", status=answer.status)
            raise StorageUnavailable

    def open(self, sha256: str) -> Blob:
        """Open a blob. Raises NotFound."""
        with _unavailable():
            try:
                found = obstore.get(self._store, name_of(sha256))
            except FileNotFoundError as error:
                raise NotFound from error
        return Blob(found.meta["size"], map(bytes, found.stream(min_chunk_size=CHUNK)), lambda: None)

    def delete(self, sha256: str) -> None:
        """Throw a blob away, if it is there."""
        with _unavailable():
            try:
                obstore.delete(self._store, name_of(sha256))
            except FileNotFoundError:
                return

    def list(self, before: datetime) -> Iterator[list[str]]:
        """Give the hashes of all blobs that were kept before a moment, a few hundred at a time."""
        with _unavailable():
            for page in obstore.list(self._store, chunk_size=_AT_ONCE):
                names = [(meta["path"].rpartition("/")[2], meta["last_modified"]) for meta in page]
                found = [name for name, modified in names if SHA256.fullmatch(name) and modified < before]
                if found:
                    yield found


@contextmanager
def _unavailable() -> Iterator[None]:
    try:
        yield
    except (BaseError, OSError) as error:
        raise StorageUnavailable from error
