"""The fixtures themselves: each test has a database of its own, migrated, and the application's role may enter it."""

import psycopg
import pytest

from register_service.runtime import migrate
from register_service.settings import Settings


@pytest.mark.parametrize("round_", [1, 2])
def test_each_test_has_a_fresh_database(database_url: str, round_: int) -> None:
    with psycopg.connect(database_url) as connection:
        assert connection.execute("select count(*) from leraar").fetchone() == (0,)
        connection.execute("create table only_here (n int)")


def test_the_application_owns_nothing(settings: Settings) -> None:
    with psycopg.connect(settings.app_database_url) as connection:
        owned = connection.execute(
            "select count(*) from pg_class where relowner = (select oid from pg_roles where rolname = current_user)"
        ).fetchone()
        privileges = connection.execute(
            "select rolsuper, rolbypassrls, rolcreaterole from pg_roles where rolname = current_user"
        ).fetchone()
    assert owned == (0,)
    assert privileges == (False, False, False)


def test_migrating_again_changes_nothing(database_url: str) -> None:
    migrate.upgrade(database_url)


def test_migrations_are_in_step_with_the_models(database_url: str) -> None:
    migrate.check(database_url)
