"""Bringing a database to the newest version of its tables, from a checkout or from an installed package."""

import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Final

import psycopg
from alembic import command
from alembic.config import Config
from psycopg import sql
from sqlalchemy import NullPool, create_engine, text
from sqlalchemy.engine import make_url

import register_service
from register_service.runtime.errors import RunError
from register_service.settings import APP_ROLE

# Any fixed number does: it keeps two migrations of one database from running at once.
_LOCK: Final = 7_264_183_019_551
_OLDEST: Final = 180_000
# Beside this package, in a checkout and when installed alike.
_MIGRATIONS: Final = Path(register_service.__file__).parent.parent / "migrations"


def upgrade(url: str) -> None:
    """Bring the database to the newest version, all or nothing. Raises RunError when that cannot be done here."""
    _run(url, lambda config: command.upgrade(config, "head"))


def check(url: str) -> None:
    """Raise alembic's own CommandError when the models say something that the migrations do not make."""
    with warnings.catch_warnings():
        # PostgreSQL's own types and operator classes, which alembic does not compare; tests of the journal do.
        warnings.filterwarnings("ignore", "Did not recognize type|Expression #")
        _run(url, command.check)


def set_app_password(url: str, password: str) -> None:
    """Give the application's role a password. Only its SCRAM hash travels, so that no server log can hold it."""
    with psycopg.connect(plain(url), autocommit=True) as connection:
        hashed = connection.pgconn.encrypt_password(password.encode(), APP_ROLE.encode(), b"scram-sha-256")
        statement = sql.SQL("alter role {} login password {}")
        connection.execute(statement.format(sql.Identifier(APP_ROLE), sql.Literal(hashed.decode())))


def _run(url: str, action: Callable[[Config], None]) -> None:
    engine = create_engine(make_url(url).set(drivername="postgresql+psycopg"), poolclass=NullPool)
    with engine.begin() as connection:
        version = connection.exec_driver_sql("select current_setting('server_version_num')::int").scalar_one()
        if version < _OLDEST:
            raise RunError(
                f"De database draait op PostgreSQL {version // 10_000}; het register heeft PostgreSQL 18 nodig."
            )
        connection.execute(text("select pg_advisory_xact_lock(:number)"), {"number": _LOCK})
        config = Config()
        config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
        config.attributes["connection"] = connection
        action(config)


def plain(url: str) -> str:
    """Give the URL as libpq understands it, whatever driver SQLAlchemy was told."""
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
