"""Routes of inductietrajecten: the traject itself, the facts that make it, and what was seen in lessons."""

from register_service.inductie.routes import feiten, lijst, scores, tijdlijn, trajecten
from register_service.inductie.routes.blueprint import blueprint

__all__ = ("blueprint", "feiten", "lijst", "scores", "tijdlijn", "trajecten")
