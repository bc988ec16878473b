"""The way in of the application's own role: its password, made once and kept in a file."""

import os
import secrets

import psycopg
from sqlalchemy.engine import make_url

from register_service.location import data_dir, socket_url
from register_service.runtime import migrate
from register_service.settings import APP_ROLE, Settings, app_password_file


def ensure_app_password(settings: Settings, *, given: bool) -> None:
    """See to it that the application can sign in as `settings.app_database_url` says, or will say from now on.

    `given`: that URL was set by hand; then its password holds, for our own role. Otherwise one is made and kept in the
    key folder. Nothing is needed on the embedded server, whose socket only this user can reach.
    """
    if settings.database_url == socket_url(data_dir(settings.var_dir)):
        return
    url = make_url(settings.app_database_url)
    if given and (url.username != APP_ROLE or not url.password):
        return
    password = str(url.password) if given else _kept_password(settings)
    if not _enters(settings.app_database_url, password):
        migrate.set_app_password(settings.database_url, password)


def _kept_password(settings: Settings) -> str:
    file = app_password_file(settings.key_dir)
    settings.key_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return file.read_text(encoding="utf-8").strip()
    password = secrets.token_urlsafe(32)
    with os.fdopen(handle, "w", encoding="utf-8") as stream:
        stream.write(password + "\n")
    return password


def _enters(url: str, password: str) -> bool:
    try:
        psycopg.connect(migrate.plain(url), password=password, connect_timeout=5).close()
    except psycopg.OperationalError:
        return False
    return True
