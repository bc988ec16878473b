"""Routes of inductietrajecten: the traject itself, and the facts that make it."""

from register_service.inductie.routes import trajecten
from register_service.inductie.routes.blueprint import blueprint

__all__ = ("blueprint", "trajecten")
