"""Routes of registratie: steekproeven, ..."""

from register_service.registratie.routes import steekproeven
from register_service.registratie.routes.blueprint import blueprint

__all__ = ("blueprint", "steekproeven")
