"""From the settings to a store, a scanner and links."""

from dataclasses import dataclass
from pathlib import Path

from register_service.settings import Settings
from register_service.storage.folder import FolderStore
from register_service.storage.links import Links
from register_service.storage.scanning import Scanner, make_scanner
from register_service.storage.store import Store


@dataclass(frozen=True, slots=True)
class Storage:
    """What a process needs to take bewijsstukken in and to give them out."""

    store: Store
    scanner: Scanner
    links: Links


def open_storage(settings: Settings) -> Storage:
    """Make all that the settings name; nothing is touched before it is used."""
    return Storage(open_store(settings), make_scanner(settings.clamav), Links(settings.key_dir, settings.base_url))


def open_store(settings: Settings) -> Store:
    """Make the store that the settings name."""
    folder = settings.var_dir / "bewijsstukken"
    if not settings.bewijs_opslag.startswith("s3://"):
        return FolderStore(Path(settings.bewijs_opslag or folder).resolve())
    # Not at the top: a process without a bucket is spared 10 MB.
    from register_service.storage.bucket import BucketStore, Connection  # noqa: PLC0415

    connection = Connection(
        settings.s3_endpoint, settings.s3_region, settings.s3_access_key_id, settings.s3_secret_access_key
    )
    return BucketStore(settings.bewijs_opslag, connection, folder / "incoming")
