"""The application's role signs in with a password that is made once, or was given; the server never sees it in clear."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from sqlalchemy.engine import make_url

from register_service.runtime.embedded import EmbeddedServer
from register_service.runtime.migrate import upgrade
from register_service.runtime.role import ensure_app_password
from register_service.settings import Settings, app_password_file, load_settings
from tests.helpers.databases import make_folder


@pytest.fixture(scope="module")
def strict_server() -> Iterator[EmbeddedServer]:
    """A server that asks register_app for its password, as one across the network would."""
    server = EmbeddedServer(make_folder() / "postgres", volatile=True)
    server.prepare()
    (server.data / "pg_hba.conf").write_text("local all register_app scram-sha-256\nlocal all all trust\n")
    server.start()
    server.create_database()
    upgrade(server.url())
    yield server
    server.stop()
    shutil.rmtree(server.data.parent)


def settings_for(server: EmbeddedServer, key_dir: Path, **more: str) -> Settings:
    return load_settings({"DATABASE_URL": server.url(), "KEY_DIR": str(key_dir), **more})


def enters(settings: Settings) -> bool:
    try:
        psycopg.connect(settings.app_database_url).close()
    except psycopg.OperationalError:
        return False
    return True


def test_a_password_is_made_once_and_kept(strict_server: EmbeddedServer, tmp_path: Path) -> None:
    before = settings_for(strict_server, tmp_path / "keys")
    assert not enters(before)
    ensure_app_password(before, given=False)
    file = app_password_file(tmp_path / "keys")
    kept = file.read_text()
    assert file.stat().st_mode & 0o077 == 0
    after = settings_for(strict_server, tmp_path / "keys")
    assert enters(after)
    ensure_app_password(after, given=False)
    assert file.read_text() == kept
    assert kept.strip() not in strict_server.log.read_text()


def test_a_password_that_was_given_is_set(strict_server: EmbeddedServer, tmp_path: Path) -> None:
    url = make_url(strict_server.url()).set(username="register_app", password="eigenkeuze")
    given = settings_for(strict_server, tmp_path, APP_DATABASE_URL=url.render_as_string(hide_password=False))
    assert not enters(given)
    ensure_app_password(given, given=True)
    assert enters(given)
    assert not app_password_file(tmp_path).exists()


def test_another_role_is_left_alone(strict_server: EmbeddedServer, tmp_path: Path) -> None:
    url = make_url(strict_server.url()).set(username="iemand_anders", password="x")
    given = settings_for(strict_server, tmp_path, APP_DATABASE_URL=url.render_as_string(hide_password=False))
    ensure_app_password(given, given=True)
    assert not enters(given)
