"""Stores of both kinds, for tests that hold for each: a folder, and a bucket on a server that speaks S3 over HTTP."""

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest

from register_service.settings import Settings
from register_service.storage.opening import open_store
from register_service.storage.store import Store
from tests.helpers.s3 import S3Server

_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def s3(tmp_path_factory: pytest.TempPathFactory) -> Iterator[S3Server]:
    """One server for all tests; each has a part of the bucket of its own."""
    with S3Server(tmp_path_factory.mktemp("s3") / "moto.log") as server:
        yield server


@pytest.fixture
def folder_settings(tmp_path: Path) -> Settings:
    """Settings without a database, with everything below a folder of the test."""
    return Settings("postgresql://niet@nodig/x", "postgresql://niet@nodig/x", tmp_path / "keys", tmp_path)


@pytest.fixture(params=["folder", "bucket"])
def store_settings(request: pytest.FixtureRequest, folder_settings: Settings) -> Settings:
    """Settings for a folder, and for a bucket."""
    if request.param == "folder":
        return folder_settings
    server: S3Server = request.getfixturevalue("s3")
    return server.settings(folder_settings, f"proef/{next(_numbers)}")


@pytest.fixture
def store(store_settings: Settings) -> Store:
    """An empty store of either kind."""
    return open_store(store_settings)
