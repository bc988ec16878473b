"""A throw-away database, to try the migrations on."""

import tempfile
from pathlib import Path

from alembic.util import CommandError

from register_service.runtime import migrate
from register_service.runtime.embedded import EmbeddedServer


def difference_between_models_and_migrations() -> str | None:
    """Migrate an empty database and compare it with the models; None when they say the same."""
    with tempfile.TemporaryDirectory(prefix="register-scratch-") as folder:
        server = EmbeddedServer(Path(folder) / "postgres", volatile=True)
        server.prepare()
        try:
            server.start()
            server.create_database()
            migrate.upgrade(server.url())
            migrate.check(server.url())
        except CommandError as error:
            return str(error)
        finally:
            server.stop()
            server.remove()
    return None
