"""Blobs under their hash, in a folder and in a bucket: whole or not there, kept once, streamed, listed, deleted."""

import dataclasses
import hashlib
import os
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psutil
import pytest

from register_service.core.errors import NotFound
from register_service.settings import Settings
from register_service.storage.errors import StorageUnavailable
from register_service.storage.folder import FolderStore
from register_service.storage.opening import open_store
from register_service.storage.store import Store, name_of
from tests.helpers.live import free_port
from tests.helpers.s3 import S3Server
from tests.storage.files import pdf_of

MEBIBYTE = 1024 * 1024
LATER = datetime.now(UTC) + timedelta(days=1)


def put(store: Store, content: bytes) -> str:
    """Keep content as an upload does."""
    store.incoming.mkdir(parents=True, exist_ok=True)
    file = store.incoming / f"{os.urandom(4).hex()}.part"
    file.write_bytes(content)
    sha256 = hashlib.sha256(content).hexdigest()
    store.put(sha256, file)
    file.unlink(missing_ok=True)
    return sha256


def read(store: Store, sha256: str) -> bytes:
    blob = store.open(sha256)
    content = b"".join(blob.chunks)
    blob.close()
    assert len(content) == blob.size
    return content


def everything(store: Store, before: datetime = LATER) -> list[str]:
    return sorted(name for names in store.list(before) for name in names)


def test_what_was_put_is_given_back(store: Store) -> None:
    content = pdf_of(200_000)
    assert read(store, put(store, content)) == content


def test_the_same_content_twice_is_kept_once(store: Store) -> None:
    first, second = put(store, b"hetzelfde"), put(store, b"hetzelfde")
    assert first == second
    assert everything(store) == [first]


def test_what_is_not_there_is_not_found(store: Store) -> None:
    with pytest.raises(NotFound):
        store.open("0" * 64)
    put(store, b"iets anders")
    with pytest.raises(NotFound):
        store.open("0" * 64)


def test_what_was_deleted_is_gone_and_deleting_again_changes_nothing(store: Store) -> None:
    kept, gone = put(store, b"blijft"), put(store, b"gaat")
    for _ in range(2):
        store.delete(gone)
    with pytest.raises(NotFound):
        store.open(gone)
    assert everything(store) == [kept]


def test_the_list_has_what_is_older_than_a_moment(store: Store) -> None:
    names = sorted(put(store, bytes([number])) for number in range(5))
    assert everything(store) == names
    assert everything(store, datetime.now(UTC) - timedelta(minutes=5)) == []


def test_an_empty_store_has_nothing(store: Store) -> None:
    assert everything(store) == []
    store.delete("0" * 64)


def test_it_streams_out_in_chunks(store: Store) -> None:
    """A folder in chunks of 64 KB; a bucket in what the network gives at once."""
    blob = store.open(put(store, pdf_of(3 * MEBIBYTE)))
    sizes = [len(chunk) for chunk in blob.chunks]
    blob.close()
    assert max(sizes) < MEBIBYTE
    assert sum(sizes) == blob.size == 3 * MEBIBYTE


def test_ten_megabytes_in_and_out_take_little_memory(store: Store) -> None:
    put(store, pdf_of(1000))  # whatever is made once is there now
    content = pdf_of(10 * MEBIBYTE)
    sha256 = hashlib.sha256(content).hexdigest()
    file = store.incoming / "groot.part"
    file.write_bytes(content)
    del content
    before = psutil.Process().memory_info().rss
    store.put(sha256, file)
    blob = store.open(sha256)
    assert sum(map(len, blob.chunks)) == 10 * MEBIBYTE
    blob.close()
    assert psutil.Process().memory_info().rss - before < 10 * MEBIBYTE


def test_a_blob_can_be_copied_from_a_folder_to_a_bucket(folder_settings: Settings, s3: S3Server) -> None:
    """Both call it the same."""
    folder = FolderStore(folder_settings.var_dir / "bewijsstukken")
    sha256 = put(folder, b"verhuist")
    assert (folder.root / name_of(sha256)).read_bytes() == b"verhuist"
    put(open_store(s3.settings(folder_settings, "verhuizing")), b"verhuist")
    assert any(f"PUT /bewijs/verhuizing/{name_of(sha256)}?" in line for line in s3.requests())


def test_a_bucket_gets_a_blob_in_one_request(folder_settings: Settings, s3: S3Server) -> None:
    """A server keeps the parts of an upload in parts for ever when its sender was killed."""
    sha256 = put(open_store(s3.settings(folder_settings, "heel")), pdf_of(9 * MEBIBYTE))
    about = [line.split(" ")[0] for line in s3.requests() if sha256 in line]
    assert about == ["PUT"]


def test_a_folder_is_for_its_owner_only(folder_settings: Settings) -> None:
    store = open_store(folder_settings)
    sha256 = put(store, b"persoonlijk")
    path = folder_settings.var_dir / "bewijsstukken" / name_of(sha256)
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_another_folder_by_setting(folder_settings: Settings, tmp_path: Path) -> None:
    other = tmp_path / "elders"
    put(open_store(dataclasses.replace(folder_settings, bewijs_opslag=str(other))), b"elders")
    assert sorted(path.name for path in other.iterdir()) == sorted(
        [hashlib.sha256(b"elders").hexdigest()[:2], "incoming"]
    )


def test_a_bucket_out_of_reach_is_unavailable(folder_settings: Settings, s3: S3Server, tmp_path: Path) -> None:
    settings = dataclasses.replace(s3.settings(folder_settings), s3_endpoint=f"http://127.0.0.1:{free_port()}")
    assert_unavailable(open_store(settings), tmp_path)


def test_a_bucket_that_is_not_there_is_unavailable(folder_settings: Settings, s3: S3Server, tmp_path: Path) -> None:
    settings = dataclasses.replace(s3.settings(folder_settings), bewijs_opslag="s3://geen-bucket/x")
    store = open_store(settings)
    with pytest.raises(StorageUnavailable):
        put(store, b"x")
    with pytest.raises(StorageUnavailable):
        list(store.list(LATER))


def test_a_folder_that_is_none_is_unavailable(folder_settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "bestand").write_text("x")
    settings = dataclasses.replace(folder_settings, bewijs_opslag=str(tmp_path / "bestand" / "map"))
    store = open_store(settings)
    with pytest.raises(StorageUnavailable):
        store.put("0" * 64, tmp_path / "bestand")
    with pytest.raises(StorageUnavailable):
        store.open("0" * 64)
    with pytest.raises(StorageUnavailable):
        store.delete("0" * 64)


def assert_unavailable(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "x.part"
    file.write_bytes(b"x")
    with pytest.raises(StorageUnavailable):
        store.put("0" * 64, file)
    with pytest.raises(StorageUnavailable):
        store.open("0" * 64)
    with pytest.raises(StorageUnavailable):
        store.delete("0" * 64)
    with pytest.raises(StorageUnavailable):
        list(store.list(LATER))
