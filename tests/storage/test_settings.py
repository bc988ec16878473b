"""What the settings say of bewijsstukken: where they lie, who looks at them; every mistake named."""

import dataclasses
from pathlib import Path

import pytest

from register_service.runtime import reset as resetting
from register_service.settings import ConfigurationError, load_settings
from register_service.storage.bucket import BucketStore
from register_service.storage.folder import FolderStore
from register_service.storage.opening import open_storage
from register_service.storage.scanning import ClamAV, NoScanner

URL = "postgresql://eigenaar@db.voorbeeld.nl/register"


def load(tmp_path: Path, **given: str):
    return load_settings({"DATABASE_URL": URL, "VAR_DIR": str(tmp_path), **given})


def test_by_default_a_folder_and_no_scanner(tmp_path: Path) -> None:
    storage = open_storage(load(tmp_path))
    assert isinstance(storage.store, FolderStore)
    assert storage.store.root == tmp_path / "bewijsstukken"
    assert isinstance(storage.scanner, NoScanner)
    assert list(tmp_path.iterdir()) == [], "nothing is made before it is used"


def test_a_bucket_and_a_scanner_by_setting_with_secrets_from_files(tmp_path: Path) -> None:
    secret = tmp_path / "geheim"
    secret.write_text("heel-geheim\n")
    settings = load(
        tmp_path,
        BEWIJS_OPSLAG="s3://bewijs/register",
        S3_ENDPOINT="https://opslag.example.nl/",
        S3_ACCESS_KEY_ID="sleutel",
        S3_SECRET_ACCESS_KEY_FILE=str(secret),
        CLAMAV="tcp://clamd:3310",
    )
    assert (settings.s3_endpoint, settings.s3_secret_access_key) == ("https://opslag.example.nl", "heel-geheim")
    assert "heel-geheim" not in repr(settings)
    assert "sleutel" not in repr(settings)
    storage = open_storage(settings)
    assert isinstance(storage.store, BucketStore)
    assert storage.store.incoming == tmp_path / "bewijsstukken" / "incoming"
    assert isinstance(storage.scanner, ClamAV)


@pytest.mark.parametrize("value", ["/srv/bewijs", "s3://bewijs", "s3://bewijs/", "s3://be.wijs-1/a/b_c"])
def test_places_that_can_be(tmp_path: Path, value: str) -> None:
    assert load(tmp_path, BEWIJS_OPSLAG=value).bewijs_opslag == value


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("BEWIJS_OPSLAG", "bewijs"),
        ("BEWIJS_OPSLAG", "s3://"),
        ("BEWIJS_OPSLAG", "s3://Bewijs"),
        ("BEWIJS_OPSLAG", "s3://bewijs/a b"),
        ("BEWIJS_OPSLAG", "https://opslag.example.nl/bewijs"),
        ("S3_ENDPOINT", "opslag.example.nl"),
        ("S3_ACCESS_KEY_ID", "zonder geheim"),
        ("CLAMAV", "clamd:3310"),
        ("CLAMAV", "tcp://clamd"),
        ("CLAMAV", "tcp://clamd:veel"),
        ("CLAMAV", "tcp://:3310"),
        ("CLAMAV", "unix://run/clamd.sock"),
        ("CLAMAV", "http://clamd:3310"),
    ],
)
def test_a_mistake_is_named(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        load(tmp_path, **{name: value})
    assert [problem.split(":")[0] for problem in caught.value.problems] == [name]


def test_settings_cannot_be_changed(tmp_path: Path) -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        load(tmp_path).clamav = ""  # type: ignore[misc]


def test_starting_anew_leaves_no_bewijsstukken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VAR_DIR", str(tmp_path / "var"))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    (tmp_path / "var" / "bewijsstukken" / "ab").mkdir(parents=True)
    resetting.reset()
    assert not (tmp_path / "var").exists()
